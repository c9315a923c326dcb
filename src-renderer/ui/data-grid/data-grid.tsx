import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { NoMessage } from '../no-message.tsx'
import { cellClass, templateOf, widthOf, type Column } from './columns.ts'
import { useGridCursor } from './use-grid-cursor.ts'
import type { Rows, Sort } from './use-rows.ts'
import './data-grid.css'

export const ROW_HEIGHT = 29

type Props<R> = {
  /** What the grid lists, for those who hear it. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly rows: Rows<R>
  keyOf(row: R): string
  readonly sort?: Sort
  onSort?(sort: Sort): void
  onOpen?(row: R): void
  /** Shown instead of rows when there are none: what would stand here and how it comes. */
  readonly empty: ReactNode
  /** A row that needs the eye: overdue, negative, cancelled. */
  toneOf?(row: R): 'danger' | 'muted' | undefined
}

/** A list of any length: virtual rows over pages from the office, a real grid to the keyboard and to screen readers. */
export function DataGrid<R>(props: Props<R>) {
  const { label, columns, rows, keyOf, sort, onSort, onOpen, empty, toneOf } = props
  const scroller = useRef<HTMLDivElement>(null)
  const gridId = useId()
  const [pageRows, setPageRows] = useState(12)
  const count = rows.total ?? 0
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: ROW_HEIGHT,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => rows.show({ first, last }), [first, last, rows.show])
  useEffect(() => {
    const height = scroller.current?.clientHeight ?? 400
    setPageRows(Math.max(1, Math.floor(height / ROW_HEIGHT) - 2))
  }, [count])

  const openAt = (index: number): void => {
    const row = rows.rowAt(index)
    if (row !== undefined) onOpen?.(row)
  }
  const { cursor, setCursor, onKeyDown } = useGridCursor({
    rowCount: count,
    columnCount: columns.length,
    pageRows,
    reach: (row) => virtual.scrollToIndex(row),
    open: openAt,
  })
  const template = useMemo(() => ({ gridTemplateColumns: templateOf(columns), minWidth: widthOf(columns) }), [columns])
  const hasTotals = columns.some((c) => c.total !== undefined)
  const isEmpty = rows.total === 0
  const cellId = (row: number, column: number): string => `${gridId}-${row}-${column}`

  return (
    <div className="zg-grid-box">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.total === undefined ? -1 : count + 1}
        aria-colcount={columns.length}
        aria-busy={rows.total === undefined}
        aria-activedescendant={count > 0 ? cellId(cursor.row, cursor.column) : undefined}
        tabIndex={0}
        className="zg-grid"
        onKeyDown={onKeyDown}
      >
        <Head columns={columns} sort={sort} onSort={onSort} template={template} />
        <div role="rowgroup" className="zg-grid-body" style={{ height: rows.total === undefined ? '100%' : virtual.getTotalSize() }}>
          {rows.total === undefined && !rows.error ? <Skeleton columns={columns} template={template} /> : null}
          {items.map((item) => {
            const row = rows.rowAt(item.index)
            const tone = row === undefined ? undefined : toneOf?.(row)
            const isCurrent = item.index === cursor.row
            return (
              <div
                key={row === undefined ? `at-${item.index}` : keyOf(row)}
                role="row"
                aria-rowindex={item.index + 2}
                className={`zg-row${onOpen ? ' zg-opens' : ''}${isCurrent ? ' zg-current' : ''}${tone ? ` zg-${tone}` : ''}`}
                style={{ ...template, transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  setCursor({ row: item.index, column: cursor.column })
                  openAt(item.index)
                }}
              >
                {columns.map((column, c) => (
                  <div
                    key={column.key}
                    id={cellId(item.index, c)}
                    role="gridcell"
                    aria-colindex={c + 1}
                    className={`${cellClass(column)}${isCurrent && c === cursor.column ? ' zg-cursor' : ''}`}
                  >
                    {row === undefined ? <span className="zg-bone" /> : column.render(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
        {hasTotals && count > 0 ? <Foot columns={columns} template={template} /> : null}
      </div>
      {isEmpty ? <div className="zg-grid-empty">{empty}</div> : null}
      {rows.error ? (
        <div className="zg-grid-empty">
          <NoMessage error={rows.error} />
        </div>
      ) : null}
    </div>
  )
}

type HeadProps<R> = {
  readonly columns: readonly Column<R>[]
  readonly sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
  readonly template: object
}

function Head<R>({ columns, sort, onSort, template }: HeadProps<R>) {
  return (
    <div role="rowgroup" className="zg-grid-head">
      <div role="row" aria-rowindex={1} className="zg-row zg-head" style={template}>
        {columns.map((column, c) => {
          const direction = sort && sort.key === column.sort ? sort.direction : undefined
          const ariaSort = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined
          return (
            <div key={column.key} role="columnheader" aria-colindex={c + 1} aria-sort={ariaSort} className={cellClass(column)}>
              {column.sort !== undefined && onSort ? (
                <button
                  type="button"
                  className="zg-sort"
                  onClick={() => onSort({ key: column.sort!, direction: direction === 'asc' ? 'desc' : 'asc' })}
                >
                  {column.title}
                  {direction === 'asc' ? <CaretUpOutlined aria-hidden /> : direction === 'desc' ? <CaretDownOutlined aria-hidden /> : null}
                </button>
              ) : (
                column.title
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Foot<R>({ columns, template }: { columns: readonly Column<R>[]; template: object }) {
  return (
    <div role="rowgroup" className="zg-grid-foot">
      <div role="row" className="zg-row zg-totals" style={template}>
        {columns.map((column, c) => (
          <div key={column.key} role="gridcell" aria-colindex={c + 1} className={cellClass(column)}>
            {column.total}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The shape of the list before its first page: same heights, so nothing jumps when it comes. */
function Skeleton<R>({ columns, template }: { columns: readonly Column<R>[]; template: object }) {
  return Array.from({ length: 14 }, (_, i) => (
    <div key={i} role="row" className="zg-row" style={{ ...template, transform: `translateY(${i * ROW_HEIGHT}px)` }}>
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={cellClass(column)}>
          <span className="zg-bone" />
        </div>
      ))}
    </div>
  ))
}
