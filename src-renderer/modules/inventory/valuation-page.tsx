import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { formatDecimal } from '../../../src-main/kernel/decimal.ts'
import { mulDiv } from '../../../src-main/kernel/math.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, SearchBox, useFilters } from '../../ui/list-page.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'

type Row = RowOf<'inventory.valuation'>

/** What the stock is worth at the end of a day, item by item; its sum is the balance of the inventory accounts. */
export function ValuationPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ as_of: today, text: '' })
  const input = { ...(values.as_of === today ? {} : { as_of: values.as_of }), ...(values.text ? { search: values.text } : {}) }
  const rows = useRows('inventory.valuation', input)
  const unitCost = (r: Row): string =>
    r.quantity_e6 === 0 ? '' : formatDecimal(mulDiv({ a: r.value_minor, b: 10 ** (10 - format.digits), divisor: r.quantity_e6, rounding: 'halfUp' }), 4, 4)
  const columns: readonly Column<Row>[] = [
    { key: 'code', from: 'item_code', title: t('ui.f.code'), width: 110, figures: 'tabular', render: (r) => r.item_code },
    { key: 'name', from: ['item_name', 'spec'], glue: ' ', title: t('ui.f.name'), width: 200, grow: 2, render: (r) => <>{r.item_name} <span className="zg-soft">{r.spec}</span></>, total: t('ui.f.sum') },
    { key: 'quantity', from: 'quantity_e6', title: t('ui.stock.onHand'), width: 120, align: 'end', render: (r) => <span className={r.quantity_e6 < 0 ? 'zg-danger-text' : ''}>{format.quantity(r.quantity_e6)}</span> },
    { key: 'unit', from: 'base_unit', title: t('ui.f.unit'), width: 70, render: (r) => r.base_unit },
    { key: 'cost', title: t('ui.stock.unitCost'), width: 120, align: 'end', render: unitCost },
    { key: 'value', from: 'value_minor', title: t('ui.stock.value'), width: 140, align: 'end', render: (r) => format.money(r.value_minor), total: format.money(rows.head?.total_value_minor) },
  ]
  return (
    <ListPage
      title={t('ui.nav.valuation')}
      filters={
        <>
          <SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={t('ui.item.find')} />
          <DayField aria-label={t('ui.ageing.asOf')} value={values.as_of} onChange={(as_of) => set({ as_of: as_of ?? today })} />
        </>
      }
      actions={<ListExport name="inventory.valuation" title={t('ui.nav.valuation')} input={input} columns={columns} />}
    >
      <DataGrid<Row>
        label={t('ui.nav.valuation')}
        columns={columns}
        rows={rows}
        keyOf={(r) => r.item_id}
        onOpen={(r) => void navigate(`/items/${r.item_id}`)}
        toneOf={(r) => (r.quantity_e6 < 0 || r.value_minor < 0 ? 'danger' : undefined)}
        empty={<EmptyState title={t('ui.stock.empty')} text={t('ui.stock.emptyText')} />}
      />
    </ListPage>
  )
}
