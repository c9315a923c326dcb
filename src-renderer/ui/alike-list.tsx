import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

/** How long nobody types before those who look alike are looked up. */
const PAUSE_MS = 400
/** Likenesses shown; more help nobody to decide. */
const SHOWN = 5

/** A value as it was when typing paused. Values are compared by what they hold. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return JSON.parse(settled) as T
}

type Alike = { readonly id: string; readonly to: string; readonly label: string; /** What it is and why it looks alike. */ readonly why: string }

/** Who is known already and looks like the one being entered. Those whom one may not see are only counted. */
export function AlikeList({ title, candidates, hidden_count }: { title: string; candidates: readonly Alike[]; hidden_count: number }) {
  const { t } = useTranslation()
  if (candidates.length === 0 && hidden_count === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={title}
      description={
        <ul className="zg-list-plain">
          {candidates.slice(0, SHOWN).map(({ id, to, label, why }) => (
            <li key={id}>
              <Link to={to} target="_blank">{label}</Link>
              <span className="zg-soft">{why}</span>
            </li>
          ))}
          {hidden_count > 0 ? <li className="zg-soft">{t('ui.alike.hidden', { count: hidden_count })}</li> : null}
        </ul>
      }
    />
  )
}
