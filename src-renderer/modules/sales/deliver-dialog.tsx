import { useState } from 'react'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { useFormat } from '../../ui/format.ts'
import { textOrNull } from './offer-draft.ts'
import { partOf, PartsTable, useTaking } from './parts-table.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

/** Delivers what remains of each goods line, or part of it; with the invoice by default, and the money when it is paid at once. */
export function DeliverDialog({ order, onClose }: { order: AskOutput<'sales.order'>; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const done = useSaleDone()
  const taking = useTaking(
    order.lines.filter((l) => l.item_kind === 'stocked' && l.remaining_e6 > 0).map((l) => partOf(l, l.remaining_e6)),
    'whole',
  )
  const { taken } = taking
  const [invoice, setInvoice] = useState<'with' | 'apart'>('with')
  const [day, setDay] = useState(today)
  const [tracking, setTracking] = useState('')
  const [payment, setPayment] = useState(notPaid)
  return (
    <ActionDialog
      name="sales.deliver"
      subject={order.number}
      text={[t(invoice === 'with' ? 'ui.deliver.sureWith' : 'ui.deliver.sureApart', { count: taken.length, party: order.party_name }), t('ui.posting.permanent')].join(format.locale === 'zh-CN' ? '' : ' ')}
      width={760}
      enter="submits"
      isReady={taken.length > 0}
      inputOf={() => ({
        order_id: order.order_id,
        day,
        invoice,
        tracking: textOrNull(tracking),
        ...(taking.isWhole ? {} : { lines: taken.map((p) => ({ order_line_no: Number(p.key), quantity_e6: p.quantity_e6 })) }),
        payments: invoice === 'with' ? paymentsOf(payment) : [],
      })}
      onDone={done}
      onClose={onClose}
    >
      <FieldRow>
        <DayInput span={3} value={day} onChange={setDay} />
        <Field label={t('ui.deliver.invoice')} path="invoice" span={5}>
          {(ids) => (
            <Radio.Group {...ids} value={invoice} onChange={(event) => setInvoice(event.target.value as 'with' | 'apart')}>
              <Radio value="with">{t('ui.deliver.with')}</Radio>
              <Radio value="apart">{t('ui.deliver.apart')}</Radio>
            </Radio.Group>
          )}
        </Field>
        <TextInput label={t('ui.f.tracking')} path="tracking" span={4} value={tracking} onChange={setTracking} />
      </FieldRow>
      <PartsTable taking={taking} mostLabel={t('ui.f.remaining')} quantityLabel={t('ui.deliver.quantity')} />
      {invoice === 'with' ? (
        <FieldRow>
          <PayNowFields way="in" value={payment} onChange={setPayment} due_minor={order.gross_minor - order.money.invoiced_minor} />
          {order.money.deposit_minor === 0 ? null : (
            <Field label={t('ui.money.deposit')} span={4}>
              {() => <span className="zg-figures">{format.money(order.money.deposit_minor)}</span>}
            </Field>
          )}
        </FieldRow>
      ) : null}
    </ActionDialog>
  )
}
