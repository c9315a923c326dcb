import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLines, LineItem, useLineColumns } from '../catalog/document-lines.tsx'
import { LabelsDialog, labelsOf } from '../platform/labels-dialog.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { DocumentLinks } from './document-links.tsx'
import { TicketsOf } from '../service/linked-documents.tsx'
import { ReturnFromDeliveries } from './return-dialog.tsx'
import { SaleLifecycle } from './sale-lifecycle.tsx'

type Line = AskOutput<'sales.delivery'>['lines'][number]

/** Goods that left or came back: what, for which order, and what became of it. */
export function DeliveryPage() {
  const { delivery_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const [front, setFront] = useState<'reverse' | 'return' | 'labels' | null>(null)
  const { no, item, quantity, unit } = useLineColumns()
  const { data: delivery, error } = useAsk('sales.delivery', { delivery_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!delivery) return <div className="zg-page" aria-busy />
  const isStanding = delivery.kind !== 'reversal' && delivery.reversed_by_id === null
  const isReturn = delivery.kind === 'return'
  const reverses = t(isReturn ? 'ui.delivery.reverseReturn' : 'command.sales.reverseDelivery')
  const showsCost = delivery.lines.some((l) => l.cost_minor !== null)
  return (
    <DocumentPage
      kind={t(`ui.deliveryKind.${delivery.kind}`)}
      record={{ kind: 'sales.delivery', id: delivery.delivery_id }}
      number={delivery.number}
      backTo={{ path: '/sales/deliveries', label: t('ui.nav.deliveries') }}
      tags={
        <>
          {delivery.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : null}
          {delivery.lines.some((l) => l.to_invoice_e6 !== 0) ? <StatusTag tone="info">{t('ui.delivery.uninvoiced')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          <PrintButton name="sales.delivery" id={delivery_id} />
          <ActionButtons
            offers={[
              { text: t('ui.print.labels'), run: () => setFront('labels') },
              isStanding && delivery.kind === 'delivery' && may('sales.sell') && { text: t('command.sales.exchangeGoods'), run: () => void navigate(`/sales/exchange/${delivery_id}`) },
              isStanding && delivery.kind === 'delivery' && may('sales.return') && { text: t('command.sales.returnGoods'), run: () => setFront('return') },
              isStanding && may('sales.reverse') && { text: reverses, run: () => setFront('reverse') },
            ]}
          />
        </>
      }
      side={
        <>
          <DocumentLinks documents={delivery.documents} />
          <TicketsOf of={{ source_kind: 'sales.delivery', source_id: delivery_id }} />
        </>
      }
    >
      {isStanding ? <SaleLifecycle of={{ kind: 'delivery', id: delivery_id }} /> : null}
      <FactCard
        facts={[
          [t('ui.f.customer'), <Link to={`/customers/${delivery.party_id}`}>{delivery.party_name}</Link>],
          [t('ui.f.day'), delivery.day],
          [t('ui.f.warehouse'), delivery.warehouse_name],
          delivery.order_id ? [t('ui.kind.order'), <Link to={`/sales/orders/${delivery.order_id}`}>{delivery.order_number}</Link>] : null,
          delivery.ship_to ? [t('ui.f.shipTo'), delivery.ship_to] : null,
          delivery.tracking ? [t('ui.f.tracking'), delivery.tracking] : null,
          delivery.note ? [t('ui.f.note'), delivery.note] : null,
        ]}
      />
      <DocumentLines
        lines={delivery.lines}
        columns={[
          no,
          { ...item, render: (l) => <LineItem line={l}>{l.disposition === 'scrap' ? <div className="zg-soft">{t('ui.return.scrap')}</div> : null}</LineItem> },
          quantity,
          unit,
          { key: 'words', title: t('ui.f.inUnits'), align: 'end', render: (l) => l.quantity_words },
          { key: 'returned', title: t('ui.f.returned'), align: 'end', render: (l) => (l.returned_e6 === 0 ? '' : format.quantity(l.returned_e6)) },
          { key: 'toInvoice', title: t('ui.f.toInvoice'), align: 'end', render: (l) => (l.to_invoice_e6 === 0 ? '' : format.quantity(l.to_invoice_e6)) },
          ...(showsCost ? [{ key: 'cost', title: t('ui.f.cost'), align: 'end' as const, render: (l: Line) => format.money(l.cost_minor) }] : []),
        ]}
      />
      {front === 'labels' ? <LabelsDialog of="catalog.label" things={labelsOf(delivery.lines)} onClose={() => setFront(null)} /> : null}
      {front === 'return' ? <ReturnFromDeliveries delivery_ids={[delivery_id]} refund_minor={0} onClose={() => setFront(null)} /> : null}
      {front === 'reverse' ? (
        <ReasonDialog name="sales.reverseDelivery" asks="day" called={reverses} text={t(isReturn ? 'ui.reverse.return' : 'ui.reverse.delivery')} inputOf={(reason, day) => ({ delivery_id, reason, day })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
