import type { CellProblem } from './refusals.ts'

/** One row of a file that holds anything. `row` is the number a spreadsheet shows beside it; cells are text, '' where empty. */
export type SourceRow = { readonly row: number; readonly cells: readonly string[]; readonly problems?: readonly CellProblem[] }
