import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import './quotas.css'
import { stageName } from '../crm/deal-words.ts'

/** What the coming months will bring, by month, person and item, and what became of earlier forecasts. */
export function ForecastPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { data, error } = useAsk('forecast.forecast', { months: 6 })
  const { data: accuracy } = useAsk('forecast.accuracy', {})
  const money = (minor: number): string => (minor === 0 ? '' : format.money(minor))
  const total = (key: 'base_minor' | 'pipeline_minor' | 'expected_minor' | 'quota_minor'): string => format.money((data?.months ?? []).reduce((sum, m) => sum + m[key], 0))
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return (
    <SettingsPage title={t('ui.nav.forecast')} actions={<Button onClick={() => void navigate('/crm/quotas')}>{t('ui.nav.quotas')}</Button>}>
      <div className="zg-stack">
        <p className="zg-soft zg-quota-hint">
          {t(data && data.season_years > 0 ? 'ui.forecast.hintSeasons' : 'ui.forecast.hint', { years: data?.season_years ?? 0 })}
          {data && data.undated_minor > 0 ? ` ${t('ui.forecast.undated', { amount: format.moneyWithSymbol(data.undated_minor) })}` : ''}
        </p>
        <Table
          rows={data?.months}
          keyOf={(m) => m.month}
          columns={[
            { key: 'month', title: t('ui.forecast.month'), figures: 'tabular', render: (m) => m.month },
            ...(data && data.season_years > 0 ? [{ key: 'season', title: t('ui.forecast.season'), align: 'end' as const, render: (m: (typeof data.months)[number]) => (m.season_e8 === null ? '' : format.percent(m.season_e8)) }] : []),
            { key: 'base', title: t('ui.forecast.base'), align: 'end', render: (m) => money(m.base_minor), total: total('base_minor') },
            { key: 'pipeline', title: t('ui.forecast.pipeline'), align: 'end', render: (m) => money(m.pipeline_minor), total: total('pipeline_minor') },
            { key: 'expected', title: t('ui.forecast.expected'), align: 'end', render: (m) => <b>{format.money(m.expected_minor)}</b>, total: total('expected_minor') },
            { key: 'quota', title: t('ui.forecast.quota'), align: 'end', render: (m) => money(m.quota_minor), total: total('quota_minor') },
            { key: 'sold', title: t('ui.forecast.sold'), align: 'end', render: (m) => money(m.sold_minor) },
          ]}
        />
        <div className="zg-halves">
          <Panel title={t('ui.forecast.people')}>
            <Table
              look="bare"
              rows={data?.people}
              keyOf={(p) => p.user_id ?? ''}
              columns={[
                { key: 'name', title: t('ui.party.owner'), render: (p) => p.name ?? t('ui.forecast.nobody') },
                { key: 'base', title: t('ui.forecast.base'), align: 'end', render: (p) => money(p.base_minor) },
                { key: 'pipeline', title: t('ui.forecast.pipeline'), align: 'end', render: (p) => money(p.pipeline_minor) },
                { key: 'expected', title: t('ui.forecast.expected'), align: 'end', render: (p) => format.money(p.expected_minor) },
              ]}
            />
          </Panel>
          <Panel title={t('ui.forecast.stages')}>
            <Table
              look="bare"
              rows={data?.stages}
              keyOf={(s) => s.stage_id}
              columns={[
                { key: 'name', title: t('field.crm.stage_id'), render: (s) => stageName(s, format.locale) },
                { key: 'set', title: t('ui.forecast.set'), align: 'end', render: (s) => format.percent(s.set_e8) },
                { key: 'closed', title: t('ui.forecast.closed'), align: 'end', render: (s) => s.closed },
                { key: 'won', title: t('ui.forecast.won'), align: 'end', render: (s) => s.won },
                { key: 'learned', title: t('ui.forecast.learned'), align: 'end', render: (s) => <b>{format.percent(Math.round(s.probability_e8 / 100_000) * 100_000)}</b> },
              ]}
            />
          </Panel>
        </div>
        <div className="zg-halves">
          <Panel title={t('ui.forecast.items')}>
            <Table
              look="bare"
              rows={data?.items.slice(0, 15)}
              keyOf={(i) => i.item_id ?? ''}
              columns={[
                { key: 'name', title: t('ui.f.item'), render: (i) => (i.item_id === null ? t('ui.forecast.noItem') : <Link to={`/items/${i.item_id}`}>{i.item_name}</Link>) },
                { key: 'base', title: t('ui.forecast.base'), align: 'end', render: (i) => money(i.base_minor) },
                { key: 'pipeline', title: t('ui.forecast.pipeline'), align: 'end', render: (i) => money(i.pipeline_minor) },
                { key: 'expected', title: t('ui.forecast.expected'), align: 'end', render: (i) => format.money(i.expected_minor) },
              ]}
            />
          </Panel>
          <Panel title={t('ui.forecast.accuracy')}>
            <Table
              look="bare"
              rows={accuracy?.rows}
              none={t('ui.forecast.none')}
              keyOf={(a) => `${a.month} ${a.kept_in}`}
              columns={[
                { key: 'month', title: t('ui.forecast.month'), figures: 'tabular', render: (a) => a.month },
                { key: 'kept', title: t('ui.forecast.keptIn'), figures: 'tabular', render: (a) => a.kept_in },
                { key: 'expected', title: t('ui.forecast.expected'), align: 'end', render: (a) => format.money(a.expected_minor) },
                { key: 'sold', title: t('ui.forecast.sold'), align: 'end', render: (a) => format.money(a.sold_minor) },
                { key: 'deviation', title: t('ui.forecast.deviation'), align: 'end', render: (a) => (a.is_open ? t('ui.forecast.running') : a.deviation_e8 === null ? '' : format.percent(Math.round(a.deviation_e8 / 100_000) * 100_000)) },
              ]}
            />
          </Panel>
        </div>
      </div>
    </SettingsPage>
  )
}
