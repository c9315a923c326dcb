import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useParams } from 'react-router'
import { ask } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { isOffered } from '../../shell/nav.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field } from '../../ui/fields/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { EntityPicker, type Choice } from '../../ui/picker/entity-picker.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { isOpenState, ticketTone, type Ticket } from './ticket-words.ts'

type Kind = 'sales.order' | 'sales.delivery' | 'sales.invoice' | 'accounting.payment'
type Found = Choice & { readonly kind: Kind }
const kinds: readonly string[] = ['sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment']

/** Every document around a ticket, each one click away. */
export function LinkedDocuments({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [isLinking, setLinking] = useState(false)
  const unlink = useRun('service.unlinkDocument')
  const { ticket_id, documents, feedback } = ticket
  const mayLink = may('service.work') && isOpenState(ticket.state)
  return (
    <Panel title={t('ui.service.documents')} extra={mayLink ? <Button size="small" onClick={() => setLinking(true)}>{t('command.service.linkDocument')}</Button> : null}>
      <RefusalMessage no={unlink.no} />
      {documents.length + feedback.length === 0 ? <span className="zg-soft">{t('ui.documentsNone')}</span> : null}
      <ul className="zg-documents">
        {documents.map((d) => (
          <li key={`${d.source_kind} ${d.source_id}`}>
            <span className="zg-documents-kind">{d.kind === 'parts' ? t('ui.service.effort') : t(`ui.link.${d.kind === 'reversal' ? 'invoice_reversal' : d.kind === 'payment' ? 'refund' : d.kind}`)}</span>
            <DocumentLink kind={d.source_kind} id={d.source_id} number={d.number ?? t('state.order.draft')} />
            <span className="zg-figures zg-soft">{d.day}</span>
            <span className="zg-figures zg-end">
              {format.money(d.amount_minor)}
              {d.is_own === 1 && mayLink ? (
                <Button
                  type="text"
                  size="small"
                  aria-label={`${t('command.service.unlinkDocument')} ${d.number ?? ''}`}
                  onClick={() => void unlink.run({ ticket_id, source_kind: d.source_kind as Kind, source_id: d.source_id })}
                >
                  ×
                </Button>
              ) : null}
            </span>
          </li>
        ))}
        {feedback.map((f) => (
          <li key={f.feedback_id}>
            <span className="zg-documents-kind">{t('ui.kind.feedback')}</span>
            <Link to={`/service/feedback/${f.feedback_id}`} className="zg-figures">
              {f.number}
            </Link>
            <span className="zg-soft">{f.title}</span>
          </li>
        ))}
      </ul>
      {isLinking ? <LinkDialog ticket={ticket} onClose={() => setLinking(false)} /> : null}
    </Panel>
  )
}

function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found | null>(null)
  const search = async (text: string): Promise<Found[]> => {
    if (text.trim() === '') return []
    const { rows } = await ask('platform.findDocuments', { text })
    return rows.filter((r) => kinds.includes(r.kind)).map((r): Found => ({ id: r.id, kind: r.kind as Kind, code: r.number, label: r.title, note: t(`ui.kind.${r.kind.split('.')[1]}`) }))
  }
  return (
    <ActionDialog
      name="service.linkDocument"
      subject={ticket.number}
      isReady={found !== null}
      inputOf={() => ({ ticket_id: ticket.ticket_id, source_kind: found!.kind, source_id: found!.id })}
      onClose={onClose}
    >
      <Field label={t('ui.service.linkBy')} path="source_id" isRequired span={12}>
        {(ids) => <EntityPicker<Found> {...ids} autoFocus placeholder={t('ui.f.number')} chosen={found} search={search} onPick={setFound} onClear={() => setFound(null)} />}
      </Field>
    </ActionDialog>
  )
}

const fields: Readonly<Record<Kind, string>> = { 'sales.order': 'order', 'sales.delivery': 'delivery', 'sales.invoice': 'invoice', 'accounting.payment': '' }

/** Back from a document to the tickets about it, and on to a new one. */
export function TicketsOf({ of }: { of: { readonly source_kind: Kind; readonly source_id: string } }) {
  const { t } = useTranslation()
  const { may, menu } = useSession()
  const isOn = may('service.read') && isOffered('/service', menu.modules_off)
  const { data } = useAsk('service.ticketsOfDocument', of, { enabled: isOn })
  const opens = may('service.work') && fields[of.source_kind] !== ''
  if (!isOn || !data || (data.rows.length === 0 && !opens)) return null
  return (
    <Panel title={t('ui.service.tickets')} extra={opens ? <Link to={`/service/tickets/new?${fields[of.source_kind]}=${of.source_id}`}>{t('ui.nav.newTicket')}</Link> : null}>
      {data.rows.length === 0 ? <span className="zg-soft">{t('ui.service.noTickets')}</span> : null}
      <ul className="zg-list-plain">
        {data.rows.map((row) => (
          <li key={row.ticket_id}>
            <Link to={`/service/tickets/${row.ticket_id}`} className="zg-figures">
              {row.number}
            </Link>
            <span>{row.subject}</span>
            <StatusTag tone={ticketTone[row.state]}>{t(`state.ticket.${row.state}`)}</StatusTag>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Parts have no page of their own: whoever comes from a voucher is led to the ticket they were used for. */
export function PartsPage() {
  const { parts_id = '' } = useParams()
  const { data, error } = useAsk('service.ticketsOfDocument', { source_kind: 'service.parts', source_id: parts_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return <Navigate replace to={data.rows[0] ? `/service/tickets/${data.rows[0].ticket_id}` : '/service/tickets'} />
}
