import { useState, type KeyboardEvent } from 'react'

/** The row of the titles, above the first row. */
export const HEAD_ROW = -1

export type Cursor = { readonly row: number; readonly column: number }

type Options = {
  readonly rowCount: number
  readonly columnCount: number
  /** How many rows are in sight. */
  pageRows(): number
  /** Brings the row into sight. */
  reach(row: number): void
  open(row: number): void
  /** Keys of a title: sort, width, place. True where the key was meant for it. */
  onHead(key: { readonly name: string; readonly shift: boolean; readonly control: boolean }, column: number): boolean
  /** Keys that mark and copy. True where the key was one of them. */
  onMark(key: { readonly name: string; readonly shift: boolean; readonly control: boolean }, cursor: Cursor): boolean
  /** The cursor moved with Shift held. */
  onExtend(row: number, from: number): void
}

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(value, max))

/** The keyboard of a grid, as the ARIA practices for grids say: arrows, Home, End, Page Up, Page Down, Enter; the titles lie above the first row. */
export function useGridCursor({ rowCount, columnCount, pageRows, reach, open, onHead, onMark, onExtend }: Options) {
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const row = clamp(cursor.row, HEAD_ROW, Math.max(0, rowCount - 1))
  const column = clamp(cursor.column, 0, Math.max(0, columnCount - 1))
  const isHead = row === HEAD_ROW
  const go = (to: Cursor): void => {
    const next = { row: clamp(to.row, HEAD_ROW, Math.max(HEAD_ROW, rowCount - 1)), column: clamp(to.column, 0, columnCount - 1) }
    setCursor(next)
    if (next.row >= 0) reach(next.row)
  }
  const places: Record<string, (withControl: boolean) => Cursor> = {
    ArrowDown: () => ({ row: row + 1, column }),
    ArrowUp: () => ({ row: row - 1, column }),
    ArrowRight: () => ({ row, column: column + 1 }),
    ArrowLeft: () => ({ row, column: column - 1 }),
    PageDown: () => ({ row: row + pageRows(), column }),
    PageUp: () => ({ row: Math.max(0, row - pageRows()), column }),
    Home: (withControl) => ({ row: withControl ? 0 : row, column: 0 }),
    End: (withControl) => ({ row: withControl ? rowCount - 1 : row, column: columnCount - 1 }),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey) return
    const key = { name: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey }
    const place = places[event.key]
    if (isHead && onHead(key, column)) event.preventDefault()
    else if (rowCount > 0 && onMark(key, { row, column })) event.preventDefault()
    else if (place && (rowCount > 0 || isHead || event.key.startsWith('Arrow'))) {
      const to = place(key.control)
      const isMarking = key.shift && !isHead && (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key.startsWith('Page'))
      if (isMarking) onExtend(clamp(to.row, 0, rowCount - 1), row)
      go(isMarking ? { ...to, row: Math.max(0, to.row) } : to)
      event.preventDefault()
    } else if (event.key === 'Enter' && !key.control && !isHead && rowCount > 0) {
      open(row)
      event.preventDefault()
    }
  }
  return { cursor: { row, column }, setCursor, onKeyDown }
}
