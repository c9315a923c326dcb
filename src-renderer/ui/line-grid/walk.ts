export type Place = { readonly line: number; readonly column: number }

/** Where Enter goes from here: the next stop of the line, the first stop of the next line, or a new line after the last. */
export function walk({ from, lineCount, stops }: { from: Place; lineCount: number; stops: readonly boolean[] }): Place | 'new' {
  const next = stops.findIndex((isStop, column) => isStop && column > from.column)
  if (next >= 0) return { line: from.line, column: next }
  if (from.line >= lineCount - 1) return 'new'
  return { line: from.line + 1, column: Math.max(0, stops.indexOf(true)) }
}
