import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'

/** A part of a whole as a rate in whole tenths of a percent (e8); null of nothing. */
const part = (of: number, whole: number): number | null => (whole === 0 ? null : Math.round((of * 1000) / whole) * 100_000)

/** Where leads came from, what became of them, and who sent whom. */
export function LeadSourcesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  useTitle(t('query.crm.leadSources'))
  const { values, set } = useFilters({ from: '', to: '' })
  const { data, error } = useAsk('crm.leadSources', { ...(values.from ? { from: values.from } : {}), ...(values.to ? { to: values.to } : {}) }, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('query.crm.leadSources')}</h1>
        <div className="zg-filters">
          <DayField aria-label={t('ui.f.from')} value={values.from || data.from} onChange={(from) => set({ from: from ?? '' })} />
          <DayField aria-label={t('ui.f.to')} value={values.to || data.to} onChange={(to) => set({ to: to ?? '' })} />
        </div>
      </div>
      <div className="zg-stack">
        <Panel title={t('ui.crm.sources.new')}>
          <Facts
            facts={[
              [t('ui.crm.sources.converted'), data.converted],
              [t('ui.crm.sources.referred'), [data.converted_referred, format.percent(part(data.converted_referred, data.converted))].filter((text) => text !== '').join(' · ')],
            ]}
          />
        </Panel>
        <Table
          caption={t('query.crm.leadSources')}
          rows={data.rows}
          none={t('ui.crm.sources.none')}
          keyOf={(r) => r.source ?? ''}
          columns={[
            { key: 'source', title: t('field.crm.source'), render: (r) => r.source ?? <span className="zg-soft">{t('ui.crm.sources.unknown')}</span> },
            { key: 'leads', title: t('ui.nav.leads'), align: 'end', figures: 'tabular', render: (r) => r.leads, total: data.rows.reduce((n, r) => n + r.leads, 0) },
            { key: 'open', title: t('ui.crm.lead.show.open'), align: 'end', figures: 'tabular', render: (r) => r.open, total: data.rows.reduce((n, r) => n + r.open, 0) },
            { key: 'lost', title: t('state.lead.lost'), align: 'end', figures: 'tabular', render: (r) => r.lost, total: data.rows.reduce((n, r) => n + r.lost, 0) },
            { key: 'converted', title: t('state.lead.converted'), align: 'end', figures: 'tabular', render: (r) => r.converted, total: data.converted },
            { key: 'rate', title: t('ui.crm.funnel.conversion'), align: 'end', figures: 'tabular', render: (r) => format.percent(part(r.converted, r.leads)) },
            { key: 'bought', title: t('ui.crm.sources.bought'), align: 'end', figures: 'tabular', render: (r) => r.bought, total: data.rows.reduce((n, r) => n + r.bought, 0) },
            { key: 'net', title: t('ui.crm.sources.net'), align: 'end', figures: 'tabular', render: (r) => format.money(r.net_minor), total: format.money(data.rows.reduce((n, r) => n + r.net_minor, 0)) },
          ]}
        />
        {data.referrers.length > 0 ? (
          <Panel title={t('ui.crm.sources.referrers')}>
            <Table
              look="bare"
              rows={data.referrers}
              keyOf={(r) => r.party_id}
              columns={[
                { key: 'name', title: t('ui.f.customer'), render: (r) => <Link to={`/customers/${r.party_id}`}>{r.name}</Link> },
                { key: 'leads', title: t('ui.nav.leads'), align: 'end', figures: 'tabular', render: (r) => r.leads },
                { key: 'converted', title: t('state.lead.converted'), align: 'end', figures: 'tabular', render: (r) => r.converted },
                { key: 'net', title: t('ui.crm.sources.net'), align: 'end', figures: 'tabular', render: (r) => format.money(r.net_minor) },
              ]}
            />
          </Panel>
        ) : null}
      </div>
    </div>
  )
}
