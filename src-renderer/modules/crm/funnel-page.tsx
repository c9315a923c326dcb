import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { stageName } from './deal-words.ts'
import './crm.css'

/** What became of the opportunities that began in a period: stage by stage, and where they get stuck. */
export function FunnelPage() {
  const { t } = useTranslation()
  const format = useFormat()
  useTitle(t('ui.nav.funnel'))
  const { values, set } = useFilters({ from: '', to: '', owner: '' })
  const { data, error } = useAsk('crm.funnel', { ...(values.from ? { from: values.from } : {}), ...(values.to ? { to: values.to } : {}), ...(values.owner ? { owner_id: values.owner } : {}) }, { keeps: 'previous' })
  const { data: competitors } = useAsk('crm.competitors', {})
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const narrow = data.stages.find((s) => s.stage_id === data.bottleneck_id)
  const most = Math.max(1, ...data.stages.map((s) => s.reached))
  const roundly = (rate_e8: number | null): string => format.percent(rate_e8 === null ? null : Math.round(rate_e8 / 100_000) * 100_000)
  const met = (competitors?.rows ?? []).filter((c) => c.met > 0)
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.funnel')}</h1>
        <div className="zg-filters">
          <DayField aria-label={t('ui.f.from')} value={values.from || data.from} onChange={(from) => set({ from: from ?? '' })} />
          <DayField aria-label={t('ui.f.to')} value={values.to || data.to} onChange={(to) => set({ to: to ?? '' })} />
          <span className="zg-funnel-who">
            <ColleagueSelect aria-label={t('ui.party.owner')} none={t('ui.all')} value={values.owner || null} onChange={(owner) => set({ owner: owner ?? '' })} />
          </span>
        </div>
      </div>
      <div className="zg-stack">
        <Panel title={t('ui.crm.funnel.outcome')}>
          <Facts
            facts={[
              [t('ui.crm.funnel.began'), data.stages[0]?.reached ?? 0],
              [t('state.opportunity.won'), t('ui.crm.countAmount', { count: data.won, amount: format.money(data.won_minor) })],
              [t('state.opportunity.lost'), data.lost],
              [t('ui.crm.funnel.bottleneck'), narrow ? `${stageName(narrow, format.locale)} · ${roundly(narrow.conversion_e8)}` : t('ui.crm.funnel.noBottleneck')],
            ]}
          />
        </Panel>
        <Table
          caption={t('ui.nav.funnel')}
          rows={data.stages}
          keyOf={(s) => s.stage_id}
          columns={[
            {
              key: 'stage',
              title: t('field.crm.stage_id'),
              render: (s) => (
                <>
                  {stageName(s, format.locale)} {s.stage_id === data.bottleneck_id ? <StatusTag tone="danger">{t('ui.crm.funnel.bottleneck')}</StatusTag> : null}
                  <div className="zg-funnel-bar" aria-hidden style={{ inlineSize: `${Math.round((s.reached * 100) / most)}%` }} />
                </>
              ),
            },
            { key: 'reached', title: t('ui.crm.funnel.reached'), align: 'end', render: (s) => s.reached },
            { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (s) => format.money(s.reached_minor) },
            { key: 'advanced', title: t('ui.crm.funnel.advanced'), align: 'end', render: (s) => s.advanced },
            { key: 'conversion', title: t('ui.crm.funnel.conversion'), align: 'end', render: (s) => roundly(s.conversion_e8) },
            { key: 'lost', title: t('state.opportunity.lost'), align: 'end', render: (s) => s.lost },
            { key: 'days', title: t('ui.crm.funnel.days'), align: 'end', render: (s) => (s.days_e1 === null ? '' : `${Math.floor(s.days_e1 / 10)}.${s.days_e1 % 10}`) },
            { key: 'open', title: t('ui.crm.funnel.open'), align: 'end', render: (s) => t('ui.crm.countAmount', { count: s.open, amount: format.money(s.open_minor) }) },
          ]}
        />
        {data.reasons.length > 0 ? (
          <Panel title={t('ui.crm.funnel.reasons')}>
            <ul className="zg-list-plain">
              {data.reasons.map((r) => (
                <li key={r.close_reason}>
                  <span>{r.close_reason}</span>
                  <span className="zg-figures">{t('ui.crm.countAmount', { count: r.count, amount: format.money(r.amount_minor) })}</span>
                </li>
              ))}
            </ul>
          </Panel>
        ) : null}
        {met.length > 0 ? (
          <Panel title={t('ui.crm.deal.rivals')}>
            <Table
              look="bare"
              rows={met}
              keyOf={(c) => c.competitor_id}
              columns={[
                { key: 'name', title: t('ui.f.name'), render: (c) => c.name },
                { key: 'strengths', title: t('field.crm.strengths'), render: (c) => c.strengths },
                { key: 'met', title: t('ui.crm.funnel.met'), align: 'end', render: (c) => c.met },
                { key: 'won', title: t('state.opportunity.won'), align: 'end', render: (c) => c.won },
                { key: 'lost', title: t('ui.crm.funnel.lostTo'), align: 'end', render: (c) => c.lost_to_them },
              ]}
            />
          </Panel>
        ) : null}
      </div>
    </div>
  )
}
