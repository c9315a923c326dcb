import type { ReactNode } from 'react'
import { Button, Popover } from 'antd'
import { CheckOutlined, ExclamationOutlined, MinusOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProgressValue } from './progress-tag.tsx'
import './lifecycle-bar.css'

/** One step of a course of things, worded already. */
export type LifecycleStep = {
  readonly key: string
  readonly title: string
  readonly progress: ProgressValue
  /** It ended here for good. */
  readonly isStopped: boolean
  /** How it stands: '3 of 5', 'not yet'. */
  readonly note: string
  /** When and by whom, and what else is worth knowing; empty lines are left out. */
  readonly facts: readonly string[]
  readonly links: readonly { readonly to: string; readonly text: string; readonly note: string }[]
  /** What stands in the way, a sentence each. */
  readonly stuck: readonly { readonly key: string; readonly text: string; readonly to?: string }[]
}

const look = ({ progress, isStopped, stuck }: LifecycleStep): string =>
  isStopped ? 'stopped' : stuck.length > 0 ? 'stuck' : progress === 'over' ? 'all' : progress

const marks: Record<string, ReactNode> = {
  all: <CheckOutlined aria-hidden />,
  stuck: <ExclamationOutlined aria-hidden />,
  stopped: <MinusOutlined aria-hidden />,
}

/** Where something stands on its way, step by step, with the documents of each; below it in words what does not go on and why. */
export function LifecycleBar({ label, steps }: { label: string; steps: readonly LifecycleStep[] }) {
  const { t } = useTranslation()
  const stuck = steps.flatMap((step) => step.stuck.map((reason) => ({ ...reason, key: `${step.key} ${reason.key}`, title: step.title })))
  return (
    <section className="zg-card zg-lifecycle" aria-label={label}>
      <ol>
        {steps.map((step) => (
          <li key={step.key} data-look={look(step)}>
            <span className="zg-lifecycle-mark">{marks[look(step)]}</span>
            <span className="zg-lifecycle-title">
              {step.title} <span className="zg-lifecycle-note">{step.note}</span>
            </span>
            {step.facts.filter((fact) => fact !== '').map((fact) => (
              <span key={fact} className="zg-lifecycle-fact zg-figures">
                {fact}
              </span>
            ))}
            <StepLinks step={step} />
          </li>
        ))}
      </ol>
      {stuck.length > 0 ? (
        <ul className="zg-lifecycle-stuck" aria-label={t('ui.lifecycle.stuck')}>
          {stuck.map(({ key, title, text, to }) => (
            <li key={key}>
              <ExclamationOutlined aria-hidden /> <b>{title}</b> {to === undefined ? text : <Link to={to}>{text}</Link>}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

/** One document is a link; of several the list opens. */
function StepLinks({ step: { title, links } }: { step: LifecycleStep }) {
  const { t } = useTranslation()
  const [first] = links
  if (!first) return null
  if (links.length === 1) {
    return (
      <Link className="zg-figures" to={first.to}>
        {first.text}
      </Link>
    )
  }
  const list = (
    <ul className="zg-list-plain">
      {links.map(({ to, text, note }) => (
        <li key={to}>
          <Link className="zg-figures" to={to}>
            {text}
          </Link>
          <span className="zg-soft zg-figures">{note}</span>
        </li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" title={title} content={list}>
      <Button type="link" size="small" className="zg-lifecycle-more">
        {t('ui.lifecycle.documents', { count: links.length })}
      </Button>
    </Popover>
  )
}
