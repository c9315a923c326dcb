import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { holdKeysFor, takeHeldKeys } from '../held-keys.ts'
import { problemAt, problemText } from '../problems.ts'
import { walk, type Place } from './walk.ts'
import './line-grid.css'

/** The cursor is about to go into the lines: keys typed meanwhile wait for it. */
export const expectLines = (): void => holdKeysFor('lines')

/** The way from a document's header into its lines; `signal` is for the grid. */
export function useIntoLines() {
  const [signal, setSignal] = useState(0)
  const go = (): void => {
    expectLines()
    setSignal((n) => n + 1)
  }
  const onEnter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) go()
  }
  return { signal, go, onEnter }
}

export type LineBase = { readonly key: string }

export type Editing<L> = {
  readonly line: L
  readonly index: number
  change(changes: Partial<L>): void
  /** Goes on to the next cell that Enter walks to: for editors that take Enter themselves, such as pickers. */
  advance(): void
  readonly label: string
  readonly isInvalid: boolean
}

export type LineColumn<L extends LineBase> = {
  readonly key: string
  readonly title: string
  readonly width: number
  readonly grow?: number
  readonly align?: 'start' | 'end'
  /** The cell as text, in every line but the one being edited, and everywhere when the document is only read. */
  view(line: L): ReactNode
  /** The cell's editor; without one it is shown only. */
  edit?(editing: Editing<L>): ReactNode
  /** Enter stops here on its way through a line. */
  readonly stop?: 'enter'
  /** Its field in the command's input line, for problems. */
  readonly field?: string
}

type Props<L extends LineBase> = {
  readonly label: string
  readonly lines: readonly L[]
  readonly columns: readonly LineColumn<L>[]
  /** Absent: the lines are only read. */
  onChange?(lines: readonly L[]): void
  newLine(): L
  isBlank(line: L): boolean
  readonly problems?: readonly FieldProblem[]
  /** Called when Enter is pressed on a blank last line: entry is done. */
  onDone?(): void
  onActive?(line: L | undefined): void
  /** Focus goes to the first cell when this number changes. */
  readonly enterSignal?: number
}

/** Document lines by keyboard: Enter walks, Tab goes field by field, Insert or Ctrl+Enter adds, Ctrl+Delete removes, arrows change the line. */
export function LineGrid<L extends LineBase>(props: Props<L>) {
  const { label, lines, columns, onChange, problems = [], enterSignal = 0 } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<Place>({ line: 0, column: 0 })
  const wanted = useRef<Place | null>(null)
  const latest = useRef(props)
  latest.current = props
  const canEdit = onChange !== undefined

  const focusOn = useCallback((place: Place) => {
    wanted.current = place
    setActive(place)
  }, [])
  // The editors of a line appear with it; the focus follows when they are there.
  useEffect(() => {
    const place = wanted.current
    if (!place) return
    const field = box.current?.querySelector<HTMLElement>(`[data-place="${place.line}:${place.column}"] :is(input, select, button)`)
    if (!field) return
    wanted.current = null
    field.focus()
    void field.scrollIntoView({ block: 'nearest' })
    takeHeldKeys('lines')
  })
  const activeKey = lines[active.line]?.key
  useEffect(() => void latest.current.onActive?.(latest.current.lines[active.line]), [active.line, activeKey])
  useEffect(() => {
    if (enterSignal > 0) focusOn({ line: 0, column: Math.max(0, columns.findIndex((c) => c.edit)) })
    // Only the signal brings the focus here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [enterSignal])

  const change = useCallback((index: number, changes: Partial<L>) => {
    const now = latest.current
    now.onChange?.(now.lines.map((line, i) => (i === index ? { ...line, ...changes } : line)))
  }, [])
  const addAfter = useCallback(
    (index: number) => {
      const now = latest.current
      now.onChange?.(now.lines.toSpliced(index + 1, 0, now.newLine()))
      focusOn({ line: index + 1, column: firstStop(now.columns) })
    },
    [focusOn],
  )
  const remove = useCallback(
    (index: number) => {
      const now = latest.current
      const left = now.lines.toSpliced(index, 1)
      now.onChange?.(left.length === 0 ? [now.newLine()] : left)
      focusOn({ line: Math.min(index, Math.max(0, left.length - 1)), column: firstStop(now.columns) })
    },
    [focusOn],
  )
  const goOn = useCallback(
    (place: Place) => {
      const now = latest.current
      const next = walk({ from: place, lineCount: now.lines.length, stops: now.columns.map((c) => c.stop === 'enter' && c.edit !== undefined) })
      if (next === 'new') addAfter(now.lines.length - 1)
      else focusOn(next)
    },
    [addAfter, focusOn],
  )
  // An editor that changes its line and goes on in the same breath goes on from the changed line, after it was drawn.
  const [leaving, setLeaving] = useState<Place | null>(null)
  useEffect(() => {
    if (leaving === null) return
    setLeaving(null)
    goOn(leaving)
  }, [leaving, goOn])
  const leave = useCallback((place: Place) => {
    expectLines()
    setLeaving(place)
  }, [])
  const enterAt = (place: Place): void => {
    const line = lines[place.line]
    if (line && props.isBlank(line) && place.line === lines.length - 1) props.onDone?.()
    else goOn(place)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!canEdit || event.nativeEvent.isComposing) return
    const place = placeOf(event.target)
    if (!place) return
    const withControl = event.ctrlKey || event.metaKey
    if (event.key === 'Insert' || (withControl && event.key === 'Enter')) addAfter(place.line)
    else if (withControl && event.key === 'Delete') remove(place.line)
    else if (event.defaultPrevented) return
    else if (event.key === 'Enter') enterAt(place)
    else if (event.key === 'ArrowDown' && place.line < lines.length - 1 && !isSelect(event.target)) focusOn({ ...place, line: place.line + 1 })
    else if (event.key === 'ArrowUp' && place.line > 0 && !isSelect(event.target)) focusOn({ ...place, line: place.line - 1 })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const template = useMemo(
    () => `36px ${columns.map((c) => (c.grow === undefined ? `${c.width}px` : `minmax(${c.width}px, ${c.grow}fr)`)).join(' ')} ${canEdit ? '30px' : ''}`,
    [columns, canEdit],
  )
  return (
    <div className="zg-lines" style={{ ['--zg-lines-template' as string]: template }}>
      <div ref={box} role="grid" aria-label={label} aria-rowcount={lines.length + 1} className="zg-lines-grid" onKeyDown={onKeyDown}>
        <div role="row" className="zg-line zg-line-head">
          <div role="columnheader" className="zg-line-cell zg-line-no">
            <span className="zg-sr">{t('ui.lines.number')}</span>#
          </div>
          {columns.map((c) => (
            <div key={c.key} role="columnheader" className={`zg-line-cell${c.align === 'end' ? ' zg-end' : ''}`}>
              {c.title}
            </div>
          ))}
          {canEdit ? (
            <div role="columnheader" className="zg-line-cell">
              <span className="zg-sr">{t('ui.lines.actions')}</span>
            </div>
          ) : null}
        </div>
        {lines.map((line, index) => (
          <Line
            key={line.key}
            line={line}
            index={index}
            columns={columns}
            isActive={canEdit && index === active.line}
            canEdit={canEdit}
            problems={lineProblems(problems, index)}
            change={change}
            advance={leave}
            activate={focusOn}
            remove={remove}
          />
        ))}
      </div>
      {canEdit ? (
        <button type="button" className="zg-add-line" onClick={() => addAfter(lines.length - 1)}>
          <PlusOutlined aria-hidden /> {t('ui.lines.add')} <kbd>Insert</kbd>
        </button>
      ) : null}
    </div>
  )
}

const firstStop = <L extends LineBase>(columns: readonly LineColumn<L>[]): number => Math.max(0, columns.findIndex((c) => c.stop === 'enter'))
const isSelect = (target: EventTarget): boolean => target instanceof HTMLSelectElement

function placeOf(target: EventTarget): Place | undefined {
  const text = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-place]')?.dataset['place'] : undefined
  if (text === undefined) return undefined
  const [line = '0', column = '0'] = text.split(':')
  return { line: Number(line), column: Number(column) }
}

const none: readonly FieldProblem[] = []
/** Keeps the same empty list for lines without problems, so that they are not drawn again. */
function lineProblems(problems: readonly FieldProblem[], index: number): readonly FieldProblem[] {
  if (problems.length === 0) return none
  const own = problems.filter((p) => p.path[0] === 'lines' && p.path[1] === index)
  return own.length === 0 ? none : own
}

type LineProps<L extends LineBase> = {
  readonly line: L
  readonly index: number
  readonly columns: readonly LineColumn<L>[]
  readonly isActive: boolean
  readonly canEdit: boolean
  readonly problems: readonly FieldProblem[]
  change(index: number, changes: Partial<L>): void
  advance(place: Place): void
  activate(place: Place): void
  remove(index: number): void
}

function PlainLine<L extends LineBase>({ line, index, columns, isActive, canEdit, problems, change, advance, activate, remove }: LineProps<L>) {
  const { t } = useTranslation()
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={canEdit ? isActive : undefined} className={`zg-line${isActive ? ' zg-line-active' : ''}`}>
      <div role="rowheader" className="zg-line-cell zg-line-no zg-figures">
        {index + 1}
      </div>
      {columns.map((column, c) => {
        const problem = column.field === undefined ? undefined : problemAt(problems, `lines.${index}.${column.field}`)
        const isEdited = isActive && column.edit !== undefined
        return (
          <div
            key={column.key}
            role="gridcell"
            data-place={`${index}:${c}`}
            title={problem ? problemText(problem, t) : undefined}
            className={`zg-line-cell${column.align === 'end' ? ' zg-end zg-figures' : ''}${problem ? ' zg-bad' : ''}${isEdited ? ' zg-edited' : ''}`}
            onMouseDown={(event) => {
              if (isActive || !canEdit) return
              event.preventDefault()
              activate({ line: index, column: column.edit ? c : firstStop(columns) })
            }}
          >
            {isEdited
              ? column.edit!({
                  line,
                  index,
                  change: (changes) => change(index, changes),
                  advance: () => advance({ line: index, column: c }),
                  label: `${column.title} ${index + 1}`,
                  isInvalid: problem !== undefined,
                })
              : column.view(line)}
          </div>
        )
      })}
      {canEdit ? (
        <div role="gridcell" className="zg-line-cell zg-center">
          <button type="button" tabIndex={-1} className="zg-icon-button" aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => remove(index)}>
            <CloseOutlined aria-hidden />
          </button>
        </div>
      ) : null}
    </div>
  )
}

const Line = memo(PlainLine) as typeof PlainLine
