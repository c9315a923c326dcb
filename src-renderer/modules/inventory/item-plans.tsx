import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { DocumentLink } from '../accounting/document-link.tsx'

/** What is promised of an item and what is on its way, document by document. */
export function ItemPlans({ item_id }: { item_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('inventory.plans', { item_id, limit: 200 })
  if (!data) return null
  if (data.rows.length === 0) return <p className="zg-soft">{t('ui.stock.noPlans')}</p>
  return (
    <div className="zg-table-box">
      <table className="zg-table">
        <thead>
          <tr>
            <th scope="col">{t('ui.f.document')}</th>
            <th scope="col">{t('ui.f.kind')}</th>
            <th scope="col">{t('ui.f.dueOn')}</th>
            <th scope="col">{t('ui.f.warehouse')}</th>
            <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
            <th scope="col" className="zg-end">{t('ui.stock.reserved')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((p) => (
            <tr key={p.plan_id}>
              <td>
                <DocumentLink kind={p.source_kind} id={p.source_id} number={t(`ui.source.${p.source_kind}`)} />
              </td>
              <td>{t(`ui.stock.plan.${p.direction}`)}</td>
              <td className="zg-figures">{p.due_on}</td>
              <td>{p.warehouse_name}</td>
              <td className="zg-end">
                {format.quantity(p.quantity_e6)} {p.base_unit}
              </td>
              <td className="zg-end">{format.quantity(p.reserved_e6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
