import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentPage, Facts } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { DocumentLinks } from './document-links.tsx'
import { ReturnFromDeliveries } from './return-dialog.tsx'

/** Goods that left or came back: what, for which order, and what became of it. */
export function DeliveryPage() {
  const { delivery_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [front, setFront] = useState<'reverse' | 'return' | null>(null)
  const { data: delivery, error } = useAsk('sales.delivery', { delivery_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!delivery) return <div className="zg-page" aria-busy />
  const isStanding = delivery.kind !== 'reversal' && delivery.reversed_by_id === null
  const showsCost = delivery.lines.some((l) => l.cost_minor !== null)
  return (
    <DocumentPage
      kind={t(`ui.deliveryKind.${delivery.kind}`)}
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
          {isStanding && delivery.kind === 'delivery' && may('sales.return') ? <Button onClick={() => setFront('return')}>{t('command.sales.returnGoods')}</Button> : null}
          {isStanding && may('sales.reverse') ? <Button onClick={() => setFront('reverse')}>{t('command.sales.reverseDelivery')}</Button> : null}
        </>
      }
      side={<DocumentLinks documents={delivery.documents} />}
    >
      <section className="zg-card">
        <Facts
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
      </section>
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('ui.f.item')}</th>
              <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
              <th scope="col">{t('ui.f.unit')}</th>
              <th scope="col" className="zg-end">{t('ui.f.inUnits')}</th>
              <th scope="col" className="zg-end">{t('ui.f.returned')}</th>
              <th scope="col" className="zg-end">{t('ui.f.toInvoice')}</th>
              {showsCost ? <th scope="col" className="zg-end">{t('ui.f.cost')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {delivery.lines.map((l) => (
              <tr key={l.line_no}>
                <td className="zg-figures zg-soft">{l.line_no}</td>
                <td>
                  <span className="zg-soft zg-figures">{l.item_code}</span> <Link to={`/items/${l.item_id}`}>{l.item_name}</Link>
                  {l.disposition === 'scrap' ? <div className="zg-soft">{t('ui.return.scrap')}</div> : null}
                </td>
                <td className="zg-end">{format.quantity(l.quantity_e6)}</td>
                <td>{l.unit}</td>
                <td className="zg-end">{l.quantity_words}</td>
                <td className="zg-end">{l.returned_e6 === 0 ? '' : format.quantity(l.returned_e6)}</td>
                <td className="zg-end">{l.to_invoice_e6 === 0 ? '' : format.quantity(l.to_invoice_e6)}</td>
                {showsCost ? <td className="zg-end">{format.money(l.cost_minor)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {front === 'return' ? <ReturnFromDeliveries delivery_ids={[delivery_id]} refund_minor={0} onClose={() => setFront(null)} /> : null}
      {front === 'reverse' ? (
        <ReasonDialog name="sales.reverseDelivery" asks="day" text={t('ui.reverse.delivery')} inputOf={(reason, day) => ({ delivery_id, reason, day })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
