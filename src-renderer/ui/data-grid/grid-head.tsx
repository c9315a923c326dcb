import { useRef, type PointerEvent } from 'react'
import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { cellClass, type Column } from './columns.ts'
import type { Sort } from './use-rows.ts'

export type HeadProps<R> = {
  readonly columns: readonly Column<R>[]
  readonly sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
  onResize: ((key: string, width: number | undefined) => void) | undefined
  /** Columns before the list's own: the boxes that mark. */
  readonly marks: { readonly label: string; readonly state: 'all' | 'some' | 'none'; toggle(): void } | undefined
  readonly cursorColumn: number | undefined
  idOf(column: number): string
}

/** The titles: sorted by a click, made wider at their edge. By keyboard they are the row above the first. */
export function GridHead<R>({ columns, sort, onSort, onResize, marks, cursorColumn, idOf }: HeadProps<R>) {
  const before = marks ? 1 : 0
  return (
    <div role="rowgroup" className="zg-grid-head">
      <div role="row" aria-rowindex={1} className="zg-row zg-head">
        {marks ? (
          <div role="columnheader" aria-colindex={1} className="zg-cell zg-mark" onMouseDown={(event) => event.preventDefault()} onClick={marks.toggle}>
            <input
              type="checkbox"
              tabIndex={-1}
              readOnly
              aria-label={marks.label}
              checked={marks.state === 'all'}
              ref={(box) => {
                if (box) box.indeterminate = marks.state === 'some'
              }}
            />
          </div>
        ) : null}
        {columns.map((column, c) => {
          const direction = sort && sort.key === column.sort ? sort.direction : undefined
          const ariaSort = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined
          return (
            <div key={column.key} id={idOf(c)} role="columnheader" aria-colindex={c + 1 + before} aria-sort={ariaSort} className={`${cellClass(column)}${c === cursorColumn ? ' zg-cursor' : ''}`}>
              {column.sort !== undefined && onSort ? (
                <button type="button" tabIndex={-1} className="zg-sort" onClick={() => onSort({ key: column.sort!, direction: direction === 'asc' ? 'desc' : 'asc' })}>
                  {column.title}
                  {direction === 'asc' ? <CaretUpOutlined aria-hidden /> : direction === 'desc' ? <CaretDownOutlined aria-hidden /> : null}
                </button>
              ) : (
                column.title
              )}
              {onResize ? <Edge onResize={(width) => onResize(column.key, width)} /> : null}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The edge by which a column is drawn wider; a double click gives it back its own width. */
function Edge({ onResize }: { onResize(width: number | undefined): void }) {
  const began = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault()
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    began.current = { x: event.clientX, width: event.currentTarget.parentElement?.getBoundingClientRect().width ?? 100 }
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (began.current) onResize(began.current.width + event.clientX - began.current.x)
  }
  const end = (): void => {
    began.current = null
  }
  return (
    <span
      className="zg-edge"
      aria-hidden
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => onResize(undefined)}
    />
  )
}
