import type { CommandCtx, Staged } from '../../kernel/operation.ts'
import { itemIdsByCode } from '../catalog/index.ts'
import { cashPartyId } from '../parties/index.ts'
import type { RowProblem } from '../platform/index.ts'
import type { LineForm } from './contract-forms.ts'

// A table of documents: one row a line, rows of one number are one document, on the day and for the customer of its first row.

export type Values = Record<string, unknown>
export type FileDocument = {
  readonly number: string
  readonly day: string
  readonly party_id: string
  readonly note: string | null
  /** The first row: what it says of the whole document. */
  readonly values: Values
  readonly lines: (LineForm & { isReturned: boolean })[]
}
export type FileBooks = {
  readonly items: ReadonlyMap<string, string>
  readonly parties: ReadonlyMap<string, string | undefined>
  readonly cash: string
}

export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

/** Items by code and customers by code or name, read once for the whole file. */
export async function readFileBooks(ctx: CommandCtx, staged: Staged): Promise<FileBooks> {
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

/** The customer of a row: the one named, else the cash customer. */
export function partyIn(values: Values, { parties, cash }: FileBooks): string | undefined {
  const customer = textOf(values['customer'])
  return customer === '' ? cash : parties.get(customer)
}

/** What speaks against a row, of whatever kind its document is. */
export function rowProblems({ source_row, values }: { source_row: number; values: Values }, { items, parties }: FileBooks): RowProblem[] {
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
export async function documentsIn(staged: Staged, books: FileBooks): Promise<FileDocument[]> {
  const documents = new Map<string, FileDocument>()
  for await (const { values } of staged.rows()) {
    const number = textOf(values['number'])
    let document = documents.get(number)
    if (!document) documents.set(
      number,
      (document = { number, day: textOf(values['day']), party_id: partyIn(values, books)!, note: textOf(values['note']) || null, values, lines: [] }),
    )
    const quantity_e6 = values['quantity_e6'] as number
    document.lines.push({
      item_id: books.items.get(textOf(values['item']))!,
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
  return [...documents.values()]
}
