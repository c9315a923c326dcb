import { z } from 'zod'
import { currencyOf } from '../kernel/money.ts'
import { cellOf, fieldsOf } from '../kernel/list-cells.ts'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import type { Cell, Column } from '../files/cells.ts'
import { writeCsv } from '../files/write-csv.ts'
import { writeXlsx } from '../files/write-xlsx.ts'
import type { Caller, Office } from './office-types.ts'
import type { Registry } from './registry.ts'

/** The rows asked for at a time: as many as the contracts of lists allow. */
const PAGE_ROWS = 500
/** How often a list that changes under the reader is begun anew. */
const ATTEMPTS = 3

const field = z.string().regex(/^[a-z][a-z0-9_]{0,59}(\.([a-z][a-z0-9_]{0,59}|\d{1,3})){0,3}$/)

/** What a list's file shows, in the words of the screen: titles and the names of states come from there, figures and days from the fields. */
export const listForm = z.strictObject({
  title: z.string().trim().min(1).max(100),
  columns: z
    .array(
      z.strictObject({
        title: z.string().max(200),
        from: z.union([field, z.array(field).min(1).max(4)]),
        glue: z.string().max(5).optional(),
        words: z.record(z.string().max(60), z.string().max(200)).optional(),
      }),
    )
    .min(1)
    // Twenty years of months side by side are as many as any report shows.
    .max(260),
  /** Only the rows with one of these values: those that were marked. */
  only: z.strictObject({ field, values: z.array(z.union([z.string().max(200), z.int()])).max(20_000) }).optional(),
})
export type ListForm = z.output<typeof listForm>

type Target = {
  readonly office: Pick<Office, 'ask'>
  readonly caller: Caller
  readonly registry: Pick<Registry, 'queries'>
  readonly name: string
  /** The list's filter and sort, without the page. */
  readonly input: Record<string, unknown>
  readonly form: ListForm
  readonly format: 'csv' | 'xlsx'
  readonly out: string
  readonly currency: string
}

const shapeOf = (schema: unknown): Record<string, unknown> | undefined => (schema instanceof z.ZodObject ? (schema.shape as Record<string, unknown>) : undefined)

/** The form of a list's rows; undefined where the query is no list. */
function rowShape(contract: { readonly output: unknown }): Record<string, unknown> | undefined {
  const rows = shapeOf(contract.output)?.['rows']
  return rows instanceof z.ZodArray ? shapeOf(rows.element) : undefined
}

/** Asked for under the caller's own rights: rows out of sight are not in the file either. */
async function answerOf({ office, caller, name }: Target, input: Record<string, unknown>): Promise<{ rows: Record<string, unknown>[]; total?: number }> {
  const answer = await office.ask({ name, input }, caller)
  if (answer.ok) return answer.output as { rows: Record<string, unknown>[]; total?: number }
  if (answer.kind === 'invalid') throw new Invalid(answer.code, answer.details.problems)
  throw new Refusal(answer.code, answer.details as Record<string, unknown>)
}

/** Rows came or went between two pages: some would be missing, others be there twice. */
class RowsMoved extends Error {}

async function* rowsOf(target: Target, isPaged: boolean): AsyncGenerator<Record<string, unknown>> {
  if (!isPaged) {
    yield* (await answerOf(target, target.input)).rows
    return
  }
  let total: number | undefined
  for (let offset = 0; total === undefined || offset < total; offset += PAGE_ROWS) {
    const page = await answerOf(target, { ...target.input, limit: PAGE_ROWS, offset })
    if (total !== undefined && page.total !== total) throw new RowsMoved()
    total = page.total ?? page.rows.length
    yield* page.rows
  }
}

async function* cellsOf(target: Target, isPaged: boolean): AsyncGenerator<Cell[]> {
  const { columns, only } = target.form
  const { digits } = currencyOf(target.currency)
  const wanted = only && new Set(only.values)
  for await (const row of rowsOf(target, isPaged)) {
    if (only && !wanted!.has(row[only.field] as string | number)) continue
    yield columns.map((column) => cellOf(row, column, { digits }))
  }
}

/**
 * Writes every row of a list with the asker's filter, sort and columns as csv or xlsx. Gives the number of rows. Refuses what the list
 * refuses, 'platform.exportUnknown' for what is no list, 'platform.exportRowsMoving' when its rows keep coming and going meanwhile, and
 * what the files refuse (1,048,575 rows in a workbook).
 */
export async function exportList(target: Target): Promise<number> {
  const contract = target.registry.queries.get(target.name)?.contract
  const shape = contract && rowShape(contract)
  if (!contract || !shape) throw new Refusal('platform.exportUnknown', { what: target.name })
  const strange = target.form.columns.flatMap(fieldsOf).find((path) => !Object.hasOwn(shape, path.split('.')[0]!))
  if (strange !== undefined) throw new Invalid('platform.invalidInput', [{ path: ['columns'], code: 'custom', message: `rows of ${target.name} have no field ${strange}` }])
  const isPaged = shapeOf(contract.input)?.['offset'] !== undefined
  const columns: Column[] = target.form.columns.map(({ title }) => ({ title }))
  for (let attempt = 1; ; attempt++) {
    const rows = cellsOf(target, isPaged)
    try {
      if (target.format === 'csv') return (await writeCsv({ path: target.out, columns, rows })).rows
      return (await writeXlsx({ path: target.out, sheets: [{ name: target.form.title, columns, rows }] })).rows
    } catch (error) {
      if (!(error instanceof RowsMoved)) throw error
      if (attempt === ATTEMPTS) throw new Refusal('platform.exportRowsMoving')
    }
  }
}
