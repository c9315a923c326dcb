import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { SqlValue } from '../../storage/db.ts'
import { raiseTask } from '../crm/index.ts'
import { assertVisible, partyOf, visibleParties } from '../parties/index.ts'
import { isErased } from '../platform/index.ts'
import { raiseCall, raiseTasks } from './contract.ts'
import { nextItemsOf } from './next-items.ts'
import { callAfter } from './rules.ts'
import { insertRaised } from './score.store.ts'
import { callNote, taskTitle } from './wording.ts'

type Why = 'repurchase' | 'visit'
type Due = { readonly party_id: string; readonly owner_id: string | null; readonly interval_days: number; readonly last_on: string; readonly expected_on: string }
type Visit = { readonly party_id: string; readonly owner_id: string | null; readonly visit_days: number; readonly seen_on: string | null; readonly raised_on: string | null }

const PORTION = 200
/** Nobody makes more calls than these in a day: the best customers come first, the others as those are made. */
const MOST_A_RUN = 500
const OWNER = '(select a.user_id from parties_assignment a where a.party_id = s.party_id and a.to_day is null) as owner_id'
/** SQL of what was raised for the customer `s`, and for who became one with them since. */
const raisedFor = (why: Why): string => `parties_party w join insights_raised x on x.party_id = w.id and x.why = '${why}' where w.same_as = s.party_id`
const openTask = (why: Why): string => `exists (select 1 from ${raisedFor(why)} and exists (select 1 from crm_task k where k.id = x.task_id and k.state = 'open'))`

/** Raises a task for whoever owns the customer; for nobody's customer, for who asked. */
async function raise(ctx: CommandCtx, { party_id, owner_id, why, expected_on, note }: { party_id: string; owner_id: string | null; why: Why; expected_on: string; note: string | null }): Promise<string> {
  const kind = why === 'visit' ? ('visit' as const) : ('call' as const)
  const task_id = await raiseTask(ctx, { title: taskTitle(ctx.company, why), note, kind, party_id, assignee_id: owner_id ?? ctx.actor.id, due_on: ctx.today, priority: 2 })
  await insertRaised(ctx, { task_id, party_id, why, expected_on, raised_on: ctx.today })
  return task_id
}

/** Whose rhythm has passed by as many days as the company waits, who is not given up and has not been raised for it. */
const dueCalls = (ctx: CommandCtx, seen: { sql: string; params: SqlValue[] }): Promise<Due[]> =>
  ctx.db.all<Due>(
    `select s.party_id, ${OWNER}, s.interval_days, s.last_on, s.expected_on from insights_score s join parties_party p on p.id = s.party_id and p.same_as = p.id
      where s.expected_on <= ? and s.lapses_on > ? and p.is_active = 1 and ${seen.sql} and not ${openTask('repurchase')}
        and not exists (select 1 from ${raisedFor('repurchase')} and x.expected_on >= s.expected_on)
      order by s.amount_minor desc, s.party_id limit ?`,
    [addDays(ctx.today, -ctx.setting(callAfter)), ctx.today, ...seen.params, MOST_A_RUN],
  )

/** Who is in a tier that is visited in a rhythm and has not been seen, nor asked for, within it. */
async function dueVisits(ctx: CommandCtx, seen: { sql: string; params: SqlValue[] }): Promise<Visit[]> {
  const rows = await ctx.db.all<Visit>(
    `select s.party_id, ${OWNER}, t.visit_days, (select max(c.day) from crm_activity c where c.party_id = s.party_id and c.kind = 'visit' and c.is_withdrawn = 0) as seen_on,
            (select max(x.raised_on) from ${raisedFor('visit')}) as raised_on
       from insights_score s join insights_tier t on t.id = s.tier_id join parties_party p on p.id = s.party_id and p.same_as = p.id
      where t.visit_days is not null and t.is_active = 1 and p.is_active = 1 and ${seen.sql} and not ${openTask('visit')} order by s.party_id`,
    seen.params,
  )
  return rows.filter((v) => visitDueOn(v, ctx.today) <= ctx.today)
}

/** The day of the next visit: so many days after they were seen or a visit was last asked for; at once where neither ever was. */
export function visitDueOn({ visit_days, seen_on, raised_on }: Pick<Visit, 'visit_days' | 'seen_on' | 'raised_on'>, today: string): string {
  const last = [seen_on, raised_on].filter((d) => d !== null).sort().at(-1)
  return last === undefined ? today : addDays(last, visit_days)
}

/** Raises whatever is due for the customers in sight. Run twice it raises nothing more. */
export async function raiseDue(ctx: CommandCtx): Promise<{ calls: number; visits: number }> {
  const seen = visibleParties(ctx.scope, 's.party_id')
  const calls = await dueCalls(ctx, seen)
  for (let from = 0; from < calls.length; from += PORTION) {
    const portion = calls.slice(from, from + PORTION)
    const items = await nextItemsOf(ctx.db, { ids: portion.map((c) => c.party_id), today: ctx.today })
    for (const { party_id, owner_id, ...due } of portion) {
      const note = callNote(ctx.company, { ...due, items: (items.get(party_id) ?? []).map((i) => i.item_name) })
      await raise(ctx, { party_id, owner_id, why: 'repurchase', expected_on: due.expected_on, note })
    }
    await ctx.breathe(from, calls.length)
  }
  const visits = (await dueVisits(ctx, seen)).slice(0, MOST_A_RUN)
  for (const visit of visits) await raise(ctx, { ...visit, why: 'visit', expected_on: visitDueOn(visit, ctx.today), note: null })
  return { calls: calls.length, visits: visits.length }
}

export const raiseTasksHandler = handle(raiseTasks, (ctx) => raiseDue(ctx))

export const raiseCallHandler = handle(raiseCall, async (ctx, { party_id }) => {
  await assertVisible(ctx, party_id)
  const { name } = await partyOf(ctx, party_id)
  // Asked before the gate would: "not expected yet" would have somebody wait for an order that never comes.
  if (await isErased(ctx, party_id)) throw new Refusal('parties.personErased', { name })
  const score = await ctx.db.get<Omit<Due, 'party_id'> & { is_raised: number }>(
    `select ${OWNER}, s.interval_days, s.last_on, s.expected_on, case when ${openTask('repurchase')} then 1 else 0 end as is_raised from insights_score s where s.party_id = ? and s.expected_on is not null`,
    [party_id],
  )
  if (!score) throw new Refusal('insights.notExpected', { name })
  if (score.is_raised === 1) throw new Refusal('insights.callRaised', { name })
  const items = await nextItemsOf(ctx.db, { ids: [party_id], today: ctx.today })
  const note = callNote(ctx.company, { ...score, items: (items.get(party_id) ?? []).map((i) => i.item_name) })
  return { task_id: await raise(ctx, { party_id, owner_id: score.owner_id, why: 'repurchase', expected_on: score.expected_on, note }) }
})
