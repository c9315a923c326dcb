import { useEffect, useRef, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { No } from '../../api/client.ts'
import type { AskOutput, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { takeHeldKeys } from '../../ui/held-keys.ts'
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { isBlankLine, newDraftLine, sentLines } from '../catalog/priced-lines/draft.ts'
import { CreditOverride } from './credit-override.tsx'
import { emptyOffer, orderDraftOf, textOrNull, type OfferDraft } from './offer-draft.ts'
import { OfferForm, useOfferTotals } from './offer-form.tsx'

type Order = AskOutput<'sales.order'>

export const sentOffer = (draft: OfferDraft) => ({
  party_id: draft.party?.party_id ?? '',
  day: draft.day,
  prices_include_tax: draft.prices_include_tax,
  discount_minor: draft.discount_minor,
  note: textOrNull(draft.note),
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
  const { company, today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const arrived = useLocation().state as { no?: No } | null
  const { modal, message } = App.useApp()
  const [draft, setDraft] = useState<OfferDraft>(() => (order ? orderDraftOf(order) : emptyOffer({ today, prices_include_tax: company.prices_include_tax })))
  const saved = useRef<string | null>(order?.order_id ?? null)
  const create = useRun('sales.createOrder')
  const update = useRun('sales.updateOrder')
  const confirm = useRun('sales.confirmOrder')
  const cancel = useRun('sales.cancelOrder')
  const totals = useOfferTotals(draft)
  const guard = useLeaveGuard()
  useEffect(() => takeHeldKeys('newOrder'), [])
  const no = create.no ?? update.no ?? confirm.no ?? cancel.no ?? (guard.isTouched() ? null : (arrived?.no ?? null))
  const change = (next: OfferDraft): void => {
    setDraft(next)
    guard.touch()
  }
  /** Saves what is on the screen and gives the order's id; undefined when it was not taken. */
  const save = async (): Promise<string | undefined> => {
    const filled = draft.lines.filter((l) => !isBlankLine(l))
    const whole = { ...draft, lines: filled.length > 0 ? filled : [newDraftLine()] }
    setDraft(whole)
    const input = sentOrder(whole)
    const said = saved.current === null ? await create.run(input) : await update.run({ order_id: saved.current, ...input })
    if (!said?.ok) return undefined
    saved.current = said.output.order_id
    guard.settle()
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
    const isSure = await modal.confirm({
      title: t('command.sales.confirmOrder'),
      content: t('ui.order.confirmText', { party: draft.party.name, total: format.moneyWithSymbol(totals.gross_minor) }),
      okText: t('command.sales.confirmOrder'),
      cancelText: t('ui.cancel'),
      autoFocusButton: 'ok',
    })
    if (isSure) await confirmNow()
  }
  const discard = async (): Promise<void> => {
    if (saved.current === null) return void navigate('/sales/orders')
    if (!(await modal.confirm({ title: t('ui.order.discardTitle'), okText: t('ui.order.discard'), cancelText: t('ui.cancel') }))) return
    const said = await cancel.run({ order_id: saved.current })
    if (said?.ok) void navigate('/sales/orders')
  }
  useShortcuts([
    { key: 's', with: 'ctrl', run: () => void keep() },
    { key: 'F9', always: true, run: () => void confirmNow() },
    { key: 'Enter', with: 'ctrl', run: () => void confirmNow() },
  ])
  const isRunning = create.isRunning || update.isRunning || confirm.isRunning
  return (
    <DocumentPage
      kind={t('ui.kind.order')}
      number={order?.number ?? null}
      backTo={{ path: '/sales/orders', label: t('ui.nav.orders') }}
      tags={<StatusTag tone="neutral">{t(order ? 'state.order.draft' : 'ui.newDocument')}</StatusTag>}
      actions={
        <>
          {order ? <Button onClick={() => void discard()}>{t('ui.order.discard')}</Button> : null}
          <Button loading={isRunning} onClick={() => void keep()}>
            {t('ui.saveDraft')} <kbd>Ctrl S</kbd>
          </Button>
          <Button type="primary" loading={isRunning} onClick={() => void confirmNow()}>
            {t('command.sales.confirmOrder')} <kbd>F9</kbd>
          </Button>
        </>
      }
      messages={
        <>
          <RefusalMessage no={no} />
          <CreditOverride no={no} onOverride={(reason) => void confirmNow(reason)} />
        </>
      }
    >
      <OfferForm kind="order" draft={draft} onChange={change} no={no} onDone={() => void askConfirm()} />
    </DocumentPage>
  )
}
