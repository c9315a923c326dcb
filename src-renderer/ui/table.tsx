import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** One column of a table. */
export type TableColumn<R> = {
  readonly key: string
  /** Without a title the column holds what can be done with the row. */
  readonly title?: string
  readonly align?: 'end'
  /** Figures and codes, whose digits stand below each other; a faint one is only to count by. */
  readonly figures?: 'tabular' | 'faint'
  /** The cell is a field to type into. */
  readonly holds?: 'field'
  toneOf?(row: R): 'danger' | undefined
  render(row: R, index: number): ReactNode
  /** What stands below the column in the line of totals. */
  readonly total?: ReactNode
}

type Props<R> = {
  readonly columns: readonly TableColumn<NoInfer<R>>[]
  readonly rows: readonly R[] | undefined
  keyOf(row: R, index: number): string | number
  /** What the table lists, for those who hear it. */
  readonly caption?: string
  /** Said in place of rows when there are none. */
  readonly none?: string
  /** The row that is looked at beside the table. */
  readonly current?: R
  /** Scrolls within a dialog or a preview, or stands in a box of somebody else. */
  readonly look?: 'parts' | 'preview' | 'bare'
}

function cellClass<R>({ align, figures, holds, toneOf }: TableColumn<R>, row?: R): string | undefined {
  const names = [
    holds ? 'zg-part-quantity' : align === 'end' ? 'zg-end' : '',
    figures ? 'zg-figures' : '',
    figures === 'faint' ? 'zg-soft' : '',
    row !== undefined && toneOf?.(row) ? 'zg-danger-text' : '',
  ]
  return names.filter((name) => name !== '').join(' ') || undefined
}

/** A table small enough to stand there whole: lines of a document, rows of settings. Lists of any length are a DataGrid. */
export function Table<R>({ columns, rows = [], keyOf, caption, none, current, look }: Props<R>) {
  const { t } = useTranslation()
  const table = (
    <table className="zg-table">
      {caption === undefined ? null : <caption className="zg-sr">{caption}</caption>}
      <thead>
        <tr>
          {columns.map(({ key, title, align }) => (
            <th key={key} scope="col" className={align === 'end' ? 'zg-end' : undefined}>
              {title ?? <span className="zg-sr">{t('ui.lines.actions')}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)} aria-current={row === current ? true : undefined}>
            {columns.map((column) => (
              <td key={column.key} className={cellClass(column, row)}>
                {column.render(row, index)}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && none !== undefined ? (
          <tr>
            <td colSpan={columns.length} className="zg-soft">
              {none}
            </td>
          </tr>
        ) : null}
      </tbody>
      <Totals columns={columns} />
    </table>
  )
  return look === 'bare' ? table : <div className={`zg-table-box${look ? ` zg-${look}` : ''}`}>{table}</div>
}

/** The line of totals, called a sum up to the first column that has one. */
function Totals<R>({ columns }: { columns: readonly TableColumn<R>[] }) {
  const { t } = useTranslation()
  const first = columns.findIndex((column) => column.total !== undefined)
  if (first < 0) return null
  return (
    <tfoot>
      <tr>
        <td colSpan={first}>{t('ui.f.sum')}</td>
        {columns.slice(first).map((column) => (
          <td key={column.key} className={column.align === 'end' ? 'zg-end' : undefined}>
            {column.total}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}
