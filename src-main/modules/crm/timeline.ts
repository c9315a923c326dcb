import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { timeline } from './contract.ts'
import { aboutSeen, activityRows } from './list-activities.ts'
import type { Condition } from './query-parts.ts'

type Row = OutputOf<typeof timeline>['rows'][number]
type Bare = Omit<Row, 'activity' | 'source_kind'>

/** Documents `d` of a customer that stand in the timeline, and the permission without which they do not. */
const documents: readonly { readonly kind: Row['source_kind']; readonly permission: string; readonly select: string }[] = [
  { kind: 'sales.quote', permission: 'sales.read', select: `d.number, null as kind, d.state, d.gross_minor as amount_minor, d.created_by from sales_quote d` },
  { kind: 'sales.order', permission: 'sales.read', select: `d.number, null as kind, d.state, d.gross_minor as amount_minor, d.created_by from sales_order d` },
  { kind: 'sales.delivery', permission: 'sales.read', select: `d.number, d.kind, null as state, null as amount_minor, d.created_by from sales_delivery d` },
  { kind: 'sales.invoice', permission: 'sales.read', select: `d.number, d.kind, null as state, d.gross_minor as amount_minor, d.created_by from sales_invoice d` },
  { kind: 'accounting.payment', permission: 'accounting.readMoney', select: `d.number, d.kind, null as state, d.amount_minor, d.created_by from accounting_payment d` },
]

/** The latest of each kind put together: each branch reads no more than the whole shows. */
export const timelineHandler = answer(timeline, async (ctx, { limit, ...asked }) => {
  const about = await aboutSeen(ctx, asked)
  const most = limit + 1
  const rows: Row[] = (await activityRows(ctx, { where: about.sql, params: about.params, order: 'd.day desc, d.id desc', page: { limit: most, offset: 0 } })).map((a) => ({
    source_kind: 'crm.activity' as const, source_id: a.activity_id, day: a.day, minute: a.minute, number: null, kind: a.kind, state: null, text: a.text, amount_minor: null,
    user_name: a.user_name, activity: a,
  }))
  rows.push(...(await tasksApart(ctx, { about, limit: most })))
  // A lead has no documents, also where it is a customer by now: those stand with the customer.
  for (const { kind, permission, select } of asked.party_id === undefined ? [] : [...documents, ...ctx.contributions.timelineParts.values()]) {
    const scope = ctx.scopeUnder(permission)
    if (scope === undefined) continue
    const seen = visibleParties(scope, 'd.party_id')
    const found = await ctx.db.all<Bare>(
      `select q.source_id, q.day, null as minute, null as text, u.name as user_name, q.number, q.kind, q.state, q.amount_minor
         from (select d.id as source_id, d.day, ${select} where ${ofParty('d.party_id')} and ${seen.sql} order by d.day desc, d.id desc limit ?) q
         left join platform_user u on u.id = q.created_by order by q.day desc, q.source_id desc`,
      [asked.party_id!, ...seen.params, most],
    )
    rows.push(...found.map((row) => ({ ...row, source_kind: kind as Row['source_kind'], activity: null })))
  }
  const latestFirst = rows.toSorted((a, b) => (a.day === b.day ? (b.minute ?? -1) - (a.minute ?? -1) || (a.source_id < b.source_id ? 1 : -1) : a.day < b.day ? 1 : -1))
  return { rows: latestFirst.slice(0, limit), has_more: latestFirst.length > limit ? (1 as const) : (0 as const) }
})

/** Tasks about the customer that did not come of a follow-up: those stand with it. */
async function tasksApart(ctx: QueryCtx, { about, limit }: { about: Condition; limit: number }): Promise<Row[]> {
  const found = await ctx.db.all<Bare>(
    `select d.id as source_id, d.due_on as day, null as minute, null as number, d.kind, d.state, d.title as text, null as amount_minor, u.name as user_name
       from crm_task d join platform_user u on u.id = d.assignee_id
      where ${about.sql} and d.activity_id is null order by d.due_on desc, d.id desc limit ?`,
    [...about.params, limit],
  )
  return found.map((row) => ({ ...row, source_kind: 'crm.task' as const, activity: null }))
}
