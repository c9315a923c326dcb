import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { formatQuantity } from '../../kernel/quantity.ts'
import { postBadDebt } from '../accounting/index.ts'
import { adjustStock } from '../inventory/index.ts'
import { postReturn, postSale, prepareOffer, type InvoicePosted } from '../sales/index.ts'
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

/**
 * A sale as its two ordinary documents: the delivery of its goods and the invoice of all lines. A credit note is the same in red: goods come
 * back without an original at the current cost (or the given one, while the item has none).
 */
export async function postTrade(ctx: CommandCtx, { books, document }: Work): Promise<{ invoice: InvoicePosted; hasGoods: 0 | 1 }> {
  const { kind, day, number, customer, lines } = document
  const isCredit = kind === 'credit_note'
  const prepared = await prepareOffer(ctx, {
    party_id: partyId(books, customer),
    day,
    prices_include_tax: 0,
    discount_minor: 0,
    total_minor: null,
    lines: lines.map(([item_no, quantity_e6, price_e4, description]) => ({
      item_id: books.itemIds[item_no]!,
      description,
      unit: null,
      quantity_e6: isCredit ? 0 - quantity_e6 : quantity_e6,
      price_e4,
      discount_rate_e8: 0,
      discount_minor: null,
      tax_code: null,
    })),
  })
  const draft = { prepared, warehouse_id: books.warehouse_id, head: { due_on: day, reference: number, salesperson_id: null } }
  const { invoice, delivered } = isCredit ? await postReturn(ctx, { ...draft, given_costs: givenCosts(lines) }) : await postSale(ctx, draft)
  return { invoice, hasGoods: delivered === undefined ? 0 : 1 }
}

const partyId = ({ customers, cash_id }: Books, code: string): string => {
  if (code === '') return cash_id
  const id = customers.get(code)
  assert(id !== undefined, `the customer ${code} was not staged`)
  return id
}

const givenCosts = (lines: readonly StagedLine[]): Map<number, number> =>
  new Map(lines.flatMap(([, , , , given_minor], i) => (given_minor === null ? [] : [[i + 1, given_minor] as const])))

/** Lost and found goods; a document of services alone is a memo, which moves nothing. A service among goods is told in the reason. */
export async function postAdjustment(ctx: CommandCtx, { books, document }: Work): Promise<void> {
  const { kind, day, number } = document
  assert(kind === 'adjustment' || kind === 'memo', `${number} is no adjustment`)
  const isService = ([item_no]: StagedLine): boolean => books.items[item_no]!.is_service === 1
  const lines = kind === 'memo' ? document.lines : document.lines.filter((line) => !isService(line))
  await adjustStock(ctx, {
    kind,
    day,
    warehouse_id: books.warehouse_id,
    reason: reasonOf(document, { books, told: kind === 'memo' ? [] : document.lines.filter(isService) }),
    reference: number,
    lines: lines.map(([item_no, quantity_e6, , description, given_minor]) => ({
      item_id: books.itemIds[item_no]!,
      quantity_e6,
      ...(given_minor === null ? {} : { value_minor: given_minor }),
      ...(description === null ? {} : { note: description }),
    })),
  })
}

function reasonOf({ lines }: StagedDocument, { books, told }: { books: Books; told: readonly StagedLine[] }): string {
  const said = lines.map((line) => line[3]).find((description) => description !== null) ?? 'Stock adjustment'
  const others = told.map(([item_no, quantity_e6]) => `${formatQuantity(quantity_e6)} ${books.items[item_no]!.name}`)
  return [said, ...others].join('; ').slice(0, 200)
}

/** Bad debt written off (negative in the file) or taken back (positive); gives what was written off, minor units. */
export async function postDebt(ctx: CommandCtx, { books, document }: Work, amountOf: (line: StagedLine) => number): Promise<number> {
  const { day, number, customer, lines } = document
  const amount_minor = 0 - lines.reduce((sum, line) => sum + amountOf(line), 0)
  await postBadDebt(ctx, { party_id: partyId(books, customer), day, amount_minor, summary: `${lines[0]?.[3] ?? 'Bad debt'} ${number}`, number })
  return amount_minor
}
