import { addDays } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { refsFound } from '../platform/index.ts'
import { listTogether, recommendForItems } from './contract.ts'

type Recommended = { item_id: string; item_code: string; item_name: string; because_id: string; because_name: string; confidence_e8: number; lift_e6: number; both_count: number }

/** The goods that go best with some others and are not among them, each once, for the strongest of its reasons. */
function goingWith(ctx: QueryCtx, { sql, params, limit }: { sql: string; params: readonly SqlValue[]; limit: number }): Promise<Recommended[]> {
  return ctx.db.all<Recommended>(
    `with had (item_id) as (${sql}), best as (
       select g.other_id, g.item_id, g.confidence_e8, g.lift_e6, g.both_count, row_number() over (partition by g.other_id order by g.confidence_e8 desc, g.item_id) as place
         from insights_together g join had h on h.item_id = g.item_id where g.other_id not in (select item_id from had))
     select b.other_id as item_id, o.code as item_code, o.name as item_name, b.item_id as because_id, t.name as because_name, b.confidence_e8, b.lift_e6, b.both_count
       from best b join catalog_item o on o.id = b.other_id join catalog_item t on t.id = b.item_id where b.place = 1 and o.is_active = 1
      order by b.confidence_e8 desc, b.other_id limit ?`,
    [...params, limit],
  )
}

const A_YEAR = 365
const A_FEW = 5

/** What a customer has not taken for a year though it goes with what they did take. */
export const recommendedFor = (ctx: QueryCtx, party_id: string): Promise<Recommended[]> =>
  goingWith(ctx, {
    sql: `select distinct l.item_id from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where i.party_id in (select w.id from parties_party w where w.same_as = ?) and i.kind = 'invoice' and i.day >= ?`,
    params: [party_id, addDays(ctx.today, -A_YEAR)],
    limit: A_FEW,
  })

export const recommendForItemsHandler = answer(recommendForItems, async (ctx, { item_ids, limit }) => ({
  rows: await goingWith(ctx, { sql: `select id from catalog_item where id in (${marks(item_ids)})`, params: item_ids, limit }),
}))

const SORT = { lift: 'g.lift_e6', confidence: 'g.confidence_e8', support: 'g.support_e8' } as const

export const listTogetherHandler = answer(listTogether, async (ctx, { text, item_id, sort, direction, limit, offset }) => {
  const conditions = [
    ...(item_id === undefined ? [] : [{ sql: 'g.item_id = ?', params: [item_id] }]),
    ...(text === '' ? [] : [await refsFound(ctx.db, { kind: 'item', text, column: 'g.item_id' })]),
  ]
  const where = conditions.length === 0 ? '1 = 1' : conditions.map((c) => c.sql).join(' and ')
  const params = conditions.flatMap((c) => c.params)
  const total = (await ctx.db.get<{ n: number }>(`select count(*) as n from insights_together g where ${where}`, params))!.n
  const rows = await ctx.db.all<{ item_id: string; item_code: string; item_name: string; other_id: string; other_code: string; other_name: string; both_count: number; item_count: number; support_e8: number; confidence_e8: number; lift_e6: number }>(
    `select g.item_id, t.code as item_code, t.name as item_name, g.other_id, o.code as other_code, o.name as other_name, g.both_count, g.item_count, g.support_e8, g.confidence_e8, g.lift_e6
       from insights_together g join catalog_item t on t.id = g.item_id join catalog_item o on o.id = g.other_id
      where ${where} order by ${SORT[sort]} ${direction}, g.item_id, g.other_id limit ? offset ?`,
    [...params, limit, offset],
  )
  return { rows: rows.map((row) => ({ ...row, pair_id: `${row.item_id} ${row.other_id}` })), total }
})
