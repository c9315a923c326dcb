import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { useRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'
import { useRun } from '../../api/use-run.ts'
import { useSelection } from '../../ui/data-grid/use-selection.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { useSaleDone } from './use-sale-done.ts'

type Row = RowOf<'sales.uninvoiced'>

/** What left the house and is not invoiced yet, or came back and is not credited: the seam between stock and books. */
export function UninvoicedPage() {
  const { t } = useTranslation()
  const { today, may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { values, set } = useFilters({ through: today })
  const rows = useRows('sales.uninvoiced', values.through === today ? {} : { through: values.through })
  const keyOf = (r: Row): string => `${r.delivery_id} ${r.delivery_line_no}`
  const selection = useSelection<Row>({ rows, keyOf, about: values.through })
  const done = useSaleDone()
  const isSure = useSure()
  const post = useRun('sales.postInvoice')
  const delivery_ids = [...new Set(selection.rows.filter((r) => r.to_invoice_e6 > 0).map((r) => r.delivery_id))]
  /** Whole deliveries of one customer, as a monthly account is billed; others are refused by name. */
  const invoice = async (): Promise<void> => {
    const ok = t('command.sales.postInvoice')
    if (!(await isSure({ title: t('ui.uninvoiced.sure', { count: delivery_ids.length, customer: selection.rows[0]?.party_name }), ok }))) return
    const said = await post.run({ delivery_ids })
    if (!said?.ok) return
    done(said.output)
    void navigate(`/sales/invoices/${said.output.invoice_id}`)
  }
  const columns: readonly Column<Row>[] = [
    { key: 'delivery', from: 'delivery_number', title: t('ui.kind.delivery'), width: 130, figures: 'tabular', render: (r) => r.delivery_number },
    { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, figures: 'tabular', render: (r) => r.day },
    { key: 'customer', from: 'party_name', title: t('ui.f.customer'), width: 150, grow: 2, render: (r) => r.party_name, total: t('ui.f.sum') },
    { key: 'order', from: 'order_number', title: t('ui.kind.order'), width: 124, figures: 'tabular', render: (r) => (r.order_id ? <Link to={`/sales/orders/${r.order_id}`}>{r.order_number}</Link> : '') },
    { key: 'item', from: ['item_code', 'item_name'], glue: ' ', title: t('ui.f.item'), width: 160, grow: 2, render: (r) => `${r.item_code} ${r.item_name}` },
    { key: 'quantity', from: 'to_invoice_e6', title: t('ui.f.quantity'), width: 110, align: 'end', render: (r) => `${format.quantity(r.to_invoice_e6)} ${r.base_unit}` },
    { key: 'net', from: 'net_minor', title: t('ui.f.net'), width: 120, align: 'end', render: (r) => format.money(r.net_minor), total: format.money(rows.head?.net_minor) },
    { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 120, align: 'end', render: (r) => format.money(r.gross_minor), total: format.money(rows.head?.gross_minor) },
  ]
  return (
    <ListPage
      title={t('ui.nav.uninvoiced')}
      actions={
        <>
          <ListExport name="sales.uninvoiced" title={t('ui.nav.uninvoiced')} input={values.through === today ? {} : { through: values.through }} columns={columns} />
          {may('sales.invoice') ? (
            <Button type="primary" disabled={delivery_ids.length === 0} loading={post.isRunning} onClick={() => void invoice()}>
              {t('command.sales.postInvoice')} {delivery_ids.length > 0 ? `(${delivery_ids.length})` : ''}
            </Button>
          ) : null}
        </>
      }
      filters={<DayField aria-label={t('ui.ageing.asOf')} value={values.through} onChange={(through) => set({ through: through ?? today })} />}
    >
      <RefusalMessage no={post.no} />
      <DataGrid<Row>
        label={t('ui.nav.uninvoiced')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        selection={selection}
        onOpen={(r) => void navigate(`/sales/deliveries/${r.delivery_id}`)}
        empty={<EmptyState title={t('ui.uninvoiced.empty')} text={t('ui.uninvoiced.emptyText')} />}
      />
    </ListPage>
  )
}
