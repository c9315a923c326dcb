import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { partyOf } from '../parties/index.ts'
import { settledExtra } from '../platform/index.ts'
import { goodsOf, owedWhereLimited, planGoods } from './confirm-order.ts'
import { changeOrder, orderStates } from './contract.ts'
import type { LineForm } from './contract-forms.ts'
import { lineColumns, offerFigures } from './offer-rows.ts'
import { assertConfirmable, latestPromise, leastQuantity, stateAfter } from './order.ts'
import { changeLines, insertRevision, patchOrder, promiseLines } from './order.store.ts'
import { assertSold, digitsOf, document, measureLines, type PreparedLine } from './prepare.ts'
import { amountsWithShare, priceFreeLines, type PriceRules } from './pricing.ts'
import { nothingTaken } from './posting.ts'
import { orderInHand, type Order, type OrderLine } from './read-order.ts'
import { takePieces, watchStock, writeClaims } from '../promotions/index.ts'

/** What the order would be after a change, nothing written: for who must agree to it first. */
export async function orderAfterChange(ctx: CommandCtx, input: InputOf<typeof changeOrder>) {
  const order = await orderInHand(ctx, input.order_id)
  if (order.state !== 'confirmed' && order.state !== 'closed') throw new Refusal('sales.orderStateForbids', { from: order.state, to: 'confirmed' })
  const { kept } = await linesAfter(ctx, { order, input })
  const { gross_minor } = document(kept)
  await assertCredit(ctx, { order, gross_minor, reason: input.override_credit_reason })
  return { order, kept, gross_minor }
}

type Input = { readonly lines: readonly LineForm[]; readonly discount_minor: number; readonly total_minor: number | null }

/** The promise is changed: what was delivered or invoiced stays, the rest is reserved anew, and what it was before is kept. */
export const changeOrderHandler = handle(changeOrder, async (ctx, input) => {
  const order = await orderInHand(ctx, input.order_id)
  if (order.state !== 'confirmed' && order.state !== 'closed') {
    throw new Refusal('sales.orderStateForbids', { from: order.state, to: 'confirmed' })
  }
  const changed = await linesAfter(ctx, { order, input })
  const totals = document(changed.kept)
  await assertCredit(ctx, { order, gross_minor: totals.gross_minor, reason: input.override_credit_reason })

  const revision = order.revision + 1
  await insertRevision(
    ctx,
    { order_id: order.id, revision, before: beforeOf(order), reason: input.reason || null, user_id: ctx.actor.id, at: ctx.now },
  )
  const extra = await settledExtra(ctx, { target: 'sales.order', given: input.extra, before: order.extra, figures: offerFigures(totals) })
  const head = { ...headAfter(order, input), extra }
  const after: Order = { ...order, ...head, lines: changed.lines }
  const pieces = await takePieces(ctx, { ...after, source_id: order.id })
  const plans = await planGoods(ctx, after)
  await writeClaims(ctx, { rows: pieces, source: { kind: 'sales.order', id: order.id } })
  const state = stateAfter(after.lines)
  if (state !== order.state) assertMove(orderStates, { from: order.state, to: state, refusal: 'sales.orderStateForbids' })
  const promised_on = latestPromise(plans)
  const { net_minor, tax_minor, gross_minor, discount_minor } = totals
  await patchOrder(
    ctx,
    order.id,
    { ...head, net_minor, tax_minor, gross_minor, discount_minor, revision, state, promised_on },
  )
  await changeLines(ctx, {
    order_id: order.id,
    put: changed.lines.filter((l) => !changed.removed.includes(l.line_no)).map((l) => ({
      order_id: order.id,
      ...lineColumns(l),
      closed_e6: l.closed_e6,
    })),
    remove: changed.removed,
  })
  await promiseLines(ctx, { order_id: order.id, promised_on, plans })
  await watchStock(ctx, goodsOf(after))
  return { order_id: order.id, net_minor, tax_minor, gross_minor, revision, promised_on }
})

type Head = Partial<Pick<Order, 'wanted_on' | 'ship_to' | 'customer_reference' | 'salesperson_id' | 'note'>>

/** The header fields as sent; what is left out stays. */
function headAfter(order: Order, input: Head) {
  const kept = <K extends keyof Head & keyof Order>(key: K): Order[K] =>
    input[key] === undefined ? order[key] : ((input[key] || null) as Order[K])
  return {
    wanted_on: kept('wanted_on'),
    ship_to: kept('ship_to'),
    customer_reference: kept('customer_reference'),
    salesperson_id: kept('salesperson_id'),
    note: kept('note'),
  }
}

/**
 * The lines as they shall be, with their amounts: `kept` are the order's lines from now on, `lines` has those that fall away too, at
 * quantity 0, and `removed` names the ones that no document knows and that go for good.
 */
async function linesAfter(ctx: CommandCtx, { order, input }: { order: Order; input: Input }) {
  const known = new Map(order.lines.map((l) => [l.line_no, l]))
  // A line stays what it was sold as unless it becomes another item.
  const numbered = numberLines(order, input.lines).map((l) => ({ ...l, promotion_id: l.promotion_id ?? (known.get(l.line_no)?.item_id === l.item_id ? known.get(l.line_no)!.promotion_id : null) }))
  await assertSold(ctx, numbered.filter((l) => !known.has(l.line_no)))
  const measured = await measureLines(ctx, { lines: numbered, day: order.day })
  for (const line of measured) assertAllowed(line, known.get(line.line_no))

  const rules: PriceRules = {
    digits: digitsOf(ctx),
    prices_include_tax: order.prices_include_tax,
    discount_minor: input.discount_minor,
    total_minor: input.total_minor,
  }
  const isFixed = (line_no: number): boolean => (known.get(line_no)?.invoiced_e6 ?? 0) > 0
  const fixed = measured.filter((l) => isFixed(l.line_no)).map((line): PreparedLine => {
    const before = known.get(line.line_no)!
    if (line.quantity_e6 === before.quantity_e6) return { ...before, description: line.description }
    return {
      ...line,
      tax_rate_e8: before.tax_rate_e8,
      ...amountsWithShare(line, { order_discount_minor: before.order_discount_minor, rules }),
    }
  })
  const free = measured.filter((l) => !isFixed(l.line_no))
  const amounts = priceFreeLines({ free, kept: fixed, rules })
  const kept = [...fixed, ...free.map((line, i): PreparedLine => ({ ...line, ...amounts[i]! }))].toSorted((a, b) => a.line_no - b.line_no)

  const gone = order.lines.filter((l) => !kept.some((k) => k.line_no === l.line_no))
  for (const line of gone) assertLeast(line, 0)
  const items = await itemsOf(ctx, kept.map((l) => l.item_id))
  const lines = [
    ...kept.map((line) => inHand({ line, order, before: known.get(line.line_no), item: items.get(line.item_id)! })),
    ...gone.map(emptied),
  ]
  return { kept, lines, removed: gone.filter((l) => !l.hasDocuments).map((l) => l.line_no) }
}

/** New lines get the numbers after the last one. Refuses a number that the order does not have, or that is named twice. */
function numberLines(order: Order, lines: readonly LineForm[]): (LineForm & { line_no: number })[] {
  let last = Math.max(0, ...order.lines.map((l) => l.line_no))
  const seen = new Set<number>()
  return lines.map((line) => {
    const line_no = line.line_no ?? ++last
    if (seen.has(line_no) || (line.line_no !== undefined && !order.lines.some((l) => l.line_no === line_no))) {
      throw new Refusal('sales.lineUnknown', { line_no })
    }
    seen.add(line_no)
    return { ...line, line_no }
  })
}

type Measured = Awaited<ReturnType<typeof measureLines>>[number]

function assertAllowed(line: Measured, before: OrderLine | undefined): void {
  if (!before) return
  assertLeast(before, line.base_quantity_e6)
  const isBegun = leastQuantity(before) > 0
  if (isBegun && line.item_id !== before.item_id) throw new Refusal('sales.belowDelivered', aboutLine(before))
  if (before.invoiced_e6 === 0) return
  const own_minor = line.discount_minor ?? (line.discount_rate_e8 === 0 ? 0 : before.discount_minor)
  const isSame =
    line.unit === before.unit && line.price_e4 === before.price_e4 && line.discount_rate_e8 === before.discount_rate_e8 &&
    own_minor === before.discount_minor && line.tax_code === before.tax_code
  if (!isSame) throw new Refusal('sales.invoicedLineKeepsTerms', aboutLine(before))
}

function assertLeast(before: OrderLine, base_quantity_e6: number): void {
  if (base_quantity_e6 < leastQuantity(before)) throw new Refusal('sales.belowDelivered', aboutLine(before))
}

const aboutLine = (line: OrderLine) => ({
  line_no: line.line_no,
  item_name: line.item.name,
  delivered_e6: line.delivered_e6,
  invoiced_e6: line.invoiced_e6,
  unit: line.item.base_unit,
})

/** A changed quantity takes back a remainder that was closed. */
function inHand({ line, before, order, item }: {
  line: PreparedLine
  before: OrderLine | undefined
  order: Order
  item: ItemInfo
}): OrderLine {
  const closed_e6 = line.base_quantity_e6 === before?.base_quantity_e6 ? before.closed_e6 : 0
  return { ...(before ?? untouched(order)), ...line, item, kind: item.kind, closed_e6, promotion_id: line.promotion_id ?? null }
}

const untouched = (order: Order) => ({
  order_id: order.id,
  promised_on: null,
  delivered_e6: 0,
  returned_e6: 0,
  invoiced_e6: 0,
  credited_e6: 0,
  hasDocuments: false,
  taken: nothingTaken,
})

/** A line that falls away: nothing of it is wanted any more. */
const emptied = (line: OrderLine): OrderLine => ({
  ...line,
  quantity_e6: 0,
  base_quantity_e6: 0,
  closed_e6: 0,
  discount_minor: 0,
  order_discount_minor: 0,
  net_minor: 0,
  tax_minor: 0,
  gross_minor: 0,
})

async function assertCredit(
  ctx: CommandCtx,
  { order, gross_minor, reason }: { order: Order; gross_minor: number; reason: string | undefined },
): Promise<void> {
  const more_minor = gross_minor - order.gross_minor
  if (more_minor <= 0) return
  const party = await partyOf(ctx, order.party_id)
  const owed_minor = await owedWhereLimited(ctx, party)
  assertConfirmable({
    party,
    items: [],
    owed_minor,
    order_minor: more_minor,
    overridesCredit: reason !== undefined && ctx.may('sales.overrideCredit'),
  })
}

const TERMS = [
  'wanted_on', 'promised_on', 'ship_to', 'customer_reference', 'salesperson_id', 'note', 'extra',
  'discount_minor', 'net_minor', 'tax_minor', 'gross_minor',
] as const

/** The order as it was, for its history: terms only, as JSON. */
function beforeOf({ lines, ...head }: Order): string {
  const terms = Object.fromEntries(TERMS.map((term) => [term, head[term]]))
  return JSON.stringify({
    ...terms,
    lines: lines.map((l) => ({ ...lineColumns(l), closed_e6: l.closed_e6, item_code: l.item.code, item_name: l.item.name })),
  })
}
