import { addDays, daysBetween } from '../../kernel/day.ts'
import { answer, handle, on, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { assertVisible, creditLimitChanged, ofParty, partyOf, setCreditLimit, visibleParties } from '../parties/index.ts'
import { applyLimits, limitHistory, limitProposals, setLimit } from './contract.ts'
import { limitByRule, type LimitFacts, type PaymentHistory } from './limit.ts'
import { insertLimitChange } from './limit.store.ts'
import { freezeDays } from './rules.ts'
import { assertSeen } from './standing.ts'

type Ctx = Pick<CommandCtx | QueryCtx, 'db' | 'today' | 'setting' | 'scope'>
type Proposal = { party_id: string; party_code: string; party_name: string; limit_minor: number | null; proposed_minor: number; facts: LimitFacts }
type Due = { party_id: string; due_on: string; amount_minor: number }

const YEAR_DAYS = 365

/** What the rule proposes for customers who may be seen: all of them, or some. Those whose limit was set by hand and still holds are left out. */
async function proposals(ctx: Ctx, only?: readonly string[]): Promise<Proposal[]> {
  const { db, today } = ctx
  const from = addDays(today, -YEAR_DAYS)
  const seen = visibleParties(ctx.scope, 'p.id')
  const some = only === undefined ? { sql: '', params: [] } : { sql: `and p.id in (${marks(only)})`, params: [...only] }
  const parties = await db.all<{ party_id: string; party_code: string; party_name: string; limit_minor: number | null; invoiced_minor: number; invoices: number }>(
    `select p.id as party_id, p.code as party_code, p.name as party_name, p.credit_limit_minor as limit_minor,
            sum(i.amount_minor) as invoiced_minor, sum(case when i.amount_minor > 0 then 1 else 0 end) as invoices
       from accounting_open_item i join parties_party s on s.id = i.party_id join parties_party p on p.id = s.same_as
      where i.side = 'receivable' and i.source_kind = 'sales.invoice' and i.day > ? and p.is_cash = 0 and p.is_active = 1 and ${seen.sql} ${some.sql}
        and not exists (select 1 from credit_limit_change c where c.party_id = p.id and c.holds_until >= ?
              and not exists (select 1 from credit_limit_change n where n.party_id = c.party_id and n.seq > c.seq))
      group by p.id, p.code, p.name, p.credit_limit_minor order by p.code, p.id`,
    [from, ...seen.params, ...some.params, today],
  )
  const ids = parties.map((p) => p.party_id)
  const paid = Map.groupBy(await paidSince(db, { ids, from }), (r) => r.party_id)
  const open = Map.groupBy(await openOf(db, { ids, today }), (r) => r.party_id)
  return parties.flatMap(({ invoiced_minor, invoices, ...party }) => {
    const late = stillLate(open.get(party.party_id) ?? []).map((r) => ({ amount_minor: r.amount_minor, days_late: daysBetween({ from: r.due_on, to: today }) }))
    const settled = (paid.get(party.party_id) ?? []).map((r) => ({ amount_minor: r.amount_minor, days_late: Math.max(0, daysBetween({ from: r.due_on, to: r.day })) }))
    const history: PaymentHistory = { invoiced_minor, invoices, paid: [...settled, ...late], isFrozen: late.some((l) => l.days_late > ctx.setting(freezeDays)) }
    const ruled = limitByRule(history)
    return ruled && ruled.limit_minor !== party.limit_minor ? [{ ...party, proposed_minor: ruled.limit_minor, facts: ruled.facts }] : []
  })
}

/** Parameters a statement: below what every engine takes. */
const IDS_A_STATEMENT = 500

async function inParts<T>(ids: readonly string[], read: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = []
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) rows.push(...(await read(ids.slice(from, from + IDS_A_STATEMENT))))
  return rows
}

/** What was paid of invoices since a day, with the invoice's due day and the day on which it was settled; what was undone counts against it. */
const paidSince = (db: QueryCtx['db'], { ids, from }: { ids: readonly string[]; from: string }) =>
  inParts(ids, (some) =>
    db.all<Due & { day: string }>(
      `select s.same_as as party_id, i.due_on, a.day, sum(a.amount_minor) as amount_minor
         from accounting_open_item i join parties_party s on s.id = i.party_id join accounting_allocation a on a.positive_id = i.id
        where i.side = 'receivable' and i.source_kind = 'sales.invoice' and i.day > ? and a.is_final = 0 and s.same_as in (${marks(some)})
        group by s.same_as, i.due_on, a.day order by s.same_as, i.due_on, a.day`,
      [from, ...some],
    ))

/** What is overdue now, by due day, and what is open in the customer's favour (below 0, due at once). */
const openOf = (db: QueryCtx['db'], { ids, today }: { ids: readonly string[]; today: string }) =>
  inParts(ids, (some) =>
    db.all<Due>(
      `select s.same_as as party_id, i.due_on, sum(i.amount_minor - i.settled_minor) as amount_minor
         from accounting_open_item i join parties_party s on s.id = i.party_id
        where i.side = 'receivable' and i.amount_minor <> i.settled_minor and (i.amount_minor < 0 or i.due_on < ?) and s.same_as in (${marks(some)})
        group by s.same_as, i.due_on, case when i.amount_minor < 0 then 1 else 0 end order by s.same_as, i.due_on`,
      [today, ...some],
    ))

/** What advances and credit notes do not cover, the oldest first. */
function stillLate(open: readonly Due[]): Due[] {
  let left = -open.reduce((sum, o) => sum + Math.min(0, o.amount_minor), 0)
  return open.filter((o) => o.amount_minor > 0).flatMap((o) => {
    const covered = Math.min(left, o.amount_minor)
    left -= covered
    return covered === o.amount_minor ? [] : [{ ...o, amount_minor: o.amount_minor - covered }]
  })
}

export const limitProposalsHandler = answer(limitProposals, async (ctx, { limit, offset }) => {
  const rows = await proposals(ctx)
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
})

export const applyLimitsHandler = handle(applyLimits, async (ctx, { rows }) => {
  const wanted = new Map(rows.map((r) => [r.party_id, r.proposed_minor]))
  const now = new Map((await proposals(ctx, [...wanted.keys()])).map((p) => [p.party_id, p]))
  for (const [party_id, proposed_minor] of wanted) {
    const proposal = now.get(party_id)
    await assertVisible(ctx, party_id)
    const party = await partyOf(ctx, party_id)
    if (proposal?.proposed_minor !== proposed_minor) throw new Refusal('credit.proposalChanged', { party_name: party.name })
    await setCreditLimit(ctx, { party_id, limit_minor: proposed_minor })
    await keep(ctx, { party_id, before_minor: proposal.limit_minor, after_minor: proposed_minor, how: 'rule', facts: JSON.stringify(proposal.facts) })
  }
  return { count: wanted.size }
})

export const setLimitHandler = handle(setLimit, async (ctx, { party_id, limit_minor, reason, holds_until }) => {
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if (holds_until < ctx.today) throw new Refusal('credit.dayPassed', { day: holds_until })
  await setCreditLimit(ctx, { party_id, limit_minor })
  await keep(ctx, { party_id, before_minor: party.credit_limit_minor, after_minor: limit_minor, how: 'manual', reason, holds_until })
  return {}
})

/** A limit set in the customer's form is history too. */
export const followForm = on(creditLimitChanged, (ctx, change) => keep(ctx, { ...change, how: 'form' }))

type Change = {
  readonly party_id: string
  readonly before_minor: number | null
  readonly after_minor: number | null
  readonly how: 'rule' | 'manual' | 'form'
  readonly reason?: string
  readonly facts?: string
  readonly holds_until?: string
}

async function keep(ctx: CommandCtx, { reason = null, facts = 'null', holds_until = null, ...change }: Omit<Change, 'reason' | 'holds_until'> & { reason?: string | null; holds_until?: string | null }): Promise<void> {
  const last = await ctx.db.get<{ seq: number | null }>('select max(seq) as seq from credit_limit_change where party_id = ?', [change.party_id])
  await insertLimitChange(ctx, { id: ctx.newId(), ...change, seq: (last?.seq ?? 0) + 1, reason, facts, holds_until, day: ctx.today, by_id: ctx.actor.id, at: ctx.now })
}

type Row = { seq: number; before_minor: number | null; after_minor: number | null; how: Change['how']; reason: string | null; facts: string; holds_until: string | null; day: string; by_name: string; at: number }

export const limitHistoryHandler = answer(limitHistory, async (ctx, { party_id }) => {
  await assertSeen(ctx, party_id)
  const rows = await ctx.db.all<Row>(
    `select c.seq, c.before_minor, c.after_minor, c.how, c.reason, c.facts, c.holds_until, c.day, u.name as by_name, c.at
       from credit_limit_change c join platform_user u on u.id = c.by_id where ${ofParty('c.party_id')} order by c.at desc, c.seq desc, c.id desc limit 100`,
    [party_id],
  )
  return { rows: rows.map((r) => ({ ...r, facts: JSON.parse(r.facts) as LimitFacts | null })) }
})
