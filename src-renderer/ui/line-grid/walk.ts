export type Place = { readonly line: number; readonly column: number }

/** Where Enter goes from here: the next stop of the line, the first stop of the next line, or a new line after the last. */
export function walk({ from, lineCount, stops }: { from: Place; lineCount: number; stops: readonly boolean[] }): Place | 'new' {
  const next = stops.findIndex((isStop, column) => isStop && column > from.column)
  if (next >= 0) return { line: from.line, column: next }
  if (from.line >= lineCount - 1) return 'new'
  return { line: from.line + 1, column: Math.max(0, stops.indexOf(true)) }
}

type Asking = {
  readonly from: Place
  readonly lineCount: number
  readonly columnCount: number
  /** The column where a line begins. */
  readonly first: number
  isBlank(line: number): boolean
  wants(place: Place): boolean
}

/**
 * Where Tab goes: the next cell that wants input, in this line or below; the beginning of a line in which nothing stands; a new line after
 * lines that are complete. 'out' from a last line in which nothing stands, so that Tab is no trap.
 */
export function nextWanted({ from, lineCount, columnCount, first, isBlank, wants }: Asking): Place | 'new' | 'out' {
  for (let line = from.line; line < lineCount; line++) {
    if (isBlank(line)) {
      if (line > from.line) return { line, column: first }
      continue
    }
    for (let column = line === from.line ? from.column + 1 : 0; column < columnCount; column++) {
      if (wants({ line, column })) return { line, column }
    }
  }
  return isBlank(lineCount - 1) ? 'out' : 'new'
}

/** The neighbouring cell that can be edited, in this line or the one beside it; undefined at the ends. */
export function neighbour({ from, lineCount, editors, step }: { from: Place; lineCount: number; editors: readonly boolean[]; step: 1 | -1 }): Place | undefined {
  for (let column = from.column + step; column >= 0 && column < editors.length; column += step) if (editors[column]) return { line: from.line, column }
  const line = from.line + step
  return line < 0 || line >= lineCount ? undefined : { line, column: step === 1 ? editors.indexOf(true) : editors.lastIndexOf(true) }
}
