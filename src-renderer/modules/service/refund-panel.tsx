import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ask } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { MoneyField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EntityPicker, type Choice } from '../../ui/picker/entity-picker.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useMethodOptions } from '../sales/pay-now.tsx'
import { isOpenState, type Ticket } from './ticket-words.ts'

export type Refund = RowOf<'service.refunds'>
export const refundTone: Readonly<Record<Refund['state'], Tone>> = { asked: 'warning', posted: 'success', declined: 'neutral' }

/** What is to go back to the customer, and what became of it. */
export function RefundPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [isAsking, setAsking] = useState(false)
  const { data } = useAsk('service.refunds', { show: 'all', ticket_id: ticket.ticket_id })
  const asks = may('service.work') && isOpenState(ticket.state)
  const rows = data?.rows ?? []
  if (rows.length === 0 && !asks) return null
  return (
    <Panel title={t('ui.nav.refunds')} extra={asks ? <Button size="small" onClick={() => setAsking(true)}>{t('command.service.askRefund')}</Button> : null}>
      <ul className="zg-list-plain">
        {rows.map((r) => (
          <li key={r.refund_id}>
            <span>
              <span className="zg-figures">{format.money(r.amount_minor)}</span> <StatusTag tone={refundTone[r.state]}>{t(`state.refund.${r.state}`)}</StatusTag> <span className="zg-soft">{r.reason}</span>
              {r.decline_reason === null ? null : <div className="zg-soft">{r.decline_reason}</div>}
            </span>
            <RefundSteps refund={r} />
          </li>
        ))}
      </ul>
      {isAsking ? <AskDialog ticket={ticket} onClose={() => setAsking(false)} /> : null}
    </Panel>
  )
}

/** What who keeps the money can do with a refund. */
export function RefundSteps({ refund }: { refund: Refund }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<'post' | 'decline' | null>(null)
  const decides = refund.state === 'asked' && may('service.refund')
  return (
    <>
      <RowButtons
        offers={[
          decides && may('sales.invoice') && { text: t('command.service.postRefund'), run: () => setFront('post') },
          decides && { text: t('command.service.declineRefund'), run: () => setFront('decline') },
        ]}
      />
      {front === 'post' ? <PostDialog refund={refund} onClose={() => setFront(null)} /> : null}
      {front === 'decline' ? <ReasonDialog name="service.declineRefund" text={refund.subject} needs="reason" inputOf={(reason) => ({ refund_id: refund.refund_id, reason: reason ?? '' })} onClose={() => setFront(null)} /> : null}
    </>
  )
}

/** Order, invoice, what was paid and what is asked for in one place; one button posts credit note and money. */
function PostDialog({ refund, onClose }: { refund: Refund; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today, may } = useSession()
  const methods = useMethodOptions()
  const [chosen, setMethod] = useState<string | null>()
  // Until somebody chooses, money that was paid goes back in the first way the company has.
  const method = chosen === undefined ? (refund.paid_minor > 0 && may('accounting.pay') ? (methods[0]?.value ?? null) : null) : chosen
  const [day, setDay] = useState(today)
  return (
    <ActionDialog name="service.postRefund" subject={refund.ticket_number} text={t('ui.service.postText')} width={640} enter="submits" inputOf={() => ({ refund_id: refund.refund_id, method, day })} onClose={onClose}>
      <Facts
        facts={[
          [t('ui.f.customer'), refund.party_name],
          refund.order_id === null ? null : [t('ui.kind.order'), <DocumentLink kind="sales.order" id={refund.order_id} number={refund.order_number} />],
          [t('ui.kind.invoice'), <DocumentLink kind="sales.invoice" id={refund.invoice_id} number={refund.invoice_number} />],
          [t('ui.f.amount'), format.money(refund.invoice_gross_minor)],
          [t('ui.service.received'), format.money(refund.paid_minor)],
          [t('ui.service.already'), format.money(refund.credited_minor)],
          [t('ui.service.refundAmount'), format.money(refund.amount_minor)],
          [t('ui.f.reason'), refund.reason],
          [t('ui.service.askedBy', { name: refund.asked_name }), format.instant(refund.asked_at)],
        ]}
      />
      <FieldRow>
        <Field label={t('ui.service.method')} path="method" span={8}>
          {(ids) => <SelectField {...ids} none={t('ui.service.method.none')} value={method} options={may('accounting.pay') ? methods : []} onChange={setMethod} />}
        </Field>
        <DayInput span={4} value={day} onChange={setDay} />
      </FieldRow>
    </ActionDialog>
  )
}

function AskDialog({ ticket, onClose }: { ticket: Ticket; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const known = ticket.documents.find((d) => d.kind === 'invoice')
  const [invoice, setInvoice] = useState<Choice | null>(known ? { id: known.source_id, label: known.number ?? '' } : null)
  const { data } = useAsk('sales.invoice', { invoice_id: invoice?.id ?? '' }, { enabled: invoice !== null })
  const [amounts, setAmounts] = useState<ReadonlyMap<number, number | null>>(new Map())
  const [reason, setReason] = useState(ticket.subject)
  const lines = [...amounts].flatMap(([invoice_line_no, amount_minor]) => (amount_minor !== null && amount_minor > 0 ? [{ invoice_line_no, amount_minor }] : []))
  const search = async (text: string): Promise<Choice[]> => {
    const { rows } = await ask('sales.invoices', { party_id: ticket.party_id, text, kind: 'invoice', limit: 20 })
    return rows.map((r) => ({ id: r.invoice_id, label: r.number, note: `${r.day} ${format.money(r.gross_minor)}` }))
  }
  return (
    <ActionDialog
      name="service.askRefund"
      subject={ticket.number}
      text={t('ui.service.askText')}
      width={720}
      isReady={invoice !== null && lines.length > 0 && reason.trim() !== ''}
      inputOf={() => ({ ticket_id: ticket.ticket_id, invoice_id: invoice!.id, reason, lines })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.service.invoiceToRefund')} path="invoice_id" isRequired span={5}>
          {(ids) => <EntityPicker<Choice> {...ids} autoFocus={invoice === null} chosen={invoice} search={search} onPick={(choice) => { setInvoice(choice); setAmounts(new Map()) }} onClear={() => setInvoice(null)} />}
        </Field>
        <TextInput label={t('ui.f.reason')} path="reason" isRequired span={7} value={reason} onChange={setReason} />
      </FieldRow>
      {data ? (
        <Table
          look="parts"
          rows={data.lines}
          keyOf={(l) => l.line_no}
          columns={[
            { key: 'item', title: t('ui.f.item'), render: (l) => l.item_name },
            { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (l) => `${format.quantity(l.quantity_e6)} ${l.unit}` },
            { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (l) => format.money(data.prices_include_tax ? l.gross_minor : l.net_minor) },
            { key: 'already', title: t('ui.service.already'), align: 'end', render: (l) => (l.credited_gross_minor === 0 ? '' : format.money(l.credited_gross_minor)) },
            {
              key: 'back',
              title: t('ui.service.refundAmount'),
              align: 'end',
              holds: 'field',
              render: (l) => <MoneyField aria-label={`${t('ui.service.refundAmount')} ${l.item_name}`} value={amounts.get(l.line_no) ?? null} onChange={(amount) => setAmounts(new Map(amounts).set(l.line_no, amount))} />,
            },
          ]}
        />
      ) : null}
    </ActionDialog>
  )
}
