import { assert } from '../../kernel/assert.ts'
import { reference, unit, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import type { UnitRatio } from '../../kernel/quantity.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { listedPrice, priceInUnit, type ListedPrice, type PriceAnswer } from './price.ts'
import { taxpayerOf } from './tax-seeds.ts'

/** What documents and stock need to know of an item. */
export type ItemInfo = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly spec: string | null
  readonly kind: 'stocked' | 'service'
  readonly base_unit: string
  readonly tax_code: string | null
  readonly costing: 'average' | 'fifo'
  /** Standard price per base unit; 0: none. */
  readonly price_e4: number
  /** Below this price per base unit, in the company's kind of price, somebody must agree; 0: none. For who holds catalog.floor. */
  readonly floor_price_e4: number
  readonly is_active: number
  /** The further units; the base unit is not among them. */
  readonly units: readonly ItemUnit[]
}
export type ItemUnit = { readonly name: string } & UnitRatio

type RateRow = { tax_code: string; from_day: string; to_day: string | null; rate_e8: number }
type Known = {
  readonly items: Map<string, ItemInfo>
  readonly prices: Map<string, ListedPrice[]>
}

/** Items and prices read in this command, each once. */
const known = unit<Known>({
  key: 'catalog.known',
  create: () => ({ items: new Map(), prices: new Map() }),
  flush: async () => {},
})

/** Items that commands and queries asked for: kept by the program until one changes. */
const asked = reference({ key: 'catalog.items', tables: ['catalog_item', 'catalog_unit'], read: async () => new Map<string, ItemInfo>() })
/** Items kept at most; the others are read whenever they are asked for. */
const ITEMS_KEPT = 20_000

/** A query keeps nothing: it asks once and is gone. */
type AnyCtx = CommandCtx | QueryCtx
const memoryOf = (ctx: AnyCtx): Known => ('unit' in ctx ? ctx.unit(known) : known.create())

const IDS_A_STATEMENT = 500
const COLUMNS = ['id', 'code', 'name', 'spec', 'kind', 'base_unit', 'tax_code', 'costing', 'price_e4', 'floor_price_e4', 'is_active'].map((c) => `i.${c}`).join(', ')

async function readItems(db: Reader, ids: readonly string[]): Promise<Map<string, ItemInfo>> {
  const found = new Map<string, ItemInfo>()
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    const rows = await db.all<Omit<ItemInfo, 'units'> & { unit: string | null; numerator: number; denominator: number }>(
      `select ${COLUMNS}, u.name as unit, u.numerator, u.denominator
         from catalog_item i left join catalog_unit u on u.item_id = i.id where i.id in (${marks(some)}) order by i.id, u.name`,
      some,
    )
    for (const { unit, numerator, denominator, ...item } of rows) {
      const before = found.get(item.id)?.units ?? []
      found.set(item.id, { ...item, units: unit === null ? before : [...before, { name: unit, numerator, denominator }] })
    }
  }
  return found
}

/** The items with these ids, the missing ones read together, kept for this command. Refuses 'catalog.itemNotFound'. */
export async function itemsOf(ctx: AnyCtx, ids: readonly string[]): Promise<Map<string, ItemInfo>> {
  const { items } = memoryOf(ctx)
  if (ids.some((i) => !items.has(i))) await fetchItems(ctx, { ids, into: items })
  const found = new Map<string, ItemInfo>()
  for (const item_id of ids) {
    const item = items.get(item_id)
    if (!item) throw new Refusal('catalog.itemNotFound', { item_id })
    found.set(item_id, item)
  }
  return found
}

async function fetchItems(ctx: AnyCtx, { ids, into }: { ids: readonly string[]; into: Map<string, ItemInfo> }): Promise<void> {
  const kept = await ctx.reference(asked)
  const missing = new Set<string>()
  for (const id of ids) {
    const item = kept.get(id)
    if (into.has(id)) continue
    if (item) into.set(id, item)
    else missing.add(id)
  }
  if (missing.size === 0) return
  const read = await readItems(ctx.db, [...missing])
  for (const [id, item] of read) into.set(id, item)
  if (kept.size + read.size <= ITEMS_KEPT) for (const [id, item] of read) kept.set(id, item)
}

/** An item that was just written is read anew. */
export function forgetItem(ctx: CommandCtx, item_id: string): void {
  const memory = ctx.unit(known)
  memory.items.delete(item_id)
  memory.prices.delete(item_id)
}

/** How many base units one of this unit is, exactly. Refuses 'catalog.unitUnknown'. */
export function ratioOf(item: ItemInfo, unitName: string): UnitRatio {
  if (unitName === item.base_unit) return { numerator: 1, denominator: 1 }
  const found = item.units.find((u) => u.name === unitName)
  if (!found) throw new Refusal('catalog.unitUnknown', { item_id: item.id, code: item.code, name: item.name, unit: unitName })
  return { numerator: found.numerator, denominator: found.denominator }
}

/** The rates of this company's kind of taxpayer by tax code, newest first. */
const rates = reference({
  key: 'catalog.rates',
  tables: ['catalog_tax_rate'],
  read: async (db, company) => {
    const rows = await db.all<RateRow>(
      'select tax_code, from_day, to_day, rate_e8 from catalog_tax_rate where taxpayer = ? order by tax_code, from_day desc',
      [taxpayerOf(company)],
    )
    return Map.groupBy(rows, (r) => r.tax_code)
  },
})

/** The rate (e8) that holds for this company's kind of taxpayer on a day, undefined when none does. Rates come newest first. */
export function rateHolding(rates: readonly Omit<RateRow, 'tax_code'>[], day: string): number | undefined {
  const row = rates.find((r) => r.from_day <= day)
  return row === undefined || (row.to_day !== null && row.to_day < day) ? undefined : row.rate_e8
}

/**
 * The tax rate (e8) of a tax code on a day for this company's kind of taxpayer.
 * No tax code means no tax. Refuses 'catalog.taxRateUnknown' where no rate holds.
 */
export async function taxRateOn(ctx: AnyCtx, { tax_code, day }: { tax_code: string | null; day: string }): Promise<number> {
  if (tax_code === null) return 0
  const rate_e8 = rateHolding((await ctx.reference(rates)).get(tax_code) ?? [], day)
  if (rate_e8 === undefined) throw new Refusal('catalog.taxRateUnknown', { tax_code, day })
  return rate_e8
}

async function pricesOf(ctx: AnyCtx, item_id: string): Promise<ListedPrice[]> {
  const { prices } = memoryOf(ctx)
  let rows = prices.get(item_id)
  if (rows === undefined) {
    rows = await ctx.db.all<ListedPrice>(
      `select l.id as list_id, l.name as list_name, l.level, l.from_day, l.to_day, l.priority, p.unit, p.min_quantity_e6, p.price_e4
         from catalog_price p join catalog_price_list l on l.id = p.list_id
        where p.item_id = ? and l.is_active = 1 order by l.id, p.unit, p.min_quantity_e6`,
      [item_id],
    )
    prices.set(item_id, rows)
  }
  return rows
}

export type PriceRequest = {
  readonly item_id: string
  readonly unit: string
  readonly quantity_e6: number
  /** The customer's price level. */
  readonly level: string | null
  readonly day: string
}

/** The price of one `unit` and the list it comes from; the standard price has no list. Undefined when nobody has set one. */
export async function priceAnswer(ctx: AnyCtx, request: PriceRequest): Promise<PriceAnswer | undefined> {
  const { item_id, unit: unitName, quantity_e6, level, day } = request
  assert(quantity_e6 >= 0, 'prices are asked for what is bought, not for what comes back')
  const item = (await itemsOf(ctx, [item_id])).get(item_id)!
  const ratio = ratioOf(item, unitName)
  const question = { unit: unitName, ratio, quantity_e6, base_unit: item.base_unit, level, day }
  const listed = listedPrice(await pricesOf(ctx, item_id), question)
  if (listed) return listed
  return item.price_e4 === 0 ? undefined : { price_e4: priceInUnit(item.price_e4, ratio), list_id: null, list_name: null }
}

/** Item ids by code (case counts), for imports: codes that nobody has are left out. Read in few statements, not kept. */
export async function itemIdsByCode(ctx: Pick<CommandCtx, 'db'>, codes: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(codes)]
  const found = new Map<string, string>()
  for (let from = 0; from < wanted.length; from += IDS_A_STATEMENT) {
    const some = wanted.slice(from, from + IDS_A_STATEMENT)
    const sql = `select id, code from catalog_item where code in (${marks(some)}) order by id`
    for (const row of await ctx.db.all<{ id: string; code: string }>(sql, some)) found.set(row.code, row.id)
  }
  return found
}
