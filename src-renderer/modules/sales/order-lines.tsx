import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { amountOf } from './amounts.ts'

type Order = AskOutput<'sales.order'>

/** The lines of a confirmed order with what happened to each, in base units. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  const q = format.quantity
  const dash = (value: number) => (value === 0 ? <span className="zg-soft">–</span> : q(value))
  return (
    <>
      <div className="zg-table-box">
        <table className="zg-table">
          <caption className="zg-sr">{t('ui.f.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('ui.f.item')}</th>
              <th scope="col" className="zg-end">{t('ui.f.ordered')}</th>
              <th scope="col" className="zg-end">{t('ui.f.delivered')}</th>
              <th scope="col" className="zg-end">{t('ui.f.remaining')}</th>
              <th scope="col" className="zg-end">{t('ui.f.reserved')}</th>
              <th scope="col" className="zg-end">{t('ui.f.invoiced')}</th>
              <th scope="col" className="zg-end">{t('ui.f.price')}</th>
              <th scope="col" className="zg-end">{t(order.prices_include_tax ? 'ui.f.amountWithTax' : 'ui.f.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.line_no}>
                <td className="zg-figures zg-soft">{line.line_no}</td>
                <td>
                  <span className="zg-soft zg-figures">{line.item_code}</span> <Link to={`/items/${line.item_id}`}>{line.item_name}</Link>
                  {line.description && line.description !== line.item_name ? <div className="zg-soft">{line.description}</div> : null}
                </td>
                <td className="zg-end">
                  {q(line.base_quantity_e6)} {line.base_unit}
                  {line.unit === line.base_unit ? null : (
                    <div className="zg-soft">
                      {q(line.quantity_e6)} {line.unit}
                    </div>
                  )}
                </td>
                <td className="zg-end">
                  {dash(line.delivered_e6)}
                  {line.returned_e6 > 0 ? <div className="zg-soft">{t('ui.order.returnedCount', { count: q(line.returned_e6) })}</div> : null}
                </td>
                <td className="zg-end">
                  {dash(line.remaining_e6)}
                  {line.closed_e6 > 0 ? <div className="zg-soft">{t('ui.order.closedCount', { count: q(line.closed_e6) })}</div> : null}
                </td>
                <td className="zg-end">
                  {line.item_kind === 'service' ? '' : dash(line.reserved_e6)}
                  {line.remaining_e6 > line.reserved_e6 && line.item_kind === 'stocked' && order.state === 'confirmed' ? (
                    <div className="zg-danger-text">{t('ui.order.short', { count: q(line.remaining_e6 - line.reserved_e6) })}</div>
                  ) : null}
                </td>
                <td className="zg-end">{dash(line.invoiced_e6 - line.credited_e6)}</td>
                <td className="zg-end">
                  {format.price(line.price_e4)}
                  {line.discount_rate_e8 > 0 ? <div className="zg-soft">−{format.percent(line.discount_rate_e8)}</div> : null}
                </td>
                <td className="zg-end">{format.money(amountOf(line, order.prices_include_tax))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TotalsBar
        totals={[
          ...(order.discount_minor === 0 ? [] : [{ key: 'discount', label: t('ui.f.documentDiscount'), value: format.money(order.discount_minor), look: 'soft' as const }]),
          { key: 'net', label: t('ui.f.net'), value: format.money(order.net_minor) },
          { key: 'tax', label: t('ui.f.tax'), value: format.money(order.tax_minor) },
          { key: 'gross', label: t('ui.f.gross'), value: format.moneyWithSymbol(order.gross_minor), look: 'strong' },
        ]}
      />
    </>
  )
}
