import { useState } from 'react'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { No } from '../../api/client.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useShortcuts } from '../../shell/keys.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { DocumentPage, FactCard, MoneyPanel, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { ProgressTag } from '../../ui/progress-tag.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { ApprovalPanel } from '../platform/approval-panel.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { ChangeOrderDialog } from './change-order-dialog.tsx'
import { DeliverDialog } from './deliver-dialog.tsx'
import { DocumentLinks } from './document-links.tsx'
import { InvoiceDialog } from './invoice-dialog.tsx'
import { orderActions, type OrderAction } from './order-actions.ts'
import { OrderLines } from './order-lines.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { ReturnDialog } from './return-dialog.tsx'
import { ContractLinks } from '../contracts/contract-links.tsx'
import { Origin } from '../crm/origin.tsx'
import { TicketsOf } from '../service/linked-documents.tsx'
import { SaleLifecycle } from './sale-lifecycle.tsx'
import { orderTone } from './states.ts'

type Order = AskOutput<'sales.order'>

/** The one page of a confirmed order: quantities, documents and money side by side, and what can be done next. */
export function OrderView({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const arrived = useLocation().state as { no?: No } | null
  const [front, setFront] = useState<OrderAction | null>(null)
  const actions = orderActions(order, may)
  const close = (): void => setFront(null)
  useShortcuts([{ key: 'F9', always: true, run: () => actions[0] && setFront(actions[0].action) }])
  return (
    <DocumentPage
      kind={t('ui.kind.order')}
      record={{ kind: 'sales.order', id: order.order_id }}
      number={order.number}
      backTo={{ path: '/sales/orders', label: t('ui.nav.orders') }}
      tags={
        <>
          <StatusTag tone={orderTone[order.state]}>{t(`state.order.${order.state}`)}</StatusTag>
          {order.state === 'cancelled' ? null : (
            <>
              <ProgressTag of="delivered" value={order.delivered} />
              <ProgressTag of="invoiced" value={order.invoiced} />
              <ProgressTag of="paid" value={order.paid} />
            </>
          )}
          {order.is_late ? <StatusTag tone="danger">{t('ui.order.late')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          <PrintButton name="sales.order" id={order.order_id} />
          <ActionButtons offers={actions.map(({ action, text }, i) => ({ text: t(text), run: () => setFront(action), ...(i === 0 ? { look: 'main' as const, keys: 'F9' } : {}) }))} />
        </>
      }
      messages={
        <>
          <RefusalMessage no={arrived?.no ?? null} />
          {order.reconciles.is_ok ? null : (
            <Alert role="alert" type="error" showIcon title={t('ui.order.differs', { count: order.reconciles.differences.length })} />
          )}
        </>
      }
      side={
        <>
          <OrderMoney order={order} />
          <DocumentLinks documents={order.documents} />
          <TicketsOf of={{ source_kind: 'sales.order', source_id: order.order_id }} />
          <ContractLinks of={{ order_id: order.order_id }} />
          <Revisions order={order} />
        </>
      }
    >
      <ApprovalPanel of={{ source_kind: 'sales.order', source_id: order.order_id }} />
      <Origin of={{ source_kind: 'sales.order', source_id: order.order_id }} />
      {order.state === 'cancelled' ? null : <SaleLifecycle of={{ kind: 'order', id: order.order_id }} />}
      <OrderFacts order={order} />
      <OrderLines order={order} />
      {front === 'deliver' ? <DeliverDialog order={order} onClose={close} /> : null}
      {front === 'invoice' ? <InvoiceDialog order={order} onClose={close} /> : null}
      {front === 'receive' ? (
        <ReceiveDialog kind="receipt" party={{ party_id: order.party_id, name: order.party_name }} source={{ kind: 'sales.order', id: order.order_id }} expected={expectedOf(order)} onClose={close} />
      ) : null}
      {front === 'return' ? <ReturnDialog order={order} onClose={close} /> : null}
      {front === 'change' ? <ChangeOrderDialog order={order} onClose={close} /> : null}
      {front === 'close' ? (
        <ReasonDialog name="sales.closeOrder" text={t('ui.order.closeText')} inputOf={(reason) => ({ order_id: order.order_id, reason })} onClose={close} />
      ) : null}
      {front === 'cancel' ? (
        <ReasonDialog name="sales.cancelOrder" text={t('ui.order.cancelText')} inputOf={(reason) => ({ order_id: order.order_id, reason })} onClose={close} />
      ) : null}
    </DocumentPage>
  )
}

/** What the order's invoices still want; before any invoice, a deposit of what is not paid yet. */
function expectedOf(order: Order) {
  const { money } = order
  const unpaid = order.gross_minor - money.received_minor - money.settlement_discount_minor - money.deposit_minor
  return { document_ids: order.documents.filter((d) => d.kind === 'invoice').map((d) => d.id), amount_minor: Math.max(0, money.open_minor > 0 ? money.open_minor : unpaid) }
}

function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation()
  const own = useExtraFacts('sales.order', order)
  return (
    <FactCard
      facts={[
        [t('ui.f.customer'), <Link to={`/customers/${order.party_id}`}>{order.party_name}</Link>],
        [t('ui.f.day'), <span className="zg-figures">{order.day}</span>],
        [t('ui.f.wantedOn'), order.wanted_on],
        [t('ui.f.promisedOn'), order.promised_on],
        [t('ui.f.warehouse'), order.warehouse_name],
        [t('ui.f.salesperson'), order.salesperson_name],
        order.customer_reference ? [t('ui.f.customerReference'), order.customer_reference] : null,
        order.ship_to ? [t('ui.f.shipTo'), order.ship_to] : null,
        ...own,
        order.note ? [t('ui.f.note'), order.note] : null,
        [t('ui.f.terms'), t(order.prices_include_tax ? 'ui.f.pricesIncludeTax' : 'ui.f.pricesExcludeTax')],
      ]}
    />
  )
}

function OrderMoney({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { money } = order
  return (
    <MoneyPanel
      extra={<span className={order.reconciles.is_ok ? 'zg-soft' : 'zg-danger-text'}>{t(order.reconciles.is_ok ? 'ui.money.agrees' : 'ui.money.differs')}</span>}
      sums={[
        [t('ui.money.order'), format.money(money.order_minor)],
        [t('ui.money.delivered'), format.money(money.delivered_minor)],
        [t('ui.money.invoiced'), format.money(money.invoiced_minor)],
        money.credited_minor === 0 ? null : [t('ui.money.credited'), format.money(money.credited_minor)],
        [t('ui.money.received'), format.money(money.received_minor)],
        money.settlement_discount_minor === 0 ? null : [t('ui.money.settlementDiscount'), format.money(money.settlement_discount_minor)],
        money.deposit_minor === 0 ? null : [t('ui.money.deposit'), format.money(money.deposit_minor)],
        [t('ui.money.open'), format.money(money.open_minor), money.open_minor > 0 ? 'strong' : undefined],
      ]}
    />
  )
}

function Revisions({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (order.revisions.length === 0) return null
  return (
    <Panel title={t('ui.revisions')}>
      <ul className="zg-list-plain">
        {order.revisions.map((r) => (
          <li key={r.revision}>
            <span>
              {r.user_name} {r.reason ? `· ${r.reason}` : ''}
            </span>
            <span className="zg-soft zg-figures">{format.instant(r.at)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
