import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState } from '../../ui/list-page.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { WarehouseFilter } from './warehouse-field.tsx'

type Row = RowOf<'inventory.itemLedger'>

/** Every move of an item with quantity and value, running: the stock book. */
export function ItemLedger({ item_id }: { item_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [warehouse_id, setWarehouse] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const rows = useRows('inventory.itemLedger', {
    item_id,
    ...(warehouse_id ? { warehouse_id } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  })
  const columns: readonly Column<Row>[] = [
    { key: 'day', from: 'day', title: t('ui.f.day'), width: 92, figures: 'tabular', render: (r) => r.day },
    { key: 'source', from: 'source_number', title: t('ui.f.document'), width: 112, figures: 'tabular', render: (r) => <DocumentLink kind={r.source_kind} id={r.source_id} number={r.source_number} /> },
    { key: 'what', from: ['from_location_name', 'to_location_name'], glue: ' → ', title: t('ui.f.kind'), width: 110, grow: 1, render: (r) => (r.kind === 'adjustment' ? t('ui.stock.valueAdjustment') : `${r.from_location_name} → ${r.to_location_name}`) },
    { key: 'quantity', from: 'quantity_e6', title: t('ui.f.quantity'), width: 92, align: 'end', render: (r) => (r.quantity_e6 === 0 ? '' : format.quantity(r.quantity_e6)) },
    { key: 'value', from: 'value_minor', title: t('ui.stock.value'), width: 96, align: 'end', render: (r) => format.money(r.value_minor) },
    { key: 'adjusted', from: 'adjusted_minor', title: t('ui.stock.adjusted'), width: 80, align: 'end', render: (r) => (r.adjusted_minor === 0 ? '' : format.money(r.adjusted_minor)) },
    { key: 'running', from: 'running_quantity_e6', title: t('ui.stock.onHand'), width: 92, align: 'end', render: (r) => format.quantity(r.running_quantity_e6) },
    { key: 'runningValue', from: 'running_value_minor', title: t('ui.stock.runningValue'), width: 104, align: 'end', render: (r) => format.money(r.running_value_minor) },
    { key: 'entry', from: ['entry_word', 'entry_number'], glue: '-', title: t('ui.f.entry'), width: 70, figures: 'tabular', render: (r) => <DocumentLink kind="accounting.entry" id={r.entry_id} number={r.entry_number === null ? '' : `${r.entry_word ?? ''}-${r.entry_number}`} /> },
  ]
  return (
    <div className="zg-stack zg-embedded-grid">
      <div className="zg-filters">
        <WarehouseFilter show="all" value={warehouse_id} onChange={setWarehouse} />
        <DayField aria-label={t('ui.f.from')} placeholder={t('ui.f.from')} value={from} onChange={setFrom} />
        <DayField aria-label={t('ui.f.to')} placeholder={t('ui.f.to')} value={to} onChange={setTo} />
        {rows.head ? (
          <span className="zg-soft">
            {t('ui.ledger.opening')} <b className="zg-figures">{format.quantity(rows.head.opening.quantity_e6)}</b> · {t('ui.ledger.closing')}{' '}
            <b className="zg-figures">{format.quantity(rows.head.closing.quantity_e6)}</b> / <b className="zg-figures">{format.money(rows.head.closing.value_minor)}</b>
          </span>
        ) : null}
      </div>
      <DataGrid<Row>
        label={t('ui.stock.ledger')}
        columns={columns}
        rows={rows}
        keyOf={(row) => String(row.seq)}
        empty={<EmptyState title={t('ui.stock.ledgerEmpty')} text={t('ui.stock.ledgerEmptyText')} />}
      />
    </div>
  )
}
