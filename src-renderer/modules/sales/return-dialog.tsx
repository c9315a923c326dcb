import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { ask } from '../../api/client.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { askKey } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { textOrNull } from './offer-draft.ts'
import { partOf, PartsTable, useTaking } from './parts-table.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

const partsOf = ({ delivery_id, number, day, lines }: AskOutput<'sales.delivery'>) =>
  lines
    .filter((l) => l.base_quantity_e6 - l.returned_e6 > 0)
    .map((l) => ({ ...partOf(l, l.base_quantity_e6 - l.returned_e6), key: `${delivery_id} ${l.line_no}`, delivery_id, delivery_line_no: l.line_no, note: `${number} · ${day}` }))

/** Takes goods of an order back, at the cost at which they left; with the credit note by default. */
export function ReturnDialog({ order, onClose }: { order: AskOutput<'sales.order'>; onClose(): void }) {
  const ids = order.documents.filter((d) => d.kind === 'delivery').map((d) => d.id)
  return <ReturnFromDeliveries delivery_ids={ids} refund_minor={order.money.received_minor} onClose={onClose} />
}

export function ReturnFromDeliveries({ delivery_ids, refund_minor, onClose }: { delivery_ids: readonly string[]; refund_minor: number; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const done = useSaleDone()
  const deliveries = useQueries({
    queries: delivery_ids.map((delivery_id) => ({
      queryKey: askKey('sales.delivery', { delivery_id }),
      queryFn: () => ask('sales.delivery', { delivery_id }),
    })),
  })
  const taking = useTaking(
    deliveries.flatMap((d) => (d.data && d.data.reversed_by_id === null ? partsOf(d.data) : [])),
    'empty',
  )
  const [invoice, setInvoice] = useState<'with' | 'apart'>('with')
  const [disposition, setDisposition] = useState<'restock' | 'scrap'>('restock')
  const [day, setDay] = useState(today)
  const [reason, setReason] = useState('')
  const [refund, setRefund] = useState(notPaid)
  return (
    <ActionDialog
      name="sales.returnGoods"
      text={t('ui.return.text')}
      width={780}
      enter="submits"
      isReady={taking.taken.length > 0}
      inputOf={() => ({
        day,
        invoice,
        reason: textOrNull(reason),
        lines: taking.taken.map(({ delivery_id, delivery_line_no, quantity_e6 }) => ({ delivery_id, delivery_line_no, quantity_e6, disposition })),
        payments: invoice === 'with' ? paymentsOf(refund) : [],
      })}
      onDone={done}
      onClose={onClose}
    >
      <PartsTable taking={taking} mostLabel={t('ui.return.most')} quantityLabel={t('ui.return.quantity')} />
      <FieldRow>
        <DayInput span={3} value={day} onChange={setDay} />
        <Field label={t('ui.return.credit')} path="invoice" span={5}>
          {(ids) => (
            <Radio.Group {...ids} value={invoice} onChange={(event) => setInvoice(event.target.value as 'with' | 'apart')}>
              <Radio value="with">{t('ui.return.creditNow')}</Radio>
              <Radio value="apart">{t('ui.return.creditLater')}</Radio>
            </Radio.Group>
          )}
        </Field>
        <Field label={t('ui.return.disposition')} path="disposition" span={4}>
          {(ids) => (
            <Radio.Group {...ids} value={disposition} onChange={(event) => setDisposition(event.target.value as 'restock' | 'scrap')}>
              <Radio value="restock">{t('ui.return.restock')}</Radio>
              <Radio value="scrap">{t('ui.return.scrap')}</Radio>
            </Radio.Group>
          )}
        </Field>
        <TextInput label={t('ui.f.reason')} path="reason" span={5} value={reason} onChange={setReason} />
        {invoice === 'with' ? <PayNowFields way="out" value={refund} onChange={setRefund} due_minor={refund_minor} /> : null}
      </FieldRow>
    </ActionDialog>
  )
}
