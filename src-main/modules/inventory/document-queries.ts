import { answer } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { adjustment, adjustments, transfers } from './contract.ts'
import { COSTS, itemHeads, Where } from './query-parts.ts'

type Head = {
  adjustment_id: string
  number: string
  kind: 'opening' | 'adjustment' | 'memo'
  day: string
  warehouse_id: string
  warehouse_name: string
  reason: string
  reference: string | null
  reverses_id: string | null
  reversed_by_id: string | null
  entry_id: string | null
  created_by_name: string | null
  created_at: number
}

const HEAD = `a.id as adjustment_id, a.number, a.kind, a.day, a.warehouse_id, w.name as warehouse_name, a.reason, a.reference,
  a.reverses_id, (select r.id from inventory_adjustment r where r.reverses_id = a.id) as reversed_by_id, a.entry_id,
  u.name as created_by_name, a.created_at`
const FROM = `from inventory_adjustment a join inventory_warehouse w on w.id = a.warehouse_id
  left join platform_user u on u.id = a.created_by`

export const adjustmentsHandler = answer(adjustments, async (ctx, input) => {
  const where = new Where()
  if (input.kind !== undefined) where.add('a.kind = ?', input.kind)
  if (input.warehouse_id !== undefined) where.add('a.warehouse_id = ?', input.warehouse_id)
  if (input.from !== undefined) where.add('a.day >= ?', input.from)
  if (input.to !== undefined) where.add('a.day <= ?', input.to)
  if (input.search !== undefined && input.search !== '') {
    const like = `%${input.search.toLowerCase()}%`
    where.add('(lower(a.number) like ? or lower(a.reason) like ? or lower(a.reference) like ?)', like, like, like)
  }
  const counted = await ctx.db.get<{ n: number }>(`select count(*) as n ${FROM} where ${where.sql}`, where.params)
  const summed = await ctx.db.get<{ value_minor: number }>(
    `select coalesce(sum(l.value_minor), 0) as value_minor from inventory_adjustment_line l where l.adjustment_id in (select a.id ${FROM} where ${where.sql})`,
    where.params,
  )
  const rows = await ctx.db.all<Head & { line_count: number; value_minor: number }>(
    `select ${HEAD}, (select count(*) from inventory_adjustment_line l where l.adjustment_id = a.id) as line_count,
            coalesce((select sum(l.value_minor) from inventory_adjustment_line l where l.adjustment_id = a.id), 0) as value_minor
       ${FROM} where ${where.sql} order by a.day desc, a.id desc limit ? offset ?`,
    [...where.params, input.limit, input.offset],
  )
  const mayCosts = ctx.may(COSTS)
  return {
    total: counted!.n,
    total_value_minor: mayCosts ? summed!.value_minor : null,
    rows: rows.map((r) => ({ ...r, value_minor: mayCosts ? r.value_minor : null })),
  }
})

type Line = { line_no: number; item_id: string; quantity_e6: number; value_minor: number; note: string | null }

export const adjustmentHandler = answer(adjustment, async (ctx, { adjustment_id }) => {
  const head = await ctx.db.get<Head & { entry_word: string | null; entry_number: number | null }>(
    `select ${HEAD}, e.word as entry_word, e.number as entry_number ${FROM}
       left join accounting_entry e on e.id = a.entry_id where a.id = ?`,
    [adjustment_id],
  )
  if (!head) throw new Refusal('inventory.adjustmentNotFound', { adjustment_id })
  const lines = await ctx.db.all<Line>(
    `select line_no, item_id, quantity_e6, value_minor, note from inventory_adjustment_line
      where adjustment_id = ? order by line_no, adjustment_id`,
    [adjustment_id],
  )
  const heads = await itemHeads(
    ctx,
    lines.map((l) => l.item_id),
  )
  const mayCosts = ctx.may(COSTS)
  return { ...head, lines: lines.map((l) => ({ ...heads.get(l.item_id)!, ...l, value_minor: mayCosts ? l.value_minor : null })) }
})

type TransferRow = {
  transfer_id: string
  number: string
  day: string
  from_location_name: string
  to_location_name: string
  note: string | null
  created_by_name: string | null
  created_at: number
}
type TransferLine = { source_id: string; item_id: string; item_code: string; item_name: string; base_unit: string; quantity_e6: number }

export const transfersHandler = answer(transfers, async ({ db }, { item_id, from, to, limit, offset }) => {
  const where = new Where()
  if (from !== undefined) where.add('t.day >= ?', from)
  if (to !== undefined) where.add('t.day <= ?', to)
  if (item_id !== undefined) {
    where.add(
      `exists (select 1 from inventory_move m where m.source_kind = 'inventory.transfer' and m.source_id = t.id and m.item_id = ?)`,
      item_id,
    )
  }
  const counted = await db.get<{ n: number }>(`select count(*) as n from inventory_transfer t where ${where.sql}`, where.params)
  const rows = await db.all<TransferRow>(
    `select t.id as transfer_id, t.number, t.day, fl.name as from_location_name, tl.name as to_location_name, t.note,
            u.name as created_by_name, t.created_at
       from inventory_transfer t join inventory_location fl on fl.id = t.from_location_id
       join inventory_location tl on tl.id = t.to_location_id
       left join platform_user u on u.id = t.created_by where ${where.sql} order by t.day desc, t.id desc limit ? offset ?`,
    [...where.params, limit, offset],
  )
  const ids = rows.map((r) => r.transfer_id)
  const lines = await db.all<TransferLine>(
    `select m.source_id, m.item_id, i.code as item_code, i.name as item_name, i.base_unit, m.quantity_e6
       from inventory_move m join catalog_item i on i.id = m.item_id
      where m.source_kind = 'inventory.transfer' and m.source_id in (${marks(ids)}) order by m.source_line_no, m.seq`,
    ids,
  )
  const of = (transfer_id: string) => lines.filter((l) => l.source_id === transfer_id).map(({ source_id: _source, ...l }) => l)
  return { total: counted!.n, rows: rows.map((r) => ({ ...r, lines: of(r.transfer_id) })) }
})
