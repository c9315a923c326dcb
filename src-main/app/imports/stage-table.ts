import type { ImportField } from '../../kernel/operation.ts'
import type { Table, TableRow } from '../../files/read-table.ts'
import { columnLetter } from '../../files/refusals.ts'
import type { StagedProblem, StagingWriter } from '../../files/staging.ts'
import type { Mapping } from '../import-types.ts'
import { parseCell } from './parse-cell.ts'

/** Told after every row: how far the file is read. Throws to stop (cancelled). */
export type OnRow = (rows: number) => void

type Read = { readonly field: ImportField; readonly index: number; readonly header: string }

/** What a stager gets: the file, what its columns mean, and where the checked rows go. */
export type Staging = {
  readonly table: Table
  readonly fields: readonly ImportField[]
  readonly mapping: Mapping
  readonly digits: number
  readonly staging: StagingWriter
  readonly onRow: OnRow
}
/** Fills a staging file from a table; gives the number of rows looked at. */
export type Stager = (source: Staging) => Promise<number>

/**
 * Checks every row of a table by the forms of its fields and puts the good ones into the staging file, the problems beside them.
 * A value stands under its field's key; a cell left empty is left out.
 */
export async function stageTable(source: Staging): Promise<number> {
  const { table, fields, mapping, digits, staging, onRow } = source
  const reads = fields.flatMap((field): Read[] => {
    const header = mapping[field.key]
    return header === undefined ? [] : [{ field, header, index: table.headers.indexOf(header) }]
  })
  let rows = 0
  for await (const row of table.rows()) {
    const problems = fileProblems(row, table)
    const values: Record<string, string | number> = {}
    for (const { field, header, index } of reads) {
      const text = row.cells[index] ?? ''
      if (text === '') {
        if (field.is_required) problems.push({ source_row: row.row, column: header, reason_code: 'import.cellRequired', details: {} })
        continue
      }
      const verdict = parseCell(text, { form: field.form, digits })
      if ('value' in verdict) values[field.key] = verdict.value
      else problems.push({ source_row: row.row, column: header, ...verdict })
    }
    if (problems.length === 0) staging.add({ source_row: row.row, value: values })
    else for (const problem of problems) staging.problem(problem)
    onRow(++rows)
    await staging.pause()
  }
  return rows
}

/** What the reader found wrong with the row, with the column's header where it has one. */
function fileProblems(row: TableRow, table: Table): StagedProblem[] {
  return row.problems.map((problem) => ({
    source_row: row.row,
    column: table.headers[table.columns.indexOf(problem.column)] ?? columnLetter(problem.column),
    reason_code: problem.code,
    details: { found: problem.found },
  }))
}
