import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SaidNo } from '../api/client.ts'
import type { Column } from '../ui/data-grid/columns.ts'
import { DataGrid } from '../ui/data-grid/data-grid.tsx'
import { useLocalRows, type Sort } from '../ui/data-grid/use-rows.ts'
import { useSelection } from '../ui/data-grid/use-selection.ts'
import { useFormat } from '../ui/format.ts'
import { EmptyState } from '../ui/list-page.tsx'
import { StatusTag } from '../ui/status-tag.tsx'
import { noes, rows, type Row } from './canned.ts'
import { Piece } from './gallery.tsx'

/** A list full, empty, on its way and refused. */
export function Grids() {
  const { t } = useTranslation()
  const format = useFormat()
  const [sort, setSort] = useState<Sort>({ key: 'number', direction: 'desc' })
  const keyOf = (r: Row): string => r.id
  const full = useLocalRows(rows)
  const none = useLocalRows<Row>([])
  const coming = useLocalRows<Row>(undefined)
  const selection = useSelection({ rows: full, keyOf, about: '' })
  const columns: readonly Column<Row>[] = [
    { key: 'number', title: t('ui.kind.order'), width: 120, sort: 'number', figures: 'tabular', render: (r) => r.number },
    { key: 'name', title: t('ui.f.customer'), width: 160, grow: 1, render: (r) => r.name },
    { key: 'state', title: t('ui.f.state'), width: 100, render: (r) => <StatusTag tone={r.state === 'closed' ? 'success' : 'info'}>{t(`state.order.${r.state}`)}</StatusTag> },
    { key: 'day', title: t('ui.f.day'), width: 100, figures: 'tabular', render: (r) => r.day },
    { key: 'total', title: t('ui.f.gross'), width: 120, align: 'end', render: (r) => format.money(r.total_minor), total: format.money(12_756_210) },
  ]
  const empty = <EmptyState title={t('ui.stock.empty')} />
  const grid = { columns, keyOf, empty }
  return (
    <Piece name="DataGrid">
      <div className="zg-gallery-grid">
        <DataGrid {...grid} label={t('ui.nav.orders')} rows={full} sort={sort} onSort={setSort} selection={selection} toneOf={(r) => (r.id === '2' ? 'danger' : r.id === '4' ? 'muted' : undefined)} />
      </div>
      <div className="zg-gallery-columns zg-gallery-small">
        <DataGrid {...grid} columns={columns.slice(0, 2)} label={`${t('ui.nav.orders')} 2`} rows={none} />
        <DataGrid {...grid} columns={columns.slice(0, 2)} label={`${t('ui.nav.orders')} 3`} rows={coming} />
        <DataGrid {...grid} columns={columns.slice(0, 2)} label={`${t('ui.nav.orders')} 4`} rows={{ ...coming, error: new SaidNo(noes[0]!) }} />
      </div>
    </Piece>
  )
}
