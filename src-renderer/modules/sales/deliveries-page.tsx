import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'
import { usePrintMarked } from '../platform/print-marked.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

type Row = RowOf<'sales.deliveries'>
const kinds: readonly Row['kind'][] = ['delivery', 'return', 'reversal']

export function DeliveriesPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const printing = usePrintMarked<Row>('sales.delivery', (row) => row.delivery_id)
  return (
    <ListScreen
      name="sales.deliveries"
      title={t('ui.nav.deliveries')}
      columns={() => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, figures: 'tabular', render: (r) => r.day },
        { key: 'kind', from: 'kind', words: wordsOf(kinds, (kind) => t(`ui.deliveryKind.${kind}`)), title: t('ui.f.kind'), width: 110, render: (r) => <StatusTag tone={r.kind === 'delivery' ? 'info' : 'warning'}>{t(`ui.deliveryKind.${r.kind}`)}</StatusTag> },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 180, grow: 2, render: (r) => r.party_name },
        { key: 'order', from: 'order_number', title: t('ui.kind.order'), width: 130, figures: 'tabular', render: (r) => r.order_number },
        { key: 'warehouse', from: 'warehouse_name', title: t('ui.f.warehouse'), width: 110, render: (r) => r.warehouse_name },
        { key: 'tracking', from: 'tracking', title: t('ui.f.tracking'), width: 120, grow: 1, render: (r) => r.tracking },
        { key: 'reversed', title: t('ui.f.state'), width: 90, render: (r) => (r.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : null) },
      ]}
      inputOf={(v) => ({ text: v.text, ...(v.choice ? { kind: v.choice as Row['kind'] } : {}), ...periodOf(v) })}
      idField="delivery_id"
      pathOf={(row) => `/sales/deliveries/${row.delivery_id}`}
      toneOf={(row) => (row.reversed_by_id ? 'muted' : undefined)}
      search={t('ui.orders.find')}
      choice={{ label: t('ui.f.kind'), options: kinds.map((kind) => ({ value: kind, label: t(`ui.deliveryKind.${kind}`) })) }}
      period="shown"
      actions={
        <>
          <Button onClick={() => void navigate('/sales/uninvoiced')}>{t('ui.nav.uninvoiced')}</Button>
          {may('sales.return') ? <Button onClick={() => void navigate('/sales/return')}>{t('ui.nav.returnGoods')}</Button> : null}
        </>
      }
      empty={{ title: t('ui.deliveries.empty'), text: t('ui.deliveries.emptyText') }}
      together={printing.together}
    >
      {printing.dialog}
    </ListScreen>
  )
}
