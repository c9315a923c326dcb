import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromBase } from '../../../src-main/kernel/quantity.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { textOrNull } from './offer-draft.ts'
import { PartsTable, type Part } from './parts-table.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

type Order = AskOutput<'sales.order'>

/** What was delivered and not invoiced, and the services still to invoice, in the unit in which they were ordered. */
const partsOf = (order: Order): Part[] =>
  order.lines
    .map((l) => ({ line: l, base_e6: l.item_kind === 'service' ? l.remaining_e6 : l.to_invoice_e6 }))
    .filter(({ base_e6 }) => base_e6 > 0)
    .map(({ line: l, base_e6 }) => ({
      key: String(l.line_no),
      code: l.item_code,
      name: l.item_name,
      most_e6: fromBase(base_e6, { numerator: l.unit_numerator, denominator: l.unit_denominator }) ?? l.quantity_e6,
      unit: l.unit,
    }))

/** Invoices what was delivered: all of it, or part. */
export function InvoiceDialog({ order, onClose }: { order: Order; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const done = useSaleDone()
  const invoice = useRun('sales.postInvoice')
  const parts = partsOf(order)
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number | null>>(() => new Map(parts.map((p) => [p.key, p.most_e6])))
  const [day, setDay] = useState(today)
  const [due_on, setDueOn] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [payment, setPayment] = useState(notPaid)
  const taken = parts.filter((p) => (quantities.get(p.key) ?? 0) > 0)
  const isWhole = taken.length === parts.length && parts.every((p) => quantities.get(p.key) === p.most_e6)
  const post = async (): Promise<void> => {
    const said = await invoice.run({
      ...(isWhole
        ? { order_ids: [order.order_id] }
        : { lines: taken.map((p) => ({ order_id: order.order_id, order_line_no: Number(p.key), quantity_e6: quantities.get(p.key) ?? 0 })) }),
      day,
      ...(due_on === null ? {} : { due_on }),
      reference: textOrNull(reference),
      payments: paymentsOf(payment),
    })
    if (!said?.ok) return
    done(said.output)
    onClose()
  }
  return (
    <Dialog
      open
      width={760}
      title={`${t('command.sales.postInvoice')} · ${order.number ?? ''}`}
      okText={t('command.sales.postInvoice')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: taken.length === 0 }}
      confirmLoading={invoice.isRunning}
      onOk={() => void post()}
      onCancel={onClose}
     
    >
      <form
        className="zg-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void post()
        }}
      >
        <RefusalMessage no={invoice.no} />
        <p style={{ margin: 0 }}>{t('ui.invoice.text')}</p>
        <ProblemsProvider value={problemsOf(invoice.no)}>
          <FieldRow>
            <Field label={t('ui.f.day')} path="day" span={3}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.f.dueOn')} path="due_on" span={3} hint={t('ui.f.dueOnHint')}>
              {(ids) => <DayField {...ids} value={due_on} onChange={setDueOn} />}
            </Field>
            <Field label={t('ui.f.reference')} path="reference" span={4}>
              {(ids) => <TextField {...ids} value={reference} onChange={setReference} />}
            </Field>
          </FieldRow>
          <PartsTable
            parts={parts}
            quantities={quantities}
            onChange={(key, quantity_e6) => setQuantities(new Map(quantities).set(key, quantity_e6))}
            mostLabel={t('ui.invoice.most')}
            quantityLabel={t('ui.invoice.quantity')}
            starts="focused"
          />
          <FieldRow>
            <PayNowFields value={payment} onChange={setPayment} due_minor={order.money.delivered_minor - order.money.invoiced_minor} />
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
