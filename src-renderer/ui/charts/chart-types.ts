/** Colours by their names in ui/tokens.ts: they follow light and dark by themselves. */
type Colour = 'primary-text' | 'info' | 'warning' | 'danger' | 'success' | 'border-strong'

/** One line or row of bars of a chart: a column of the table behind it. */
export type Series = {
  readonly key: string
  readonly title: string
  readonly colour: Colour
  readonly look: 'bar' | 'line' | 'dashes' | 'area'
}

/** One place on the axis: a row of the table behind it. Amounts in minor units, or counts; null where there is nothing to say. */
export type ChartRow = {
  readonly key: string
  /** On the axis. */
  readonly label: string
  /** In full, in the table and beside the pointer. */
  readonly title: string
  readonly values: Readonly<Record<string, number | null>>
  /** Where its documents are. */
  readonly path?: string
}

export type ChartData = {
  readonly series: readonly Series[]
  readonly rows: readonly ChartRow[]
  /** What the values are; money where nothing is said. */
  readonly unit?: 'count'
}
