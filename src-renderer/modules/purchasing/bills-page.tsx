import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Input = AskInput<'purchasing.bills'>

export function BillsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  return (
    <ListScreen
      name="purchasing.bills"
      title={t('ui.nav.bills')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, sort: 'day', figures: 'tabular', render: (r) => r.day },
        { key: 'kind', from: 'kind', words: wordsOf(['bill', 'late_cost', 'reversal'], (kind) => t(`ui.billKind.${kind}`)), title: t('ui.f.kind'), width: 100, render: (r) => (r.kind === 'bill' ? t('ui.billKind.bill') : <StatusTag tone="warning">{t(`ui.billKind.${r.kind}`)}</StatusTag>) },
        { key: 'party', from: 'party_name', title: t('ui.f.supplier'), width: 150, grow: 2, render: (r) => r.party_name, total: t('ui.f.sum') },
        { key: 'reference', from: 'supplier_reference', title: t('ui.bill.supplierReference'), width: 140, grow: 1, render: (r) => r.supplier_reference },
        { key: 'due', from: 'due_on', title: t('ui.f.dueOn'), width: 96, figures: 'tabular', render: (r) => <span className={r.open_minor > 0 && r.due_on < today ? 'zg-danger-text' : ''}>{r.due_on}</span> },
        { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 112, align: 'end', render: (r) => format.money(r.gross_minor), total: format.money(head?.total_gross_minor) },
        { key: 'open', from: 'open_minor', title: t('ui.f.open'), width: 112, align: 'end', render: (r) => (r.open_minor === 0 ? '' : format.money(r.open_minor)), total: format.money(head?.total_open_minor) },
        { key: 'state', title: t('ui.f.state'), width: 90, render: (r) => (r.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : null) },
      ]}
      inputOf={(v) => ({ ...(v.text ? { search: v.text } : {}), show: (v.choice || 'all') as NonNullable<Input['show']>, ...periodOf(v), sort: v.sort as NonNullable<Input['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="bill_id"
      target="purchasing.bill"
      pathOf={(row) => `/purchasing/bills/${row.bill_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t('ui.bills.find')}
      choice={{
        label: t('ui.all'),
        options: [
          { value: 'open', label: t('ui.due.open') },
          { value: 'overdue', label: t('ui.due.overdue') },
        ],
      }}
      period="shown"
      sort={{ key: 'day', direction: 'desc' }}
      make={{ path: '/purchasing/bills/new', text: t('ui.nav.newBill'), permission: 'purchasing.post' }}
      empty={{ title: t('ui.bills.empty'), text: t('ui.bills.emptyText') }}
    />
  )
}
