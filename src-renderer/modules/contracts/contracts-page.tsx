import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { ContractTag } from './contract-tag.tsx'

type Show = NonNullable<AskInput<'contracts.list'>['show']>
const shows: readonly Show[] = ['draft', 'ending', 'late', 'over', 'terminated', 'all']
const states = ['draft', 'active', 'terminated'] as const

/** What was agreed with customers, what of it ends soon, and what is late. */
export function ContractsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <ListScreen
      name="contracts.list"
      title={t('ui.nav.contracts')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 112, figures: 'tabular', render: (r) => r.number },
        { key: 'title', from: 'title', title: t('ui.contract.title'), width: 160, grow: 2, render: (r) => r.title },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 140, grow: 2, render: (r) => r.party_name },
        { key: 'ends', from: 'ends_on', title: t('ui.contract.ends'), width: 100, figures: 'tabular', render: (r) => <span className={r.ends_soon ? 'zg-danger-text' : ''}>{r.ends_on}</span> },
        { key: 'amount', from: 'amount_minor', title: t('ui.f.amount'), width: 112, align: 'end', render: (r) => format.money(r.amount_minor), ...(head ? { total: format.money(head.amount_minor) } : {}) },
        { key: 'paid', from: 'paid_minor', title: t('ui.contract.paid'), width: 104, align: 'end', render: (r) => format.money(r.paid_minor) },
        { key: 'next', from: 'next_due_on', title: t('ui.contract.next'), width: 104, figures: 'tabular', render: (r) => r.next_due_on },
        { key: 'late', from: 'late_minor', title: t('ui.contract.late'), width: 104, align: 'end', render: (r) => (r.late_minor === 0 ? '' : <span className="zg-danger-text">{format.money(r.late_minor)}</span>) },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 84, render: (r) => r.owner_name },
        { key: 'state', from: 'state', words: wordsOf(states, (state) => t(`state.contract.${state}`)), title: t('ui.f.state'), width: 84, render: (r) => <ContractTag of={r} /> },
      ]}
      inputOf={(v) => ({ text: v.text, show: (v.choice || 'running') as Show })}
      idField="contract_id"
      pathOf={(row) => `/crm/contracts/${row.contract_id}`}
      toneOf={(row) => (row.is_over || row.state === 'terminated' ? 'muted' : undefined)}
      search={t('ui.contract.find')}
      choice={{ label: t('ui.contract.show.running'), options: shows.map((show) => ({ value: show, label: show === 'all' ? t('ui.all') : t(`ui.contract.show.${show}`) })) }}
      make={{ path: '/crm/contracts/new', text: t('ui.nav.newContract'), permission: 'contracts.write' }}
      empty={{ title: t('ui.contract.empty'), text: t('ui.contract.emptyText') }}
    />
  )
}
