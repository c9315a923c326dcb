import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'

type Row = RowOf<'accounting.ageing'>

/** Who owes what since when, or whom we owe. */
export function AgeingPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ side: 'receivable', as_of: today })
  const side = values.side === 'payable' ? 'payable' : 'receivable'
  const rows = useRows('accounting.ageing', { side, as_of: values.as_of })
  const bounds = rows.head?.bounds ?? [30, 60, 90]
  const money = (minor: number) => (minor === 0 ? '' : format.money(minor))
  const columns: readonly Column<Row>[] = [
    { key: 'code', from: 'party_code', title: t('ui.f.code'), width: 90, figures: 'tabular', render: (r) => r.party_code },
    { key: 'name', from: 'party_name', title: t(side === 'receivable' ? 'ui.f.customer' : 'ui.f.supplier'), width: 150, grow: 2, render: (r) => r.party_name, total: t('ui.f.sum') },
    { key: 'notDue', from: 'not_due_minor', title: t('ui.ageing.notDue'), width: 116, align: 'end', render: (r) => money(r.not_due_minor), total: format.money(rows.head?.totals.not_due_minor) },
    ...[...bounds, null].map((bound, i) => ({
      key: `bucket-${i}`,
      from: `overdue_minor.${i}` as const,
      title: bound === null ? t('ui.ageing.beyond', { days: bounds.at(-1) ?? 0 }) : t('ui.ageing.within', { from: i === 0 ? 1 : (bounds[i - 1] ?? 0) + 1, to: bound }),
      width: 116,
      align: 'end' as const,
      render: (r: Row) => <span className={i > 0 && (r.overdue_minor[i] ?? 0) !== 0 ? 'zg-danger-text' : ''}>{money(r.overdue_minor[i] ?? 0)}</span>,
      total: format.money(rows.head?.totals.overdue_minor[i]),
    })),
    { key: 'credit', from: 'credit_minor', title: t(`ui.ageing.credit.${side}`), width: 112, align: 'end', render: (r) => money(r.credit_minor), total: format.money(rows.head?.totals.credit_minor) },
    { key: 'total', from: 'total_minor', title: t('ui.f.sum'), width: 122, align: 'end', render: (r) => format.money(r.total_minor), total: format.money(rows.head?.totals.total_minor) },
  ]
  return (
    <ListPage
      title={t('ui.nav.ageing')}
      filters={
        <>
          <SelectField
            aria-label={t('ui.ageing.side')}
            value={side}
            options={(['receivable', 'payable'] as const).map((value) => ({ value, label: t(`ui.ageing.${value}`) }))}
            onChange={(value) => set({ side: value ?? 'receivable' })}
          />
          <DayField aria-label={t('ui.ageing.asOf')} value={values.as_of} onChange={(as_of) => set({ as_of: as_of ?? today })} />
        </>
      }
      actions={
        <>
          <ListExport name="accounting.ageing" title={t(`ui.ageing.${side}`)} input={{ side, as_of: values.as_of }} columns={columns} />
          {side === 'receivable' ? <Button onClick={() => void navigate(`/money/statement?to=${values.as_of}`)}>{t('ui.nav.statement')}</Button> : null}
        </>
      }
    >
      <DataGrid<Row>
        label={t('ui.nav.ageing')}
        columns={columns}
        rows={rows}
        keyOf={(r) => r.party_id}
        onOpen={(r) => void navigate(`/${side === 'receivable' ? 'customers' : 'suppliers'}/${r.party_id}`)}
        empty={<EmptyState title={t('ui.ageing.empty')} text={t('ui.ageing.emptyText')} />}
      />
    </ListPage>
  )
}
