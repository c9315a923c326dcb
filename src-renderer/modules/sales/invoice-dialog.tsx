import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { textOrNull } from './offer-draft.ts'
import { partOf, PartsTable, useTaking, type Part } from './parts-table.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

type Order = AskOutput<'sales.order'>

/** What was delivered and not invoiced, and the services still to invoice. */
const partsOf = (order: Order): Part[] =>
  order.lines.map((l) => partOf(l, l.item_kind === 'service' ? l.remaining_e6 : l.to_invoice_e6)).filter((p) => p.most_e6 > 0)

/** Invoices what was delivered: all of it, or part. */
export function InvoiceDialog({ order, onClose }: { order: Order; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const done = useSaleDone()
  const taking = useTaking(partsOf(order), 'whole')
  const [day, setDay] = useState(today)
  const [due_on, setDueOn] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [payment, setPayment] = useState(notPaid)
  return (
    <ActionDialog
      name="sales.postInvoice"
      subject={order.number}
      text={t('ui.invoice.text')}
      width={760}
      enter="submits"
      isReady={taking.taken.length > 0}
      inputOf={() => ({
        ...(taking.isWhole
          ? { order_ids: [order.order_id] }
          : { lines: taking.taken.map((p) => ({ order_id: order.order_id, order_line_no: Number(p.key), quantity_e6: p.quantity_e6 })) }),
        day,
        ...(due_on === null ? {} : { due_on }),
        reference: textOrNull(reference),
        payments: paymentsOf(payment),
      })}
      onDone={done}
      onClose={onClose}
    >
      <FieldRow>
        <DayInput span={3} value={day} onChange={setDay} />
        <Field label={t('ui.f.dueOn')} path="due_on" span={3} hint={t('ui.f.dueOnHint')}>
          {(ids) => <DayField {...ids} value={due_on} onChange={setDueOn} />}
        </Field>
        <TextInput label={t('ui.f.reference')} path="reference" span={4} value={reference} onChange={setReference} />
      </FieldRow>
      <PartsTable taking={taking} mostLabel={t('ui.invoice.most')} quantityLabel={t('ui.invoice.quantity')} />
      <FieldRow>
        <PayNowFields way="in" value={payment} onChange={setPayment} due_minor={order.money.delivered_minor - order.money.invoiced_minor} />
      </FieldRow>
    </ActionDialog>
  )
}
