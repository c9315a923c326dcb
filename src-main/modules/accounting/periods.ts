import { addDays, lastOfMonth, monthOf } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { periods } from './contract.ts'
import { draftsThrough, openingClearing } from './lock-period.ts'

type EventRow = { locked_through: string; previous: string; reason: string | null; user_id: string; user_name: string | null; at: number }

/** The months that have entries, newest first, the lock with its history, and what blocks the next closing. */
export const periodsAnswer = answer(periods, async ({ db, company, today }) => {
  const { locked_through } = (await db.get<{ locked_through: string }>('select locked_through from accounting_lock'))!
  const first_open_day = addDays(locked_through, 1)
  const monthEnd = lastOfMonth(first_open_day)
  const counted = await db.all<{ period: string; entries: number }>(
    'select period, count(*) as entries from accounting_entry group by period order by period desc limit 600',
  )
  const reviewed = await db.all<{ period: string; n: number }>(
    'select e.period, count(distinct r.entry_id) as n from accounting_review r join accounting_entry e on e.id = r.entry_id group by e.period order by e.period',
  )
  const events = await db.all<EventRow>(
    `select v.locked_through, v.previous, v.reason, v.user_id, u.name as user_name, v.at
       from accounting_lock_event v left join platform_user u on u.id = v.user_id order by v.at desc, v.id desc limit 100`,
  )
  return {
    locked_through,
    first_open_day,
    first_day: company.first_day,
    next_through: monthOf(monthEnd) <= monthOf(today) ? monthEnd : null,
    blockers: { opening_clearing_minor: await openingClearing(db, monthEnd), drafts: await draftsThrough(db, monthEnd) },
    rows: counted.map(({ period, entries }) => ({
      period,
      entries,
      is_locked: lastOfMonth(period) <= locked_through ? (1 as const) : (0 as const),
      unreviewed: entries - (reviewed.find((r) => r.period === period)?.n ?? 0),
    })),
    events,
  }
})
