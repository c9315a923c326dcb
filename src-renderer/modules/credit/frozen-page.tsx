import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

/** Customers who get no new orders, those overdue for longest first. */
export function FrozenPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="credit.frozen"
      title={t('ui.nav.frozen')}
      columns={() => [
        { key: 'code', from: 'party_code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (r) => r.party_code },
        { key: 'name', from: 'party_name', title: t('ui.f.customer'), width: 200, grow: 2, render: (r) => r.party_name },
        { key: 'overdue', from: 'overdue_minor', title: t('ui.credit.overdue'), width: 120, align: 'end', render: (r) => format.money(r.overdue_minor) },
        { key: 'oldest', from: 'number', title: t('ui.f.document'), width: 130, figures: 'tabular', render: (r) => r.number },
        { key: 'days', from: 'overdue_days', title: t('ui.credit.days'), width: 90, align: 'end', render: (r) => r.overdue_days },
        {
          key: 'state',
          from: 'released_until',
          title: t('ui.f.state'),
          width: 150,
          render: (r) => (r.released_until === null ? <StatusTag tone="danger">{t('ui.credit.frozen')}</StatusTag> : <StatusTag tone="warning">{t('ui.credit.released', { day: r.released_until })}</StatusTag>),
        },
      ]}
      inputOf={() => ({})}
      idField="party_id"
      pathOf={(row) => `/customers/${row.party_id}`}
      empty={{ title: t('ui.credit.frozenEmpty'), text: t('ui.credit.frozenEmptyText') }}
    />
  )
}
