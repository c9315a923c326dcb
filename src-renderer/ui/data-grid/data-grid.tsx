import { useEffect, useId, useLayoutEffect, useMemo, useRef, type CSSProperties, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NoMessage } from '../no-message.tsx'
import { useFormat } from '../format.ts'
import { cellClass, templateOf, widthOf, type Column } from './columns.ts'
import { copyText, pasteTable } from './copy.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import { HEAD_ROW, useGridCursor } from './use-grid-cursor.ts'
import type { Rows, Sort } from './use-rows.ts'
import type { Selection } from './use-selection.ts'
import { useWindow } from './use-window.ts'
import './data-grid.css'

export const ROW_HEIGHT = 29
const MARK_WIDTH = 34
/** How much wider one press makes a column. */
const WIDTH_STEP = 16
/** Whoever stays on a row so long may open it. */
const REST_MS = 40

type Props<R> = {
  /** What the grid lists, for those who hear it. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly rows: Rows<R>
  keyOf(row: R): string
  readonly sort?: Sort
  onSort?(sort: Sort): void
  onOpen?(row: R): void
  /** The pointer or the cursor rests on the row: what opening it needs can be fetched. */
  onRest?(row: R): void
  /** Shown instead of rows when there are none: what would stand here and how it comes. */
  readonly empty: ReactNode
  /** A row that needs the eye: overdue, negative, cancelled. */
  toneOf?(row: R): 'danger' | 'muted' | undefined
  /** Rows can be marked. */
  readonly selection?: Selection<R>
  /** Columns can be moved and made wider; without a width a column gets its own back. */
  readonly arrange?: { resize(key: string, width: number | undefined): void; move(key: string, by: -1 | 1): void }
  /** Something was copied: so many rows. */
  onCopied?(count: number): void
  /** Below the rows: what is marked. */
  readonly children?: ReactNode
}

/** A list of any length: virtual rows over pages from the office, a real grid to the keyboard and to screen readers. */
export function DataGrid<R>(props: Props<R>) {
  const { label, columns, rows, keyOf, sort, onSort, onOpen, onRest, empty, toneOf, selection, arrange, onCopied, children } = props
  const { t } = useTranslation()
  const { digits } = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const gridId = useId()
  const count = rows.total ?? 0
  const before = selection ? 1 : 0
  const { first, end, reach } = useWindow({ scroller, count, rowHeight: ROW_HEIGHT, overscan: 6 })
  const last = Math.max(first, end - 1)
  useEffect(() => rows.show({ first, last }), [first, last, rows.show])

  const openAt = (index: number): void => {
    const row = rows.rowAt(index)
    if (row !== undefined) onOpen?.(row)
  }
  // The grid is one stop of the Tab key, however long it is: what its cells hold is come by with the arrows and pressed with Enter.
  useLayoutEffect(() => {
    for (const held of scroller.current?.querySelectorAll<HTMLElement>('.zg-grid-body :is(a, button)') ?? []) held.tabIndex = -1
  })
  const copy = (): void => {
    const wanted = selection && selection.rows.length > 0 ? selection.rows : rows.loaded()
    copyText(pasteTable(columns, { rows: wanted, digits }))
    onCopied?.(wanted.length)
  }
  const { cursor, setCursor, onKeyDown } = useGridCursor({
    rowCount: count,
    columnCount: columns.length,
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_HEIGHT) - 2),
    reach,
    open: (at) => {
      // A key is meant for the list that was asked for, a click for the row that is seen.
      if (rows.isPast) return
      const held = scroller.current?.querySelector<HTMLElement>(`#${CSS.escape(cellId(at, cursor.column))} :is(a, button:enabled)`)
      if (held) held.click()
      else openAt(at)
    },
    onExtend: (row, from) => selection?.extendTo(row, from),
    onHead: ({ name, shift, control }, at) => {
      const column = columns[at]
      if (column === undefined) return false
      if (name === 'Enter' || name === ' ') {
        if (column.sort !== undefined) onSort?.({ key: column.sort, direction: sort?.key === column.sort && sort.direction === 'asc' ? 'desc' : 'asc' })
        return true
      }
      if (!arrange || !(shift || control) || (name !== 'ArrowLeft' && name !== 'ArrowRight')) return false
      const by = name === 'ArrowLeft' ? -1 : 1
      if (shift) arrange.resize(column.key, (scroller.current?.querySelector(`#${CSS.escape(cellId(HEAD_ROW, at))}`)?.getBoundingClientRect().width ?? column.width) + by * WIDTH_STEP)
      else if (columns[at + by] !== undefined) {
        arrange.move(column.key, by)
        setCursor({ row: HEAD_ROW, column: at + by })
      }
      return true
    },
    onMark: ({ name, shift, control }, { row }) => {
      const letter = name.toLowerCase()
      // Text that was marked with the mouse is copied as it is.
      if (control && !shift && letter === 'c' && String(getSelection() ?? '') === '') copy()
      else if (!selection) return false
      else if (control && !shift && letter === 'a') selection.all()
      else if (name === ' ' && row >= 0) selection.toggle(row)
      else if (name === 'Escape' && selection.rows.length > 0) selection.clear()
      else return false
      return true
    },
  })
  const lining = useMemo(
    () => ({ '--zg-columns': `${before === 0 ? '' : `${MARK_WIDTH}px `}${templateOf(columns)}`, '--zg-least': `${widthOf(columns) + before * MARK_WIDTH}px` }) as CSSProperties,
    [columns, before],
  )
  const hasTotals = columns.some((c) => c.total !== undefined)
  const isEmpty = rows.total === 0
  const cellId = (row: number, column: number): string => `${gridId}-${row === HEAD_ROW ? 'head' : row}-${column}`
  const isMounted = cursor.row === HEAD_ROW || (cursor.row >= first && cursor.row < end)
  const onClick = (event: MouseEvent): void => {
    const index = indexUnder(event)
    if (index === undefined) return
    if (selection && isOnMark(event)) return mark(event, index)
    setCursor({ row: index, column: cursor.column })
    // What stands in a cell goes its own way, not the row's.
    if (event.target instanceof Element && event.target.closest('a, button')) return
    if (selection && event.shiftKey) selection.extendTo(index, cursor.row === HEAD_ROW ? index : cursor.row)
    else if (selection && (event.ctrlKey || event.metaKey)) selection.toggle(index)
    else openAt(index)
  }
  const mark = (event: MouseEvent, index: number): void => {
    setCursor({ row: index, column: cursor.column })
    if (event.shiftKey) selection?.extendTo(index, cursor.row === HEAD_ROW ? index : cursor.row)
    else selection?.toggle(index)
    scroller.current?.focus()
  }
  const markedCount = selection?.rows.length ?? 0
  const [markLabel, cursorId] = [t('ui.grid.mark'), cellId(cursor.row, cursor.column)]
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const rest = (row: R | undefined): void => {
    clearTimeout(resting.current)
    if (onRest && row !== undefined && !rows.isPast) resting.current = setTimeout(() => onRest(row), REST_MS)
  }
  const current = cursor.row === HEAD_ROW ? undefined : rows.rowAt(cursor.row)
  useEffect(() => {
    rest(current)
    return () => clearTimeout(resting.current)
  }, [current, rows.isPast])

  return (
    <div className="zg-grid-box">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.total === undefined ? -1 : count + 1}
        aria-colcount={columns.length + before}
        aria-multiselectable={selection ? true : undefined}
        aria-busy={rows.total === undefined || rows.isPast}
        aria-activedescendant={isMounted && (count > 0 || cursor.row === HEAD_ROW) ? cellId(cursor.row, cursor.column) : undefined}
        tabIndex={0}
        className="zg-grid"
        style={lining}
        onKeyDown={onKeyDown}
      >
        <GridHead
          columns={columns}
          sort={sort}
          onSort={onSort}
          onResize={arrange ? arrange.resize : undefined}
          cursorColumn={cursor.row === HEAD_ROW ? cursor.column : undefined}
          idOf={(column) => cellId(HEAD_ROW, column)}
          marks={
            selection && {
              label: t('ui.grid.markAll'),
              state: markedCount === 0 ? 'none' : markedCount >= count ? 'all' : 'some',
              toggle: () => {
                if (markedCount > 0) selection.clear()
                else selection.all()
                scroller.current?.focus()
              },
            }
          }
        />
        <div
          role="rowgroup"
          className={rows.isPast ? 'zg-grid-body zg-past' : 'zg-grid-body'}
          style={{ height: rows.total === undefined ? '100%' : count * ROW_HEIGHT }}
          onClick={onClick}
          onMouseDown={(event) => {
            // Marking rows must not mark the text in them.
            if (selection && (event.shiftKey || isOnMark(event))) event.preventDefault()
          }}
          onMouseOver={(event) => {
            const index = onRest && indexUnder(event)
            if (index !== undefined) rest(rows.rowAt(index))
          }}
        >
          {rows.total === undefined && !rows.error ? <Skeleton columns={columns} before={before} /> : null}
          {Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i).map((index) => {
            const row = rows.rowAt(index)
            return (
              <GridRow<R>
                key={index}
                rowKey={row === undefined ? '' : keyOf(row)}
                columns={columns}
                row={row}
                index={index}
                start={index * ROW_HEIGHT}
                tone={row === undefined ? undefined : toneOf?.(row)}
                opens={onOpen !== undefined}
                mark={selection && { label: markLabel, isMarked: row !== undefined && selection.has(row) }}
                cursor={index === cursor.row ? { column: cursor.column, id: cursorId } : undefined}
              />
            )
          })}
        </div>
        {hasTotals && count > 0 ? <Foot columns={columns} before={before} /> : null}
      </div>
      {children}
      {isEmpty ? <div className="zg-grid-empty">{empty}</div> : null}
      {rows.error ? (
        <div className="zg-grid-empty">
          <NoMessage error={rows.error} />
        </div>
      ) : null}
    </div>
  )
}

type Lining<R> = { readonly columns: readonly Column<R>[]; readonly before: number }

/** The row under the pointer. */
function indexUnder({ target }: MouseEvent): number | undefined {
  const at = (target as Element).closest('.zg-row')?.getAttribute('aria-rowindex')
  return at ? Number(at) - 2 : undefined
}

const isOnMark = ({ target }: MouseEvent): boolean => (target as Element).closest('.zg-mark') !== null

function Foot<R>({ columns, before }: Lining<R>) {
  return (
    <div role="rowgroup" className="zg-grid-foot">
      <div role="row" className="zg-row zg-totals">
        {before === 0 ? null : <div role="gridcell" aria-colindex={1} className="zg-cell" />}
        {columns.map((column, c) => (
          <div key={column.key} role="gridcell" aria-colindex={c + 1 + before} className={cellClass(column)}>
            {column.total}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The shape of the list before its first page: same heights, so nothing jumps when it comes. */
function Skeleton<R>({ columns, before }: Lining<R>) {
  return Array.from({ length: 14 }, (_, i) => (
    <div key={i} role="row" className="zg-row" style={{ transform: `translateY(${i * ROW_HEIGHT}px)` }}>
      {before === 0 ? null : <div role="gridcell" className="zg-cell" />}
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={cellClass(column)}>
          <span className="zg-bone" />
        </div>
      ))}
    </div>
  ))
}
