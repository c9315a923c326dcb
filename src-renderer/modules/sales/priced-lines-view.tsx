import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { amountOf } from './amounts.ts'

type Line = AskOutput<'sales.quote'>['lines'][number]
type Priced = {
  readonly prices_include_tax: 0 | 1
  readonly discount_minor: number
  readonly net_minor: number
  readonly tax_minor: number
  readonly gross_minor: number
  readonly lines: readonly Line[]
}

/** The lines and sums of a posted or sent document. */
export function PricedLinesView({ document }: { document: Priced }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <div className="zg-table-box">
        <table className="zg-table">
          <caption className="zg-sr">{t('ui.f.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('ui.f.item')}</th>
              <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
              <th scope="col">{t('ui.f.unit')}</th>
              <th scope="col" className="zg-end">{t(document.prices_include_tax ? 'ui.f.priceWithTax' : 'ui.f.price')}</th>
              <th scope="col" className="zg-end">{t('ui.f.discount')}</th>
              <th scope="col" className="zg-end">{t('ui.f.taxRate')}</th>
              <th scope="col" className="zg-end">{t(document.prices_include_tax ? 'ui.f.amountWithTax' : 'ui.f.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {document.lines.map((line) => (
              <tr key={line.line_no}>
                <td className="zg-figures zg-soft">{line.line_no}</td>
                <td>
                  <span className="zg-soft zg-figures">{line.item_code}</span> <Link to={`/items/${line.item_id}`}>{line.item_name}</Link>
                  {line.description && line.description !== line.item_name ? <div className="zg-soft">{line.description}</div> : null}
                </td>
                <td className="zg-end">{format.quantity(line.quantity_e6)}</td>
                <td>{line.unit}</td>
                <td className="zg-end">{format.price(line.price_e4)}</td>
                <td className="zg-end">{line.discount_rate_e8 > 0 ? format.percent(line.discount_rate_e8) : line.discount_minor === 0 ? '' : format.money(line.discount_minor)}</td>
                <td className="zg-end">{format.percent(line.tax_rate_e8)}</td>
                <td className="zg-end">{format.money(amountOf(line, document.prices_include_tax))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TotalsBar
        totals={[
          ...(document.discount_minor === 0 ? [] : [{ key: 'discount', label: t('ui.f.documentDiscount'), value: format.money(document.discount_minor), look: 'soft' as const }]),
          { key: 'net', label: t('ui.f.net'), value: format.money(document.net_minor) },
          { key: 'tax', label: t('ui.f.tax'), value: format.money(document.tax_minor) },
          { key: 'gross', label: t('ui.f.gross'), value: format.moneyWithSymbol(document.gross_minor), look: 'strong' },
        ]}
      />
    </>
  )
}
