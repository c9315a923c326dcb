import { useTranslation } from 'react-i18next'
import type { AskInput, AskOutput, RowOf } from '../../api/operations.ts'
import { wordsOf, type Column } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf, type ListValues } from '../../ui/list-screen.tsx'
import { progressCell, progressWords, type ProgressValue } from '../../ui/progress-tag.tsx'
import { usePrintMarked } from '../platform/print-marked.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { orderStateNames, orderTone } from './states.ts'

type Row = RowOf<'sales.orders'>
type Input = AskInput<'sales.orders'>

/** A list's choice is a state or something to do. */
const choiceOf = ({ choice }: ListValues): Partial<Input> =>
  choice === 'to_deliver' || choice === 'late' || choice === 'to_invoice' ? { todo: choice } : choice === '' ? {} : { state: choice as Row['state'] }

export function OrdersPage() {
  const { t } = useTranslation()
  const columns = useOrderColumns()
  const printing = usePrintMarked<Row>('sales.order', (row) => row.order_id)
  return (
    <ListScreen
      name="sales.orders"
      title={t('ui.nav.orders')}
      columns={columns}
      inputOf={(v) => ({ text: v.text, ...choiceOf(v), ...periodOf(v), sort: v.sort as NonNullable<Input['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="order_id"
      target="sales.order"
      pathOf={(row) => `/sales/orders/${row.order_id}`}
      ahead={({ order_id }, fetch) => {
        fetch('sales.order', { order_id })
        fetch('sales.lifecycle', { kind: 'order', id: order_id })
      }}
      toneOf={(row) => (row.state === 'cancelled' ? 'muted' : undefined)}
      search={t('ui.orders.find')}
      choice={{
        label: t('ui.f.state'),
        options: [
          { value: 'to_deliver', label: t('ui.orders.toDeliver') },
          { value: 'late', label: t('ui.orders.late') },
          { value: 'to_invoice', label: t('ui.orders.toInvoice') },
          ...orderStateNames.map((state) => ({ value: state as string, label: t(`state.order.${state}`) })),
        ],
      }}
      period="shown"
      groups={{ name: 'sales.orderGroups', words: wordsOf(orderStateNames, (state) => t(`state.order.${state}`)) }}
      sort={{ key: 'day', direction: 'desc' }}
      make={{ path: '/sales/orders/new', text: t('ui.nav.newOrder'), permission: 'sales.order', key: 'N' }}
      empty={{ title: t('ui.orders.empty'), text: t('ui.orders.emptyText') }}
      together={printing.together}
    >
      {printing.dialog}
    </ListScreen>
  )
}

function useOrderColumns(): (head: AskOutput<'sales.orders'> | undefined) => readonly Column<Row>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const words = { delivered: progressWords('delivered', t), invoiced: progressWords('invoiced', t), paid: progressWords('paid', t) }
  const states = wordsOf(orderStateNames, (state) => t(`state.order.${state}`))
  const progress = (row: Row, of: 'delivered' | 'invoiced' | 'paid', value: ProgressValue) =>
    row.state === 'draft' || row.state === 'cancelled' ? null : progressCell(value, words[of])
  return (head) => [
    { key: 'number', from: 'number', title: t('ui.f.number'), width: 118, sort: 'number', figures: 'tabular', render: (r) => r.number ?? <span className="zg-soft">{t('state.order.draft')}</span> },
    { key: 'day', from: 'day', title: t('ui.f.day'), width: 92, sort: 'day', figures: 'tabular', render: (r) => r.day },
    { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 130, grow: 2, sort: 'party', render: (r) => r.party_name, total: t('ui.f.sum') },
    { key: 'reference', from: 'customer_reference', title: t('ui.f.customerReference'), width: 80, grow: 1, render: (r) => r.customer_reference },
    { key: 'wanted', from: ['wanted_on', 'promised_on'], title: t('ui.f.wantedOn'), width: 92, sort: 'wanted_on', figures: 'tabular', render: (r) => <span className={r.is_late ? 'zg-danger-text' : ''}>{r.wanted_on ?? r.promised_on}</span> },
    { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 116, align: 'end', sort: 'gross_minor', render: (r) => format.money(r.gross_minor), total: format.money(head?.gross_minor) },
    { key: 'state', from: 'state', words: states, title: t('ui.f.state'), width: 86, render: (r) => <StatusTag tone={orderTone[r.state]}>{states[r.state] ?? r.state}</StatusTag> },
    { key: 'delivered', from: 'delivered', words: words.delivered, title: t('ui.f.deliveredState'), width: 106, render: (r) => progress(r, 'delivered', r.delivered) },
    { key: 'invoiced', from: 'invoiced', words: words.invoiced, title: t('ui.f.invoicedState'), width: 102, render: (r) => progress(r, 'invoiced', r.invoiced) },
    { key: 'paid', from: 'paid', words: words.paid, title: t('ui.f.paidState'), width: 84, render: (r) => progress(r, 'paid', r.paid) },
    { key: 'net', from: 'net_minor', title: t('ui.f.net'), width: 110, align: 'end', at: 'choice', render: (r) => format.money(r.net_minor) },
    { key: 'tax', from: 'tax_minor', title: t('ui.f.tax'), width: 96, align: 'end', at: 'choice', render: (r) => format.money(r.tax_minor) },
    { key: 'salesperson', from: 'salesperson_name', title: t('ui.f.salesperson'), width: 100, at: 'choice', render: (r) => r.salesperson_name },
    { key: 'warehouse', from: 'warehouse_name', title: t('ui.f.warehouse'), width: 110, at: 'choice', render: (r) => r.warehouse_name },
    { key: 'note', from: 'note', title: t('ui.f.note'), width: 140, at: 'choice', render: (r) => r.note },
  ]
}
