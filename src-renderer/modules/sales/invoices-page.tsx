import { useTranslation } from 'react-i18next'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf, type ListValues } from '../../ui/list-screen.tsx'
import { ProgressTag, progressWords } from '../../ui/progress-tag.tsx'
import { usePrintMarked } from '../platform/print-marked.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Row = RowOf<'sales.invoices'>
const kinds: readonly Row['kind'][] = ['invoice', 'credit_note', 'reversal']

const choiceOf = ({ choice }: ListValues): Partial<AskInput<'sales.invoices'>> =>
  choice === 'open' || choice === 'overdue' ? { due: choice } : choice === '' ? {} : { kind: choice as Row['kind'] }

export function InvoicesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const printing = usePrintMarked<Row>('sales.invoice', (row) => row.invoice_id)
  return (
    <ListScreen
      name="sales.invoices"
      title={t('ui.nav.invoices')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, sort: 'day', figures: 'tabular', render: (r) => r.day },
        { key: 'kind', from: 'kind', words: wordsOf(kinds, (kind) => t(`ui.invoiceKind.${kind}`)), title: t('ui.f.kind'), width: 96, render: (r) => <StatusTag tone={r.kind === 'invoice' ? 'info' : 'warning'}>{t(`ui.invoiceKind.${r.kind}`)}</StatusTag> },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 160, grow: 2, render: (r) => r.party_name, total: t('ui.f.sum') },
        { key: 'order', from: 'order_number', title: t('ui.kind.order'), width: 124, figures: 'tabular', render: (r) => r.order_number },
        { key: 'due', from: 'due_on', title: t('ui.f.dueOn'), width: 96, figures: 'tabular', render: (r) => <span className={r.is_overdue ? 'zg-danger-text' : ''}>{r.due_on}</span> },
        { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 116, align: 'end', render: (r) => format.money(r.gross_minor), total: format.money(head?.gross_minor) },
        { key: 'open', from: 'open_minor', title: t('ui.f.open'), width: 116, align: 'end', render: (r) => (r.open_minor === 0 ? '' : format.money(r.open_minor)), total: format.money(head?.open_minor) },
        { key: 'paid', from: 'paid', words: progressWords('paid', t), title: t('ui.f.paidState'), width: 90, render: (r) => (r.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : <ProgressTag of="paid" value={r.paid} />) },
        { key: 'net', from: 'net_minor', title: t('ui.f.net'), width: 110, align: 'end', at: 'choice', render: (r) => format.money(r.net_minor) },
        { key: 'tax', from: 'tax_minor', title: t('ui.f.tax'), width: 96, align: 'end', at: 'choice', render: (r) => format.money(r.tax_minor) },
        { key: 'salesperson', from: 'salesperson_name', title: t('ui.f.salesperson'), width: 100, at: 'choice', render: (r) => r.salesperson_name },
        { key: 'note', from: 'note', title: t('ui.f.note'), width: 140, at: 'choice', render: (r) => r.note },
      ]}
      inputOf={(v) => ({ text: v.text, ...choiceOf(v), ...periodOf(v), sort: v.sort as NonNullable<AskInput<'sales.invoices'>['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="invoice_id"
      target="sales.invoice"
      pathOf={(row) => `/sales/invoices/${row.invoice_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t('ui.orders.find')}
      choice={{
        label: t('ui.all'),
        options: [
          { value: 'open', label: t('ui.due.open') },
          { value: 'overdue', label: t('ui.due.overdue') },
          ...kinds.map((kind) => ({ value: kind as string, label: t(`ui.invoiceKind.${kind}`) })),
        ],
      }}
      period="shown"
      groups={{ name: 'sales.invoiceGroups', words: wordsOf(kinds, (kind) => t(`ui.invoiceKind.${kind}`)) }}
      sort={{ key: 'day', direction: 'desc' }}
      make={{ path: '/sales/direct', text: t('ui.nav.sellDirect'), permission: 'sales.sell' }}
      empty={{ title: t('ui.invoices.empty'), text: t('ui.invoices.emptyText') }}
      together={printing.together}
    >
      {printing.dialog}
    </ListScreen>
  )
}
