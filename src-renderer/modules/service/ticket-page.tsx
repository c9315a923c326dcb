import { useState } from 'react'
import { App, Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { ask } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard, Panel } from '../../ui/document-page.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { LinkedDocuments } from './linked-documents.tsx'
import { RefundPanel } from './refund-panel.tsx'
import { RepairPanel } from './repair-panel.tsx'
import { SimilarTickets } from './similar.tsx'
import { AssignDialog, CloseDialog, FeedbackDialog, MergeDialog, RateDialog, SolveDialog } from './ticket-dialogs.tsx'
import { classOf, isOpenState, minutesText, ticketTone, type Ticket } from './ticket-words.ts'
import './service.css'

/** A ticket: where it stands on its clock, what was said and done, what it took, and what belongs to it. */
export function TicketPage() {
  const { ticket_id = '' } = useParams()
  const { data: ticket, error } = useAsk('service.ticket', { ticket_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return ticket ? <TicketView key={ticket.ticket_id} ticket={ticket} /> : <div className="zg-page" aria-busy />
}

type Front = 'assign' | 'solve' | 'close' | 'rate' | 'reopen' | 'merge' | 'feedback' | null

function TicketView({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const [front, setFront] = useState<Front>(null)
  const [solution, setSolution] = useState(ticket.solution ?? '')
  const take = useRun('service.takeTicket')
  const resume = useRun('service.resumeTicket')
  const { ticket_id, state } = ticket
  const isOpen = isOpenState(state)
  const works = may('service.work')
  const close = (): void => setFront(null)
  return (
    <DocumentPage
      kind={t('ui.kind.ticket')}
      number={ticket.number}
      record={{ kind: 'service.ticket', id: ticket_id }}
      backTo={{ path: '/service/tickets', label: t('ui.nav.tickets') }}
      tags={
        <>
          <StatusTag tone={ticketTone[state]}>{t(`state.ticket.${state}`)}</StatusTag>
          {ticket.is_overdue ? <StatusTag tone="danger">{t('ui.service.late')}</StatusTag> : null}
          {ticket.is_escalated ? <StatusTag tone="warning">{t('ui.service.step.escalate')}</StatusTag> : null}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            works && state !== 'merged' && { text: t('ui.service.toFeedback'), run: () => setFront('feedback') },
            works && isOpen && { text: t('command.service.mergeTickets'), run: () => setFront('merge') },
            works && isOpen && { text: t('ui.edit'), run: () => void navigate(`/service/tickets/${ticket_id}/edit`) },
            may('service.assign') && isOpen && { text: t('command.service.assignTicket'), run: () => setFront('assign') },
            works && isOpen && ticket.assignee_id === null && { text: t('command.service.takeTicket'), isRunning: take.isRunning, run: () => void take.run({ ticket_id }) },
            works && state === 'waiting' && { text: t('command.service.resumeTicket'), isRunning: resume.isRunning, run: () => void resume.run({ ticket_id }) },
            works && (state === 'solved' || state === 'closed') && { text: t('command.service.reopenTicket'), run: () => setFront('reopen') },
            works && (state === 'solved' || state === 'closed') && { text: t('command.service.rateTicket'), run: () => setFront('rate') },
            works && isOpen && state !== 'solved' && { text: t('command.service.solveTicket'), run: () => setFront('solve') },
            works && isOpen && { text: t('command.service.closeTicket'), look: 'main', run: () => setFront('close') },
          ]}
        />
      }
      messages={<RefusalMessage no={take.no ?? resume.no} />}
      side={
        <>
          <Clock ticket={ticket} />
          <LinkedDocuments ticket={ticket} />
          {may('sales.read') ? <RefundPanel ticket={ticket} /> : null}
          <RepairPanel ticket={ticket} />
          {isOpen ? (
            <SimilarTickets
              text={`${ticket.subject} ${ticket.text ?? ''}`}
              item_id={ticket.item_id}
              class_id={ticket.class_id}
              party_id={ticket.party_id}
              except_id={ticket_id}
              {...(works && state !== 'solved' ? { onUse: (text: string) => { setSolution(text); setFront('solve') } } : {})}
            />
          ) : null}
        </>
      }
    >
      {ticket.merged_into ? (
        <div className="zg-hint-bar">
          {t('ui.service.mergedInto')} <Link to={`/service/tickets/${ticket.merged_into.ticket_id}`}>{ticket.merged_into.number}</Link>
        </div>
      ) : null}
      <FactCard
        facts={[
          [t('field.service.subject'), ticket.subject],
          [t('ui.f.customer'), <Link to={`/customers/${ticket.party_id}`}>{ticket.party_name}</Link>],
          [t('field.service.class_id'), `${t(`ui.service.kind.${ticket.kind}`)} · ${classOf(ticket, format.locale)}`],
          [t('field.service.priority'), t(`ui.service.priority.${ticket.priority}`)],
          [t('field.service.assignee_id'), ticket.assignee_name],
          ticket.item_id ? [t('ui.f.item'), <Link to={`/items/${ticket.item_id}`}>{ticket.item_name}</Link>] : null,
          ticket.contact_name || ticket.contact_phone ? [t('field.service.contact_name'), [ticket.contact_name, ticket.contact_phone].filter(Boolean).join(' ')] : null,
          ticket.solution ? [t('field.service.solution'), ticket.solution] : null,
          ticket.closing_reason ? [t('field.service.closing_reason'), t(`ui.service.reason.${ticket.closing_reason}`)] : null,
          ticket.confirmed_by ? [t('field.service.confirmed_by'), `${ticket.confirmed_by} ${format.instant(ticket.confirmed_at)}`] : null,
          ticket.score !== null ? [t('field.service.score'), [t('ui.service.scores', { score: ticket.score }), ticket.score_text].filter(Boolean).join(' · ')] : null,
        ]}
      />
      {ticket.text ? (
        <Panel title={t('field.service.text')}>
          <div className="zg-step-text">{ticket.text}</div>
        </Panel>
      ) : null}
      {works && isOpen ? <AnswerBox ticket={ticket} /> : null}
      <Steps ticket={ticket} />
      {front === 'assign' ? <AssignDialog ticket={ticket} onClose={close} /> : null}
      {front === 'solve' ? <SolveDialog ticket={ticket} first={solution} onClose={close} /> : null}
      {front === 'close' ? <CloseDialog ticket={ticket} onClose={close} /> : null}
      {front === 'rate' ? <RateDialog ticket={ticket} onClose={close} /> : null}
      {front === 'merge' ? <MergeDialog ticket={ticket} onClose={close} /> : null}
      {front === 'feedback' ? <FeedbackDialog ticket={ticket} onClose={close} /> : null}
      {front === 'reopen' ? (
        <ReasonDialog name="service.reopenTicket" text={ticket.subject} needs="reason" inputOf={(reason) => ({ ticket_id, reason: reason ?? '' })} onClose={close} />
      ) : null}
    </DocumentPage>
  )
}

function Clock({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const line = ({ label, due, done, minutes, isLate }: { label: string; due: number; done: number | null; minutes: number | null; isLate: 0 | 1 }) => (
    <div className={isLate ? 'zg-danger-text' : undefined}>
      <dt>{label}</dt>
      <dd className="zg-figures">
        {done === null ? format.instant(due) : t('ui.service.took', { time: minutesText(minutes, t) })}
        {isLate ? ` · ${t('ui.service.late')}` : ''}
      </dd>
    </div>
  )
  return (
    <Panel title={t('ui.service.clock')}>
      <dl className="zg-sums">
        {line({ label: t(ticket.responded_at === null ? 'field.service.respond_due_at' : 'field.service.responded_at'), due: ticket.respond_due_at, done: ticket.responded_at, minutes: ticket.respond_minutes, isLate: ticket.is_respond_late })}
        {line({ label: t(ticket.resolved_at === null ? 'field.service.resolve_due_at' : 'field.service.resolved_at'), due: ticket.resolve_due_at, done: ticket.resolved_at, minutes: ticket.resolve_minutes, isLate: ticket.is_resolve_late })}
      </dl>
      {ticket.waiting_since === null ? null : <p className="zg-soft">{t('ui.service.stands')}</p>}
      {ticket.escalated_to_name === null ? null : (
        <p className="zg-soft">
          {t('ui.service.step.escalate')}: {ticket.escalated_to_name} {format.instant(ticket.escalated_at)}
        </p>
      )}
    </Panel>
  )
}

/** What is told the customer, or noted for colleagues; Ctrl+Enter sends the answer. */
function AnswerBox({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { ticket_id } = ticket
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const [waits, setWaits] = useState(false)
  const { data } = useAsk('service.templates', {})
  const answer = useRun('service.answerTicket')
  const note = useRun('service.noteTicket')
  const templates = (data?.rows ?? []).filter((row) => row.is_active === 1 && (row.class_id === null || row.class_id === ticket.class_id))
  const fill = async (template_id: string | null): Promise<void> => {
    if (template_id === null) return
    const filled = await ask('service.filledTemplate', { ticket_id, template_id }).catch(() => undefined)
    if (filled) setText(text.trim() === '' ? filled.text : `${text}\n${filled.text}`)
  }
  const send = async (kind: 'answer' | 'note'): Promise<void> => {
    if (text.trim() === '') return
    const said = kind === 'answer' ? await answer.run({ ticket_id, text, waits: waits ? 1 : 0 }) : await note.run({ ticket_id, text })
    if (!said?.ok) return
    setText('')
    setWaits(false)
    void message.success(t('ui.saved'))
  }
  return (
    <Panel title={t('command.service.answerTicket')}>
      <div className="zg-stack">
        <RefusalMessage no={answer.no ?? note.no} />
        {templates.length > 0 ? (
          <SelectField aria-label={t('ui.service.template')} none={t('ui.service.template')} value={null} options={templates.map((row) => ({ value: row.template_id, label: row.name }))} onChange={(id) => void fill(id)} />
        ) : null}
        <div onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && void send('answer')}>
          <TextArea aria-label={t('command.service.answerTicket')} rows={3} value={text} onChange={setText} />
        </div>
        <div className="zg-actions">
          <Button type="primary" disabled={text.trim() === ''} loading={answer.isRunning} onClick={() => void send('answer')}>
            {t('command.service.answerTicket')} <kbd>Ctrl Enter</kbd>
          </Button>
          <Button disabled={text.trim() === ''} loading={note.isRunning} onClick={() => void send('note')}>
            {t('command.service.noteTicket')}
          </Button>
          {ticket.state === 'waiting' ? null : (
            <Checkbox checked={waits} onChange={(event) => setWaits(event.target.checked)}>
              {t('ui.service.waits')}
            </Checkbox>
          )}
        </div>
      </div>
    </Panel>
  )
}

function Steps({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const what = (s: Ticket['steps'][number]): string => {
    if (s.kind === 'merge') return t('ui.service.step.merge', { number: s.text ?? '' })
    if (s.kind === 'assign' && s.assignee_name === null) return t('ui.service.step.unassign')
    return t(`ui.service.step.${s.kind}`, { name: s.assignee_name ?? '' })
  }
  return (
    <Panel title={t('ui.service.process')}>
      {ticket.merged.length > 0 ? (
        <p>
          {t('ui.service.merged')}{' '}
          {ticket.merged.map((m) => (
            <Link key={m.ticket_id} to={`/service/tickets/${m.ticket_id}`} className="zg-figures">
              {m.number}{' '}
            </Link>
          ))}
        </p>
      ) : null}
      <ol className="zg-steps">
        {ticket.steps.map((s) => (
          <li key={`${s.ticket_id} ${s.seq}`}>
            <span className="zg-soft zg-figures">{format.instant(s.at)}</span>
            <span>
              <strong>{what(s)}</strong> <span className="zg-soft">{s.by_name}</span> {s.number === null ? null : <span className="zg-soft zg-figures">{s.number}</span>}
            </span>
            {s.text !== null && s.kind !== 'merge' ? <div className="zg-step-text">{s.text}</div> : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
