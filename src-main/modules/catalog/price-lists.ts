import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { createPriceList, getPriceList, listPriceLists, priceFor, setPrices, updatePriceList } from './contract.ts'
import { insertPriceList, patchPriceList, replacePrices } from './catalog.store.ts'
import { itemsOf, priceAnswer, ratioOf } from './read-item.ts'

type List = {
  list_id: string
  name: string
  level: string | null
  from_day: string | null
  to_day: string | null
  priority: number
  is_active: 0 | 1
}
type ListLine = { item_id: string; code: string; item_name: string; unit: string; min_quantity_e6: number; price_e4: number }

const COLUMNS = 'id as list_id, name, level, from_day, to_day, priority, is_active'

export const createPriceListHandler = handle(createPriceList, async (ctx, form) => {
  assertDays(form)
  await assertNameFree(ctx, { name: form.name, except: '' })
  const list_id = ctx.newId()
  await insertPriceList(ctx, { id: list_id, ...form, level: form.level === '' ? null : form.level, is_active: 1 })
  return { list_id }
})

export const updatePriceListHandler = handle(updatePriceList, async (ctx, { list_id, ...patch }) => {
  const after = { ...(await listOf(ctx, list_id)), ...patch }
  assertDays(after)
  await assertNameFree(ctx, { name: after.name, except: list_id })
  await patchPriceList(ctx, list_id, patch.level === '' ? { ...patch, level: null } : patch)
  return { list_id }
})

export const setPricesHandler = handle(setPrices, async (ctx, { list_id, items }) => {
  const list = await listOf(ctx, list_id)
  const known = await itemsOf(ctx, items.map((i) => i.item_id))
  const seen = new Set<string>()
  const rows = items.flatMap(({ item_id, prices }) =>
    prices.map(({ unit = known.get(item_id)!.base_unit, min_quantity_e6, price_e4 }) => {
      const { code, name } = known.get(item_id)!
      ratioOf(known.get(item_id)!, unit)
      const key = `${item_id}\n${unit}\n${min_quantity_e6}`
      if (seen.has(key)) throw new Refusal('catalog.priceTwice', { code, name, unit, list: list.name })
      seen.add(key)
      return { list_id, item_id, unit, min_quantity_e6, price_e4 }
    }),
  )
  await replacePrices(ctx, { list_id, item_ids: [...known.keys()], rows })
  return { list_id, prices: rows.length }
})

function assertDays({ from_day, to_day }: { from_day: string | null; to_day: string | null }): void {
  if (from_day !== null && to_day !== null && to_day < from_day) throw new Refusal('catalog.daysReversed', { from_day, to_day })
}

async function assertNameFree(ctx: CommandCtx, { name, except }: { name: string; except: string }): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from catalog_price_list where name = ? and id <> ?', [name, except])
  if (row) throw new Refusal('catalog.priceListTwice', { name })
}

async function listOf(ctx: Pick<QueryCtx, 'db'>, list_id: string): Promise<List> {
  const row = await ctx.db.get<List>(`select ${COLUMNS} from catalog_price_list where id = ?`, [list_id])
  if (!row) throw new Refusal('catalog.priceListNotFound', { list_id })
  return row
}

export const listPriceListsHandler = answer(listPriceLists, async ({ db }) => ({
  rows: await db.all<List & { item_count: number }>(
    `select ${COLUMNS}, (select count(distinct item_id) from catalog_price p where p.list_id = catalog_price_list.id) as item_count
       from catalog_price_list order by is_active desc, priority desc, name, id`,
  ),
}))

export const getPriceListHandler = answer(getPriceList, async (ctx, { list_id, limit, offset }) => {
  const list = await listOf(ctx, list_id)
  const counts = await ctx.db.get<{ total: number; item_count: number }>(
    'select count(*) as total, count(distinct item_id) as item_count from catalog_price where list_id = ?',
    [list_id],
  )
  const rows = await ctx.db.all<ListLine>(
    `select p.item_id, i.code, i.name as item_name, p.unit, p.min_quantity_e6, p.price_e4
       from catalog_price p join catalog_item i on i.id = p.item_id where p.list_id = ?
      order by i.code, p.item_id, p.unit, p.min_quantity_e6 limit ? offset ?`,
    [list_id, limit, offset],
  )
  return { ...list, ...counts!, rows }
})

export const priceForHandler = answer(priceFor, async (ctx, { item_id, unit: asked, quantity_e6, level, day = ctx.today }) => {
  const unit = asked ?? (await itemsOf(ctx, [item_id])).get(item_id)!.base_unit
  const found = await priceAnswer(ctx, { item_id, unit, quantity_e6, level, day })
  if (!found) return { price_e4: null, unit, source: 'none' as const, list_id: null, list_name: null }
  return { ...found, unit, source: found.list_id === null ? ('standard' as const) : ('list' as const) }
})

/** A list holds from now on, or not: an offer of an upper floor begins or pauses. */
export async function setListActive(ctx: CommandCtx, { list_id, is_active }: { list_id: string; is_active: 0 | 1 }): Promise<void> {
  await patchPriceList(ctx, list_id, { is_active })
}
