import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { leadStateNames, leadTone } from './lead-words.ts'
import { reasonsText } from './score-words.ts'

type Show = NonNullable<AskInput<'crm.leads'>['show']>
const shows: readonly Show[] = ['hot', 'new', 'working', 'pool', 'converted', 'lost', 'all']

/** People and businesses who are not customers yet. */
export function LeadsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const nameOf = (show: Show): string => (show === 'pool' || show === 'all' || show === 'hot' ? t(`ui.crm.lead.show.${show}`) : t(`state.lead.${show}`))
  return (
    <ListScreen
      name="crm.leads"
      title={t('ui.nav.leads')}
      columns={() => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (r) => r.code },
        { key: 'company', from: 'company', title: t('field.crm.company'), width: 160, grow: 2, sort: 'name', render: (r) => r.company },
        { key: 'name', from: 'name', title: t('field.crm.name'), width: 110, grow: 1, render: (r) => r.name },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 116, figures: 'tabular', render: (r) => r.phone },
        { key: 'email', from: 'email', at: 'choice', title: t('ui.party.email'), width: 150, render: (r) => r.email },
        { key: 'score', from: 'score', title: t('ui.crm.score'), width: 64, align: 'end', sort: 'score', figures: 'tabular', render: (r) => (r.score === null ? null : <span title={reasonsText(r.reasons, t)}>{r.score}</span>) },
        { key: 'source', from: 'source', title: t('field.crm.source'), width: 90, render: (r) => r.source },
        { key: 'campaign', from: 'campaign', at: 'choice', title: t('field.crm.campaign'), width: 100, render: (r) => r.campaign },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 90, render: (r) => r.owner_name ?? <span className="zg-soft">{t('ui.crm.lead.show.pool')}</span> },
        { key: 'created', from: 'created_on', title: t('field.crm.created_on'), width: 96, sort: 'created_on', figures: 'tabular', render: (r) => r.created_on },
        { key: 'last', from: 'last_on', title: t('ui.crm.lastContact'), width: 96, sort: 'last_on', figures: 'tabular', render: (r) => r.last_on },
        { key: 'next', from: 'next_on', title: t('ui.crm.nextStep'), width: 96, figures: 'tabular', render: (r) => r.next_on },
        { key: 'state', from: 'state', words: wordsOf(leadStateNames, (state) => t(`state.lead.${state}`)), title: t('ui.f.state'), width: 84, render: (r) => <StatusTag tone={leadTone[r.state]}>{t(`state.lead.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ text: v.text, show: (v.choice || 'open') as Show, sort: v.sort as NonNullable<AskInput<'crm.leads'>['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="lead_id"
      target="crm.lead"
      pathOf={(row) => `/crm/leads/${row.lead_id}`}
      toneOf={(row) => (row.state === 'lost' || row.state === 'converted' ? 'muted' : undefined)}
      search={t('ui.crm.lead.find')}
      choice={{ label: t('ui.crm.lead.show.open'), options: shows.map((show) => ({ value: show, label: nameOf(show) })) }}
      sort={{ key: 'created_on', direction: 'desc' }}
      actions={
        <>
          <Button onClick={() => void navigate('/crm/sources')}>{t('query.crm.leadSources')}</Button>
          <Button onClick={() => void navigate('/crm/lead-rules')}>{t('ui.nav.leadRules')}</Button>
        </>
      }
      make={{ path: '/crm/leads/new', text: t('ui.nav.newLead'), permission: 'crm.lead' }}
      empty={{ title: t('ui.crm.lead.empty'), text: t('ui.crm.lead.emptyText') }}
    />
  )
}
