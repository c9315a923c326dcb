import { clip } from '../../files/refusals.ts'
import type { TableRow } from '../../files/read-table.ts'
import type { StagingWriter } from '../../files/staging.ts'
import { parseDecimal } from '../../kernel/money.ts'
import type { StagedRecord } from '../../modules/migration/index.ts'
import { documentKind, itemsOf, lineStager } from './online-retail-books.ts'
import { FileLines, type FileDocument } from './online-retail-lines.ts'
import { customerCode, isService, kindOfNumber } from './online-retail-rules.ts'
import { parseDay } from './parse-day.ts'
import type { RowReason } from './reasons.ts'
import type { Staging } from './stage-table.ts'

const PRICE_DECIMALS = 4
const QUANTITY_DECIMALS = 6

/**
 * Stages the Online Retail data set: groups its lines by InvoiceNo over the whole file (the first line gives day and customer) and
 * writes items with opening stock, customers, and the documents in order of their first lines. Gives the number of lines.
 */
export async function stageOnlineRetail(source: Staging): Promise<number> {
  const { table, mapping, staging, digits, onRow } = source
  const column = (key: string): number => table.headers.indexOf(mapping[key]!)
  const read = lineReader({
    file: new FileLines(),
    staging,
    header: (key) => mapping[key]!,
    columns: {
      number: column('invoice_no'),
      code: column('stock_code'),
      description: column('description'),
      quantity: column('quantity'),
      day: column('invoice_date'),
      price: column('unit_price'),
      customer: column('customer_id'),
      country: column('country'),
    },
  })
  let rows = 0
  for await (const row of table.rows()) {
    read.line(row)
    onRow(++rows)
    await staging.pause()
  }
  if (staging.counts().problems === 0) await writeBooks(read.file, { staging, digits })
  return rows
}

type Columns = Readonly<Record<'number' | 'code' | 'description' | 'quantity' | 'day' | 'price' | 'customer' | 'country', number>>
type Reading = { readonly file: FileLines; readonly staging: StagingWriter; readonly columns: Columns; readonly header: (key: string) => string }

/** Reads line by line; the same texts come again and again, so what they mean is remembered. */
function lineReader({ file, staging, columns, header }: Reading) {
  const days = remembered(parseDay)
  const quantities = remembered((text) => parseDecimal(text, QUANTITY_DECIMALS))
  const prices = remembered((text) => parseDecimal(text, PRICE_DECIMALS))
  const customers = remembered(customerCode)
  const services = remembered(isService)
  const line = ({ row, cells, problems }: TableRow): void => {
    const cell = (key: keyof Columns): string => cells[columns[key]] ?? ''
    const problem = (key: string, reason_code: RowReason, found: string): void =>
      staging.problem({ source_row: row, column: header(key), reason_code, details: { found: clip(found) } })
    for (const { code, found } of problems) staging.problem({ source_row: row, column: '', reason_code: code, details: { found } })
    const [number, code] = [cell('number'), cell('code')]
    const quantity_e6 = quantities(cell('quantity'))
    const price_e4 = prices(cell('price'))
    if (code === '') return problem('stock_code', 'import.cellRequired', '')
    if (quantity_e6 === undefined || quantity_e6 === 0) return problem('quantity', 'import.quantityUnknown', cell('quantity'))
    if (price_e4 === undefined) return problem('unit_price', 'import.amountUnknown', cell('price'))
    const customer = customers(cell('customer'))
    const document = file.documentOf(number) ?? openDocument(file, { number, day: days(cell('day')), customer, row })
    if (document === 'import.dayUnknown') return problem('invoice_date', document, cell('day'))
    if (document === 'import.documentKindUnknown') return problem('invoice_no', document, number)
    if (customer !== document.customer) return problem('customer_id', 'import.customerDiffers', customer)
    const isService = services(code)
    const wrong = signProblem({ document, quantity_e6, price_e4, isService })
    if (wrong) return problem(wrong, 'import.signUnexpected', wrong === 'quantity' ? cell('quantity') : cell('price'))
    if (document.lineCount === 0 && customer !== '' && !file.countries.has(customer)) file.countries.set(customer, cell('country'))
    file.add({ document, code, quantity_e6, price_e4, description: cell('description'), isService })
  }
  return { file, line }
}

type FirstLine = { number: string; day: ReturnType<typeof parseDay>; customer: string; row: number }

function openDocument(file: FileLines, first: FirstLine): FileDocument | 'import.dayUnknown' | 'import.documentKindUnknown' {
  const { number, day, customer, row } = first
  const kind = kindOfNumber(number)
  if (kind === undefined) return 'import.documentKindUnknown'
  if (day === undefined || day === 'ambiguous') return 'import.dayUnknown'
  return file.open({ number, kind, day: day.day, customer, row, lineCount: 0, isFree: 1, isServices: 1 })
}

/** Credit notes take quantities back, sales give them; only stock adjustments (no customer, no price) go both ways, only bad debt is negative money. */
function signProblem(line: { document: FileDocument; quantity_e6: number; price_e4: number; isService: boolean }): 'quantity' | 'unit_price' | undefined {
  const { document, quantity_e6, price_e4 } = line
  if (document.kind === 'bad_debt') return line.isService && quantity_e6 > 0 && price_e4 !== 0 ? undefined : 'quantity'
  if (price_e4 < 0) return 'unit_price'
  if (document.kind === 'credit_note') return quantity_e6 < 0 ? undefined : 'quantity'
  const isSale = document.customer !== '' || price_e4 !== 0
  return isSale && quantity_e6 < 0 ? 'quantity' : undefined
}

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const value = known.get(text)
    if (value !== undefined || known.has(text)) return value as T
    const fresh = read(text)
    if (known.size < 100_000) known.set(text, fresh)
    return fresh
  }
}

async function writeBooks(file: FileLines, { staging, digits }: { staging: StagingWriter; digits: number }): Promise<void> {
  const add = (source_row: number, value: StagedRecord): number => staging.add({ source_row, value })
  const items = itemsOf(file, digits)
  for (const item of items) add(0, item)
  for (const [code, country] of file.countries) add(0, { record: 'customer', code, country })
  const { lines, starts } = file.grouped()
  const stage = lineStager(file, { items, digits })
  for (const [d, document] of file.documents.entries()) {
    const kind = documentKind(document)
    const own = Array.from(lines.subarray(starts[d], starts[d + 1]), (line) => stage(line, kind))
    const { number, day, customer, row } = document
    add(row, { record: 'document', kind, number, day, customer, lines: own })
    await staging.pause()
  }
}
