import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ownColumns, problemsIn, type RowProblem } from '../platform/index.ts'
import { importItems } from './contract.ts'
import { itemForm, type ItemForm } from './contract-forms.ts'
import { insertCategories } from './catalog.store.ts'
import { createItems, defaultTaxCode, type SettledForm } from './create-item.ts'
import { makeItemCodes } from './item-code.ts'
import { assertUnits, settledBarcodes } from './item.ts'

type Values = Record<string, unknown>
type Complaint = (field: string, reason_code: string, details?: Record<string, unknown>) => RowProblem

/** Rows written together. */
const BATCH = 500

/** Checks every row against the catalogue and the rest of the file, then writes them all; one bad row and nothing is written. */
export const importItemsHandler = handle(importItems, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readBooks(ctx)
  const own = await ownColumns(ctx, { target: 'catalog.item', staged })
  const problems = await problemsIn(ctx, { staged, judge: (row) => [...problemsOf({ ...row, values: own.plain(row.values), books }), ...own.problemsOf(row)] })
  if (problems.count > 0) throw new Refusal('catalog.importRejected', problems)
  const categories = await Categories.read(ctx)
  let created = 0
  let batch: (ItemForm & { settled_extra: string })[] = []
  const write = async (): Promise<void> => {
    await createItems(ctx, await settled(ctx, { forms: batch, books }))
    created += batch.length
    batch = []
    await ctx.breathe(created, staged.count)
  }
  for await (const { values } of staged.rows()) {
    const form = itemForm.parse(formOf(own.plain(values)))
    batch.push({ ...form, category_id: await categories.idOf(values['category']), settled_extra: own.columnOf(values, { price_e4: form.price_e4 }) })
    if (batch.length === BATCH) await write()
  }
  if (batch.length > 0) await write()
  return { created, sha256: staged.sha256 }
})

/** What the file is compared with, read once; `codes` and `barcodes` also hold the row of the file that claimed them. */
type Books = { readonly codes: Map<string, number>; readonly names: ReadonlyMap<string, string>; readonly barcodes: Map<string, number>; readonly taxCodes: ReadonlySet<string> }
/** Claimed by the books, not by a row. */
const IN_BOOKS = 0

async function readBooks({ db }: CommandCtx): Promise<Books> {
  const codes = await db.all<{ code: string; name: string }>('select code, name from catalog_item order by code')
  const barcodes = await db.all<{ barcode: string }>('select barcode from catalog_barcode order by barcode')
  const taxCodes = await db.all<{ code: string }>('select code from catalog_tax_code where is_active = 1 order by code')
  return {
    codes: new Map(codes.map((c) => [c.code, IN_BOOKS])),
    names: new Map(codes.map((c) => [c.code, c.name])),
    barcodes: new Map(barcodes.map((b) => [b.barcode, IN_BOOKS])),
    taxCodes: new Set(taxCodes.map((c) => c.code)),
  }
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

/** Words that people write for one of ours. */
const wordsFor = (lists: Readonly<Record<string, readonly string[]>>): Map<string, string> =>
  new Map(Object.entries(lists).flatMap(([ours, theirs]) => [ours, ...theirs].map((word) => [word, ours] as const)))
const KINDS = wordsFor({ stocked: ['goods', 'product', '商品', '存货', '实物', '货物'], service: ['服务', '劳务', '费用'] })
const COSTINGS = wordsFor({ average: ['moving average', '移动平均', '移动加权平均', '加权平均'], fifo: ['先进先出'] })
const wordIn = (words: ReadonlyMap<string, string>, value: unknown): string | undefined => {
  const text = textOf(value)
  return text === '' ? undefined : (words.get(text.toLowerCase()) ?? text)
}

const ONE_E6 = 1_000_000
const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b))

/** A size given with decimals is an exact fraction: 0.5 is 1/2. */
function secondUnit(values: Values): { name: string; numerator: number; denominator: number }[] {
  const name = textOf(values['second_unit'])
  if (name === '') return []
  const size_e6 = Number(values['second_unit_e6'] ?? 0)
  const common = greatestCommon(Math.abs(size_e6), ONE_E6)
  return [{ name, numerator: size_e6 / common, denominator: ONE_E6 / common }]
}

/** A row in the form that a person would have filled in. */
function formOf(values: Values): Record<string, unknown> {
  const { kind, costing, category: _, barcode, second_unit, second_unit_e6: _size, second_barcode, ...plain } = values
  const barcodes = [
    ...(textOf(barcode) === '' ? [] : [{ barcode: textOf(barcode) }]),
    ...(textOf(second_barcode) === '' ? [] : [{ barcode: textOf(second_barcode), unit: textOf(second_unit) }]),
  ]
  return { ...plain, kind: wordIn(KINDS, kind), costing: wordIn(COSTINGS, costing), units: secondUnit(values), barcodes }
}

/** Everything that speaks against a row. Claims its code and barcodes against the rows that follow. */
function problemsOf({ source_row, values, books }: { source_row: number; values: Values; books: Books }): RowProblem[] {
  const problem: Complaint = (field, reason_code, details = {}) => ({ source_row, field, reason_code, details })
  const parsed = itemForm.safeParse(formOf(values))
  if (!parsed.success) {
    return parsed.error.issues.map((i) => problem(String(i.path[0] ?? ''), 'catalog.cellNotAccepted', { message: i.message }))
  }
  const form = { ...parsed.data, code: parsed.data.code ?? '' }
  const found: RowProblem[] = []
  if (form.code !== '') {
    const by = claim(books.codes, { key: form.code, source_row })
    if (by === IN_BOOKS) found.push(problem('code', 'catalog.codeTaken', { code: form.code, name: books.names.get(form.code) ?? '' }))
    else if (by !== undefined) found.push(problem('code', 'catalog.codeTwice', { code: form.code, source_row: by }))
  }
  for (const { barcode } of form.barcodes) {
    const by = claim(books.barcodes, { key: barcode, source_row })
    if (by === IN_BOOKS) found.push(problem('barcode', 'catalog.barcodeInBooks', { barcode }))
    else if (by !== undefined) found.push(problem('barcode', 'catalog.barcodeTwice', { barcode, source_row: by }))
  }
  if (form.tax_code !== null && !books.taxCodes.has(form.tax_code)) {
    found.push(problem('tax_code', 'catalog.taxCodeUnknown', { tax_code: form.tax_code }))
  }
  return [...found, ...refusedBy(() => assertUnits(form), problem), ...refusedBy(() => void settledBarcodes(form.barcodes, form), problem)]
}

/** Who has claimed a code or barcode before; undefined when this row is the first. */
function claim(taken: Map<string, number>, { key, source_row }: { key: string; source_row: number }): number | undefined {
  const by = taken.get(key)
  if (by === undefined) taken.set(key, source_row)
  return by
}

/** A refusal of a pure decision as the problem of a row. */
function refusedBy(decision: () => void, problem: Complaint): RowProblem[] {
  try {
    decision()
    return []
  } catch (error) {
    if (error instanceof Refusal) return [problem('second_unit', error.code, error.details)]
    throw error
  }
}

/** Rows without a code get the next ones by the rule that nobody bears, in the books or in the file. */
async function settled(ctx: CommandCtx, { forms, books }: { forms: readonly (ItemForm & { settled_extra: string })[]; books: Books }): Promise<SettledForm[]> {
  const taken = async (codes: readonly string[]) => new Set(codes.filter((c) => books.codes.has(c)))
  const made = await makeItemCodes(ctx, forms.filter((f) => !f.code), taken)
  let next = 0
  return forms.map((form) => ({ ...form, code: form.code || made[next++]!, tax_code: form.tax_code ?? defaultTaxCode(ctx, form.kind) }))
}

/** The tree of categories by path; what a path names and is not there yet is made. */
class Categories {
  private readonly ctx: CommandCtx
  private readonly ids: Map<string, string>

  private constructor(ctx: CommandCtx, ids: Map<string, string>) {
    this.ctx = ctx
    this.ids = ids
  }

  static async read(ctx: CommandCtx): Promise<Categories> {
    const rows = await ctx.db.all<{ id: string; name: string; parent_id: string | null }>(
      'select id, name, parent_id from catalog_category order by id',
    )
    return new Categories(ctx, new Map(rows.map((r) => [`${r.parent_id ?? ''}\n${r.name}`, r.id])))
  }

  async idOf(path: unknown): Promise<string | null> {
    let parent_id: string | null = null
    for (const part of textOf(path).split(/[/\\>＞／]/)) {
      const name = part.trim().slice(0, 100)
      if (name === '') continue
      const key: string = `${parent_id ?? ''}\n${name}`
      const known = this.ids.get(key)
      const id: string = known ?? this.ctx.newId()
      if (known === undefined) {
        await insertCategories(this.ctx, [{ id, name, code: null, parent_id }])
        this.ids.set(key, id)
      }
      parent_id = id
    }
    return parent_id
  }
}
