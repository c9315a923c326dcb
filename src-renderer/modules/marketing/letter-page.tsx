import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { AskInput, AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { ActionButtons, RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentPage, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { SearchBox } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { PostPanel } from './post-panel.tsx'
import { letterFields, mailStates, mailTone } from './campaign-words.ts'

type Letter = AskOutput<'marketing.letter'>

/** A letter: written, looked at as each gets it, sent, and what became of it. */
export function LetterPage() {
  const { letter_id } = useParams()
  const { data, error } = useAsk('marketing.letter', { letter_id: letter_id ?? '' }, { enabled: letter_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (letter_id !== undefined && !data) return <div className="zg-page" aria-busy />
  return <LetterView key={letter_id ?? 'new'} letter={data ?? null} />
}

function LetterView({ letter }: { letter: Letter | null }) {
  const { campaign_id: fromPath = '' } = useParams()
  const campaign_id = letter?.campaign_id ?? fromPath
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { may } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [subject, setSubject] = useState(letter?.subject ?? '')
  const [body, setBody] = useState(letter?.body ?? '')
  const [isQueueing, setQueueing] = useState(false)
  const create = useRun('marketing.createLetter')
  const update = useRun('marketing.updateLetter')
  const pause = useRun('marketing.pauseLetter')
  const isDraft = letter === null || letter.state === 'draft'
  const writes = may('marketing.write') && isDraft
  const isChanged = letter === null || subject !== letter.subject || body !== letter.body
  const no = create.no ?? update.no
  const goOn = useLeaveGuard(writes && isChanged && subject + body !== '')
  useShortcuts(writes && isChanged ? [{ key: 's', with: 'ctrl', always: true, run: () => void save() }] : [])
  const save = async (): Promise<void> => {
    const said = letter === null ? await create.run({ campaign_id, subject, body }) : await update.run({ letter_id: letter.letter_id, subject, body })
    if (!said?.ok) return
    goOn()
    void message.success(t('ui.saved'))
    void navigate(`/marketing/letters/${said.output.letter_id}`, { replace: true })
  }
  return (
    <DocumentPage
      kind={letter === null ? t('command.marketing.createLetter') : t('ui.kind.letter')}
      subject={subject}
      backTo={{ path: `/marketing/campaigns/${campaign_id}`, label: letter?.campaign_name ?? t('ui.kind.campaign') }}
      tags={letter ? <StatusTag tone={letter.state === 'queued' ? 'info' : 'neutral'}>{t(`state.letter.${letter.state}`)}</StatusTag> : null}
      actions={
        <ActionButtons
          offers={[
            letter !== null && letter.state !== 'draft' && may('marketing.send') && { text: t(letter.state === 'paused' ? 'ui.marketing.resume' : 'command.marketing.pauseLetter'), isRunning: pause.isRunning, run: () => void pause.run({ letter_id: letter.letter_id, paused: letter.state === 'paused' ? 0 : 1 }) },
            writes && isChanged && { text: t('ui.save'), look: letter === null ? 'main' : undefined, isRunning: create.isRunning || update.isRunning, run: () => void save() },
            letter !== null && !(writes && isChanged) && letter.left > 0 && may('marketing.send') && { text: t('command.marketing.queueLetter'), look: 'main', run: () => setQueueing(true) },
          ]}
        />
      }
      messages={<RefusalMessage no={no ?? pause.no} />}
      side={letter ? <Preview letter={letter} /> : undefined}
    >
      {writes ? (
        <section className="zg-card">
          <ProblemsProvider value={problemsOf(no)}>
            <FieldRow>
              <TextInput label={t('field.marketing.subject')} path="subject" isRequired span={12} autoFocus={letter === null} value={subject} onChange={setSubject} />
              <Field label={t('field.marketing.body')} path="body" isRequired hint={t('ui.marketing.fields', { fields: letterFields[locale].map((field) => `{{${field}}}`).join(' ') })} span={12}>
                {(ids) => <TextArea {...ids} rows={12} value={body} onChange={setBody} />}
              </Field>
            </FieldRow>
          </ProblemsProvider>
        </section>
      ) : (
        <Panel title={subject}>
          <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{body}</div>
        </Panel>
      )}
      {letter && (letter.left_rest > 0 || letter.post_waiting > 0 || letter.post_sent > 0) ? <PostPanel letter={letter} /> : null}
      {letter && letter.state !== 'draft' ? <Mail letter={letter} /> : null}
      {isQueueing && letter ? (
        <ActionDialog
          name="marketing.queueLetter"
          subject={letter.subject}
          text={`${t('ui.marketing.left', { count: letter.left })} ${t('ui.marketing.queueText')}`}
          inputOf={() => ({ letter_id: letter.letter_id })}
          onDone={(made) => void message.success(t('ui.marketing.queued', made))}
          onClose={() => setQueueing(false)}
        />
      ) : null}
    </DocumentPage>
  )
}

/** The letter as one member after the other gets it. */
function Preview({ letter }: { letter: Letter }) {
  const { t } = useTranslation()
  const [position, setPosition] = useState(0)
  const { data, error } = useAsk('marketing.preview', { letter_id: letter.letter_id, position }, { keeps: 'previous' })
  return (
    <Panel title={t('ui.marketing.preview')}>
      {error ? <NoMessage error={error} /> : null}
      {data ? (
        <div className="zg-stack">
          <div className="zg-actions">
            <Button size="small" disabled={position === 0} onClick={() => setPosition(position - 1)}>{t('ui.marketing.previous')}</Button>
            <Button size="small" disabled={position + 1 >= data.members} onClick={() => setPosition(position + 1)}>{t('ui.marketing.next')}</Button>
          </div>
          <span className="zg-soft">{t('ui.marketing.previewOf', { position: position + 1, count: data.members, name: data.name, email: data.email ?? '' })}</span>
          <strong>{data.subject}</strong>
          <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{data.body}</div>
        </div>
      ) : null}
    </Panel>
  )
}

type Show = NonNullable<AskInput<'marketing.mail'>['show']>

function Mail({ letter }: { letter: Letter }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const unknown = letter.counts.find((c) => c.state === 'unknown')?.count ?? 0
  const [show, setShow] = useState<Show>(unknown > 0 ? 'unknown' : 'all')
  const [text, setText] = useState('')
  const settle = useRun('marketing.settleMail')
  const { data } = useAsk('marketing.mail', { letter_id: letter.letter_id, show, text, limit: 100 }, { keeps: 'previous' })
  return (
    <Panel title={t('query.marketing.mail')}>
      <div className="zg-stack">
        <RefusalMessage no={settle.no} />
        {unknown > 0 ? <p className="zg-danger-text">{t('ui.marketing.unknownText')}</p> : null}
        <div className="zg-filters">
          <SearchBox value={text} onChange={setText} placeholder={t('ui.marketing.mailFind')} />
          <SelectField
            aria-label={t('field.marketing.state')}
            none={t('ui.all')}
            value={show === 'all' ? null : show}
            options={mailStates.map((value) => ({ value, label: `${t(`state.mail.${value}`)} ${letter.counts.find((c) => c.state === value)?.count ?? 0}` }))}
            onChange={(value) => setShow(value ?? 'all')}
          />
        </div>
        <Table
          look="bare"
          rows={data?.rows}
          none={t('ui.marketing.mailNone')}
          keyOf={(m) => m.mail_id}
          columns={[
            { key: 'name', title: t('ui.f.customer'), render: (m) => m.name },
            { key: 'email', title: t('field.marketing.email'), render: (m) => m.email ?? m.address },
            { key: 'state', title: t('field.marketing.state'), render: (m) => <StatusTag tone={mailTone[m.state]}>{t(`state.mail.${m.state}`)}</StatusTag> },
            { key: 'at', title: t('ui.f.day'), figures: 'tabular', render: (m) => format.instant(m.told_at ?? m.next_at) },
            { key: 'reply', title: t('field.marketing.reply'), render: (m) => <span className="zg-soft">{m.reply}</span> },
            {
              key: 'actions',
              render: (m) => (
                <RowButtons
                  offers={[
                    may('marketing.send') && m.state === 'unknown' && { text: t('ui.marketing.wasSent'), run: () => void settle.run({ mail_id: m.mail_id, was: 'sent' }) },
                    may('marketing.send') && m.way === 'post' && m.state === 'sent' && { text: t('ui.marketing.cameBack'), run: () => void settle.run({ mail_id: m.mail_id, was: 'returned' }) },
                    may('marketing.send') && (m.state === 'unknown' || m.state === 'failed') && { text: t('ui.marketing.wasNot'), run: () => void settle.run({ mail_id: m.mail_id, was: 'not_sent' }) },
                  ]}
                />
              ),
            },
          ]}
        />
      </div>
    </Panel>
  )
}
