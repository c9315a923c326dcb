import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { DocumentLines, DocumentTotals, useLineColumns } from '../catalog/document-lines.tsx'

/** A figure that is nothing yet is a dash; what else there is to say about it stands below. */
function Progress({ quantity_e6, below, tone = 'soft' }: { quantity_e6: number; below?: string | null; tone?: 'soft' | 'danger-text' }) {
  const format = useFormat()
  return (
    <>
      {quantity_e6 === 0 ? <span className="zg-soft">–</span> : format.quantity(quantity_e6)}
      {below ? <div className={`zg-${tone}`}>{below}</div> : null}
    </>
  )
}

/** The lines of a confirmed order with what happened to each, in base units. */
export function OrderLines({ order }: { order: AskOutput<'sales.order'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const q = format.quantity
  const { no, item, amount } = useLineColumns(order)
  const counted = (text: string, quantity_e6: number): string | null => (quantity_e6 > 0 ? t(text, { count: q(quantity_e6) }) : null)
  return (
    <>
      <DocumentLines
        lines={order.lines}
        columns={[
          no,
          item,
          {
            key: 'ordered',
            title: t('ui.f.ordered'),
            align: 'end',
            render: (l) => (
              <>
                {q(l.base_quantity_e6)} {l.base_unit}
                {l.unit === l.base_unit ? null : <div className="zg-soft">{`${q(l.quantity_e6)} ${l.unit}`}</div>}
              </>
            ),
          },
          { key: 'delivered', title: t('ui.f.delivered'), align: 'end', render: (l) => <Progress quantity_e6={l.delivered_e6} below={counted('ui.order.returnedCount', l.returned_e6)} /> },
          { key: 'remaining', title: t('ui.f.remaining'), align: 'end', render: (l) => <Progress quantity_e6={l.remaining_e6} below={counted('ui.order.closedCount', l.closed_e6)} /> },
          {
            key: 'reserved',
            title: t('ui.f.reserved'),
            align: 'end',
            render: (l) =>
              l.item_kind === 'service' ? '' : <Progress quantity_e6={l.reserved_e6} tone="danger-text" below={order.state === 'confirmed' ? counted('ui.order.short', l.remaining_e6 - l.reserved_e6) : null} />,
          },
          { key: 'invoiced', title: t('ui.f.invoiced'), align: 'end', render: (l) => <Progress quantity_e6={l.invoiced_e6 - l.credited_e6} /> },
          {
            key: 'price',
            title: t('ui.f.price'),
            align: 'end',
            render: (l) => (
              <>
                {format.price(l.price_e4)}
                {l.discount_rate_e8 > 0 ? <div className="zg-soft">−{format.percent(l.discount_rate_e8)}</div> : null}
              </>
            ),
          },
          amount,
        ]}
      />
      <DocumentTotals sums={order} />
    </>
  )
}
