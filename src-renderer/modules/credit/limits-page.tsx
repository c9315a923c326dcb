import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'

/** What the rule proposes as limits, to be applied together. */
export function LimitsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="credit.limitProposals"
      title={t('ui.nav.limits')}
      columns={() => [
        { key: 'code', from: 'party_code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (r) => r.party_code },
        { key: 'name', from: 'party_name', title: t('ui.f.customer'), width: 200, grow: 2, render: (r) => r.party_name },
        { key: 'now', from: 'limit_minor', title: t('ui.limit.now'), width: 120, align: 'end', render: (r) => (r.limit_minor === null ? t('ui.credit.noLimit') : format.money(r.limit_minor)) },
        { key: 'proposed', from: 'proposed_minor', title: t('ui.limit.proposed'), width: 120, align: 'end', render: (r) => <b>{format.money(r.proposed_minor)}</b> },
        { key: 'monthly', from: 'facts.monthly_minor', title: t('ui.limit.monthly'), width: 120, align: 'end', render: (r) => format.money(r.facts.monthly_minor) },
        { key: 'late', from: 'facts.days_late', title: t('ui.limit.late'), width: 140, align: 'end', render: (r) => r.facts.days_late },
        { key: 'months', title: t('ui.limit.months'), width: 120, align: 'end', render: (r) => r.facts.months_e2 / 100 },
      ]}
      inputOf={() => ({})}
      idField="party_id"
      pathOf={(row) => `/customers/${row.party_id}`}
      bulk={[
        {
          name: 'credit.applyLimits',
          permission: 'credit.setLimits',
          text: t('command.credit.applyLimits'),
          isFor: () => true,
          inputOf: (row) => ({ rows: [{ party_id: row.party_id, proposed_minor: row.proposed_minor }] }),
          nameOf: (row) => row.party_name,
        },
      ]}
      empty={{ title: t('ui.limit.empty'), text: t('ui.limit.emptyText') }}
    />
  )
}
