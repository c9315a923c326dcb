import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ask } from '../../api/client.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog, FormDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { EntityPicker, type Choice } from '../../ui/picker/entity-picker.tsx'
import { closingReasons, orNull, type Ticket } from './ticket-words.ts'

type Props = { readonly ticket: Ticket; onClose(): void }

export function AssignDialog({ ticket, onClose }: Props) {
  const { t } = useTranslation()
  const { data } = useAsk('service.classes', {})
  const [assignee_id, setAssignee] = useState(ticket.assignee_id)
  const [note, setNote] = useState('')
  return (
    <ActionDialog name="service.assignTicket" subject={ticket.number} enter="submits" inputOf={() => ({ ticket_id: ticket.ticket_id, assignee_id, note: orNull(note) })} onClose={onClose}>
      <FieldRow>
        <Field label={t('field.service.assignee_id')} path="assignee_id" span={12}>
          {(ids) => <SelectField {...ids} none={t('ui.service.assignee.none')} value={assignee_id} options={(data?.people ?? []).map((p) => ({ value: p.user_id, label: p.name }))} onChange={setAssignee} />}
        </Field>
        <TextInput label={t('ui.f.note')} path="note" span={12} value={note} onChange={setNote} />
      </FieldRow>
    </ActionDialog>
  )
}

export function SolveDialog({ ticket, first, onClose }: Props & { readonly first: string }) {
  const { t } = useTranslation()
  const [solution, setSolution] = useState(first)
  return (
    <ActionDialog name="service.solveTicket" subject={ticket.number} isReady={solution.trim() !== ''} inputOf={() => ({ ticket_id: ticket.ticket_id, solution })} onClose={onClose}>
      <Field label={t('field.service.solution')} path="solution" isRequired span={12}>
        {(ids) => <TextArea {...ids} isFirst rows={4} value={solution} onChange={setSolution} />}
      </Field>
    </ActionDialog>
  )
}

function ScoreField({ value, onChange }: { value: string | null; onChange(score: string | null): void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('field.service.score')} path="score" span={4}>
      {(ids) => <SelectField {...ids} none={t('ui.service.scoreNone')} value={value} options={['5', '4', '3', '2', '1'].map((score) => ({ value: score, label: t('ui.service.scores', { score }) }))} onChange={onChange} />}
    </Field>
  )
}

export function CloseDialog({ ticket, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<(typeof closingReasons)[number]>('solved')
  const [solution, setSolution] = useState(ticket.solution ?? '')
  const [confirmed, setConfirmed] = useState(ticket.contact_name ?? '')
  const [score, setScore] = useState<string | null>(null)
  const [words, setWords] = useState('')
  return (
    <ActionDialog
      name="service.closeTicket"
      subject={ticket.number}
      text={t('ui.service.closeText')}
      width={640}
      inputOf={() => ({ ticket_id: ticket.ticket_id, closing_reason: reason, solution: orNull(solution), confirmed_by: orNull(confirmed), score: score === null ? null : Number(score), score_text: orNull(words) })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('field.service.closing_reason')} path="closing_reason" span={6}>
          {(ids) => <SelectField {...ids} value={reason} options={closingReasons.map((value) => ({ value, label: t(`ui.service.reason.${value}`) }))} onChange={(value) => setReason(value ?? 'solved')} />}
        </Field>
        <TextInput label={t('field.service.confirmed_by')} path="confirmed_by" span={6} value={confirmed} onChange={setConfirmed} />
        <Field label={t('field.service.solution')} path="solution" span={12}>
          {(ids) => <TextArea {...ids} rows={3} value={solution} onChange={setSolution} />}
        </Field>
        <ScoreField value={score} onChange={setScore} />
        <TextInput label={t('field.service.score_text')} path="score_text" span={8} value={words} onChange={setWords} />
      </FieldRow>
    </ActionDialog>
  )
}

export function RateDialog({ ticket, onClose }: Props) {
  const { t } = useTranslation()
  const [score, setScore] = useState<string | null>(ticket.score === null ? null : String(ticket.score))
  const [words, setWords] = useState(ticket.score_text ?? '')
  const [confirmed, setConfirmed] = useState(ticket.confirmed_by ?? '')
  return (
    <ActionDialog
      name="service.rateTicket"
      subject={ticket.number}
      enter="submits"
      isReady={score !== null}
      inputOf={() => ({ ticket_id: ticket.ticket_id, score: Number(score), score_text: orNull(words), confirmed_by: orNull(confirmed) })}
      onClose={onClose}
    >
      <FieldRow>
        <ScoreField value={score} onChange={setScore} />
        <TextInput label={t('field.service.confirmed_by')} path="confirmed_by" span={8} value={confirmed} onChange={setConfirmed} />
        <TextInput label={t('field.service.score_text')} path="score_text" span={12} value={words} onChange={setWords} />
      </FieldRow>
    </ActionDialog>
  )
}

/** Another ticket of the same customer, found by number or subject. */
export function MergeDialog({ ticket, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [into, setInto] = useState<Choice | null>(null)
  const search = async (text: string): Promise<Choice[]> => {
    const { rows } = await ask('service.tickets', { text, show: 'open', party_id: ticket.party_id, sort: 'created_at', direction: 'desc', limit: 20 })
    return rows.filter((r) => r.ticket_id !== ticket.ticket_id).map((r) => ({ id: r.ticket_id, code: r.number, label: r.subject }))
  }
  return (
    <ActionDialog
      name="service.mergeTickets"
      subject={ticket.number}
      text={t('ui.service.mergeText')}
      isReady={into !== null}
      inputOf={() => ({ ticket_id: ticket.ticket_id, into_id: into!.id })}
      onDone={({ ticket_id }) => void navigate(`/service/tickets/${ticket_id}`)}
      onClose={onClose}
    >
      <Field label={t('field.service.into_id')} path="into_id" isRequired span={12}>
        {(ids) => <EntityPicker<Choice> {...ids} autoFocus placeholder={t('ui.service.find')} chosen={into} search={search} onPick={setInto} onClear={() => setInto(null)} />}
      </Field>
    </ActionDialog>
  )
}

/** A ticket says what should be better: a new improvement, or one more voice for one that is there. */
export function FeedbackDialog({ ticket, onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [known, setKnown] = useState<Choice | null>(null)
  const create = useRun('service.createFeedback')
  const join = useRun('service.joinFeedback')
  const search = async (text: string): Promise<Choice[]> => {
    const { rows } = await ask('service.feedback', { text, show: 'pending', limit: 20 })
    return rows.map((r) => ({ id: r.feedback_id, code: r.number, label: r.title, note: r.item_name ?? '' }))
  }
  const go = async (): Promise<void> => {
    const said = known === null ? await create.run({ title, item_id: ticket.item_id, ticket_id: ticket.ticket_id }) : await join.run({ feedback_id: known.id, ticket_id: ticket.ticket_id })
    if (said?.ok) void navigate(`/service/feedback/${said.output.feedback_id}`)
  }
  return (
    <FormDialog title={`${t('ui.service.toFeedback')} · ${ticket.number}`} enter="submits" no={create.no ?? join.no} isRunning={create.isRunning || join.isRunning} isReady={known !== null || title.trim() !== ''} onOk={go} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.service.joined')} path="feedback_id" span={12}>
          {(ids) => <EntityPicker<Choice> {...ids} placeholder={t('ui.service.feedbackFind')} chosen={known} search={search} onPick={setKnown} onClear={() => setKnown(null)} />}
        </Field>
        {known === null ? <TextInput label={t('ui.service.newOne')} path="title" span={12} autoFocus value={title} onChange={setTitle} /> : null}
      </FieldRow>
    </FormDialog>
  )
}
