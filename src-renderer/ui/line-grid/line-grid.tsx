import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { App } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { useFormTools } from '../draft/form-tools.ts'
import { problemAt } from '../problems.ts'
import { holdKeysFor, takeHeldKeys } from '../held-keys.ts'
import { mended, type ChangeLines, type LineBase, type LineColumn } from './columns.ts'
import { firstStop, Line } from './line.tsx'
import { MOST_PASTED, pasting, tableOf, written } from './paste.ts'
import { neighbour, nextWanted, walk, type Place } from './walk.ts'
import { LINE_PX, useLinesInSight } from './window.ts'
import { WrongCells } from './wrong-cells.tsx'
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

type Props<L extends LineBase> = {
  readonly label: string
  readonly lines: readonly L[]
  readonly columns: readonly LineColumn<L>[]
  /** Absent: the lines are only read. */
  readonly onChange?: ChangeLines<L>
  newLine(): L
  isBlank(line: L): boolean
  readonly problems?: readonly FieldProblem[]
  /** Called when Enter is pressed on a blank last line: entry is done. */
  onDone?(): void
  onActive?(line: L | undefined): void
  /** Lines were pasted: what is to be looked up can be. */
  onPasted?(lines: readonly L[]): void
  /** Focus goes to the first cell when this number changes. */
  readonly enterSignal?: number
  /** The line that something outside just changed: shown and lit up. */
  readonly marked?: string | undefined
}
type Cell = { readonly key: string; readonly column: number }

/**
 * Document lines by keyboard: Enter walks, Tab skips to the next cell that wants input, Shift+Tab goes back cell by cell, Insert or
 * Ctrl+Enter adds, Ctrl+Delete removes, arrows change the line and, at the end of what is typed, the cell, `=` fills the lines below, a
 * table copied in Excel becomes lines.
 */
export function LineGrid<L extends LineBase>(props: Props<L>) {
  const { label, lines, columns, onChange, problems = [], enterSignal = 0, marked } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { setLines } = useFormTools()
  const box = useRef<HTMLDivElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const [active, setActive] = useState<Cell>({ key: lines[0]?.key ?? '', column: 0 })
  const wanted = useRef<Cell | null>(null)
  const hasFocus = useRef(false)
  const addFirst = useRef<() => void>(() => undefined)
  const latest = useRef(props)
  latest.current = props
  const canEdit = onChange !== undefined
  const found = lines.findIndex((line) => line.key === active.key)
  const lastIndex = useRef(0)
  // Where the active line was taken away (a step back), the one in its place is active.
  const activeIndex = found >= 0 ? found : Math.max(0, Math.min(lastIndex.current, lines.length - 1))
  lastIndex.current = activeIndex
  const activeKey = lines[activeIndex]?.key
  const sight = useLinesInSight(box)

  const focusCell = useCallback((cell: Cell) => {
    wanted.current = cell
    setActive(cell)
  }, [])
  const focusOn = useCallback(
    ({ line, column }: Place) => {
      const now = latest.current.lines
      const key = now[Math.max(0, Math.min(line, now.length - 1))]?.key
      if (key !== undefined) focusCell({ key, column })
    },
    [focusCell],
  )
  useEffect(() => {
    setLines({ focus: focusOn })
    return () => setLines(null)
  }, [setLines, focusOn])
  // The editors of a line appear with it; the focus follows when they are there.
  useEffect(() => {
    const cell = wanted.current
    if (!cell) return
    const index = latest.current.lines.findIndex((line) => line.key === cell.key)
    const field = box.current?.querySelector<HTMLElement>(`[data-place="${index}:${cell.column}"] :is(input, select, button)`)
    if (!field) return
    wanted.current = null
    field.focus()
    void field.scrollIntoView({ block: 'nearest' })
    takeHeldKeys('lines')
  })
  // A line that goes while the cursor is in it takes the cursor along without a word: it stands in the line that takes its place.
  useEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) focusOn({ line: lastIndex.current, column: Math.max(0, active.column) })
    // Whenever other lines are there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lines])
  useEffect(() => void latest.current.onActive?.(latest.current.lines.find((line) => line.key === activeKey)), [activeKey])
  useEffect(() => {
    if (enterSignal > 0 && latest.current.lines.length === 0) addFirst.current()
    else if (enterSignal > 0) focusOn({ line: 0, column: Math.max(0, columns.findIndex((c) => c.edit)) })
    // Only the signal brings the focus here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [enterSignal])
  useEffect(() => {
    const index = latest.current.lines.findIndex((line) => line.key === marked)
    const element = box.current
    if (index < 0 || !element) return
    const top = index * LINE_PX
    if (top < element.scrollTop || top + 2 * LINE_PX > element.scrollTop + element.clientHeight) element.scrollTop = Math.max(0, top - element.clientHeight / 2)
  }, [marked])

  const change = useCallback(({ key, column }: { key: string; column: string }, changes: Partial<L>) => {
    latest.current.onChange?.((now) => now.map((line) => (line.key === key ? { ...mended(line, column), ...changes } : line)))
  }, [])
  const addAfter = useCallback(
    (key: string | undefined, how: 'whole' | 'follows' = 'whole') => {
      const now = latest.current
      const line = now.newLine()
      now.onChange?.((all) => all.toSpliced(key === undefined ? all.length : all.findIndex((l) => l.key === key) + 1, 0, line), how)
      focusCell({ key: line.key, column: firstStop(now.columns) })
    },
    [focusCell],
  )
  addFirst.current = () => addAfter(undefined, 'follows')
  const remove = useCallback(
    (key: string) => {
      const now = latest.current
      const index = now.lines.findIndex((line) => line.key === key)
      const blank = now.newLine()
      now.onChange?.((all) => (all.length === 1 ? [blank] : all.filter((line) => line.key !== key)), 'whole')
      const left = now.lines.filter((line) => line.key !== key)
      focusCell({ key: (left[index] ?? left.at(-1) ?? blank).key, column: firstStop(now.columns) })
    },
    [focusCell],
  )
  const goOn = useCallback(
    ({ key, column }: Cell) => {
      const now = latest.current
      const line = now.lines.findIndex((l) => l.key === key)
      const next = walk({ from: { line, column }, lineCount: now.lines.length, stops: now.columns.map((c) => c.stop === 'enter' && c.edit !== undefined) })
      if (next === 'new') addAfter(undefined)
      else focusOn(next)
    },
    [addAfter, focusOn],
  )
  // An editor that changes its line and goes on in the same breath goes on from the changed line, after it was drawn.
  const [leaving, setLeaving] = useState<Cell | null>(null)
  useEffect(() => {
    if (leaving === null) return
    setLeaving(null)
    goOn(leaving)
  }, [leaving, goOn])
  const leave = useCallback((cell: Cell) => {
    expectLines()
    setLeaving(cell)
  }, [])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!canEdit || event.nativeEvent.isComposing) return
    const place = placeOf(event.target)
    const line = place && lines[place.line]
    if (!place || !line) return
    const withControl = event.ctrlKey || event.metaKey
    const isLast = place.line === lines.length - 1
    if (event.key === 'Insert' || (withControl && event.key === 'Enter')) addAfter(line.key)
    else if (withControl && event.key === 'Delete') remove(line.key)
    else if (event.defaultPrevented || event.altKey) return
    else if (event.key === 'Enter') {
      if (props.isBlank(line) && isLast) props.onDone?.()
      else goOn({ key: line.key, column: place.column })
    } else if (event.key === 'Tab' && !withControl && !event.shiftKey) skip(place)
    else if (event.key === 'Tab' || isAtEdge(event)) {
      const step = event.key === 'ArrowRight' ? 1 : -1
      const next = neighbour({ from: place, lineCount: lines.length, editors: columns.map((c) => c.edit !== undefined), step })
      if (withControl || next === undefined) return
      focusOn(next)
    } else if (event.key === 'ArrowDown' && !isLast && !isSelect(event.target)) focusOn({ ...place, line: place.line + 1 })
    else if (event.key === 'ArrowUp' && place.line > 0 && !isSelect(event.target)) focusOn({ ...place, line: place.line - 1 })
    else if (event.key === '=' && !withControl && fillsFrom(event.target)) fillBelow(place)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  /** On to what still wants input; out of the lines from a last one that is empty. */
  const skip = (from: Place): void => {
    const wants = (at: Place): boolean => {
      const [line, column] = [lines[at.line]!, columns[at.column]!]
      if (column.edit === undefined) return false
      const isBad = column.field !== undefined && problemAt(problems, `lines.${at.line}.${column.field}`) !== undefined
      return isBad || line.wrong?.[column.key] !== undefined || column.wants?.(line) === true
    }
    const isBlank = (line: number): boolean => props.isBlank(lines[line]!)
    const next = nextWanted({ from, lineCount: lines.length, columnCount: columns.length, first: firstStop(columns), isBlank, wants })
    // Who only passes through has entered nothing: the empty line makes no draft.
    if (next === 'new') addAfter(undefined, 'follows')
    else if (next === 'out') addButton.current?.focus()
    else focusOn(next)
  }
  /** The cell's value into all lines below that are entered; an empty cell takes the value of the line above. */
  const fillBelow = (place: Place): void => {
    const column = columns[place.column]
    const own = column?.fill?.(lines[place.line]!)
    const above = place.line > 0 ? column?.fill?.(lines[place.line - 1]!) : undefined
    const filling = own ?? above
    if (!column || !filling) return
    const isTaken = (line: L, i: number): boolean => (own ? i > place.line && !props.isBlank(line) : i === place.line)
    // What is being typed in the cell gives way to what is filled in.
    if (!own && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    onChange?.((now) => now.map((line, i) => (isTaken(line, i) ? { ...mended(line, column.key), ...filling } : line)), 'whole')
    focusOn(place)
  }

  const onPaste = (event: ClipboardEvent): void => {
    const place = placeOf(event.target)
    const text = event.clipboardData.getData('text/plain')
    if (!onChange || !place || !/[\t\n\r]/.test(text.trimEnd())) return
    event.preventDefault()
    const { rows, columns: by, left } = pasting(tableOf(text), { columns, from: place.column })
    if (rows.length > MOST_PASTED) return void message.warning(t('ui.lines.pasteTooMany', { count: rows.length, limit: MOST_PASTED }), 8)
    if (left.length > 0) void message.warning(t('ui.lines.pasteLeft', { columns: left.join(', ') }), 8)
    const first = by.find((column) => column !== undefined)
    if (!first) return
    // Rows that begin what a line begins with are lines of their own; others are written over the lines that are there.
    const isWhole = by.includes(columns[firstStop(columns)])
    const now = lines
    const isOnBlank = props.isBlank(now[place.line]!)
    const at = isWhole && !isOnBlank ? place.line + 1 : place.line
    const over = isWhole ? (isOnBlank ? 1 : 0) : Math.min(rows.length, now.length - at)
    const made = rows.map((row, i) => written(i < over ? now[at + i]! : props.newLine(), row, by))
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    onChange((all) => all.toSpliced(at, over, ...made), 'whole')
    props.onPasted?.(made)
    focusCell({ key: made[0]!.key, column: place.column })
  }

  const template = useMemo(
    () => `36px ${columns.map((c) => (c.grow === undefined ? `${c.width}px` : `minmax(${c.width}px, ${c.grow}fr)`)).join(' ')} ${canEdit ? '30px' : ''}`,
    [columns, canEdit],
  )
  const drawn = lines.map((_, i) => i).slice(sight.from, sight.to)
  if (activeIndex < sight.from) drawn.unshift(activeIndex)
  if (activeIndex >= sight.to) drawn.push(activeIndex)
  return (
    <div className="zg-lines" style={{ ['--zg-lines-template' as string]: template }}>
      <div
        ref={box}
        role="grid"
        aria-label={label}
        aria-rowcount={lines.length + 1}
        className="zg-lines-grid"
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        // A click or Tab into a cell makes its place the one that keys start from.
        onBlur={() => void (hasFocus.current = false)}
        onFocus={(event) => {
          hasFocus.current = true
          const place = placeOf(event.target)
          const key = place && lines[place.line]?.key
          if (key !== undefined && key !== active.key) setActive({ key, column: place!.column })
        }}
      >
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
        <div role="rowgroup" className="zg-lines-body" style={{ height: lines.length * LINE_PX }}>
          {drawn.map((index) => {
            const line = lines[index]!
            return (
              <Line
                key={line.key}
                line={line}
                index={index}
                columns={columns}
                isActive={canEdit && index === activeIndex}
                isMarked={line.key === marked}
                canEdit={canEdit}
                problems={lineProblems(problems, index)}
                change={change}
                advance={leave}
                activate={focusCell}
                remove={remove}
              />
            )
          })}
        </div>
      </div>
      {canEdit ? (
        <button ref={addButton} type="button" className="zg-add-line" onClick={() => addAfter(undefined)}>
          <PlusOutlined aria-hidden /> {t('ui.lines.add')} <kbd>Insert</kbd>
        </button>
      ) : null}
      <WrongCells lines={lines} columns={columns} onGo={focusOn} />
    </div>
  )
}

const isSelect = (target: EventTarget): boolean => target instanceof HTMLSelectElement
/** An arrow to the left or right where the cursor in the text can go no further, or all of the text is marked. */
function isAtEdge({ key, target, shiftKey }: KeyboardEvent): boolean {
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || shiftKey) return false
  if (!(target instanceof HTMLInputElement)) return isSelect(target)
  const [start, end, all] = [target.selectionStart ?? 0, target.selectionEnd ?? 0, target.value.length]
  return (start === 0 && end === all) || (start === end && start === (key === 'ArrowLeft' ? 0 : all))
}
/** In a text that is being written `=` is a letter like others. */
const fillsFrom = (target: EventTarget): boolean =>
  !(target instanceof HTMLInputElement) || target.inputMode !== '' || (target.selectionStart === 0 && target.selectionEnd === target.value.length)

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
