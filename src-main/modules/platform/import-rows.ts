import type { CommandCtx, ImportField, Staged } from '../../kernel/operation.ts'
import type { Details } from '../../kernel/refusal.ts'

/** One column of an importer that a row may leave empty; text unless another form is named. */
export const importField = (key: string, headers: readonly string[], form: ImportField['form'] = 'text'): ImportField => ({
  key,
  form,
  is_required: false,
  headers,
})

/** What is wrong with one row of a file: the field by its key, the reason as `refusal.<reason_code>` with its details. */
export type RowProblem = {
  readonly source_row: number
  readonly field: string
  readonly reason_code: string
  readonly details: Details
}
type StagedRow = { readonly source_row: number; readonly values: Record<string, unknown> }

/** Problems told; more than that are counted. Enough that whoever leaves the faulty rows out need not ask often. */
const SHOWN = 1000
/** Rows judged between two breaths. */
const ROWS_A_BREATH = 1000

/** Judges every row of a staged file before anything is written: how many problems there are, and the first of them. */
export async function problemsIn(
  ctx: Pick<CommandCtx, 'breathe'>,
  { staged, judge }: { staged: Staged; judge: (row: StagedRow) => readonly RowProblem[] | Promise<readonly RowProblem[]> },
): Promise<{ count: number; problems: RowProblem[] }> {
  const problems: RowProblem[] = []
  let count = 0
  let rows = 0
  for await (const row of staged.rows()) {
    const found = await judge(row)
    count += found.length
    problems.push(...found.slice(0, SHOWN - problems.length))
    if (++rows % ROWS_A_BREATH === 0) await ctx.breathe(0, staged.count)
  }
  return { count, problems }
}
