import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { addMonths, firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Chart } from '../../ui/charts/chart.tsx'
import { wordsOf, type Column } from '../../ui/data-grid/columns.ts'
import { ListExport } from '../../ui/data-grid/list-export.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat, type Format } from '../../ui/format.ts'
import { useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { PrintReport } from '../platform/print-report.tsx'
import '../insights/insights.css'
import { channels, wholePercent } from './campaign-words.ts'

type Row = RowOf<'marketing.acquisition'>
type Figures = Omit<Row, 'key' | 'month' | 'campaign_id' | 'campaign_name' | 'channel' | 'source'>
type By = NonNullable<AskInput<'marketing.acquisition'>['by']>
const ways: readonly By[] = ['month', 'channel', 'campaign', 'source']

/** What a new customer cost, and whether it came back: by month, channel, campaign or source. */
export function AcquisitionPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  useTitle(t('ui.nav.acquisition'))
  const begin = addMonths(firstOfMonth(today), -11)
  const { values, set } = useFilters({ from: begin, to: lastOfMonth(today), by: 'month' })
  const by = ways.find((w) => w === values.by) ?? 'month'
  const input = { from: values.from, to: values.to, by }
  const { data, error } = useAsk('marketing.acquisition', input, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const figures = figuresOf(format).filter(([key]) => data.whole[key] !== null || data.rows.some((r) => r[key] !== null))
  const whose = { month: 'month', channel: 'channel', campaign: 'campaign_name', source: 'source' } as const
  const columns: readonly Column<Row>[] = [
    { key: 'whose', from: whose[by], title: t(`ui.acquisition.by.${by}`), width: 120, render: (r) => r.key, ...(by === 'channel' ? { words: wordsOf(channels, (c) => t(`ui.marketing.channel.${c}`)) } : {}) },
    ...figures.map(([key, render]): Column<Row> => ({ key, from: key, title: t(`ui.acquisition.${key}`), width: 100, render })),
  ]
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.acquisition')}</h1>
        <div className="zg-filters">
          <SelectField aria-label={t('ui.grid.groupBy')} value={by} options={ways.map((value) => ({ value, label: t(`ui.acquisition.by.${value}`) }))} onChange={(value) => set({ by: value ?? 'month' })} />
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: firstOfMonth(from ?? begin) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: lastOfMonth(to ?? today) })} />
        </div>
        <span className="zg-spring" />
        <div className="zg-actions">
          <PrintReport name="marketing.acquisition" input={input} />
          <ListExport name="marketing.acquisition" title={t('ui.nav.acquisition')} input={input} columns={columns} />
        </div>
      </div>
      <div className="zg-stack">
        {data.sees_all === 0 ? <p className="zg-soft">{t('ui.acquisition.someOnly')}</p> : null}
        {by === 'month' ? (
          <Panel title={t('ui.acquisition.chart')}>
            <div className="zg-retention-chart">
              <Chart
                caption={t('ui.acquisition.chart')}
                axis={t('ui.acquisition.by.month')}
                unit="count"
                series={[{ key: 'customers', title: t('ui.acquisition.customers'), colour: 'info', look: 'bar' }, { key: 'won', title: t('ui.acquisition.won'), colour: 'success', look: 'bar' }]}
                rows={data.rows.map((r) => ({ key: r.key, label: r.key.slice(2), title: r.key, values: { customers: r.customers, won: r.won }, path: wonPath(r, input) }))}
              />
            </div>
          </Panel>
        ) : null}
        <Table
          caption={t('ui.nav.acquisition')}
          rows={data.rows}
          none={t('ui.acquisition.none')}
          keyOf={(r) => r.key}
          columns={[
            { key: 'whose', title: t(`ui.acquisition.by.${by}`), figures: 'tabular', render: (r) => <Link to={wonPath(r, input)}>{nameOf(r, { by, t })}</Link> },
            ...figures.map(([key, render]) => ({ key, title: t(`ui.acquisition.${key}`), align: 'end' as const, render, toneOf: (r: Row) => (['left_minor', 'payback_e8'].includes(key) && (r[key] ?? 0) < 0 ? ('danger' as const) : undefined), total: render(data.whole) })),
          ]}
        />
        <p className="zg-soft">{t('ui.acquisition.hint')}</p>
        {by === 'month' && data.accounts.length > 0 ? (
          <p className="zg-soft">
            {t('ui.acquisition.books')}{' '}
            {data.accounts.map((a) => <Link key={a.account_id} to={`/books/ledger?account=${a.account_id}&from=${values.from}&to=${values.to}`}>{`${a.account_code} ${format.locale === 'zh-CN' ? a.account_name_zh : a.account_name_en || a.account_name_zh}`} </Link>)}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** Its columns; those that say nothing to this reader, or of this grouping, are left out. */
const figuresOf = (format: Format): readonly (readonly [keyof Figures, (r: Figures) => string | number])[] => [
  ['customers', (r) => r.customers],
  ['won', (r) => r.won],
  ['cost_minor', (r) => format.money(r.cost_minor)],
  ['cost_each_minor', (r) => format.money(r.cost_each_minor)],
  ['booked_minor', (r) => format.money(r.booked_minor)],
  ['booked_each_minor', (r) => format.money(r.booked_each_minor)],
  ['net_minor', (r) => format.money(r.net_minor)],
  ['margin_minor', (r) => format.money(r.margin_minor)],
  ['left_minor', (r) => format.money(r.left_minor)],
  ['payback_e8', (r) => format.percent(wholePercent(r.payback_e8))],
]

function nameOf(r: Row, { by, t }: { by: By; t(key: string): string }): string {
  if (by === 'month') return r.key
  if (by === 'source') return r.source ?? t('ui.crm.sources.unknown')
  if (r.channel === null) return t('ui.acquisition.noCampaign')
  return by === 'channel' ? t(`ui.marketing.channel.${r.channel}`) : (r.campaign_name ?? '')
}

/** The customers behind a row. */
function wonPath(r: Row, { by, from, to }: { by: By; from: string; to: string }): string {
  const span = by === 'month' ? { from: firstOfMonth(r.key), to: lastOfMonth(r.key) } : { from, to }
  const what: Record<string, string> = by === 'source' ? (r.source === null ? { source: '-' } : { source: r.source }) : by === 'month' ? {} : r.channel === null ? { choice: 'none' } : by === 'channel' ? { channel: r.channel } : { campaign: r.campaign_id ?? '' }
  return `/marketing/acquisition/customers?${new URLSearchParams({ ...span, ...what }).toString()}`
}
