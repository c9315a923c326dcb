import { useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { addMonths, firstOfMonth, lastOfMonth, monthOf } from '../../../src-main/kernel/day.ts'
import type { AskOutput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Chart } from '../../ui/charts/chart.tsx'
import type { Column } from '../../ui/data-grid/columns.ts'
import { ListExport } from '../../ui/data-grid/list-export.tsx'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { PrintReport } from '../platform/print-report.tsx'
import './insights.css'

type Answer = AskOutput<'insights.retention'>
type Cohort = Answer['rows'][number]
type Cell = Answer['whole']['cells'][number]
type Month = RowOf<'insights.returning'>

const shows = ['customers_e8', 'customers', 'net_e8', 'net_minor'] as const
type Show = (typeof shows)[number]
const withins = [30, 60, 90, 180, 365] as const
const AFTER = Array.from({ length: 13 }, (_, since) => since)

/** A share in whole percents: a customer more or less is more than a tenth of one. */
const roundly = (rate_e8: number | null): number | null => (rate_e8 === null ? null : Math.round(rate_e8 / 1_000_000) * 1_000_000)

/** Who came back: customers by the month of their first purchase, and new ones against returning ones. */
export function RetentionPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  useTitle(t('ui.nav.retention'))
  const begin = addMonths(firstOfMonth(today), -11)
  const { values, set } = useFilters({ from: begin, to: lastOfMonth(today), show: 'customers_e8', within: '90', chart: 'customers' })
  const show = shows.find((s) => s === values.show) ?? 'customers_e8'
  const within_days = withins.find((w) => String(w) === values.within) ?? 90
  const span = { from: values.from, to: values.to }
  const { data, error } = useAsk('insights.retention', { ...span, within_days }, { keeps: 'previous' })
  const { data: months } = useAsk('insights.returning', span, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const { whole } = data
  const columns: readonly Column<Cohort>[] = [
    { key: 'cohort', from: 'cohort', title: t('ui.retention.cohort'), width: 90, render: (r) => r.cohort },
    { key: 'customers', from: 'customers', title: t('ui.insights.customers'), width: 80, render: (r) => r.customers },
    { key: 'ripe', from: 'ripe', title: t('ui.retention.ripe', { days: within_days }), width: 80, render: (r) => r.ripe },
    { key: 'back', from: 'back', title: t('ui.retention.backWithin', { days: within_days }), width: 80, render: (r) => r.back },
    { key: 'rate', from: 'back_e8', title: t('ui.retention.rate'), width: 80, render: (r) => format.percent(r.back_e8) },
    { key: 'middle', from: 'middle_days', title: t('ui.retention.middle'), width: 80, render: (r) => r.middle_days },
    ...AFTER.map((since): Column<Cohort> => ({ key: `m${since}`, from: `cells.${since}.${show}`, title: t('ui.retention.after', { count: since }), width: 60, render: () => '' })),
  ]
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.retention')}</h1>
        <div className="zg-filters">
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: firstOfMonth(from ?? begin) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: lastOfMonth(to ?? today) })} />
          <SelectField aria-label={t('ui.retention.show')} value={show} options={shows.map((value) => ({ value, label: t(`ui.retention.show.${value}`) }))} onChange={(value) => set({ show: value ?? 'customers_e8' })} />
          <SelectField aria-label={t('ui.retention.within')} value={String(within_days)} options={withins.map((days) => ({ value: String(days), label: t('ui.retention.withinDays', { days }) }))} onChange={(value) => set({ within: value ?? '90' })} />
        </div>
        <span className="zg-spring" />
        <div className="zg-actions">
          <PrintReport name="insights.retention" input={{ ...span, within_days, show }} />
          <ListExport name="insights.retention" title={t('ui.nav.retention')} input={{ ...span, within_days }} columns={columns} />
        </div>
      </div>
      {data.rows.length === 0 ? (
        <EmptyState title={t('ui.retention.none')} text={t('ui.retention.noneText')} />
      ) : (
        <div className="zg-stack">
          <section className="zg-card">
            <Facts
              facts={[
                [t('ui.retention.first'), whole.customers],
                [t('ui.retention.backWithin', { days: within_days }), whole.ripe === 0 ? '–' : t('ui.retention.backOf', { back: whole.back, ripe: whole.ripe, rate: format.percent(roundly(whole.back_e8)) })],
                [t('ui.retention.notYet'), whole.customers - whole.ripe],
                [t('ui.retention.middle'), whole.middle_days ?? '–'],
              ]}
            />
          </section>
          <Panel title={t('ui.retention.matrix')} extra={<span className="zg-soft">{t('ui.retention.matrixText')}</span>}>
            <Cohorts data={data} show={show} within_days={within_days} now={monthOf(today)} />
          </Panel>
          <Panel
            title={t('ui.retention.returning')}
            extra={<span className="zg-actions"><SelectField aria-label={t('ui.retention.show')} value={values.chart} options={(['customers', 'net'] as const).map((value) => ({ value, label: t(`ui.retention.chart.${value}`) }))} onChange={(value) => set({ chart: value ?? 'customers' })} /><ListExport name="insights.returning" title={t('ui.retention.returning')} input={span} columns={monthColumns(t)} /></span>}
          >
            <Returning rows={months?.rows ?? []} unit={values.chart === 'net' ? 'net_minor' : 'customers'} />
          </Panel>
        </div>
      )}
    </div>
  )
}

const monthColumns = (t: (key: string) => string): readonly Column<Month>[] =>
  (['month', 'new_customers', 'returning_customers', 'returning_e8', 'new_net_minor', 'returning_net_minor'] as const).map((key) => ({ key, from: key, title: t(`ui.retention.m.${key}`), width: 90, render: (r) => r[key] }))

/** New against returning customers, month by month; a month leads to who returned in it. */
function Returning({ rows, unit }: { readonly rows: readonly Month[]; readonly unit: 'customers' | 'net_minor' }) {
  const { t } = useTranslation()
  return (
    <div className="zg-retention-chart">
      <Chart
        caption={t('ui.retention.returning')}
        axis={t('ui.retention.month')}
        {...(unit === 'customers' ? { unit: 'count' as const } : {})}
        series={[
          { key: 'new', title: t('ui.retention.new'), colour: 'info', look: 'bar' },
          { key: 'returning', title: t('ui.retention.returned'), colour: 'success', look: 'bar' },
        ]}
        rows={rows.map((r) => ({ key: r.month, label: r.month.slice(2), title: r.month, values: { new: r[`new_${unit}`], returning: r[`returning_${unit}`] }, path: `/insights/retention/customers?month=${r.month}&choice=returning` }))}
      />
    </div>
  )
}

const MOVES: Readonly<Record<string, readonly [rows: number, cells: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** The table of cohorts. One stop of the Tab key; arrows go from cell to cell, and each leads to its customers. */
function Cohorts({ data, show, within_days, now }: { readonly data: Answer; readonly show: Show; readonly within_days: number; readonly now: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [at, setAt] = useState('0 0')
  const text = (cell: Omit<Cell, 'since'>): string => (show === 'customers' ? String(cell.customers) : show === 'net_minor' ? format.money(cell.net_minor) : format.percent(roundly(cell[show])))
  const columns = Math.max(...data.rows.map((r) => r.cells.length))
  const move = (event: KeyboardEvent<HTMLTableElement>): void => {
    const by = MOVES[event.key]
    if (!by) return
    const [row = 0, cell = 0] = at.split(' ').map(Number)
    const to = event.currentTarget.querySelector<HTMLElement>(`[data-at="${row + by[0]} ${cell + by[1]}"]`)
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  const place = (row: number, cell: number) => ({ 'data-at': `${row} ${cell}`, tabIndex: at === `${row} ${cell}` ? 0 : -1, onFocus: () => setAt(`${row} ${cell}`) })
  return (
    <table className="zg-cohorts" onKeyDown={move}>
      <caption className="zg-sr">{t('ui.retention.matrix')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ui.retention.cohort')}</th>
          <th scope="col">{t('ui.insights.customers')}</th>
          <th scope="col" title={t('ui.retention.backWithin', { days: within_days })}>{t('ui.retention.rate')}</th>
          {AFTER.slice(0, columns).map((since) => <th key={since} scope="col"><span aria-hidden>{since}</span><span className="zg-sr">{t('ui.retention.after', { count: since })}</span></th>)}
        </tr>
      </thead>
      <tbody>
        {data.rows.map((r, row) => (
          <tr key={r.cohort}>
            <th scope="row" className="zg-figures">{r.cohort}</th>
            <td><Link {...place(row, 0)} to={`/insights/retention/customers?cohort=${r.cohort}`}>{r.customers}</Link></td>
            <td>{r.back_e8 === null ? <span className="zg-soft" title={t('ui.retention.tooEarly')}>–</span> : <Link {...place(row, 1)} to={`/insights/retention/customers?cohort=${r.cohort}&choice=back&within=${within_days}`}>{format.percent(roundly(r.back_e8))}</Link>}</td>
            {r.cells.map((c) => (
              <td key={c.since}>
                <Link
                  {...place(row, c.since + 2)}
                  className={`zg-cohort-cell${c.month === now ? ' zg-cohort-open' : ''}`}
                  style={{ '--share': Math.min(1, Math.max(0, (show.startsWith('net') ? c.net_e8 : c.customers_e8) ?? 0) / 100_000_000) } as CSSProperties}
                  title={`${t('ui.retention.cellOf', { month: c.month, customers: c.customers, amount: format.money(c.net_minor) })}${c.month === now ? ` ${t('ui.retention.unfinished')}` : ''}`}
                  to={`/insights/retention/customers?cohort=${r.cohort}&month=${c.month}&choice=bought`}
                >
                  {text(c)}
                </Link>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('ui.f.sum')}</th>
          <td>{data.whole.customers}</td>
          <td>{format.percent(roundly(data.whole.back_e8))}</td>
          {data.whole.cells.map((c) => <td key={c.since}>{text(c)}</td>)}
        </tr>
      </tfoot>
    </table>
  )
}
