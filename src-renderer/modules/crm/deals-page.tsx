import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { dealTone, stageName } from './deal-words.ts'

type Show = NonNullable<AskInput<'crm.opportunities'>['show']>
const shows: readonly Show[] = ['stalled', 'won', 'lost', 'all']
const states = ['open', 'won', 'lost'] as const

/** All opportunities in a list, with what they sum up to. */
export function DealsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const stage_id = params.get('stage')
  return (
    <ListScreen
      name="crm.opportunities"
      title={t('ui.nav.deals')}
      columns={(head) => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 118, figures: 'tabular', render: (r) => r.number },
        { key: 'name', from: 'name', title: t('ui.f.name'), width: 150, grow: 2, render: (r) => r.name },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 140, grow: 2, render: (r) => r.party_name },
        { key: 'stage', from: format.locale === 'zh-CN' ? 'stage_name_zh' : 'stage_name_en', title: t('field.crm.stage_id'), width: 110, sort: 'stage', render: (r) => stageName({ name_zh: r.stage_name_zh, name_en: r.stage_name_en }, format.locale) },
        { key: 'amount', from: 'amount_minor', title: t('ui.f.amount'), width: 110, align: 'end', sort: 'amount_minor', render: (r) => format.money(r.amount_minor), total: format.money(head?.amount_minor) },
        { key: 'weighted', from: 'weighted_minor', title: t('ui.crm.deal.weighted'), width: 104, align: 'end', render: (r) => format.money(r.weighted_minor), total: format.money(head?.weighted_minor) },
        { key: 'expected', from: 'expected_on', title: t('field.crm.expected_on'), width: 100, sort: 'expected_on', figures: 'tabular', render: (r) => <span className={r.is_stalled ? 'zg-danger-text' : ''}>{r.expected_on}</span> },
        { key: 'last', from: 'last_on', at: 'choice', title: t('ui.crm.lastContact'), width: 96, sort: 'last_on', figures: 'tabular', render: (r) => r.last_on },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 84, render: (r) => r.owner_name },
        { key: 'state', from: 'state', words: wordsOf(states, (state) => t(`state.opportunity.${state}`)), title: t('ui.f.state'), width: 84, render: (r) => <StatusTag tone={dealTone[r.state]}>{t(`state.opportunity.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({
        text: v.text,
        show: (v.choice || 'open') as Show,
        ...(stage_id === null ? {} : { stage_id }),
        sort: v.sort as NonNullable<AskInput<'crm.opportunities'>['sort']>,
        direction: v.direction as 'asc' | 'desc',
      })}
      idField="opportunity_id"
      pathOf={(row) => `/crm/deals/${row.opportunity_id}`}
      toneOf={(row) => (row.is_stalled ? 'danger' : row.state === 'open' ? undefined : 'muted')}
      search={t('ui.crm.deal.find')}
      choice={{ label: t('state.opportunity.open'), options: shows.map((show) => ({ value: show, label: show === 'all' ? t('ui.all') : show === 'stalled' ? t('ui.crm.deal.isStalled') : t(`state.opportunity.${show}`) })) }}
      sort={{ key: 'expected_on', direction: 'asc' }}
      actions={<Button onClick={() => void navigate('/crm/deals')}>{t('ui.crm.deal.asBoard')}</Button>}
      make={{ path: '/crm/deals/new', text: t('ui.nav.newDeal'), permission: 'crm.deal' }}
      empty={{ title: t('ui.crm.deal.empty'), text: t('ui.crm.deal.emptyText') }}
    />
  )
}
