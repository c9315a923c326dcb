import { useEffect, useRef } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { No } from '../../api/client.ts'
import type { AskOutput, RunInput } from '../../api/operations.ts'
import { useRun } from '../../api/use-run.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { takeHeldKeys } from '../../ui/held-keys.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { filledLines, sentLines } from '../catalog/priced-lines/draft.ts'
import { OrderCoupon } from '../promotions/order-coupon.tsx'
import { CreditOverride } from './credit-override.tsx'
import { orderDraftOf, textOrNull, type OfferDraft } from './offer-draft.ts'
import { ApprovalPanel } from '../platform/approval-panel.tsx'
import { Origin } from '../crm/origin.tsx'
import { SaleLifecycle } from './sale-lifecycle.tsx'
import { OfferForm, useEmptyOffer, useOfferTotals } from './offer-form.tsx'

type Order = AskOutput<'sales.order'>

export const sentOffer = (draft: OfferDraft) => ({
  party_id: draft.party?.party_id ?? '',
  day: draft.day,
  prices_include_tax: draft.prices_include_tax,
  discount_minor: draft.discount_minor,
  note: textOrNull(draft.note),
  extra: { ...draft.own.extra },
  lines: sentLines(draft.lines),
})

const sentOrder = (draft: OfferDraft): RunInput<'sales.createOrder'> => ({
  ...sentOffer(draft),
  ...(draft.warehouse_id === null ? {} : { warehouse_id: draft.warehouse_id }),
  wanted_on: draft.wanted_on,
  ship_to: textOrNull(draft.ship_to),
  customer_reference: textOrNull(draft.customer_reference),
})

/** An order being entered: Ctrl+S keeps it as a draft, F9 (or Ctrl+Enter outside the lines) confirms it. */
export function OrderDraftPage({ order }: { order: Order | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const arrived = useLocation().state as { no?: No } | null
  const { modal, message } = App.useApp()
  const isSure = useSure()
  const empty = useEmptyOffer()
  const { draft, set, form } = useDraft(() => (order ? orderDraftOf(order) : empty()))
  const saved = useRef<string | null>(order?.order_id ?? null)
  const create = useRun('sales.createOrder', form)
  const update = useRun('sales.updateOrder', form)
  const confirm = useRun('sales.confirmOrder')
  const cancel = useRun('sales.cancelOrder', form)
  const totals = useOfferTotals(draft)
  useEffect(() => takeHeldKeys('newOrder'), [])
  const no = create.no ?? update.no ?? confirm.no ?? cancel.no ?? (form.isTouched() ? null : (arrived?.no ?? null))
  /** Saves what is on the screen and gives the order's id; undefined when it was not taken. */
  const save = async (): Promise<string | undefined> => {
    // With its coupon taken off the sum an order is confirmed as it is.
    if (order?.coupon_code && !form.isTouched()) return order.order_id
    const whole = { ...draft, lines: filledLines(draft.lines) }
    form.tidy({ lines: whole.lines })
    const input = sentOrder(whole)
    const said = saved.current === null ? await create.run(input) : await update.run({ order_id: saved.current, ...input })
    if (!said?.ok) return undefined
    saved.current = said.output.order_id
    form.settle()
    return said.output.order_id
  }
  const keep = async (): Promise<void> => {
    const order_id = await save()
    if (order_id === undefined) return
    void message.success(t('ui.order.draftSaved'))
    if (order === null) void navigate(`/sales/orders/${order_id}`, { replace: true })
  }
  const confirmNow = async (override_credit_reason?: string): Promise<void> => {
    const order_id = await save()
    if (order_id === undefined) return
    const said = await confirm.run({ order_id, ...(override_credit_reason === undefined ? {} : { override_credit_reason }) })
    if (said?.ok) void message.success(t('ui.order.confirmed', { number: said.output.number }))
    if (order === null && said) void navigate(`/sales/orders/${order_id}`, { replace: true, state: said.ok ? null : { no: said } })
  }
  /** Enter on an empty last line means that entry is done; it asks, for Enter is pressed easily. */
  const askConfirm = async (): Promise<void> => {
    if (!draft.party) return
    const title = t('command.sales.confirmOrder')
    const text = t('ui.order.confirmText', { party: draft.party.name, total: format.moneyWithSymbol(totals.gross_minor) })
    if (await isSure({ title, text, ok: title })) await confirmNow()
  }
  const discard = async (): Promise<void> => {
    if (saved.current === null || !(await modal.confirm({ title: t('ui.order.discardTitle'), okText: t('ui.order.discard'), cancelText: t('ui.cancel') }))) return
    const said = await cancel.run({ order_id: saved.current })
    if (!said?.ok) return
    form.settle()
    void navigate('/sales/orders')
  }
  return (
    <FormPage
      kind={t('ui.kind.order')}
      number={order?.number ?? null}
      backTo={{ path: '/sales/orders', label: t('ui.nav.orders') }}
      tags={<StatusTag tone="neutral">{t(order ? 'state.order.draft' : 'ui.newDocument')}</StatusTag>}
      posts={t('command.sales.confirmOrder')}
      form={form}
      runs={[create, update, confirm]}
      no={no}
      more={
        order ? (
          <>
            <OrderCoupon order={order} />
            <Button onClick={() => void discard()}>{t('ui.order.discard')}</Button>
          </>
        ) : null
      }
      messages={<CreditOverride no={no} onOverride={(reason) => void confirmNow(reason)} />}
      onDone={() => void confirmNow()}
      onKeep={() => void keep()}
    >
      {order ? <ApprovalPanel of={{ source_kind: 'sales.order', source_id: order.order_id }} /> : null}
      {order ? <Origin of={{ source_kind: 'sales.order', source_id: order.order_id }} /> : null}
      {order ? <SaleLifecycle of={{ kind: 'order', id: order.order_id }} /> : null}
      <OfferForm kind="order" draft={draft} onChange={set} no={no} onDone={() => void askConfirm()} />
    </FormPage>
  )
}
