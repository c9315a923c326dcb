import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { mulDiv } from '../../kernel/math.ts'
import { currencyOf, unitPriceFromAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf, priceAnswer, ratioOf, taxRateOn } from '../catalog/index.ts'
import { availability, promises } from '../inventory/index.ts'
import { visibleParties, ofParty } from '../parties/index.ts'
import { flashPrice } from '../promotions/index.ts'
import { measure } from './prepare.ts'
import { getPrice } from './contract.ts'

type Last = { price_e4: number; discount_rate_e8: number; day: string }

/** List price, last price to this customer, standard price and stock of an item: all that one new line needs, in one call. */
export const getPriceHandler = answer(getPrice, async (ctx, input) => {
  const item = (await itemsOf(ctx, [input.item_id])).get(input.item_id)!
  const unit = input.unit ?? item.base_unit
  const ratio = ratioOf(item, unit)
  const day = input.day ?? ctx.today
  const { base_quantity_e6 } = measure(item, { line_no: 1, unit, quantity_e6: input.quantity_e6 })
  const party = input.party_id === undefined ? undefined : await customerTerms(ctx, input.party_id)
  const answered = await priceAnswer(
    ctx,
    { item_id: item.id, unit, quantity_e6: input.quantity_e6, level: party?.price_level ?? null, day },
  )
  const list_price_e4 = answered && answered.list_id !== null ? answered.price_e4 : null
  const standard_price_e4 = mulDiv({ a: item.price_e4, b: ratio.numerator, divisor: ratio.denominator, rounding: 'halfUp' })
  const prices_include_tax = input.prices_include_tax ?? ctx.company.prices_include_tax
  const last = party && party.is_cash === 0 ? await lastSale(
    ctx,
    { party_id: party.id, item_id: item.id, unit, prices_include_tax },
  ) : undefined
  const flash = await flashPrice(ctx, { item_id: item.id, ratio })
  const isLeft = flash !== undefined && flash.left_e6 >= base_quantity_e6
  const suggested = isLeft ? { price_e4: flash.price_e4, source: 'promotion' as const } : suggest({ list_price_e4, last_price_e4: last?.price_e4 ?? null, standard_price_e4 })
  return {
    item_id: item.id,
    unit,
    ...suggested,
    promotion_id: isLeft ? flash.promotion_id : null,
    promotion_name: isLeft ? flash.name : null,
    promotion_left_e6: flash?.left_e6 ?? 0,
    list_price_e4,
    standard_price_e4,
    last_price_e4: last?.price_e4 ?? null,
    last_discount_rate_e8: last?.discount_rate_e8 ?? null,
    last_sold_on: last?.day ?? null,
    floor_price_e4: ctx.may('catalog.floor') && item.floor_price_e4 > 0 && prices_include_tax === ctx.company.prices_include_tax
      ? mulDiv({ a: item.floor_price_e4, b: ratio.numerator, divisor: ratio.denominator, rounding: 'halfUp' })
      : null,
    cost_e4: ctx.may('sales.cost') ? await costOf(ctx, { item_id: item.id, ratio }) : null,
    tax_code: item.tax_code ?? '',
    tax_rate_e8: await taxRateOn(ctx, { tax_code: item.tax_code, day }),
    ...(await stockFor(ctx, { item_id: item.id, kind: item.kind, warehouse_id: input.warehouse_id, base_quantity_e6 })),
  }
})

/** What one unit of the stock costs on the average, without tax; null where there is none. */
async function costOf(ctx: QueryCtx, { item_id, ratio }: { item_id: string; ratio: { readonly numerator: number; readonly denominator: number } }): Promise<number | null> {
  const pool = await ctx.db.get<{ quantity_e6: number; value_minor: number }>('select quantity_e6, value_minor from inventory_pool where item_id = ?', [item_id])
  if (!pool || pool.quantity_e6 <= 0 || pool.value_minor < 0) return null
  const cost_e4 = unitPriceFromAmount({ amount_minor: pool.value_minor, quantity_e6: pool.quantity_e6, digits: currencyOf(ctx.company.currency).digits })
  return mulDiv({ a: cost_e4, b: ratio.numerator, divisor: ratio.denominator, rounding: 'halfUp' })
}

/** A list price was set on purpose for now; the last price was agreed with this customer; the standard price is for everybody. */
function suggest(p: { list_price_e4: number | null; last_price_e4: number | null; standard_price_e4: number }) {
  if (p.list_price_e4 !== null) return { price_e4: p.list_price_e4, source: 'list' as const }
  if (p.last_price_e4 !== null) return { price_e4: p.last_price_e4, source: 'last' as const }
  return { price_e4: p.standard_price_e4, source: 'standard' as const }
}

async function customerTerms(ctx: QueryCtx, party_id: string) {
  const visible = visibleParties(ctx.scope, 'p.id')
  const party = await ctx.db.get<{ id: string; price_level: string | null; is_cash: number }>(
    `select p.id, p.price_level, p.is_cash from parties_party p where p.id = ? and ${visible.sql}`,
    [party_id, ...visible.params],
  )
  if (!party) throw new Refusal('parties.partyNotFound', { party_id })
  return party
}

/** What the customer paid last time, in the same unit and the same kind of price: the latest invoices first, until one has the item. */
const lastSale = (
  ctx: QueryCtx,
  of: { party_id: string; item_id: string; unit: string; prices_include_tax: number },
): Promise<Last | undefined> =>
  ctx.db.get<Last>(
    `select l.price_e4, l.discount_rate_e8, i.day from sales_invoice i cross join sales_invoice_line l
      where l.invoice_id = i.id and ${ofParty('i.party_id')} and l.item_id = ? and l.unit = ? and i.kind = 'invoice' and i.prices_include_tax = ? and l.price_e4 > 0
        and not exists (select 1 from sales_invoice r where r.reverses_id = i.id)
      order by i.day desc, i.id desc, l.line_no desc limit 1`,
    [of.party_id, of.item_id, of.unit, of.prices_include_tax],
  )

/** Stock of the warehouse, and the day on which the quantity could be promised. Services are always there. */
async function stockFor(ctx: QueryCtx, of: { item_id: string; kind: string; warehouse_id: string | undefined; base_quantity_e6: number }) {
  const { item_id } = of
  if (of.kind === 'service') return { on_hand_e6: 0, reserved_e6: 0, incoming_e6: 0, available_e6: 0, promised_on: ctx.today }
  const [where, params] = of.warehouse_id === undefined ? ['w.is_default = 1', []] : ['w.id = ?', [of.warehouse_id]]
  const place = await ctx.db.get<{ id: string }>(
    `select l.id from inventory_location l join inventory_warehouse w on w.id = l.warehouse_id where l.is_default = 1 and ${where}`,
    params,
  )
  if (!place) throw new Refusal('inventory.warehouseNotFound', { warehouse_id: of.warehouse_id })
  const levels = (await availability(ctx, { item_ids: [item_id], location_id: place.id })).get(item_id)!
  const [promise] = await promises(ctx, [{ item_id, location_id: place.id, quantity_e6: of.base_quantity_e6 }])
  return { ...levels, promised_on: promise?.promised_on ?? null }
}
