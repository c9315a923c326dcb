import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { addDays, addMonths } from '../../../src-main/kernel/day.ts'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useRows, type Sort } from '../../ui/data-grid/use-rows.ts'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { SegmentSelect } from '../insights/segment-select.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'

type Row = RowOf<'sales.profit'>
type Input = AskInput<'sales.profit'>
const ways = ['party', 'item', 'document'] as const

/** What was sold and what it earned: customers or goods, and the documents behind each. */
export function ProfitPage() {
  const { t } = useTranslation()
  const { today, may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ by: 'party', party: '', item: '', segment: '', from: addDays(addMonths(today, -12), 1), to: today, sort: 'gross', direction: 'desc' })
  const by = ways.find((w) => w === values.by) ?? 'party'
  const input = {
    by,
    from: values.from,
    to: values.to,
    ...(values.party ? { party_id: values.party } : {}),
    ...(values.item ? { item_id: values.item } : {}),
    ...(values.segment ? { segment_id: values.segment } : {}),
    sort: values.sort as NonNullable<Input['sort']>,
    direction: values.direction as 'asc' | 'desc',
  }
  const rows = useRows('sales.profit', input)
  const { data: party } = useAsk('parties.get', { party_id: values.party }, { enabled: values.party !== '' })
  const { data: item } = useAsk('catalog.item', { item_id: values.item }, { enabled: values.item !== '' })
  const only = values.party ? party?.name : values.item ? item?.name : undefined
  const { head } = rows
  const rate = (r: { net_minor: number; margin_minor: number | null }): string => (r.margin_minor === null || r.net_minor === 0 ? '' : `${(Math.round((r.margin_minor / r.net_minor) * 1000) / 10).toFixed(1)}%`)
  const columns: readonly Column<Row>[] = [
    { key: 'code', from: 'code', title: t(by === 'document' ? 'ui.f.number' : 'ui.f.code'), width: 140, figures: 'tabular', render: (r) => r.code },
    ...(by === 'document' ? [{ key: 'day', from: 'day' as const, title: t('ui.f.day'), width: 96, figures: 'tabular' as const, render: (r: Row) => r.day }] : []),
    { key: 'name', from: 'name', title: t(by === 'item' ? 'ui.f.item' : 'ui.f.customer'), width: 200, grow: 2, render: (r) => r.name, total: t('ui.f.sum') },
    { key: 'gross', from: 'gross_minor', title: t('home.sales.gross'), width: 130, align: 'end', sort: 'gross', render: (r) => format.money(r.gross_minor), total: format.money(head?.gross_minor) },
    { key: 'net', from: 'net_minor', title: t('home.sales.net'), width: 130, align: 'end', sort: 'net', render: (r) => format.money(r.net_minor), total: format.money(head?.net_minor) },
    ...(may('sales.cost')
      ? [
          { key: 'cost', from: 'cost_minor' as const, title: t('home.cost'), width: 130, align: 'end' as const, render: (r: Row) => format.money(r.cost_minor), total: format.money(head?.cost_minor) },
          { key: 'margin', from: 'margin_minor' as const, title: t('home.margin'), width: 130, align: 'end' as const, sort: 'margin', render: (r: Row) => <span className={(r.margin_minor ?? 0) < 0 ? 'zg-danger-text' : ''}>{format.money(r.margin_minor)}</span>, total: format.money(head?.margin_minor) },
          { key: 'rate', title: t('home.marginRate'), width: 90, align: 'end' as const, render: rate, total: head ? rate(head) : '' },
        ]
      : []),
  ]
  const open = (row: Row): void => {
    if (row.kind === 'invoice') void navigate(`/sales/invoices/${row.id}`)
    else if (row.kind === 'delivery') void navigate(`/sales/deliveries/${row.id}`)
    else set({ by: 'document', [row.kind]: row.id })
  }
  return (
    <ListPage
      title={t('home.profitPage')}
      filters={
        <>
          <SelectField aria-label={t('home.by')} value={by} options={ways.map((value) => ({ value, label: t(`home.by.${value}`) }))} onChange={(value) => set({ by: value ?? 'party' })} />
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: from ?? addDays(addMonths(today, -12), 1) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: to ?? today })} />
          <SegmentSelect value={values.segment} onChange={(segment) => set({ segment })} />
          {only === undefined ? null : (
            <button type="button" className="zg-only" onClick={() => set({ party: '', item: '' })}>
              {t('home.only', { name: only })} <span aria-hidden>×</span>
            </button>
          )}
        </>
      }
      actions={<ListExport name="sales.profit" title={t('home.profitPage')} input={input} columns={columns} />}
    >
      <DataGrid<Row>
        label={t('home.profitPage')}
        columns={columns}
        rows={rows}
        keyOf={(r) => r.id}
        sort={{ key: values.sort, direction: values.direction === 'asc' ? 'asc' : 'desc' }}
        onSort={(next: Sort) => set({ sort: next.key, direction: next.direction })}
        onOpen={open}
        empty={<EmptyState title={t('home.noSales')} text={t('home.noSalesText')} />}
      />
    </ListPage>
  )
}
