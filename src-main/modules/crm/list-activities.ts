import { addDays } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { habitsOf } from './activity.ts'
import { contactHabits, listActivities } from './contract.ts'
import { countOf, joined, SUBJECT_JOINS, SUBJECT_NAME, textCondition, visibleLeads, visibleSubjects, type Condition } from './query-parts.ts'
import type { SqlValue } from '../../storage/db.ts'

export type ActivityRow = OutputOf<typeof listActivities>['rows'][number]

/** Follow-ups `d` as they are shown, with the first task that came of each. `order` ends in the key. */
export function activityRows(
  ctx: Pick<QueryCtx, 'db'>,
  { where, params, order, page }: { where: string; params: readonly SqlValue[]; order: string; page: { limit: number; offset: number } },
): Promise<ActivityRow[]> {
  return ctx.db.all<ActivityRow>(
    `select d.id as activity_id, d.party_id, d.lead_id, d.opportunity_id, ${SUBJECT_NAME} as subject_name, d.kind, d.channel, d.contact_name, d.day, d.minute, d.text, d.result,
            d.user_id, u.name as user_name, d.is_withdrawn, d.withdrawn_reason, t.title as next_step, t.due_on as next_on, t.state as next_state, d.created_at
       from crm_activity d ${SUBJECT_JOINS} join platform_user u on u.id = d.user_id
       left join crm_task t on t.id = (select min(n.id) from crm_task n where n.activity_id = d.id)
      where ${where} order by ${order} limit ? offset ?`,
    [...params, page.limit, page.offset],
  )
}

export const listActivitiesHandler = answer(listActivities, async (ctx, input) => {
  const { text, party_id, lead_id, opportunity_id, user_id, kind, from, to, direction, limit, offset } = input
  const conditions: Condition[] = [visibleSubjects(ctx.scope)]
  if (party_id !== undefined) conditions.push({ sql: ofParty('d.party_id'), params: [party_id] })
  if (lead_id !== undefined) conditions.push({ sql: 'd.lead_id = ?', params: [lead_id] })
  if (opportunity_id !== undefined) conditions.push({ sql: 'd.opportunity_id = ?', params: [opportunity_id] })
  if (user_id !== undefined) conditions.push({ sql: 'd.user_id = ?', params: [user_id] })
  if (kind !== undefined) conditions.push({ sql: 'd.kind = ?', params: [kind] })
  if (from !== undefined) conditions.push({ sql: 'd.day >= ?', params: [from] })
  if (to !== undefined) conditions.push({ sql: 'd.day <= ?', params: [to] })
  if (text !== '') conditions.push(await textCondition(ctx, { text, columns: ['d.text', 'd.contact_name'] }))
  const { where, params } = joined(conditions)
  const rows = await activityRows(ctx, { where, params, order: `d.day ${direction}, d.id ${direction}`, page: { limit, offset } })
  return { rows, total: await countOf(ctx.db, { from: 'crm_activity d', where, params }) }
})

type About = { readonly party_id?: string | undefined; readonly lead_id?: string | undefined; readonly opportunity_id?: string | undefined }

/** The rows `d` about whom is asked for. Refuses 'parties.partyNotFound' and 'crm.leadNotFound' where the reader may not see them. */
export async function aboutSeen(ctx: QueryCtx, { party_id, lead_id, opportunity_id }: About): Promise<Condition> {
  if (opportunity_id !== undefined) {
    const seen = visibleParties(ctx.scope, 'o.party_id')
    const row = await ctx.db.get<{ id: string }>(`select o.id from crm_opportunity o where o.id = ? and ${seen.sql}`, [opportunity_id, ...seen.params])
    if (!row) throw new Refusal('crm.opportunityNotFound', { opportunity_id })
    return { sql: 'd.opportunity_id = ?', params: [opportunity_id] }
  }
  if (lead_id !== undefined) {
    const seen = visibleLeads(ctx.scope, 'l')
    const lead = await ctx.db.get<{ id: string }>(`select l.id from crm_lead l where l.id = ? and ${seen.sql}`, [lead_id, ...seen.params])
    if (!lead) throw new Refusal('crm.leadNotFound', { lead_id })
    return { sql: 'd.lead_id = ?', params: [lead_id] }
  }
  const { sql, params } = visibleParties(ctx.scope, 'p.id')
  const row = await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${sql}`, [party_id ?? '', ...params])
  if (!row) throw new Refusal('parties.partyNotFound', { party_id: party_id ?? null })
  return { sql: ofParty('d.party_id'), params: [row.id] }
}

/** Habits are those of the last year. */
const DAYS = 365

export const contactHabitsHandler = answer(contactHabits, async (ctx, asked) => {
  const about = await aboutSeen(ctx, asked)
  type Tried = Parameters<typeof habitsOf>[0][number] & { day: string; user_name: string; contact_name: string | null }
  const tries = await ctx.db.all<Tried>(
    `select d.channel, d.result, d.minute, d.day, u.name as user_name, d.contact_name from crm_activity d join platform_user u on u.id = d.user_id
      where ${about.sql} and d.is_withdrawn = 0 and d.day >= ? order by d.day desc, d.id desc`,
    [...about.params, addDays(ctx.today, -DAYS)],
  )
  const next = await ctx.db.get<{ task_id: string; title: string; due_on: string; assignee_name: string }>(
    `select d.id as task_id, d.title, d.due_on, u.name as assignee_name from crm_task d join platform_user u on u.id = d.assignee_id
      where ${about.sql} and d.state = 'open' order by d.due_on, d.priority, d.id limit 1`,
    about.params,
  )
  const names = [...(await namesOf(ctx, asked)), ...tries.flatMap((a) => a.contact_name ?? [])]
  return {
    ...habitsOf(tries),
    last_on: tries[0]?.day ?? null,
    last_user_name: tries[0]?.user_name ?? null,
    count: tries.length,
    next: next ?? null,
    contact_names: [...new Set(names)].slice(0, 20),
    origin: asked.party_id === undefined ? null : await originOf(ctx, asked.party_id),
  }
})

/** Who can be spoken to there. */
async function namesOf({ db }: QueryCtx, { party_id, lead_id, opportunity_id }: About): Promise<string[]> {
  const rows = lead_id !== undefined
    ? await db.all<{ name: string | null }>('select name from crm_lead where id = ?', [lead_id])
    : await db.all<{ name: string | null }>(
        'select name from parties_contact where party_id = coalesce((select party_id from crm_opportunity where id = ?), ?) order by is_primary desc, name, id',
        [opportunity_id ?? '', party_id ?? ''],
      )
  return rows.flatMap((row) => row.name ?? [])
}

/** The first lead that became this customer; who sent them is named to those who may see that customer. */
async function originOf(ctx: QueryCtx, party_id: string): Promise<OutputOf<typeof contactHabits>['origin']> {
  const seen = visibleParties(ctx.scope, 'l.referrer_id')
  const row = await ctx.db.get<NonNullable<OutputOf<typeof contactHabits>['origin']>>(
    `select l.id as lead_id, l.code, l.state, l.source, l.campaign, case when ${seen.sql} then l.referrer_id end as referrer_id, case when ${seen.sql} then r.name end as referrer_name
       from crm_lead l left join parties_party r on r.id = l.referrer_id where l.party_id = ? order by l.converted_on, l.id limit 1`,
    [...seen.params, ...seen.params, party_id],
  )
  return row ?? null
}
