import type { ReactNode } from 'react'

type FieldOf<R> = (keyof R & string) | `${keyof R & string}.${string}`

/** One column of a grid. Widths are pixels; the ones that `grow` share what is left. */
export type Column<R> = {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly grow?: number
  readonly align?: 'start' | 'end' | 'center'
  /** The contract's name for sorting by this column. */
  readonly sort?: string
  render(row: R): ReactNode
  /** What stands below the column in the line of totals. */
  readonly total?: ReactNode
  /** Figures and codes, whose digits stand below each other. */
  readonly figures?: 'tabular'
  /** The fields of the row that are copied and exported: the first that is filled, or all joined by `glue`. Their names say their units. */
  readonly from?: FieldOf<R> | readonly FieldOf<R>[]
  readonly glue?: string
  /** The words for values that are names of states or kinds. */
  readonly words?: Readonly<Record<string, string>>
  /** Not shown until somebody wants it. */
  readonly at?: 'choice'
}

/** The words of a set of names, by the prefix of their texts. */
export const wordsOf = (names: readonly string[], textOf: (name: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, textOf(name)]))

/** Where there are more columns than room, words give way before the grid scrolls sideways; figures and codes are never cut. */
const leastOf = <R>({ width, grow, align, figures }: Column<R>): number => {
  if (align === 'end' || figures !== undefined) return width
  return Math.round(width * (grow === undefined ? 0.85 : 0.6))
}

export const templateOf = <R>(columns: readonly Column<R>[]): string =>
  columns.map((c) => `minmax(${leastOf(c)}px, ${c.grow === undefined ? `${c.width}px` : `${c.grow}fr`})`).join(' ')

/** The width below which the columns scroll, in pixels. */
export const widthOf = <R>(columns: readonly Column<R>[]): number => columns.reduce((sum, c) => sum + leastOf(c), 0)

export const cellClass = <R>(column: Column<R>): string =>
  `zg-cell${column.align === 'end' ? ' zg-end' : column.align === 'center' ? ' zg-center' : ''}${column.figures || column.align === 'end' ? ' zg-figures' : ''}`
