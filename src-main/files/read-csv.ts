import { CsvError, parse } from 'csv-parse'
import { basename } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { textOf, type Encoding } from './decode.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { columnLetter, refuse } from './refusals.ts'
import type { SourceRow } from './source-row.ts'

export type CsvSource = {
  readonly path: string
  readonly packing: 'none' | 'gzip'
  readonly encoding: Encoding
  readonly delimiter: string
  readonly limits?: Limits
  /** Told the bytes of the file on disk read so far. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * The records of a delimited text file, one after another at constant memory. `row` is the number a spreadsheet shows beside the
 * record: blank lines count, line breaks inside quotation marks do not. Blanks around cells are cut off outside quotation marks.
 * A quotation mark inside an unquoted cell (3" pipe, ="0012") is a character like any other. Refuses `files.strayQuote` where a
 * quoted cell is not closed or runs into the next line before plain text, `files.recordTooLong`, `files.tooManyRows`,
 * `files.tooManyColumns`, and what reading the bytes refuses. Leaving the loop closes the file.
 */
export async function* readCsv(source: CsvSource): AsyncGenerator<SourceRow> {
  const limits = source.limits ?? defaultLimits
  const name = basename(source.path)
  const parser = parse({
    delimiter: source.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: limits.maxRecordChars,
  })
  const text = textOf({ path: source.path, packing: source.packing, encoding: source.encoding, limits, onBytes: source.onBytes })
  pipeline(Readable.from(guarded({ text, parser, limits, name })), parser, () => {})
  let row = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++
      if (row > limits.maxRows) throw refuse('files.tooManyRows', { name, limit: limits.maxRows })
      if (row === 1 && /^"?sep=.?"?$/i.test(record.join(source.delimiter))) continue
      checkRecord({ record, row, limits, name })
      yield { row, cells: record }
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOfCsv(error, parser.info.records + 1, name) : error
  } finally {
    parser.destroy()
  }
}

/** The parser bounds the characters of a record but not its cells: a file of nothing but commas is stopped here, between chunks. */
async function* guarded(args: { text: AsyncIterable<string>; parser: unknown; limits: Limits; name: string }): AsyncGenerator<string> {
  const { text, limits, name } = args
  const state = args.parser as { readonly state: { readonly record: readonly string[] } }
  for await (const chunk of text) {
    if (state.state.record.length > 100 * limits.maxColumns) throw refuse('files.tooManyColumns', { name, limit: limits.maxColumns })
    yield chunk
  }
}

function checkRecord(args: { record: readonly string[]; row: number; limits: Limits; name: string }): void {
  const { record, row, limits, name } = args
  for (let i = record.length - 1; i >= limits.maxColumns; i--) {
    if (record[i] !== '') throw refuse('files.tooManyColumns', { name, row, column: columnLetter(i + 1), limit: limits.maxColumns })
  }
  for (let i = 0; i < record.length; i++) {
    const cell = record[i]!
    // The parser gives a cell back with its opening mark when text follows the closing one. With a line break in between, the mark
    // was most likely a stray one that swallowed the end of its line, and reading on would shift every cell after it.
    const isSwallowed = cell.charCodeAt(0) === 34 && cell.includes('\n')
    if (isSwallowed) throw refuse('files.strayQuote', { name, row, column: columnLetter(i + 1) })
  }
}

function refusalOfCsv(error: CsvError, row: number, name: string): unknown {
  const column = typeof error['column'] === 'number' ? columnLetter(error['column'] + 1) : ''
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return refuse('files.strayQuote', { name, row, column })
  if (error.code === 'CSV_MAX_RECORD_SIZE') return refuse('files.recordTooLong', { name, row, column })
  if (error.code === 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE') return refuse('files.strayQuote', { name, row, column })
  return error
}
