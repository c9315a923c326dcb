// Marks that steer the direction of text or join it without width: spreadsheets copied from the web carry them at the ends of cells.
const edges = /^[\s\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]+|[\s\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]+$/g

/** A cell without blanks and invisible marks at its ends (ideographic and no-break spaces included). */
export function trimCell(cell: string): string {
  if (cell === '') return cell
  const first = cell.charCodeAt(0)
  const last = cell.charCodeAt(cell.length - 1)
  const isClean = first > 32 && first < 127 && last > 32 && last < 127
  return isClean ? cell : cell.replace(edges, '')
}

/**
 * Text that a spreadsheet would run as a formula when it opens a CSV file. Beside = + - @ and the two blanks, the full-width forms
 * count: Excel in Chinese and Japanese takes them as well. Source: OWASP, CSV Injection.
 */
const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/

/** Puts an apostrophe before text that would be run as a formula; `unescapeFormula` takes it off again, so nothing is lost. */
export function escapeFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}

/** Undoes `escapeFormula`, and the ="0012" by which shops' exports keep leading zeros. */
export function unescapeFormula(text: string): string {
  const first = text.charCodeAt(0)
  if (first === 39) return formulaStart.test(text) ? text.slice(1) : text
  if (first !== 61) return text
  const quoted = /^="((?:[^"]|"")*)"$/.exec(text)
  return quoted === null ? text : quoted[1]!.replaceAll('""', '"')
}
