import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

type Props = { readonly title: string; readonly actions?: ReactNode; readonly filters?: ReactNode; readonly children: ReactNode }

/** A list's screen: title and actions, filters, and the grid that takes the rest of the height. */
export function ListPage({ title, actions, filters, children }: Props) {
  useTitle(title)
  return (
    <div className="zg-page">
      <div className="zg-page-head">
        <h1>{title}</h1>
        {filters ? <div className="zg-filters">{filters}</div> : null}
        <span className="zg-spring" />
        <div className="zg-actions">{actions}</div>
      </div>
      {children}
    </div>
  )
}

/** The window's title says where one is. */
export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = `${title} · 掌柜`
    return () => {
      document.title = before
    }
  }, [title])
}

type Filters<T extends Record<string, string>> = {
  readonly values: T
  set(changes: Partial<T>): void
}

/** Filters live in the address, so that Back brings them back and a link can carry them. Empty values are left out. */
export function useFilters<T extends Record<string, string>>(defaults: T): Filters<T> {
  const [params, setParams] = useSearchParams()
  const values = Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, params.get(key) ?? value])) as T
  const set = (changes: Partial<T>): void => {
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined || value === defaults[key]) next.delete(key)
          else next.set(key, value)
        }
        return next
      },
      { replace: true },
    )
  }
  return { values, set }
}

/** Long enough for a scanner's burst to be one text, too short to be noticed. */
const PAUSE_MS = 30
/** Who types on after so long is no scanner. */
const BURST_MS = 60

/** The text that a list is filtered by, as it is typed. */
export function SearchBox({ value, onChange, placeholder }: { value: string; onChange(text: string): void; placeholder?: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** What was told and has not come back as `value` yet: an echo must not take back what was typed since. */
  const told = useRef<string[]>([])
  const typedAt = useRef(0)
  useEffect(() => {
    const at = told.current.indexOf(value)
    told.current = told.current.slice(at + 1)
    if (at >= 0) return
    told.current = []
    setText(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const tell = (typed: string): void => {
    told.current.push(typed)
    onChange(typed)
  }
  return (
    <input
      type="search"
      className="zg-input zg-search"
      aria-label={t('ui.filter')}
      placeholder={placeholder ?? t('ui.filter')}
      value={text}
      onChange={(event) => {
        const typed = event.target.value
        setText(typed)
        clearTimeout(timer.current)
        // A letter more in a text that is looked at narrows it at once.
        const isNarrower = value !== '' && typed.startsWith(value) && event.timeStamp - typedAt.current > BURST_MS
        typedAt.current = event.timeStamp
        if (isNarrower) tell(typed)
        else timer.current = setTimeout(() => tell(typed), PAUSE_MS)
      }}
      onKeyDown={(event) => {
        // From the filter straight into the rows.
        if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
        event.preventDefault()
        clearTimeout(timer.current)
        tell(text)
        document.querySelector<HTMLElement>('.zg-grid')?.focus()
      }}
    />
  )
}

/** What stands where nothing is yet: what belongs here and how it comes. */
export function EmptyState({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="zg-empty">
      <strong>{title}</strong>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
