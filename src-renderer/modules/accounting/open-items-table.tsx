import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { MoneyField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { sumOf, type Allocation, type Allocations } from './allocations.ts'
import { DocumentLink } from './document-link.tsx'

type Props = {
  readonly items: readonly RowOf<'accounting.openItems'>[]
  readonly allocations: Allocations
  onChange(allocations: Allocations): void
}

const nothing: Allocation = { amount_minor: 0, discount_minor: 0 }

/** Open documents of a party with what this payment settles of each. */
export function OpenItemsTable({ items, allocations, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const set = (id: string, changes: Partial<Allocation>): void => onChange(new Map(allocations).set(id, { ...(allocations.get(id) ?? nothing), ...changes }))
  if (items.length === 0) return <p className="zg-soft">{t('ui.payment.nothingOpen')}</p>
  return (
    <div className="zg-table-box zg-parts">
      <table className="zg-table">
        <thead>
          <tr>
            <th scope="col">{t('ui.f.document')}</th>
            <th scope="col">{t('ui.f.day')}</th>
            <th scope="col">{t('ui.f.dueOn')}</th>
            <th scope="col" className="zg-end">{t('ui.f.open')}</th>
            <th scope="col" className="zg-end">{t('ui.payment.settles')}</th>
            <th scope="col" className="zg-end">{t('ui.payment.letOff')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const own = allocations.get(item.open_item_id) ?? nothing
            return (
              <tr key={item.open_item_id}>
                <td>
                  <DocumentLink kind={item.source_kind} id={item.source_id} number={item.number} />
                </td>
                <td className="zg-figures">{item.day}</td>
                <td className={`zg-figures${item.overdue_days > 0 ? ' zg-danger-text' : ''}`}>
                  {item.due_on}
                  {item.overdue_days > 0 ? ` (${t('ui.daysLate', { count: item.overdue_days })})` : ''}
                </td>
                <td className="zg-end">{format.money(Math.abs(item.open_minor))}</td>
                <td className="zg-part-quantity">
                  <MoneyField
                    aria-label={`${t('ui.payment.settles')} ${item.number}`}
                    value={own.amount_minor === 0 ? null : own.amount_minor}
                    onChange={(amount_minor) => set(item.open_item_id, { amount_minor: amount_minor ?? 0 })}
                  />
                </td>
                <td className="zg-part-quantity">
                  <MoneyField
                    aria-label={`${t('ui.payment.letOff')} ${item.number}`}
                    value={own.discount_minor === 0 ? null : own.discount_minor}
                    onChange={(discount_minor) => set(item.open_item_id, { discount_minor: discount_minor ?? 0 })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>{t('ui.f.sum')}</td>
            <td className="zg-end">{format.money(items.reduce((sum, i) => sum + Math.abs(i.open_minor), 0))}</td>
            <td className="zg-end">{format.money(sumOf(allocations, 'amount_minor'))}</td>
            <td className="zg-end">{format.money(sumOf(allocations, 'discount_minor'))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
