import { handle, type CommandCtx, type Staged } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemIdsByCode, itemsOf } from '../catalog/index.ts'
import { defaultWarehouseId, preloadStock } from '../inventory/index.ts'
import { cashPartyId, partiesOf, type PartyInfo } from '../parties/index.ts'
import { problemsIn, type RowProblem } from '../platform/index.ts'
import { importInvoices } from './contract.ts'
import type { LineForm } from './contract-forms.ts'
import { postReturn, postSale } from './post-at-once.ts'
import { digitsOf, document, measureLines, type Prepared } from './prepare.ts'
import { priceLines } from './pricing.ts'

type Values = Record<string, unknown>
/** One document of the file: all rows of one number, on the day and for the customer of its first row. */
type Draft = {
  readonly number: string
  readonly day: string
  readonly party_id: string
  readonly note: string | null
  readonly lines: (LineForm & { isReturned: boolean })[]
}
type Books = {
  readonly items: ReadonlyMap<string, string>
  readonly parties: ReadonlyMap<string, string | undefined>
  readonly cash: string
}

/** Documents posted between two breaths. */
const DOCUMENTS_A_BREATH = 50

/** Checks every row, then posts every document as a sale in one step; what has negative quantities comes back and is credited. */
export const importInvoicesHandler = handle(importInvoices, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readBooks(ctx, staged)
  const problems = await problemsIn(ctx, { staged, judge: (row) => problemsOf(row, books) })
  if (problems.count > 0) throw new Refusal('sales.importRejected', problems)

  const drafts = await draftsOf(staged, books)
  const parties = await partiesOf(ctx, [...new Set(drafts.map((d) => d.party_id))])
  await preloadStock(ctx, await stockedIds(ctx, drafts))
  const done = { invoices: 0, credit_notes: 0, deliveries: 0, returns: 0, gross_minor: 0 }
  for (const [i, draft] of drafts.entries()) {
    await postDocument(ctx, { draft, party: parties.get(draft.party_id)!, done })
    if (i % DOCUMENTS_A_BREATH === 0) await ctx.breathe(i, drafts.length)
  }
  return { ...done, sha256: staged.sha256 }
})

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

/** Items by code and customers by code or name, read once for the whole file. */
async function readBooks(ctx: CommandCtx, staged: Staged): Promise<Books> {
  const codes = new Set<string>()
  for await (const { values } of staged.rows()) codes.add(textOf(values['item']))
  const rows = await ctx.db.all<{ id: string; code: string; name: string }>(
    'select id, code, name from parties_party where is_customer = 1 order by id',
  )
  const parties = new Map<string, string | undefined>()
  // A name that two customers bear says neither; a code says one.
  for (const { id, name } of rows) parties.set(name, parties.has(name) ? undefined : id)
  for (const { id, code } of rows) parties.set(code, id)
  return { items: await itemIdsByCode(ctx, [...codes]), parties, cash: await cashPartyId(ctx) }
}

function problemsOf({ source_row, values }: { source_row: number; values: Values }, { items, parties }: Books): RowProblem[] {
  const problems: RowProblem[] = []
  const tell = (
    field: string,
    reason_code: string,
  ): void => void problems.push({ source_row, field, reason_code, details: { value: textOf(values[field]) } })
  if (!items.has(textOf(values['item']))) tell('item', 'sales.importItemUnknown')
  const customer = textOf(values['customer'])
  if (customer !== '' && parties.get(customer) === undefined) tell(
    'customer',
    parties.has(customer) ? 'sales.importCustomerAmbiguous' : 'sales.importCustomerUnknown',
  )
  if (values['quantity_e6'] === 0) tell('quantity_e6', 'sales.importQuantityZero')
  if (typeof values['price_e4'] === 'number' && values['price_e4'] < 0) tell('price_e4', 'sales.importPriceNegative')
  return problems
}

/** Groups the rows by number over the whole file, in the order in which the numbers first appear. */
async function draftsOf(staged: Staged, { items, parties, cash }: Books): Promise<Draft[]> {
  const drafts = new Map<string, Draft>()
  for await (const { values } of staged.rows()) {
    const number = textOf(values['number'])
    const customer = textOf(values['customer'])
    const party_id = customer === '' ? cash : parties.get(customer)!
    let draft = drafts.get(number)
    if (!draft) drafts.set(
      number,
      (draft = { number, day: textOf(values['day']), party_id, note: textOf(values['note']) || null, lines: [] }),
    )
    const quantity_e6 = values['quantity_e6'] as number
    draft.lines.push({
      item_id: items.get(textOf(values['item']))!,
      description: textOf(values['description']) || null,
      unit: textOf(values['unit']) || null,
      quantity_e6: Math.abs(quantity_e6),
      price_e4: values['price_e4'] as number,
      discount_rate_e8: (values['discount_rate_e8'] as number | undefined) ?? 0,
      discount_minor: null,
      tax_code: textOf(values['tax_code']) || null,
      isReturned: quantity_e6 < 0,
    })
  }
  return [...drafts.values()]
}

async function stockedIds(ctx: CommandCtx, drafts: readonly Draft[]): Promise<string[]> {
  const items = await itemsOf(ctx, [...new Set(drafts.flatMap((d) => d.lines.map((l) => l.item_id)))])
  return [...items.values()].filter((item) => item.kind === 'stocked').map((item) => item.id)
}

type Done = { invoices: number; credit_notes: number; deliveries: number; returns: number; gross_minor: number }

async function postDocument(ctx: CommandCtx, { draft, party, done }: { draft: Draft; party: PartyInfo; done: Done }): Promise<void> {
  const warehouse_id = await defaultWarehouseId(ctx)
  const head = { reference: draft.number, note: draft.note, salesperson_id: null }
  const sold = draft.lines.filter((l) => !l.isReturned)
  const returned = draft.lines.filter((l) => l.isReturned)
  if (sold.length > 0) {
    const { delivered, invoice } = await postSale(ctx, { prepared: await prepared(ctx, { draft, party, lines: sold }), warehouse_id, head })
    done.invoices++
    if (delivered) done.deliveries++
    done.gross_minor += invoice.gross_minor
  }
  if (returned.length > 0) {
    const { delivered, invoice } = await postReturn(
      ctx,
      { prepared: await prepared(ctx, { draft, party, lines: returned }), warehouse_id, head },
    )
    done.credit_notes++
    if (delivered) done.returns++
    done.gross_minor += invoice.gross_minor
  }
}

async function prepared(
  ctx: CommandCtx,
  { draft, party, lines }: { draft: Draft; party: PartyInfo; lines: readonly LineForm[] },
): Promise<Prepared> {
  const { day } = draft
  const { prices_include_tax, currency } = ctx.company
  const measured = await measureLines(ctx, { lines: lines.map((line, i) => ({ ...line, line_no: i + 1 })), day })
  const amounts = priceLines(measured, { digits: digitsOf(ctx), prices_include_tax, discount_minor: 0, total_minor: null })
  return { party, day, currency, prices_include_tax, ...document(measured.map((line, i) => ({ ...line, ...amounts[i]! }))) }
}
