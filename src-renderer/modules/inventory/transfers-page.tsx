import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { ListScreen, periodOf } from '../../ui/list-screen.tsx'

export function TransfersPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="inventory.transfers"
      title={t('ui.nav.transfers')}
      columns={() => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'day', from: 'day', title: t('ui.f.day'), width: 96, figures: 'tabular', render: (r) => r.day },
        { key: 'from', from: 'from_location_name', title: t('ui.transfer.from'), width: 140, render: (r) => r.from_location_name },
        { key: 'to', from: 'to_location_name', title: t('ui.transfer.to'), width: 140, render: (r) => r.to_location_name },
        { key: 'lines', from: 'lines.item_name', title: t('ui.f.lines'), width: 220, grow: 2, render: (r) => format.list(r.lines.map((l) => `${l.item_name} ${format.quantity(l.quantity_e6)} ${l.base_unit}`)) },
        { key: 'note', from: 'note', title: t('ui.f.note'), width: 120, grow: 1, render: (r) => r.note },
        { key: 'by', from: 'created_by_name', title: t('ui.f.by'), width: 90, render: (r) => r.created_by_name },
      ]}
      inputOf={(v) => periodOf(v)}
      idField="transfer_id"
      period="shown"
      make={{ path: '/stock/transfers/new', text: t('ui.nav.newTransfer'), permission: 'inventory.transfer' }}
      empty={{ title: t('ui.transfers.empty'), text: t('ui.transfers.emptyText') }}
    />
  )
}
