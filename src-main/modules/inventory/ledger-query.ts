import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { itemsOf } from '../catalog/index.ts'
import { itemLedger, type OutsideKind } from './contract.ts'
import { COMPANY_SIGN, itemHeads, MOVE_LOCATIONS, Where } from './query-parts.ts'

type Kind = 'internal' | OutsideKind
type LedgerRow = {
  seq: number
  day: string
  kind: 'in' | 'out' | 'transfer' | 'adjustment'
  from_location_name: string
  to_location_name: string
  from_kind: Kind
  to_kind: Kind
  quantity_e6: number
  value_minor: number
  adjusted_minor: number
  running_quantity_e6: number
  running_value_minor: number
  original_seq: number | null
  source_kind: string
  source_id: string
  source_number: string | null
  entry_id: string | null
  entry_word: string | null
  entry_number: number | null
  posted_at: number
}

/**
 * All moves of the item that touch the stock in view, signed and summed up in order. Quantities follow the view, values the company's
 * pool.
 */
function linesSql({ item_id, warehouse_id }: { item_id: string; warehouse_id: string | undefined }): { sql: string; params: string[] } {
  const inView =
    warehouse_id === undefined
      ? COMPANY_SIGN
      : '(case when tl.warehouse_id = ? then 1 else 0 end) - (case when fl.warehouse_id = ? then 1 else 0 end)'
  const params = warehouse_id === undefined ? [item_id] : [warehouse_id, warehouse_id, item_id]
  return {
    sql: `select v.seq, v.day, v.view_sign, v.view_sign * v.quantity_e6 as quantity_e6, v.company_sign,
                 v.company_sign * v.value_minor as value_minor,
                 sum(v.view_sign * v.quantity_e6) over (order by v.day, v.seq) as running_quantity_e6,
                 sum(v.company_sign * v.value_minor) over (order by v.day, v.seq) as running_value_minor
            from (select m.seq, m.day, m.quantity_e6, m.value_minor, ${COMPANY_SIGN} as company_sign, ${inView} as view_sign
                    from inventory_move m ${MOVE_LOCATIONS} where m.item_id = ?) v`,
    params,
  }
}

export const itemLedgerHandler = answer(itemLedger, async (ctx, { item_id, warehouse_id, from, to, limit, offset }) => {
  const item = (await itemsOf(ctx, [item_id])).get(item_id)!
  const heads = await itemHeads(ctx, [item_id])
  const lines = linesSql({ item_id, warehouse_id })
  const where = new Where().add('r.view_sign <> 0')
  if (from !== undefined) where.add('r.day >= ?', from)
  if (to !== undefined) where.add('r.day <= ?', to)
  const counted = await ctx.db.get<{ n: number }>(`select count(*) as n from (${lines.sql}) r where ${where.sql}`, [
    ...lines.params,
    ...where.params,
  ])
  const rows = await ctx.db.all<LedgerRow>(
    `select r.seq, r.day, m.kind, fl.name as from_location_name, tl.name as to_location_name, fl.kind as from_kind, tl.kind as to_kind,
            r.quantity_e6, r.value_minor, r.company_sign * coalesce((select sum(a.value_minor) from inventory_move a
                                                       where a.original_seq = m.seq and a.kind = 'adjustment'), 0) as adjusted_minor,
            r.running_quantity_e6, r.running_value_minor, m.original_seq, m.source_kind, m.source_id, e.source_number, m.entry_id,
            e.word as entry_word, e.number as entry_number, m.posted_at
       from (${lines.sql}) r join inventory_move m on m.seq = r.seq ${MOVE_LOCATIONS} left join accounting_entry e on e.id = m.entry_id
      where ${where.sql} order by r.day, r.seq limit ? offset ?`,
    [...lines.params, ...where.params, limit, offset],
  )
  return {
    item: { ...heads.get(item_id)!, costing: item.costing },
    opening:
      from === undefined ? { quantity_e6: 0, value_minor: 0 } : await standing(ctx, { lines, where: new Where().add('r.day < ?', from) }),
    closing: await standing(ctx, { lines, where: to === undefined ? new Where() : new Where().add('r.day <= ?', to) }),
    total: counted!.n,
    rows,
  }
})

async function standing(
  ctx: QueryCtx,
  { lines, where }: { lines: { sql: string; params: string[] }; where: Where },
): Promise<{ quantity_e6: number; value_minor: number }> {
  const sums = await ctx.db.get<{ quantity_e6: number; value_minor: number }>(
    `select coalesce(sum(r.quantity_e6), 0) as quantity_e6, coalesce(sum(r.value_minor), 0) as value_minor from (${lines.sql}) r
        where ${where.sql}`,
    [...lines.params, ...where.params],
  )
  return sums!
}
