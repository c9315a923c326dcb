import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'

/** What is promised of an item and what is on its way, document by document. */
export function ItemPlans({ item_id }: { item_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('inventory.plans', { item_id, limit: 200 })
  if (!data) return null
  if (data.rows.length === 0) return <p className="zg-soft">{t('ui.stock.noPlans')}</p>
  return (
    <Table
      rows={data.rows}
      keyOf={(p) => p.plan_id}
      columns={[
        { key: 'document', title: t('ui.f.document'), render: (p) => (p.source_id === null ? t(`ui.source.${p.source_kind}`) : <DocumentLink kind={p.source_kind} id={p.source_id} number={t(`ui.source.${p.source_kind}`)} />) },
        { key: 'kind', title: t('ui.f.kind'), render: (p) => t(`ui.stock.plan.${p.direction}`) },
        { key: 'due', title: t('ui.f.dueOn'), figures: 'tabular', render: (p) => p.due_on },
        { key: 'warehouse', title: t('ui.f.warehouse'), render: (p) => p.warehouse_name },
        { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (p) => `${format.quantity(p.quantity_e6)} ${p.base_unit}` },
        { key: 'reserved', title: t('ui.stock.reserved'), align: 'end', render: (p) => format.quantity(p.reserved_e6) },
      ]}
    />
  )
}
