import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { MultiUnit } from '../catalog/items-page.tsx'
import { WarehouseFilter } from './warehouse-field.tsx'

type Input = AskInput<'inventory.stock'>
const shows = ['moved', 'available', 'short', 'low', 'negative', 'slow', 'all'] as const

/** Stock on hand: what there is, what is promised, what is coming, what may be sold, what it is worth. */
export function StockPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { values, set } = useFilters({ warehouse: '' })
  return (
    <ListScreen
      name="inventory.stock"
      title={t('ui.nav.stockOnHand')}
      columns={(head) => [
        { key: 'code', from: 'item_code', title: t('ui.f.code'), width: 110, sort: 'code', figures: 'tabular', render: (r) => r.item_code },
        { key: 'name', from: ['item_name', 'spec'], glue: ' ', title: t('ui.f.name'), width: 180, grow: 3, sort: 'name', render: (r) => <>{r.item_name} <span className="zg-soft">{r.spec}</span></>, total: t('ui.f.sum') },
        { key: 'onHand', from: 'on_hand_e6', title: t('ui.stock.onHand'), width: 104, align: 'end', sort: 'on_hand', render: (r) => <span className={r.on_hand_e6 < 0 ? 'zg-danger-text' : ''}>{format.quantity(r.on_hand_e6)}</span> },
        { key: 'unit', from: 'base_unit', title: t('ui.f.unit'), width: 60, render: (r) => r.base_unit },
        { key: 'words', title: t('ui.f.inUnits'), width: 140, align: 'end', render: (r) => (r.units.length > 0 ? <MultiUnit quantity_e6={r.on_hand_e6} item={r} /> : '') },
        { key: 'reserved', from: 'reserved_e6', title: t('ui.stock.reserved'), width: 96, align: 'end', render: (r) => (r.reserved_e6 === 0 ? '' : format.quantity(r.reserved_e6)) },
        { key: 'available', from: 'available_e6', title: t('ui.stock.available'), width: 100, align: 'end', sort: 'available', render: (r) => <span className={r.available_e6 < 0 ? 'zg-danger-text' : ''}>{format.quantity(r.available_e6)}</span> },
        { key: 'incoming', from: 'incoming_e6', title: t('ui.stock.incoming'), width: 90, align: 'end', render: (r) => (r.incoming_e6 === 0 ? '' : format.quantity(r.incoming_e6)) },
        { key: 'value', from: 'value_minor', title: t('ui.stock.value'), width: 120, align: 'end', sort: 'value', render: (r) => format.money(r.value_minor), total: format.money(head?.total_value_minor) },
      ]}
      inputOf={(v) => ({
        ...(v.text ? { search: v.text } : {}),
        ...(values.warehouse ? { warehouse_id: values.warehouse } : {}),
        show: (v.choice || 'moved') as NonNullable<Input['show']>,
        sort: v.sort as NonNullable<Input['sort']>,
        descending: v.direction === 'desc' ? (1 as const) : (0 as const),
      })}
      idField="item_id"
      pathOf={(row) => `/items/${row.item_id}`}
      search={t('ui.item.find')}
      choice={{ label: t('ui.stock.show'), options: shows.map((show) => ({ value: show as string, label: t(`ui.stock.show.${show}`) })) }}
      filters={<WarehouseFilter value={values.warehouse || null} onChange={(warehouse) => set({ warehouse: warehouse ?? '' })} />}
      sort={{ key: 'code', direction: 'asc' }}
      make={{ path: '/stock/adjustments/new', text: t('ui.nav.newAdjustment'), permission: 'inventory.adjust' }}
      empty={{ title: t('ui.stock.empty'), text: t('ui.stock.emptyText') }}
    />
  )
}
