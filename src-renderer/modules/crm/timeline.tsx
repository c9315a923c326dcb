import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DetailFields, KindField, ResultField, sentSaid, WordsField, type SaidDraft } from './activity-fields.tsx'
import { clockText } from './clock.ts'
import { asked, useQuickLog, type Subject } from './quick-log.ts'
import './crm.css'

type Row = AskOutput<'crm.timeline'>['rows'][number]
type Activity = NonNullable<Row['activity']>
type Front = { readonly kind: 'correct' | 'withdraw'; readonly activity: Activity } | null

const STEP = 50

/** Everything that happened with a customer, the latest first, and how they are best reached. */
export function Timeline({ subject }: { subject: Subject }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const open = useQuickLog((q) => q.open)
  const [limit, setLimit] = useState(STEP)
  const [front, setFront] = useState<Front>(null)
  const { data } = useAsk('crm.timeline', { ...asked(subject), limit }, { keeps: 'previous' })
  if (!data) return <div aria-busy />
  return (
    <div className="zg-stack">
      <Habits subject={subject} />
      {may('crm.log') ? (
        <div className="zg-actions">
          <Button type="primary" onClick={() => open(subject)}>
            {t('ui.crm.log')} <kbd>L</kbd>
          </Button>
        </div>
      ) : null}
      {data.rows.length === 0 ? <p className="zg-soft">{t('ui.crm.timelineNone')}</p> : null}
      <ol className="zg-timeline">
        {data.rows.map((row) => (
          <li key={`${row.source_kind} ${row.source_id}`} data-kind={row.source_kind}>
            {row.activity ? <Said activity={row.activity} onFront={setFront} /> : <Happened row={row} />}
          </li>
        ))}
      </ol>
      {data.has_more ? (
        <div>
          <Button size="small" onClick={() => setLimit(limit + STEP)}>
            {t('ui.crm.timelineMore')}
          </Button>
        </div>
      ) : null}
      {front?.kind === 'correct' ? <CorrectDialog activity={front.activity} onClose={() => setFront(null)} /> : null}
      {front?.kind === 'withdraw' ? (
        <ReasonDialog
          name="crm.withdrawActivity"
          needs="reason"
          text={t('ui.crm.withdrawText')}
          inputOf={(reason) => ({ activity_id: front.activity.activity_id, reason: reason ?? '' })}
          onClose={() => setFront(null)}
        />
      ) : null}
    </div>
  )
}

function Habits({ subject }: { subject: Subject }) {
  const { t } = useTranslation()
  const { data } = useAsk('crm.contactHabits', asked(subject))
  if (!data) return null
  const { last_on, last_user_name, channel, best_hour, reached, tried, next, origin } = data
  return (
    <Panel title={t('ui.crm.habits')}>
      <Facts
        facts={[
          [t('ui.crm.lastContact'), last_on === null ? t('ui.crm.never') : `${last_on} ${last_user_name ?? ''}`],
          [t('ui.crm.nextStep'), next === null ? t('ui.crm.noNext') : `${next.due_on} ${next.title}`],
          [t('ui.crm.bestChannel'), channel && t(`ui.crm.channel.${channel}`)],
          [t('ui.crm.bestHour'), best_hour === null ? t('ui.crm.unknownHour') : `${best_hour}:00–${best_hour + 1}:00`],
          origin ? [t('ui.crm.lead.origin'), <Link to={`/crm/leads/${origin.lead_id}`}>{[origin.source, origin.campaign].filter(Boolean).join(' · ') || origin.code}</Link>] : null,
          origin?.referrer_id ? [t('field.crm.referrer_id'), <Link to={`/customers/${origin.referrer_id}`}>{origin.referrer_name}</Link>] : null,
          [t('ui.crm.reached'), tried === 0 ? null : t('ui.crm.reachedOf', { reached, tried })],
        ]}
      />
    </Panel>
  )
}

const when = ({ day, minute }: { day: string; minute: number | null }): string => (minute === null ? day : `${day} ${clockText(minute)}`)

/** What was said, by whom, and what was agreed to come next. */
function Said({ activity: a, onFront }: { activity: Activity; onFront(front: Front): void }) {
  const { t } = useTranslation()
  const { user, may } = useSession()
  const mayChange = may('crm.log') && a.is_withdrawn === 0 && (a.user_id === user.id || may('crm.assign'))
  const channel = a.channel === null ? '' : t(`ui.crm.channel.${a.channel}`)
  const kind = t(`ui.crm.kind.${a.kind}`)
  return (
    <>
      <div className="zg-timeline-head">
        <b>{kind}</b>
        {channel === '' || channel === kind ? null : <span className="zg-soft">{channel}</span>}
        {a.result ? <StatusTag tone={a.result === 'interested' || a.result === 'promised' ? 'success' : a.result === 'declined' ? 'danger' : 'neutral'}>{t(`ui.crm.result.${a.result}`)}</StatusTag> : null}
        {a.is_withdrawn ? <StatusTag tone="warning">{t('ui.crm.withdrawn')}</StatusTag> : null}
        <span className="zg-soft">{[a.contact_name, a.user_name].filter(Boolean).join(' ← ')}</span>
        <span className="zg-spring" />
        {mayChange ? (
          <>
            <Button type="text" size="small" onClick={() => onFront({ kind: 'correct', activity: a })}>
              {t('ui.edit')}
            </Button>
            <Button type="text" size="small" onClick={() => onFront({ kind: 'withdraw', activity: a })}>
              {t('command.crm.withdrawActivity')}
            </Button>
          </>
        ) : null}
        <span className="zg-soft zg-figures">{when(a)}</span>
      </div>
      {a.text === '' ? null : <div className={a.is_withdrawn ? 'zg-timeline-text zg-withdrawn' : 'zg-timeline-text'}>{a.text}</div>}
      {a.withdrawn_reason ? <div className="zg-soft">{a.withdrawn_reason}</div> : null}
      {a.next_step ? (
        <div className="zg-soft">
          {t('ui.crm.nextStep')}: {a.next_step} <span className="zg-figures">{a.next_on}</span> ({t(`state.task.${a.next_state ?? 'open'}`)})
        </div>
      ) : null}
    </>
  )
}

/** A document or a task in one line. */
function Happened({ row }: { row: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [, name = ''] = row.source_kind.split('.')
  // A return is a delivery, a refund a payment: the document says what it is.
  const what = row.source_kind === 'crm.task' || row.kind === null ? t(`ui.kind.${name}`) : t(row.kind === 'reversal' ? `ui.link.${name}_reversal` : `ui.link.${row.kind}`)
  const state = row.state === null ? null : t(`state.${name}.${row.state}`)
  return (
    <div className="zg-timeline-head">
      <b>{what}</b>
      <DocumentLink kind={row.source_kind} id={row.source_id} number={row.number ?? row.text ?? state} />
      {state && (row.number ?? row.text) ? <span className="zg-soft">{state}</span> : null}
      <span className="zg-figures">{format.money(row.amount_minor)}</span>
      <span className="zg-soft">{row.user_name}</span>
      <span className="zg-spring" />
      <span className="zg-soft zg-figures">{row.day}</span>
    </div>
  )
}

function CorrectDialog({ activity: a, onClose }: { activity: Activity; onClose(): void }) {
  const [draft, setDraft] = useState<SaidDraft>({ kind: a.kind, channel: a.channel, contact_name: a.contact_name ?? '', day: a.day, minute: a.minute, text: a.text, result: a.result })
  const change = (changes: Partial<SaidDraft>): void => setDraft((now) => ({ ...now, ...changes }))
  return (
    <ActionDialog name="crm.correctActivity" width={720} enter="submits" inputOf={() => ({ activity_id: a.activity_id, ...sentSaid(draft) })} onClose={onClose}>
      <FieldRow>
        <KindField draft={draft} onChange={change} span={6} />
        <ResultField draft={draft} onChange={change} span={6} />
        <WordsField draft={draft} onChange={change} />
        <DetailFields draft={draft} onChange={change} names={[]} />
      </FieldRow>
    </ActionDialog>
  )
}
