import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { postBadDebt } from '../accounting/index.ts'
import { adjustStock } from '../inventory/index.ts'
import { postDelivery, postInvoice, prepareOffer, type InvoicePosted, type PreparedLine } from '../sales/index.ts'
import type { StagedDocument, StagedItem, StagedLine } from './staged-rows.ts'

/** Where the documents are posted: ids of what was made before them. */
export type Books = {
  readonly warehouse_id: string
  /** The customer of documents that name none. */
  readonly cash_id: string
  readonly customers: ReadonlyMap<string, string>
  readonly items: readonly StagedItem[]
  readonly itemIds: readonly string[]
}

type Work = { readonly books: Books; readonly document: StagedDocument }

const GOODS_KIND = { invoice: 'delivery', credit_note: 'return' } as const

/**
 * A sale as its two ordinary documents: the delivery of its goods, invoiced in the same step, and the invoice of all lines. A credit note
 * is the same in red: goods come back without an original at the current cost (or the given one, while the item has none).
 */
export async function postSale(ctx: CommandCtx, { books, document }: Work): Promise<{ invoice: InvoicePosted; hasGoods: 0 | 1 }> {
  const { kind, day, number, customer } = document
  assert(kind === 'invoice' || kind === 'credit_note', `${number} is no sale`)
  const prepared = await prepareOffer(ctx, {
    party_id: partyId(books, customer),
    day,
    prices_include_tax: 0,
    discount_minor: 0,
    total_minor: null,
    lines: document.lines.map(([item_no, quantity_e6, price_e4, description]) => ({
      item_id: books.itemIds[item_no]!,
      unit: null,
      quantity_e6,
      price_e4,
      description: description ?? '',
      discount_rate_e8: 0,
      discount_minor: null,
      tax_code: null,
    })),
  })
  const goods = goodsLines(prepared.lines, { books, document })
  const delivery =
    goods.length === 0
      ? undefined
      : await postDelivery(ctx, { kind: GOODS_KIND[kind], party: prepared.party, day, warehouse_id: books.warehouse_id, is_direct: 1, note: number, lines: goods })
  const invoice = await postInvoice(ctx, {
    kind,
    party: prepared.party,
    day,
    due_on: day,
    prices_include_tax: 0,
    reference: number,
    lines: delivery === undefined ? prepared.lines : linked(prepared.lines, { goods, delivery_id: delivery.delivery_id }),
  })
  return { invoice, hasGoods: delivery === undefined ? 0 : 1 }
}

const partyId = ({ customers, cash_id }: Books, code: string): string => {
  if (code === '') return cash_id
  const id = customers.get(code)
  assert(id !== undefined, `the customer ${code} was not staged`)
  return id
}

/** The lines that move goods; services are invoiced only. */
function goodsLines(lines: readonly PreparedLine[], { books, document }: Work) {
  return lines.flatMap((line, i) => {
    const staged = document.lines[i]!
    if (books.items[staged[0]]!.is_service === 1) return []
    const { line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6 } = line
    return [{ line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, ...basisOf(staged) }]
  })
}

const basisOf = (line: StagedLine) => (line[4] === null ? {} : { basis: { kind: 'given', value_minor: line[4] } as const })

/** Invoice lines name the delivery lines they were made from: what is delivered is invoiced. */
function linked(lines: readonly PreparedLine[], { goods, delivery_id }: { goods: readonly { line_no: number }[]; delivery_id: string }) {
  const delivered = new Set(goods.map((line) => line.line_no))
  return lines.map((line) => (delivered.has(line.line_no) ? { ...line, delivery_id, delivery_line_no: line.line_no } : line))
}

/** Lost and found goods; a document of services alone is a memo, which moves nothing. */
export async function postAdjustment(ctx: CommandCtx, { books, document }: Work): Promise<void> {
  const { kind, day, number, lines } = document
  assert(kind === 'adjustment' || kind === 'memo', `${number} is no adjustment`)
  const reason = lines.map((line) => line[3]).find((description) => description !== null)
  await adjustStock(ctx, {
    kind,
    day,
    warehouse_id: books.warehouse_id,
    reason: reason ?? 'Stock adjustment',
    reference: number,
    lines: lines.map(([item_no, quantity_e6, , description, given_minor]) => ({
      item_id: books.itemIds[item_no]!,
      quantity_e6,
      ...(given_minor === null ? {} : { value_minor: given_minor }),
      ...(description === null ? {} : { note: description }),
    })),
  })
}

/** Bad debt written off (negative in the file) or taken back (positive); gives what was written off, minor units. */
export async function postDebt(ctx: CommandCtx, { books, document }: Work, amountOf: (line: StagedLine) => number): Promise<number> {
  const { day, number, customer, lines } = document
  const amount_minor = 0 - lines.reduce((sum, line) => sum + amountOf(line), 0)
  await postBadDebt(ctx, { party_id: partyId(books, customer), day, amount_minor, summary: `${lines[0]?.[3] ?? 'Bad debt'} ${number}`, number })
  return amount_minor
}
