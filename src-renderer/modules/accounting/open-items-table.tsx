import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { MoneyField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { sumOf, type Allocation, type Allocations } from './allocations.ts'
import { DocumentLink } from '../../ui/document-link.tsx'

type Item = RowOf<'accounting.openItems'>
type Props = {
  readonly items: readonly Item[]
  readonly allocations: Allocations
  onChange(allocations: Allocations): void
  /** Written off: there is nothing to let off besides. */
  readonly isLoss?: boolean
}

const nothing: Allocation = { amount_minor: 0, discount_minor: 0 }

/** Open documents of a party with what this payment settles of each. */
export function OpenItemsTable({ items, allocations, onChange, isLoss }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const set = (id: string, changes: Partial<Allocation>): void => onChange(new Map(allocations).set(id, { ...(allocations.get(id) ?? nothing), ...changes }))
  if (items.length === 0) return <p className="zg-soft">{t('ui.payment.nothingOpen')}</p>
  const field = (part: keyof Allocation, title: string): TableColumn<Item> => ({
    key: part,
    title,
    align: 'end',
    holds: 'field',
    render: (item) => <MoneyField aria-label={`${title} ${item.number}`} value={allocations.get(item.open_item_id)?.[part] || null} onChange={(value) => set(item.open_item_id, { [part]: value ?? 0 })} />,
    total: format.money(sumOf(allocations, part)),
  })
  return (
    <Table
      look="parts"
      rows={items}
      keyOf={(item) => item.open_item_id}
      columns={[
        { key: 'document', title: t('ui.f.document'), render: (item) => <DocumentLink kind={item.source_kind} id={item.source_id} number={item.number} /> },
        { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (item) => item.day },
        {
          key: 'due',
          title: t('ui.f.dueOn'),
          figures: 'tabular',
          toneOf: (item) => (item.overdue_days > 0 ? 'danger' : undefined),
          render: (item) => `${item.due_on ?? ''}${item.overdue_days > 0 ? ` (${t('ui.daysLate', { count: item.overdue_days })})` : ''}`,
        },
        { key: 'open', title: t('ui.f.open'), align: 'end', render: (item) => format.money(Math.abs(item.open_minor)), total: format.money(items.reduce((sum, i) => sum + Math.abs(i.open_minor), 0)) },
        field('amount_minor', t('ui.payment.settles')),
        ...(isLoss ? [] : [field('discount_minor', t('ui.payment.letOff'))]),
      ]}
    />
  )
}
