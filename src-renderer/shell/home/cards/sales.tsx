import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { addDays, addMonths } from '../../../../src-main/kernel/day.ts'
import type { AskOutput } from '../../../api/operations.ts'
import { useSession } from '../../../api/session.tsx'
import { useAsk } from '../../../api/use-ask.ts'
import { Chart } from '../../../ui/charts/chart.tsx'
import type { ChartData } from '../../../ui/charts/chart-types.ts'
import { SelectField } from '../../../ui/fields/value-fields.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Table, type TableColumn } from '../../../ui/table.tsx'
import { percentOf } from './percent.ts'
import { Aside, Headline } from './parts.tsx'

type Trend = AskOutput<'sales.trend'>
type Span = Trend['this_month']
const invoices = ({ from, to }: { from: string; to: string }): string => `/sales/invoices?from=${from}&to=${to}`

/** Sales of this month beside the month before and the same month a year ago. */
export function Sales() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('sales.trend', {})
  const [by, setBy] = useState<'day' | 'month'>('day')
  if (!data) return null
  const compared = (label: string, past: Span) => {
    const change = past.gross_minor > 0 ? percentOf(data.this_month.gross_minor - past.gross_minor, past.gross_minor) : null
    const isLess = data.this_month.gross_minor < past.gross_minor
    const value = change === null ? format.money(past.gross_minor) : `${format.money(past.gross_minor)} (${isLess ? '' : '+'}${change})`
    return <Aside label={label} value={value} to={invoices(past)} tone={isLess ? 'danger' : undefined} />
  }
  return (
    <>
      <Headline label={t('home.sales.thisMonth')} value={format.moneyWithSymbol(data.this_month.gross_minor)} to={invoices(data.this_month)}>
        {compared(t('home.sales.lastSoFar'), data.last_month_so_far)}
        {compared(t('home.sales.yearAgoSoFar'), data.year_ago_so_far)}
      </Headline>
      <div className="zg-card-tools">
        <SelectField aria-label={t('home.sales.by')} value={by} options={(['day', 'month'] as const).map((value) => ({ value, label: t(`home.sales.by.${value}`) }))} onChange={(value) => setBy(value ?? 'day')} />
      </div>
      {by === 'day' ? <Chart caption={t('home.sales.days')} axis={t('home.sales.through')} {...byDay(data, t)} /> : <Chart caption={t('home.sales.months')} axis={t('home.month')} {...byMonth(data, t)} />}
    </>
  )
}

/** Added up from the first of each month on: a point leads to the invoices of which it is the sum. */
function byDay({ days, this_month, last_month, year_ago }: Trend, t: (key: string) => string): ChartData {
  const sums = { this: 0, last: 0, ago: 0 }
  const next = (key: keyof typeof sums, minor: number | null): number | null => (minor === null ? null : (sums[key] += minor))
  return {
    series: [
      { key: 'this', title: t('home.sales.thisMonth'), colour: 'primary-text', look: 'area' },
      { key: 'last', title: `${t('home.sales.lastMonth')} ${last_month.from.slice(0, 7)}`, colour: 'info', look: 'line' },
      { key: 'ago', title: `${t('home.sales.yearAgo')} ${year_ago.from.slice(0, 7)}`, colour: 'warning', look: 'dashes' },
    ],
    rows: days.map((d) => {
      const to = addDays(this_month.from, d.day_no - 1)
      const row = { this: next('this', d.this_month_minor), last: next('last', d.last_month_minor), ago: next('ago', d.year_ago_minor) }
      return { key: String(d.day_no), label: String(d.day_no), title: `1–${d.day_no}`, values: row, ...(row.this === null ? {} : { path: invoices({ from: this_month.from, to }) }) }
    }),
  }
}

function byMonth({ months }: Trend, t: (key: string) => string): ChartData {
  return {
    series: [{ key: 'gross', title: t('home.sales.gross'), colour: 'primary-text', look: 'bar' }],
    rows: months.map((m) => ({ key: m.month, label: m.month.slice(2), title: m.month, values: { gross: m.gross_minor }, path: invoices(m) })),
  }
}

type Rank = AskOutput<'sales.profit'>['rows'][number]
const periods = ['month', 'quarter', 'year'] as const
type Period = (typeof periods)[number]

function spanOf(period: Period, today: string): { from: string; to: string } {
  const first = `${today.slice(0, 7)}-01`
  return { from: { month: first, quarter: addDays(today, -89), year: addDays(addMonths(today, -12), 1) }[period], to: today }
}

const SHOWN = 5

/** Those that brought the most, and what they earned: each leads to the documents of which it is the sum. */
function Ranking({ by }: { by: 'party' | 'item' }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const [period, setPeriod] = useState<Period>('quarter')
  const span = spanOf(period, today)
  const { data } = useAsk('sales.profit', { by, ...span, limit: SHOWN }, { keeps: 'previous' })
  const days = `from=${span.from}&to=${span.to}`
  const mayMargin = data?.margin_minor != null
  const margin = (r: { margin_minor: number | null; net_minor: number }) => percentOf(r.margin_minor ?? 0, r.net_minor) ?? ''
  const columns: readonly TableColumn<Rank>[] = [
    { key: 'name', title: t(by === 'party' ? 'ui.f.customer' : 'ui.f.item'), render: (r) => <Link className="zg-cut" to={`/sales/profit?by=document&${by}=${r.id}&${days}`}>{r.name}</Link> },
    {
      key: 'gross',
      title: t('home.sales.gross'),
      align: 'end',
      render: (r) => format.money(r.gross_minor),
      total: <Link to={`/sales/profit?by=${by}&${days}`}>{format.money(data?.gross_minor)}</Link>,
    },
    ...(mayMargin
      ? [
          { key: 'margin', title: t('home.margin'), align: 'end' as const, toneOf: (r: Rank) => ((r.margin_minor ?? 0) < 0 ? ('danger' as const) : undefined), render: (r: Rank) => format.money(r.margin_minor), total: format.money(data?.margin_minor) },
          { key: 'rate', title: t('home.marginRate'), align: 'end' as const, render: margin, total: data ? margin(data) : '' },
        ]
      : []),
  ]
  return (
    <>
      <div className="zg-card-tools">
        <SelectField aria-label={t('home.period')} value={period} options={periods.map((value) => ({ value, label: t(`home.period.${value}`) }))} onChange={(value) => setPeriod(value ?? 'quarter')} />
      </div>
      <Table columns={columns} rows={data?.rows} keyOf={(r) => r.id} caption={t(by === 'party' ? 'home.card.customers' : 'home.card.items')} none={data ? t('home.noSales') : ''} look="bare" />
    </>
  )
}

export const TopCustomers = () => <Ranking by="party" />
export const TopItems = () => <Ranking by="item" />
