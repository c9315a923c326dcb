import { Refusal } from '../kernel/refusal.ts'

/**
 * Every reason this layer can give to say no to a file. Import and export commands list those they can meet in their contract;
 * a test holds that each has a text in both languages.
 */
export const fileRefusals = [
  'files.notFound',
  'files.unreadable',
  'files.empty',
  'files.tooLarge',
  'files.notATable',
  'files.oldExcel',
  'files.encrypted',
  'files.encodingUnknown',
  'files.encodingBroken',
  'files.strayQuote',
  'files.recordTooLong',
  'files.tooManyRows',
  'files.tooManyColumns',
  'files.brokenZip',
  'files.brokenGzip',
  'files.zipBomb',
  'files.brokenWorkbook',
  'files.noSuchSheet',
  'files.noHeader',
  'files.duplicateHeader',
  'files.emptyHeader',
  'files.headerTooLong',
  'files.textTooLong',
  'files.cannotWrite',
  'files.diskFull',
  'files.notStaged',
  'files.stagingUnfinished',
] as const

export type FileRefusalCode = (typeof fileRefusals)[number]

/** What may be wrong with one cell while the rest of the file is fine: reported with the row, never thrown. */
export const cellProblems = [
  'files.cellError',
  'files.cellNoValue',
  'files.cellNotANumber',
  'files.cellNoSuchDay',
  'files.cellWithoutHeader',
] as const

type CellProblemCode = (typeof cellProblems)[number]

/** One cell that cannot be read as the person meant it. `column` counts from 1 in the file. */
export type CellProblem = { readonly column: number; readonly code: CellProblemCode; readonly found: string }

/** Makes a refusal of this layer; the type keeps misspelt codes out. */
export function refuse(code: FileRefusalCode, details: Record<string, unknown> = {}): Refusal {
  return new Refusal(code, details)
}

/** Turns what the operating system says about a file into a refusal; anything it does not know is returned unchanged (a defect). */
export function refusalOfSystemError(error: unknown, name: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('files.notFound', { name })
  if (code === 'ENOSPC' || code === 'EDQUOT') return refuse('files.diskFull', { name })
  if (readFailures.has(code)) return refuse('files.unreadable', { name, reason: code })
  return error
}

const readFailures = new Set(['EACCES', 'EPERM', 'EISDIR', 'EBUSY', 'EIO', 'EMFILE', 'ENFILE', 'ELOOP', 'ENAMETOOLONG'])

/** Text for a message: one line, at most 60 characters, so that a hostile cell cannot flood a screen or a log. */
export function clip(text: string): string {
  // eslint-disable-next-line no-control-regex -- controls are exactly what must not reach a message
  const line = text.slice(0, 200).replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** A column as a spreadsheet names it: 1 → A, 27 → AA. */
export function columnLetter(column: number): string {
  let rest = column
  let letters = ''
  while (rest > 0) {
    const digit = (rest - 1) % 26
    letters = String.fromCharCode(65 + digit) + letters
    rest = (rest - 1 - digit) / 26
  }
  return letters
}
