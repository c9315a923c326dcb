import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { holdKeys, releaseOnceLeft } from '../held-keys.ts'
import { useChoices, type Choice } from './use-choices.ts'
import './picker.css'

export type { Choice } from './use-choices.ts'

type Props<C extends Choice> = {
  readonly id?: string
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
  readonly 'aria-required'?: true
  /** What is chosen now, as it reads in the field. */
  readonly chosen: { readonly id: string; readonly label: string } | null
  /** Finds choices, the best first. An empty text gives the usual ones. */
  search(text: string): Promise<readonly C[]>
  onPick(choice: C): void
  /** The field was emptied. */
  onClear?(): void
  /** Makes a new one from what was typed, without leaving. */
  readonly create?: { readonly label: (text: string) => string; run(text: string): void }
  readonly look?: 'field' | 'cell'
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  onKeyDown?(event: KeyboardEvent<HTMLInputElement>): void
}

/**
 * A field that finds one record by part of its name, code, pinyin or barcode. Driven by the keyboard alone: typing searches, arrows move,
 * Enter takes the marked one (and waits for the search when it is pressed first, as scanners do), F7 opens, Escape gives back.
 */
export function EntityPicker<C extends Choice>(props: Props<C>) {
  const { chosen, search, onPick, onClear, create, look = 'field', onKeyDown, ...rest } = props
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const [text, setText] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [marked, setMarked] = useState(0)
  const awaited = useRef<{ readonly text: string; readonly release: () => void } | null>(null)
  const { choices, isFor } = useChoices(search, isOpen ? (text ?? '') : null)
  const canCreate = create !== undefined && (text ?? '').trim() !== ''
  const last = choices.length - 1 + (canCreate ? 1 : 0)

  const close = (): void => {
    setOpen(false)
    setText(null)
    setMarked(0)
  }
  const take = (index: number): void => {
    const choice = choices[index]
    if (choice) {
      close()
      onPick(choice)
    } else if (canCreate && index === choices.length) {
      const typed = (text ?? '').trim()
      close()
      create.run(typed)
    }
  }
  // Enter came before the answer: take the first as soon as it is there.
  useEffect(() => {
    const wait = awaited.current
    if (wait === null || !isFor(wait.text)) return
    awaited.current = null
    if (choices.length === 0) return wait.release()
    take(0)
    releaseOnceLeft(input.current, wait.release)
  })

  const keys = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'F7' || (event.key === 'ArrowDown' && !isOpen && look === 'field')) {
      setOpen(true)
      event.preventDefault()
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setMarked((m) => Math.max(0, Math.min(last, m + (event.key === 'ArrowDown' ? 1 : -1))))
      event.preventDefault()
    } else if (isOpen && event.key === 'Escape') {
      close()
      event.preventDefault()
      event.stopPropagation()
    } else if (isOpen && text !== null && takes(event, look) && text.trim() !== '' && (event.key === 'Enter' || last >= 0 || !isFor(text))) {
      event.preventDefault()
      if (isFor(text)) take(marked)
      else if (awaited.current === null) awaited.current = { text, release: holdKeys() }
    } else if (isOpen && text === null && event.key === 'Enter' && !event.ctrlKey && choices.length > 0) {
      event.preventDefault()
      take(marked)
    }
    onKeyDown?.(event)
  }
  const optionId = (index: number): string => `${listId}-${index}`
  return (
    <>
      <input
        {...rest}
        ref={input}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && last >= 0 ? optionId(Math.min(marked, last)) : undefined}
        className={`zg-input${look === 'cell' ? ' zg-in-cell' : ''}`}
        value={text ?? chosen?.label ?? ''}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value)
          setOpen(true)
          setMarked(0)
          if (event.target.value === '') onClear?.()
        }}
        onBlur={() => {
          awaited.current?.release()
          awaited.current = null
          close()
        }}
        onKeyDown={keys}
      />
      {isOpen && input.current
        ? createPortal(
            <ChoiceList
              listId={listId}
              label={rest['aria-label'] ?? t('ui.picker.choices')}
              anchor={input.current}
              choices={choices}
              marked={Math.min(marked, last)}
              isSearching={!isFor(text ?? '')}
              createLabel={canCreate ? create.label((text ?? '').trim()) : undefined}
              optionId={optionId}
              onTake={take}
            />,
            document.body,
          )
        : null}
    </>
  )
}

/** Enter takes the marked choice; so does Tab in a line, where it would otherwise throw away what was typed. */
const takes = ({ key, ctrlKey, shiftKey }: KeyboardEvent, look: 'field' | 'cell'): boolean =>
  !ctrlKey && (key === 'Enter' || (look === 'cell' && key === 'Tab' && !shiftKey))

type ListProps = {
  readonly listId: string
  readonly label: string
  readonly anchor: HTMLElement
  readonly choices: readonly Choice[]
  readonly marked: number
  readonly isSearching: boolean
  readonly createLabel: string | undefined
  optionId(index: number): string
  onTake(index: number): void
}

function ChoiceList({ listId, label, anchor, choices, marked, isSearching, createLabel, optionId, onTake }: ListProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number; minWidth: number; maxHeight: number }>()
  useLayoutEffect(() => {
    const field = anchor.getBoundingClientRect()
    const below = innerHeight - field.bottom - 8
    const base = { left: Math.min(field.left, innerWidth - Math.max(field.width, 340) - 8), minWidth: Math.max(field.width, 340) }
    setPlace(
      below > 200
        ? { ...base, top: field.bottom + 2, maxHeight: Math.min(below, 320) }
        : { ...base, bottom: innerHeight - field.top + 2, maxHeight: Math.min(field.top - 8, 320) },
    )
  }, [anchor])
  useEffect(() => void box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [marked])
  const isNothing = choices.length === 0 && !isSearching
  return (
    <div ref={box} id={listId} role="listbox" aria-label={label} className="zg-choices" style={place} onMouseDown={(event) => event.preventDefault()}>
      {choices.map((choice, i) => (
        <div
          key={choice.id}
          id={optionId(i)}
          role="option"
          aria-selected={i === marked}
          className={`zg-choice${i === marked ? ' zg-marked' : ''}`}
          onClick={() => onTake(i)}
        >
          {choice.code === undefined ? null : <span className="zg-choice-code zg-figures">{choice.code}</span>}
          <span className="zg-choice-label">{choice.label}</span>
          {choice.note === undefined ? null : <span className="zg-choice-note zg-figures">{choice.note}</span>}
        </div>
      ))}
      {createLabel === undefined ? null : (
        <div
          id={optionId(choices.length)}
          role="option"
          aria-selected={marked === choices.length}
          className={`zg-choice zg-create${marked === choices.length ? ' zg-marked' : ''}`}
          onClick={() => onTake(choices.length)}
        >
          {createLabel}
        </div>
      )}
      {isNothing && createLabel === undefined ? (
        <div role="option" aria-selected={false} aria-disabled className="zg-choice zg-nothing">
          {t('ui.picker.nothing')}
        </div>
      ) : null}
    </div>
  )
}
