import type { Column } from './columns.ts'

/** How somebody likes the columns of a list: their order, widths and which are hidden. */
export type Layout = readonly { readonly key: string; readonly width?: number | undefined; readonly is_hidden: 0 | 1 }[]

export const NARROWEST = 48
export const WIDEST = 1200
export const clampWidth = (width: number): number => Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)))

/** The layout made whole: what the program no longer has is left out, what it has besides stands where the program likes it. */
export function wholeLayout<R>(columns: readonly Column<R>[], layout: Layout): Layout {
  const known = new Set(columns.map((c) => c.key))
  const whole = layout.filter((l) => known.has(l.key))
  for (const [i, column] of columns.entries()) {
    if (whole.some((l) => l.key === column.key)) continue
    const before = columns[i - 1]
    const at = before === undefined ? 0 : whole.findIndex((l) => l.key === before.key) + 1
    whole.splice(at, 0, { key: column.key, is_hidden: column.at === 'choice' ? 1 : 0 })
  }
  // A list without any column shows nothing to come back by.
  return whole.every((l) => l.is_hidden === 1) ? whole.map((l) => ({ ...l, is_hidden: 0 as const })) : whole
}

/** The columns as they are shown: in order, with their widths, without the hidden ones. */
export function arranged<R>(columns: readonly Column<R>[], layout: Layout): readonly Column<R>[] {
  const byKey = new Map(columns.map((c) => [c.key, c]))
  return wholeLayout(columns, layout).flatMap(({ key, width, is_hidden }) => {
    const column = byKey.get(key)
    if (column === undefined || is_hidden === 1) return []
    if (width === undefined) return [column]
    const { grow: _, ...rest } = column
    return [{ ...rest, width }]
  })
}

/** Moves a column before or after its shown neighbour. */
export function moved(layout: Layout, { key, by }: { key: string; by: -1 | 1 }): Layout {
  const from = layout.findIndex((l) => l.key === key)
  let to = from + by
  while (to >= 0 && to < layout.length && layout[to]!.is_hidden === 1 && layout[from]?.is_hidden === 0) to += by
  if (from < 0 || to < 0 || to >= layout.length) return layout
  const rest = layout.filter((_, i) => i !== from)
  return [...rest.slice(0, to), layout[from]!, ...rest.slice(to)]
}

export const resized = (layout: Layout, { key, width }: { key: string; width: number | undefined }): Layout =>
  layout.map(({ width: before, ...l }) => (l.key === key ? { ...l, ...(width === undefined ? {} : { width: clampWidth(width) }) } : { ...l, ...(before === undefined ? {} : { width: before }) }))
