import { formulaStart } from '../kernel/formula.ts'

/**
 * A cell without blanks and invisible marks at its ends: ideographic and no-break spaces, and the marks that steer the direction of
 * text, which cells copied from the web carry. Walks inward, as a pattern tied to the end takes minutes on a million blanks.
 */
export function trimCell(cell: string): string {
  let from = 0
  let to = cell.length
  while (from < to && isEdge(cell.charCodeAt(from))) from++
  while (to > from && isEdge(cell.charCodeAt(to - 1))) to--
  return to - from === cell.length ? cell : cell.slice(from, to)
}

function isEdge(code: number): boolean {
  if (code <= 32) return true
  if (code < 0xa0) return false
  return code === 0xa0 || code === 0x3000 || code === 0xfeff || code === 0x1680 || (code >= 0x2000 && code <= 0x200f)
    || (code >= 0x2028 && code <= 0x202f) || code === 0x205f || code === 0x2060
}

/** Undoes `escapeFormula`, and the ="0012" by which shops' exports keep leading zeros. */
export function unescapeFormula(text: string): string {
  const first = text.charCodeAt(0)
  if (first === 39) return formulaStart.test(text) ? text.slice(1) : text
  if (first !== 61) return text
  const quoted = /^="((?:[^"]|"")*)"$/.exec(text)
  return quoted === null ? text : quoted[1]!.replaceAll('""', '"')
}
