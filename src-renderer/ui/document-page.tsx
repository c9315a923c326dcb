import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useTitle } from './list-page.tsx'
import { useTabSubject } from '../shell/tabs.ts'
import { RecordPanels, type RecordKey } from './record/record-panels.tsx'

type Props = {
  readonly kind: string
  readonly number?: string | null
  /** `kind` is the record's own name. */
  readonly isNamed?: true
  /** What it is about while it has no number: its customer. */
  readonly subject?: string
  readonly backTo: { readonly path: string; readonly label: string }
  readonly tags?: ReactNode
  readonly actions?: ReactNode
  /** Refusals and warnings, above everything. */
  readonly messages?: ReactNode
  readonly children: ReactNode
  readonly side?: ReactNode
  /** The record shown: its files and history stand at the side. */
  readonly record?: RecordKey
}

/** The frame of every document: who it is and what can be done, its header, lines and totals, and what belongs to it at the side. */
export function DocumentPage({ kind, number, isNamed, subject, backTo, tags, actions, messages, children, side, record }: Props) {
  const { t } = useTranslation()
  const title = number ? `${kind} ${number}` : kind
  useTitle(title)
  useTabSubject(number ?? (isNamed ? kind : (subject ?? null)))
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head zg-document-head">
        <Link to={backTo.path} className="zg-back" aria-label={t('ui.backTo', { name: backTo.label })}>
          {backTo.label}
        </Link>
        <span aria-hidden className="zg-soft">
          /
        </span>
        <h1>
          {kind} {number ? <span className="zg-figures">{number}</span> : null}
        </h1>
        {tags}
        <span className="zg-spring" />
        <div className="zg-actions">{actions}</div>
      </div>
      {messages}
      {side || record ? (
        <div className="zg-document">
          <div className="zg-stack">{children}</div>
          <aside className="zg-stack" aria-label={t('ui.sidePanel')}>
            {side}
            {record ? <RecordPanels record={record} /> : null}
          </aside>
        </div>
      ) : (
        <div className="zg-stack">{children}</div>
      )}
    </div>
  )
}

/** A titled box of the side panel or the page. */
export function Panel({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="zg-card">
      <h2 className="zg-panel-title">
        {title}
        {extra ? <span className="zg-panel-extra">{extra}</span> : null}
      </h2>
      {children}
    </section>
  )
}

type Sum = readonly [label: string, value: ReactNode, look?: 'strong' | 'danger']

/** Figures one below the other, the last one usually what it comes to. */
export function Sums({ sums }: { sums: readonly (Sum | null)[] }) {
  return (
    <dl className="zg-sums">
      {sums
        .filter((s) => s !== null)
        .map(([label, value, look]) => (
          <div key={label} className={look === 'strong' ? 'zg-total-strong' : look === 'danger' ? 'zg-danger-text' : undefined}>
            <dt>{label}</dt>
            <dd className="zg-figures">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** The money of a document, at its side. */
export function MoneyPanel({ sums, extra }: { sums: readonly (Sum | null)[]; extra?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('ui.money.title')} extra={extra}>
      <Sums sums={sums} />
    </Panel>
  )
}

type FactList = { readonly facts: readonly (readonly [label: string, value: ReactNode] | null)[] }

/** The header of a document or record as it stands. */
export function FactCard(props: FactList) {
  return (
    <section className="zg-card">
      <Facts {...props} />
    </section>
  )
}

/** Names and values of a header, in as many columns as fit. */
export function Facts({ facts }: FactList) {
  return (
    <dl className="zg-fact-grid">
      {facts
        .filter((f) => f !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
          </div>
        ))}
    </dl>
  )
}
