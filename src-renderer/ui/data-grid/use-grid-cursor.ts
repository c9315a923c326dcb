import { useState, type KeyboardEvent } from 'react'

export type Cursor = { readonly row: number; readonly column: number }

type Options = {
  readonly rowCount: number
  readonly columnCount: number
  readonly pageRows: number
  /** Brings the row into sight. */
  reach(row: number): void
  open(row: number): void
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(value, max))

/** The keyboard of a grid, as the ARIA practices for grids say: arrows, Home, End, Page Up, Page Down, Enter. */
export function useGridCursor({ rowCount, columnCount, pageRows, reach, open }: Options) {
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const row = clamp(cursor.row, Math.max(0, rowCount - 1))
  const go = (to: Cursor): void => {
    const next = { row: clamp(to.row, rowCount - 1), column: clamp(to.column, columnCount - 1) }
    setCursor(next)
    reach(next.row)
  }
  const places: Record<string, (withControl: boolean) => Cursor> = {
    ArrowDown: () => ({ row: row + 1, column: cursor.column }),
    ArrowUp: () => ({ row: row - 1, column: cursor.column }),
    ArrowRight: () => ({ row, column: cursor.column + 1 }),
    ArrowLeft: () => ({ row, column: cursor.column - 1 }),
    PageDown: () => ({ row: row + pageRows, column: cursor.column }),
    PageUp: () => ({ row: row - pageRows, column: cursor.column }),
    Home: (withControl) => ({ row: withControl ? 0 : row, column: 0 }),
    End: (withControl) => ({ row: withControl ? rowCount - 1 : row, column: columnCount - 1 }),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || rowCount === 0 || event.altKey) return
    const place = places[event.key]
    if (place) go(place(event.ctrlKey || event.metaKey))
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) open(row)
    else return
    event.preventDefault()
  }
  return { cursor: { row, column: cursor.column }, setCursor, onKeyDown }
}
