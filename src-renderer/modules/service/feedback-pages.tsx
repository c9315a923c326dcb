import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskInput, AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog, FormDialog } from '../../ui/action-dialog.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { searchItems, type ItemChoice } from '../catalog/item-search.ts'
import { orNull, priorities, ticketTone } from './ticket-words.ts'

type Feedback = AskOutput<'service.feedbackItem'>
type State = Feedback['state']
const states = ['open', 'planned', 'done', 'declined'] as const
const tone: Readonly<Record<State, Tone>> = { open: 'warning', planned: 'info', done: 'success', declined: 'neutral' }
const next: Readonly<Record<State, readonly State[]>> = { open: ['planned', 'done', 'declined'], planned: ['done', 'declined', 'open'], done: ['open'], declined: ['open'] }
type Show = NonNullable<AskInput<'service.feedback'>['show']>

/** What customers would have better: what most tickets speak of first. */
export function FeedbackPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const [isNew, setNew] = useState(false)
  return (
    <ListScreen
      name="service.feedback"
      title={t('ui.nav.feedback')}
      columns={() => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 96, sort: 'number', figures: 'tabular', render: (r) => r.number },
        { key: 'title', from: 'title', title: t('field.service.title'), width: 240, grow: 3, render: (r) => r.title },
        { key: 'item', from: 'item_name', title: t('ui.f.item'), width: 150, grow: 1, render: (r) => r.item_name },
        { key: 'count', from: 'ticket_count', title: t('field.service.ticket_count'), width: 96, align: 'end', sort: 'ticket_count', render: (r) => r.ticket_count },
        { key: 'priority', from: 'priority', words: wordsOf(['1', '2', '3'], (p) => t(`ui.service.priority.${p}`)), title: t('field.service.priority'), width: 80, sort: 'priority', render: (r) => t(`ui.service.priority.${r.priority}`) },
        { key: 'outcome', from: 'outcome', title: t('field.service.outcome'), width: 160, grow: 1, render: (r) => r.outcome },
        { key: 'state', from: 'state', words: wordsOf(states, (state) => t(`state.feedback.${state}`)), title: t('ui.f.state'), width: 90, render: (r) => <StatusTag tone={tone[r.state]}>{t(`state.feedback.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ text: v.text, show: (v.choice || 'pending') as Show, sort: v.sort as NonNullable<AskInput<'service.feedback'>['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="feedback_id"
      pathOf={(row) => `/service/feedback/${row.feedback_id}`}
      search={t('ui.service.feedbackFind')}
      choice={{ label: t('ui.service.pending'), options: [...states.map((value) => ({ value, label: t(`state.feedback.${value}`) })), { value: 'all', label: t('ui.all') }] }}
      sort={{ key: 'ticket_count', direction: 'desc' }}
      actions={may('service.work') ? <Button type="primary" onClick={() => setNew(true)}>{t('command.service.createFeedback')}</Button> : null}
      empty={{ title: t('ui.service.feedbackEmpty'), text: t('ui.service.feedbackEmptyText') }}
    >
      {isNew ? <EditDialog feedback={null} onDone={(id) => void navigate(`/service/feedback/${id}`)} onClose={() => setNew(false)} /> : null}
    </ListScreen>
  )
}

export function FeedbackItemPage() {
  const { feedback_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<'edit' | 'decide' | null>(null)
  const { data: feedback, error } = useAsk('service.feedbackItem', { feedback_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!feedback) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t('ui.kind.feedback')}
      number={feedback.number}
      record={{ kind: 'service.feedback', id: feedback_id }}
      backTo={{ path: '/service/feedback', label: t('ui.nav.feedback') }}
      tags={<StatusTag tone={tone[feedback.state]}>{t(`state.feedback.${feedback.state}`)}</StatusTag>}
      actions={
        <ActionButtons
          offers={[
            may('service.work') && { text: t('ui.edit'), run: () => setFront('edit') },
            may('service.decide') && { text: t('command.service.decideFeedback'), look: 'main', run: () => setFront('decide') },
          ]}
        />
      }
    >
      <FactCard
        facts={[
          [t('field.service.title'), feedback.title],
          feedback.item_id ? [t('ui.f.item'), <Link to={`/items/${feedback.item_id}`}>{feedback.item_name}</Link>] : null,
          [t('field.service.priority'), t(`ui.service.priority.${feedback.priority}`)],
          [t('field.service.created_on'), feedback.created_on],
          feedback.decided_on ? [t('field.service.outcome'), [feedback.outcome, feedback.decided_name, feedback.decided_on].filter(Boolean).join(' · ')] : null,
          feedback.text ? [t('field.service.text'), feedback.text] : null,
        ]}
      />
      <Panel title={t('ui.service.tickets')}>
        <Table
          look="bare"
          rows={feedback.tickets}
          none={t('ui.service.noTickets')}
          keyOf={(row) => row.ticket_id}
          columns={[
            { key: 'number', title: t('ui.f.number'), render: (row) => <Link to={`/service/tickets/${row.ticket_id}`} className="zg-figures">{row.number}</Link> },
            { key: 'subject', title: t('field.service.subject'), render: (row) => row.subject },
            { key: 'party', title: t('ui.f.customer'), render: (row) => row.party_name },
            { key: 'day', title: t('field.service.created_on'), figures: 'tabular', render: (row) => row.created_on },
            { key: 'state', title: t('ui.f.state'), render: (row) => <StatusTag tone={ticketTone[row.state]}>{t(`state.ticket.${row.state}`)}</StatusTag> },
          ]}
        />
      </Panel>
      {front === 'edit' ? <EditDialog feedback={feedback} onDone={() => undefined} onClose={() => setFront(null)} /> : null}
      {front === 'decide' ? <DecideDialog feedback={feedback} onClose={() => setFront(null)} /> : null}
    </DocumentPage>
  )
}

function DecideDialog({ feedback, onClose }: { feedback: Feedback; onClose(): void }) {
  const { t } = useTranslation()
  const choices = next[feedback.state]
  const [state, setState] = useState<State>(choices[0]!)
  const [outcome, setOutcome] = useState(feedback.outcome ?? '')
  return (
    <ActionDialog name="service.decideFeedback" subject={feedback.number} enter="submits" inputOf={() => ({ feedback_id: feedback.feedback_id, state, outcome: orNull(outcome) })} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.f.state')} path="state" span={4}>
          {(ids) => <SelectField {...ids} value={state} options={choices.map((value) => ({ value, label: t(`state.feedback.${value}`) }))} onChange={(value) => setState(value ?? choices[0]!)} />}
        </Field>
        <TextInput label={t('field.service.outcome')} path="outcome" span={8} autoFocus value={outcome} onChange={setOutcome} />
      </FieldRow>
    </ActionDialog>
  )
}

function EditDialog({ feedback, onDone, onClose }: { feedback: Feedback | null; onDone(feedback_id: string): void; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [title, setTitle] = useState(feedback?.title ?? '')
  const [text, setText] = useState(feedback?.text ?? '')
  const [item, setItem] = useState(feedback?.item_id ? { id: feedback.item_id, label: feedback.item_name ?? '' } : null)
  const [priority, setPriority] = useState(String(feedback?.priority ?? 2))
  const create = useRun('service.createFeedback')
  const update = useRun('service.updateFeedback')
  const save = async (): Promise<void> => {
    const form = { title, text: orNull(text), item_id: item?.id ?? null, priority: Number(priority) as 1 | 2 | 3 }
    const said = feedback === null ? await create.run(form) : await update.run({ feedback_id: feedback.feedback_id, ...form })
    if (!said?.ok) return
    onDone(said.output.feedback_id)
    onClose()
  }
  return (
    <FormDialog title={t(feedback === null ? 'command.service.createFeedback' : 'command.service.updateFeedback')} width={640} isReady={title.trim() !== ''} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <TextInput label={t('field.service.title')} path="title" isRequired span={12} autoFocus value={title} onChange={setTitle} />
        <Field label={t('ui.f.item')} path="item_id" span={8}>
          {(ids) => <EntityPicker<ItemChoice> {...ids} placeholder={t('ui.item.find')} chosen={item} search={(part) => searchItems(part, { price: format.price })} onPick={(choice) => setItem({ id: choice.item.item_id, label: choice.item.name })} onClear={() => setItem(null)} />}
        </Field>
        <Field label={t('field.service.priority')} path="priority" span={4}>
          {(ids) => <SelectField {...ids} value={priority} options={priorities.map((value) => ({ value, label: t(`ui.service.priority.${value}`) }))} onChange={(value) => setPriority(value ?? '2')} />}
        </Field>
        <Field label={t('field.service.text')} path="text" span={12}>
          {(ids) => <TextArea {...ids} rows={4} value={text} onChange={setText} />}
        </Field>
      </FieldRow>
    </FormDialog>
  )
}
