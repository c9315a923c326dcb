import type { ReactNode } from 'react'
import { Link } from 'react-router'

// What cards are made of.

type Tone = 'danger' | 'soft'
const toneClass = (tone: Tone | undefined): string => (tone === 'danger' ? 'zg-danger-text' : tone === 'soft' ? 'zg-soft' : '')

/** A card's main number: it leads to the documents that add up to it. */
export function Headline({ label, value, to, children }: { label: string; value: string; to: string; children?: ReactNode }) {
  return (
    <div className="zg-headline">
      <Link to={to}>
        <span className="zg-soft">{label}</span> <strong className="zg-figures">{value}</strong>
      </Link>
      {children}
    </div>
  )
}

/** A smaller number beside it. */
export function Aside({ label, value, to, tone }: { label: string; value: string; to: string; tone?: Tone | undefined }) {
  return (
    <Link to={to} className="zg-aside">
      <span className="zg-soft">{label}</span> <span className={`zg-figures ${toneClass(tone)}`}>{value}</span>
    </Link>
  )
}

export type Item = { readonly key: string; readonly to: string; readonly label: ReactNode; readonly note?: string; readonly value: string; readonly tone?: Tone | undefined }

/** Lines that lead somewhere: what, and how much of it. */
export function Items({ items, none }: { items: readonly Item[]; none: string }) {
  if (items.length === 0) return <p className="zg-soft zg-card-none">{none}</p>
  return (
    <ul className="zg-items">
      {items.map((item) => (
        <li key={item.key}>
          <Link to={item.to} className="zg-item-label">
            {item.label}
          </Link>
          {item.note === undefined ? null : <span className="zg-soft zg-figures">{item.note}</span>}
          <span className={`zg-figures zg-end ${toneClass(item.tone)}`}>{item.value}</span>
        </li>
      ))}
    </ul>
  )
}

/** The way to all rows of which a card shows the first. */
export function Whole({ to, text, value }: { to: string; text: string; value?: string | undefined }) {
  return (
    <Link to={to} className="zg-whole">
      <span>{text}</span> <span className="zg-figures">{value}</span>
    </Link>
  )
}
