import { Fragment, memo, type ReactNode } from 'react'
import { cellClass, type Column } from './columns.ts'

type Props<R> = {
  readonly columns: readonly Column<R>[]
  /** Undefined while its page is on the way. */
  readonly row: R | undefined
  /** The record's own key: what has a state of its own in a cell belongs to it. */
  readonly rowKey: string
  readonly index: number
  /** Pixels from the first row. */
  readonly start: number
  readonly tone: 'danger' | 'muted' | undefined
  readonly opens: boolean
  /** Can it be marked, and is it? */
  readonly mark: { readonly label: string; readonly isMarked: boolean } | undefined
  /** Where the cursor stands in it, and the name by which that cell is found. */
  readonly cursor: { readonly column: number; readonly id: string } | undefined
}

/** Another record in the same place changes what its cells say; only what is more than words is made anew. */
const inCell = (content: ReactNode, rowKey: string): ReactNode => (typeof content === 'object' && content !== null ? <Fragment key={rowKey}>{content}</Fragment> : content)

function Row<R>({ columns, row, rowKey, index, start, tone, opens, mark, cursor }: Props<R>) {
  const before = mark ? 1 : 0
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={mark?.isMarked}
      className={`zg-row${opens ? ' zg-opens' : ''}${cursor ? ' zg-current' : ''}${mark?.isMarked ? ' zg-marked' : ''}${tone ? ` zg-${tone}` : ''}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      {mark ? (
        <div role="gridcell" aria-colindex={1} className="zg-cell zg-mark">
          {row === undefined ? null : <input type="checkbox" tabIndex={-1} readOnly aria-label={mark.label} checked={mark.isMarked} />}
        </div>
      ) : null}
      {columns.map((column, c) => {
        const isHere = c === cursor?.column
        return (
          <div key={column.key} id={isHere ? cursor?.id : undefined} role="gridcell" aria-colindex={c + 1 + before} className={isHere ? `${cellClass(column)} zg-cursor` : cellClass(column)}>
            {row === undefined ? <span className="zg-bone" /> : inCell(column.render(row), rowKey)}
          </div>
        )
      })}
    </div>
  )
}

/** A row of a grid, drawn again only when something in it is another: a list has hundreds of cells, and most keys touch two. */
export const GridRow = memo(
  Row,
  (a, b) =>
    a.row === b.row &&
    a.rowKey === b.rowKey &&
    a.columns === b.columns &&
    a.index === b.index &&
    a.start === b.start &&
    a.tone === b.tone &&
    a.opens === b.opens &&
    a.mark?.isMarked === b.mark?.isMarked &&
    a.mark?.label === b.mark?.label &&
    a.cursor?.column === b.cursor?.column &&
    a.cursor?.id === b.cursor?.id,
) as typeof Row
