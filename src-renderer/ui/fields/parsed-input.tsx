import { useEffect, useRef, useState, type InputHTMLAttributes, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { App } from 'antd'
import { useFieldNote } from './field.tsx'

type Passed = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'onBlur' | 'type'>

export type ParsedInputProps<T> = Passed & {
  readonly value: T | null
  onChange(value: T | null): void
  /** The value as text to be typed over. */
  format(value: T): string
  /** Undefined: this text is no value. */
  parse(text: string): T | undefined
  /** Figures stand at the right. */
  readonly align?: 'start' | 'end'
  /** In a grid's cell: no border of its own. */
  readonly look?: 'field' | 'cell'
  /** Days and times say how they are written; everything else is a number. */
  readonly holds?: 'day' | 'time' | 'whole'
  onKeyDown?(event: KeyboardEvent<HTMLInputElement>): void
}

/** So much of what could not be read is said again. */
const MOST_SAID = 30

/**
 * Typed text that becomes a value: every readable text is handed on at once (totals follow the typing), an unreadable one stays
 * visible and is marked, and on leaving the field the value is written in its tidy form.
 */
export function ParsedInput<T>(props: ParsedInputProps<T>) {
  const { value, onChange, format, parse, align = 'start', look = 'field', className = '', holds, onFocus, ...rest } = props
  const tidy = value === null ? '' : format(value)
  const [text, setText] = useState(tidy)
  const [isBad, setBad] = useState(false)
  const isTyping = useRef(false)
  const { t } = useTranslation()
  const { message } = App.useApp()
  const unread = isBad ? t(`ui.invalid.${holds ?? 'number'}`) : null
  const isNoted = useFieldNote(unread)
  // A cell has no room for a note, nor a field that stands alone: it says so when it is left, also where the line goes on and the field with it.
  const lost = useRef('')
  lost.current = unread !== null && (look === 'cell' || !isNoted) ? `“${text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text}”：${unread}` : ''
  const sayLost = (): void => void (lost.current && message.warning({ key: 'unread', content: lost.current, duration: 6 }))
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => sayLost, [])
  useEffect(() => {
    if (!isTyping.current) setText(tidy)
  }, [tidy])
  return (
    <input
      {...rest}
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={`zg-input${look === 'cell' ? ' zg-in-cell' : ''}${align === 'end' ? ' zg-end zg-figures' : ''} ${className}`}
      aria-invalid={isBad || rest['aria-invalid'] ? true : undefined}
      data-unread={isBad || undefined}
      title={unread ?? rest.title}
      value={text}
      onFocus={(event) => {
        event.target.select()
        onFocus?.(event)
      }}
      onChange={(event) => {
        isTyping.current = true
        const typed = event.target.value
        setText(typed)
        const parsed = typed.trim() === '' ? null : parse(typed)
        setBad(parsed === undefined)
        if (parsed !== undefined) onChange(parsed)
      }}
      onBlur={() => {
        isTyping.current = false
        sayLost()
        if (!isBad) setText(tidy)
      }}
    />
  )
}

/** The first field within that holds a text which is no value; it gets the cursor. Nothing is saved or posted while there is one. */
export function stopsAtUnread(within: ParentNode | null): boolean {
  const field = within?.querySelector<HTMLInputElement>('[data-unread]')
  // Left and taken again: a cell says what is wrong when it is left.
  field?.blur()
  field?.focus()
  return field != null
}

/** `=` writes what is left: the field gives up what is typed in it and shows the new value. */
export const fillsRest =
  (fill: () => void) =>
  (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== '=' || event.ctrlKey || event.altKey) return
    event.preventDefault()
    event.currentTarget.blur()
    fill()
    event.currentTarget.focus()
  }
