import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { fromBase } from '../../../src-main/kernel/quantity.ts'
import { ask } from '../../api/client.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { askKey } from '../../api/use-ask.ts'
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

type Delivery = AskOutput<'sales.delivery'>
type ReturnPart = Part & { readonly delivery_id: string; readonly line_no: number }

const partsOf = (delivery: Delivery): ReturnPart[] =>
  delivery.lines
    .filter((l) => l.base_quantity_e6 - l.returned_e6 > 0)
    .map((l) => ({
      key: `${delivery.delivery_id} ${l.line_no}`,
      delivery_id: delivery.delivery_id,
      line_no: l.line_no,
      code: l.item_code,
      name: l.item_name,
      most_e6: fromBase(l.base_quantity_e6 - l.returned_e6, { numerator: l.unit_numerator, denominator: l.unit_denominator }) ?? l.quantity_e6,
      unit: l.unit,
      note: `${delivery.number} · ${delivery.day}`,
    }))

/** Takes goods of an order back, at the cost at which they left; with the credit note by default. */
export function ReturnDialog({ order, onClose }: { order: AskOutput<'sales.order'>; onClose(): void }) {
  const ids = order.documents.filter((d) => d.kind === 'delivery').map((d) => d.id)
  return <ReturnFromDeliveries delivery_ids={ids} refund_minor={order.money.received_minor} onClose={onClose} />
}

export function ReturnFromDeliveries({ delivery_ids, refund_minor, onClose }: { delivery_ids: readonly string[]; refund_minor: number; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const done = useSaleDone()
  const giveBack = useRun('sales.returnGoods')
  const deliveries = useQueries({
    queries: delivery_ids.map((delivery_id) => ({
      queryKey: askKey('sales.delivery', { delivery_id }),
      queryFn: () => ask('sales.delivery', { delivery_id }),
    })),
  })
  const parts = deliveries.flatMap((d) => (d.data && d.data.reversed_by_id === null ? partsOf(d.data) : []))
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number | null>>(new Map())
  const [invoice, setInvoice] = useState<'with' | 'apart'>('with')
  const [disposition, setDisposition] = useState<'restock' | 'scrap'>('restock')
  const [day, setDay] = useState(today)
  const [reason, setReason] = useState('')
  const [refund, setRefund] = useState(notPaid)
  const taken = parts.filter((p) => (quantities.get(p.key) ?? 0) > 0)
  const post = async (): Promise<void> => {
    const said = await giveBack.run({
      day,
      invoice,
      reason: textOrNull(reason),
      lines: taken.map((p) => ({ delivery_id: p.delivery_id, delivery_line_no: p.line_no, quantity_e6: quantities.get(p.key) ?? 0, disposition })),
      payments: invoice === 'with' ? paymentsOf(refund) : [],
    })
    if (!said?.ok) return
    done(said.output)
    onClose()
  }
  return (
    <Dialog
      open
      width={780}
      title={t('command.sales.returnGoods')}
      okText={t('command.sales.returnGoods')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: taken.length === 0 }}
      confirmLoading={giveBack.isRunning}
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
        <RefusalMessage no={giveBack.no} />
        <p style={{ margin: 0 }}>{t('ui.return.text')}</p>
        <ProblemsProvider value={problemsOf(giveBack.no)}>
          <PartsTable
            parts={parts}
            quantities={quantities}
            onChange={(key, quantity_e6) => setQuantities(new Map(quantities).set(key, quantity_e6))}
            mostLabel={t('ui.return.most')}
            quantityLabel={t('ui.return.quantity')}
            starts="focused"
          />
          <FieldRow>
            <Field label={t('ui.f.day')} path="day" span={3}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
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
            <Field label={t('ui.f.reason')} path="reason" span={5}>
              {(ids) => <TextField {...ids} value={reason} onChange={setReason} />}
            </Field>
            {invoice === 'with' ? <PayNowFields value={refund} onChange={setRefund} due_minor={refund_minor} /> : null}
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
