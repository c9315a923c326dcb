import { useState } from 'react'
import { Radio } from 'antd'
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
import { useFormat } from '../../ui/format.ts'
import { textOrNull } from './offer-draft.ts'
import { PartsTable, type Part } from './parts-table.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

type Order = AskOutput<'sales.order'>

/** What remains of each goods line, in the unit in which it was ordered. */
const partsOf = (order: Order): Part[] =>
  order.lines
    .filter((l) => l.item_kind === 'stocked' && l.remaining_e6 > 0)
    .map((l) => ({
      key: String(l.line_no),
      code: l.item_code,
      name: l.item_name,
      most_e6: fromBase(l.remaining_e6, { numerator: l.unit_numerator, denominator: l.unit_denominator }) ?? l.quantity_e6,
      unit: l.unit,
    }))

/** Delivers what remains, or part of it; with the invoice by default, and the money when it is paid at once. */
export function DeliverDialog({ order, onClose }: { order: Order; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const done = useSaleDone()
  const deliver = useRun('sales.deliver')
  const parts = partsOf(order)
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number | null>>(() => new Map(parts.map((p) => [p.key, p.most_e6])))
  const [invoice, setInvoice] = useState<'with' | 'apart'>('with')
  const [day, setDay] = useState(today)
  const [tracking, setTracking] = useState('')
  const [payment, setPayment] = useState(notPaid)
  const taken = parts.filter((p) => (quantities.get(p.key) ?? 0) > 0)
  const isWhole = taken.length === parts.length && parts.every((p) => quantities.get(p.key) === p.most_e6)
  const post = async (): Promise<void> => {
    const said = await deliver.run({
      order_id: order.order_id,
      day,
      invoice,
      tracking: textOrNull(tracking),
      ...(isWhole ? {} : { lines: taken.map((p) => ({ order_line_no: Number(p.key), quantity_e6: quantities.get(p.key) ?? 0 })) }),
      payments: invoice === 'with' ? paymentsOf(payment) : [],
    })
    if (!said?.ok) return
    done(said.output)
    onClose()
  }
  return (
    <Dialog
      open
      width={760}
      title={`${t('command.sales.deliver')} · ${order.number ?? ''}`}
      okText={t('command.sales.deliver')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: taken.length === 0 }}
      confirmLoading={deliver.isRunning}
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
        <RefusalMessage no={deliver.no} />
        <p style={{ margin: 0 }}>
          {t(invoice === 'with' ? 'ui.deliver.sureWith' : 'ui.deliver.sureApart', { count: taken.length, party: order.party_name })} {t('ui.posting.permanent')}
        </p>
        <ProblemsProvider value={problemsOf(deliver.no)}>
          <FieldRow>
            <Field label={t('ui.f.day')} path="day" span={3}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.deliver.invoice')} path="invoice" span={5}>
              {(ids) => (
                <Radio.Group {...ids} value={invoice} onChange={(event) => setInvoice(event.target.value as 'with' | 'apart')}>
                  <Radio value="with">{t('ui.deliver.with')}</Radio>
                  <Radio value="apart">{t('ui.deliver.apart')}</Radio>
                </Radio.Group>
              )}
            </Field>
            <Field label={t('ui.f.tracking')} path="tracking" span={4}>
              {(ids) => <TextField {...ids} value={tracking} onChange={setTracking} />}
            </Field>
          </FieldRow>
          <PartsTable
            parts={parts}
            quantities={quantities}
            onChange={(key, quantity_e6) => setQuantities(new Map(quantities).set(key, quantity_e6))}
            mostLabel={t('ui.f.remaining')}
            quantityLabel={t('ui.deliver.quantity')}
            starts="focused"
          />
          {invoice === 'with' ? (
            <FieldRow>
              <PayNowFields value={payment} onChange={setPayment} due_minor={order.gross_minor - order.money.invoiced_minor} />
              {order.money.deposit_minor === 0 ? null : (
                <Field label={t('ui.money.deposit')} span={4}>
                  {() => <span className="zg-figures">{format.money(order.money.deposit_minor)}</span>}
                </Field>
              )}
            </FieldRow>
          ) : null}
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
