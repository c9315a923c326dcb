import { addDays } from '../../kernel/day.ts'
import { mulDiv } from '../../kernel/math.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { sees } from '../platform/index.ts'
import { availability, negative, plans, promise, stock, valuation, warehouses } from './contract.ts'
import { availability as availabilityOf } from './levels.ts'
import { defaultWarehouseId, stockLocationOf } from './places.ts'
import { promises } from './plans.ts'
import { addItemSearch, COMPANY_SIGN, COSTS, itemHeads, MOVE_LOCATIONS, Where } from './query-parts.ts'
import { emptySet, plansOfItems } from './stock.store.ts'

const AVAILABLE = '(coalesce(s.on_hand_e6, 0) - coalesce(s.reserved_e6, 0))'
const SORTS = { code: 'i.code', name: 'i.name', on_hand: 'on_hand_e6', available: 'available_e6', value: 'pool_minor' } as const
const SHOWS = {
  all: '1 = 1',
  // Levels are never null where there is a row: without one nothing was ever moved or planned.
  moved: '(s.on_hand_e6 <> 0 or s.reserved_e6 <> 0 or s.incoming_e6 <> 0 or s.planned_e6 <> 0)',
  available: `${AVAILABLE} > 0`,
  short: 'coalesce(s.planned_e6, 0) > coalesce(s.reserved_e6, 0)',
  low: `i.minimum_e6 > 0 and i.is_active = 1 and ${AVAILABLE} < i.minimum_e6`,
  // In one place at least, whatever lies elsewhere.
  negative: 'coalesce(s.lowest_e6, 0) < 0',
  slow: `p.quantity_e6 > 0 and not exists (select 1 from inventory_move m where m.item_id = i.id and m.day > ? and m.kind in ('in', 'out'))`,
} as const

/** Goods that nobody bought, sold or made for so many days lie slow. */
const SLOW_DAYS = 90

type StockRow = {
  item_id: string
  costing: 'average' | 'fifo'
  is_active: 0 | 1
  on_hand_e6: number
  reserved_e6: number
  incoming_e6: number
  available_e6: number
  pool_e6: number
  pool_minor: number
}

/** Levels by item over the locations in view, with what is planned to leave. */
function levelsSql(warehouse_id: string | undefined): { sql: string; params: string[] } {
  const here = warehouse_id === undefined ? '' : 'where l.warehouse_id = ?'
  const params = warehouse_id === undefined ? [] : [warehouse_id]
  return {
    sql: `select x.item_id, sum(x.on_hand_e6) as on_hand_e6, sum(x.reserved_e6) as reserved_e6, sum(x.incoming_e6) as incoming_e6,
                 sum(x.planned_e6) as planned_e6, min(x.on_hand_e6) as lowest_e6
            from (select st.item_id, st.location_id, st.on_hand_e6, st.reserved_e6, st.incoming_e6, 0 as planned_e6 from inventory_stock st
                  union all
                  select p.item_id, p.location_id, 0, 0, 0, p.quantity_e6 from inventory_plan p where p.direction = 'out') x
            join inventory_location l on l.id = x.location_id ${here} group by x.item_id`,
    params,
  }
}

export const stockHandler = answer(stock, async (ctx, input) => {
  const since = input.show === 'slow' ? [addDays(ctx.today, -SLOW_DAYS)] : []
  const where = new Where().add(`i.kind = 'stocked'`).add(SHOWS[input.show], ...since)
  if (input.category_id !== undefined) where.add('i.category_id = ?', input.category_id)
  await addItemSearch(ctx, { where, search: input.search, column: 'i.id' })
  const levels = levelsSql(input.warehouse_id)
  const from = `from catalog_item i left join (${levels.sql}) s on s.item_id = i.id left join inventory_pool p on p.item_id = i.id
    where ${where.sql}`
  const params = [...levels.params, ...where.params]
  const direction = input.descending === 1 ? 'desc' : 'asc'
  const mayCosts = ctx.may(COSTS)
  // An order by value would tell what the right to see costs keeps back.
  const sort = input.sort === 'value' && !mayCosts ? SORTS.code : SORTS[input.sort]
  const rows = await ctx.db.all<StockRow>(
    `select i.id as item_id, i.costing, i.is_active, coalesce(s.on_hand_e6, 0) as on_hand_e6, coalesce(s.reserved_e6, 0) as reserved_e6,
            coalesce(s.incoming_e6, 0) as incoming_e6, ${AVAILABLE} as available_e6, coalesce(p.quantity_e6, 0) as pool_e6,
            coalesce(p.value_minor, 0) as pool_minor
       ${from} order by ${sort} ${direction}, i.id limit ? offset ?`,
    [...params, input.limit, input.offset],
  )
  const counted = await ctx.db.get<{ n: number; pool_minor: number }>(
    `select count(*) as n, coalesce(sum(p.value_minor), 0) as pool_minor ${from}`,
    params,
  )
  const heads = await itemHeads(
    ctx,
    rows.map((r) => r.item_id),
  )
  const worth = (row: StockRow): number | null => (!mayCosts ? null : input.warehouse_id === undefined ? row.pool_minor : shareOf(row))
  return {
    total: counted!.n,
    total_value_minor: !mayCosts ? null : input.warehouse_id === undefined ? counted!.pool_minor : await shares(ctx, { from, params }),
    rows: rows.map((row) => {
      const { pool_e6: _pool, pool_minor: _value, ...levelsOfRow } = row
      return { ...heads.get(row.item_id)!, ...levelsOfRow, value_minor: worth(row) }
    }),
  }
})

/** Costs know no warehouses: one warehouse's share of the pool goes by quantity. */
const shareOf = ({ pool_e6, pool_minor, on_hand_e6 }: Pick<StockRow, 'pool_e6' | 'pool_minor' | 'on_hand_e6'>): number =>
  pool_e6 === 0 ? 0 : mulDiv({ a: pool_minor, b: on_hand_e6, divisor: pool_e6, rounding: 'halfUp' })

async function shares(ctx: QueryCtx, { from, params }: { from: string; params: readonly (string | number | null)[] }): Promise<number> {
  const rows = await ctx.db.all<Pick<StockRow, 'pool_e6' | 'pool_minor' | 'on_hand_e6'>>(
    `select s.on_hand_e6, p.quantity_e6 as pool_e6, p.value_minor as pool_minor ${from} and s.on_hand_e6 <> 0
        and p.value_minor <> 0 order by i.id`,
    params,
  )
  return rows.reduce((sum, row) => sum + shareOf(row), 0)
}

export const availabilityHandler = answer(availability, async (ctx, { item_ids, warehouse_id }) => {
  const location_id = warehouse_id === undefined ? undefined : await stockLocationOf(ctx, warehouse_id)
  const levels = await availabilityOf(ctx, { item_ids, location_id })
  const expected = (await plansOfItems(ctx.db, emptySet(), [...new Set(item_ids)])).filter((p) => p.row.direction === 'in')
  return {
    rows: item_ids.map((item_id) => ({
      item_id,
      ...levels.get(item_id)!,
      arrivals: expected
        .filter((p) => p.row.item_id === item_id && (location_id === undefined || p.row.location_id === location_id))
        .map((p) => ({ due_on: p.row.due_on, quantity_e6: p.row.quantity_e6 })),
    })),
  }
})

export const promiseHandler = answer(promise, async (ctx, { warehouse_id, lines }) => {
  const location_id = await stockLocationOf(ctx, warehouse_id ?? (await defaultWarehouseId(ctx)))
  const answers = await promises(
    ctx,
    lines.map((l) => ({ ...l, location_id })),
  )
  return { lines: lines.map((l, i) => ({ item_id: l.item_id, ...answers[i]! })) }
})

type ValueRow = { item_id: string; quantity_e6: number; value_minor: number }

export const valuationHandler = answer(valuation, async (ctx, { as_of, search, limit, offset }) => {
  const where = new Where()
  await addItemSearch(ctx, { where, search, column: 'i.id' })
  const params: (string | number | null)[] = []
  let values = 'select item_id, quantity_e6, value_minor from inventory_pool'
  if (as_of !== undefined) {
    values = `select m.item_id, sum(${COMPANY_SIGN} * m.quantity_e6) as quantity_e6, sum(${COMPANY_SIGN} * m.value_minor) as value_minor
                from inventory_move m ${MOVE_LOCATIONS} where m.day <= ? group by m.item_id`
    params.push(as_of)
  }
  const from = `from (${values}) v join catalog_item i on i.id = v.item_id where (v.quantity_e6 <> 0 or v.value_minor <> 0)
      and ${where.sql}`
  params.push(...where.params)
  const counted = await ctx.db.get<{ n: number; value_minor: number }>(
    `select count(*) as n, coalesce(sum(v.value_minor), 0) as value_minor ${from}`,
    params,
  )
  const rows = await ctx.db.all<ValueRow>(`select v.item_id, v.quantity_e6, v.value_minor ${from} order by i.code, i.id limit ? offset ?`, [
    ...params,
    limit,
    offset,
  ])
  const heads = await itemHeads(
    ctx,
    rows.map((r) => r.item_id),
  )
  return {
    as_of: as_of ?? null,
    total: counted!.n,
    total_value_minor: counted!.value_minor,
    rows: rows.map((r) => ({ ...heads.get(r.item_id)!, quantity_e6: r.quantity_e6, value_minor: r.value_minor })),
  }
})

type NegativeRow = {
  item_id: string
  warehouse_id: string
  warehouse_name: string
  location_name: string
  on_hand_e6: number
  is_cost_unknown: 0 | 1
}

export const negativeHandler = answer(negative, async (ctx, { limit, offset }) => {
  const from = `from inventory_stock s join inventory_location l on l.id = s.location_id join inventory_warehouse w on w.id = l.warehouse_id
      join catalog_item i on i.id = s.item_id left join inventory_pool p on p.item_id = s.item_id where s.on_hand_e6 < 0`
  const counted = await ctx.db.get<{ n: number }>(`select count(*) as n ${from}`)
  const rows = await ctx.db.all<NegativeRow>(
    `select s.item_id, w.id as warehouse_id, w.name as warehouse_name, l.name as location_name, s.on_hand_e6,
            case when coalesce(p.last_cost_quantity_e6, 0) = 0 then 1 else 0 end as is_cost_unknown
       ${from} order by i.code, s.item_id, s.location_id limit ? offset ?`,
    [limit, offset],
  )
  const heads = await itemHeads(
    ctx,
    rows.map((r) => r.item_id),
  )
  return { total: counted!.n, rows: rows.map((row) => ({ ...heads.get(row.item_id)!, ...row })) }
})

type PlanRow = {
  plan_id: string
  direction: 'in' | 'out'
  item_id: string
  item_code: string
  item_name: string
  base_unit: string
  warehouse_name: string
  quantity_e6: number
  reserved_e6: number
  due_on: string
  source_kind: string
  source_id: string
  source_line_no: number
}

/** Everybody may know what is promised; for whom, only those who may see the document. */
export const plansHandler = answer(plans, async (ctx, { item_id, source_kind, source_id, direction, limit, offset }) => {
  const { db } = ctx
  const where = new Where()
  if (item_id !== undefined) where.add('p.item_id = ?', item_id)
  if (source_kind !== undefined) where.add('p.source_kind = ?', source_kind)
  if (source_id !== undefined) where.add('p.source_id = ?', source_id)
  if (direction !== undefined) where.add('p.direction = ?', direction)
  const from = `from inventory_plan p join catalog_item i on i.id = p.item_id join inventory_location l on l.id = p.location_id
      join inventory_warehouse w on w.id = l.warehouse_id where ${where.sql}`
  const counted = await db.get<{ n: number }>(`select count(*) as n ${from}`, where.params)
  const rows = await db.all<PlanRow>(
    `select p.id as plan_id, p.direction, p.item_id, i.code as item_code, i.name as item_name, i.base_unit, w.name as warehouse_name,
        p.quantity_e6,
            p.reserved_e6, p.due_on, p.source_kind, p.source_id, p.source_line_no
       ${from} order by p.due_on, p.planned_at, p.id limit ? offset ?`,
    [...where.params, limit, offset],
  )
  const hidden = await outOfSight(ctx, rows)
  return { total: counted!.n, rows: rows.map((row) => (hidden.has(row.source_id) ? { ...row, source_id: null } : row)) }
})

/** Documents that the asker may not see. */
async function outOfSight(ctx: QueryCtx, rows: readonly PlanRow[]): Promise<Set<string>> {
  const sources = new Map(rows.map((r) => [r.source_id, r]))
  const hidden = new Set<string>()
  for (const [source_id, { source_kind }] of sources) {
    if (ctx.contributions.attachmentScopes.has(source_kind) && !(await sees(ctx, { source_kind, source_id }))) hidden.add(source_id)
  }
  return hidden
}

type WarehouseRow = {
  warehouse_id: string
  code: string
  name: string
  negative_stock: 'inherit' | 'forbid' | 'warn' | 'allow'
  is_default: 0 | 1
  is_active: 0 | 1
}
type LocationRow = { location_id: string; warehouse_id: string; code: string; name: string; is_default: 0 | 1; is_active: 0 | 1 }

export const warehousesHandler = answer(warehouses, async ({ db }, { show }) => {
  const rows = await db.all<WarehouseRow>(
    `select id as warehouse_id, code, name, negative_stock, is_default, is_active from inventory_warehouse
      where ${show === 'all' ? '1 = 1' : 'is_active = 1'} order by is_default desc, code, id`,
  )
  const locations = await db.all<LocationRow>(
    `select id as location_id, warehouse_id, code, name, is_default, is_active from inventory_location
      where warehouse_id is not null order by is_default desc, code, id`,
  )
  const of = (warehouse_id: string) => locations.filter((l) => l.warehouse_id === warehouse_id).map(({ warehouse_id: _w, ...l }) => l)
  return { rows: rows.map((w) => ({ ...w, locations: of(w.warehouse_id) })) }
})
