import type { CSSProperties } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, useTitle } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { RunProgress } from '../../ui/run-progress.tsx'
import { Table } from '../../ui/table.tsx'
import { tierName, type Overview } from './insight-words.ts'
import './insights.css'

const FIVE = [5, 4, 3, 2, 1] as const

/** Customers at a glance: how recently and how often, in which tier, who is leaving, who is due. */
export function ValuePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const { message } = App.useApp()
  useTitle(t('ui.nav.customerValue'))
  const { data, error } = useAsk('insights.overview', {}, { keeps: 'previous' })
  const recompute = useRun('insights.recompute')
  const anew = async (): Promise<void> => {
    const said = await recompute.run({ again: 1 })
    if (said?.ok) void message.success(t('ui.insights.done', said.output), 8)
  }
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.customerValue')}</h1>
        <span className="zg-soft">{data.run ? t('ui.insights.asOf', { day: data.run.day, from: data.run.from_on }) : t('ui.insights.never')}</span>
        <span className="zg-spring" />
        <div className="zg-actions">
          <Button onClick={() => void navigate('/insights/tiers')}>{t('ui.nav.tiers')}</Button>
          <Button onClick={() => void navigate('/insights/customers')}>{t('ui.nav.valueList')}</Button>
          {may('insights.compute') ? (
            <Button type="primary" loading={recompute.isRunning} onClick={() => void anew()}>
              {t('command.insights.recompute')}
            </Button>
          ) : null}
        </div>
      </div>
      <RunProgress commandId={recompute.commandId} label={t('command.insights.recompute')} />
      <RefusalMessage no={recompute.no} />
      {data.run ? <Known data={data} /> : <EmptyState title={t('ui.insights.never')} text={t('ui.insights.neverText')} />}
    </div>
  )
}

function Known({ data }: { data: Overview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { calls } = data
  const rate = calls.raised === 0 ? '–' : `${Math.round((calls.bought * 100) / calls.raised)}%`
  const others = data.standings.filter((s) => s.standing !== 'scored')
  return (
    <div className="zg-stack">
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.insights.due'), <Link key="due" to="/insights/next">{data.due}</Link>],
            [t('ui.insights.riskHigh'), <Link key="high" to="/insights/churn">{data.risk_high}</Link>],
            [t('ui.insights.riskWatch'), <Link key="watch" to="/insights/churn?choice=watch">{data.risk_watch}</Link>],
            [t('ui.insights.calls'), t('ui.insights.callsOf', { ...calls, rate })],
          ]}
        />
      </section>
      <div className="zg-halves">
        <Matrix cells={data.cells} />
        <Panel title={t('ui.insights.tiers')} extra={<Link to="/insights/tiers/moves">{t('ui.nav.tierMoves')}</Link>}>
          <Table
            look="bare"
            rows={data.tiers}
            keyOf={(x) => x.tier_id ?? ''}
            columns={[
              { key: 'name', title: t('ui.insights.tier'), render: (x) => <Link to={`/insights/customers?tier=${x.tier_id}`}>{tierName(x, format.locale)}</Link> },
              { key: 'customers', title: t('ui.insights.customers'), align: 'end', render: (x) => x.customers },
              { key: 'amount', title: t('ui.insights.amount'), align: 'end', render: (x) => format.money(x.amount_minor) },
            ]}
          />
          {others.length > 0 ? (
            <>
              <h3 className="zg-panel-title zg-panel-part">{t('ui.insights.notScored')}</h3>
              <ul className="zg-list-plain">
                {others.map((s) => (
                  <li key={s.standing}>
                    <Link to={`/insights/customers?choice=${s.standing}`}>{t(`ui.insights.standing.${s.standing}`)}</Link>
                    <span className="zg-figures">{t('ui.insights.customersOf', { count: s.customers })}{s.amount_minor === 0 ? '' : ` · ${format.money(s.amount_minor)}`}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </Panel>
      </div>
      {data.models ? <p className="zg-soft">{t(data.models.buying ? 'ui.insights.modelsText' : 'ui.insights.modelNone')}</p> : null}
    </div>
  )
}

/** Customers by how recently and how often they bought; each cell leads to its list. */
function Matrix({ cells }: { cells: Overview['cells'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const format = useFormat()
  const most = Math.max(1, ...cells.map((c) => c.customers))
  return (
    <Panel title={t('ui.insights.matrix')} extra={<span className="zg-soft">{t('ui.insights.matrixText')}</span>}>
      <table className="zg-rfm">
        <caption className="zg-sr">{t('ui.insights.matrix')}</caption>
        <thead>
          <tr>
            <td />
            {FIVE.toReversed().map((f) => (
              <th key={f} scope="col">{t('ui.insights.often.of', { score: f })}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIVE.map((r) => (
            <tr key={r}>
              <th scope="row">{t('ui.insights.recent.of', { score: r })}</th>
              {FIVE.toReversed().map((f) => {
                const cell = cells.find((c) => c.r === r && c.f === f)
                const count = cell?.customers ?? 0
                return (
                  <td key={f}>
                    <button
                      type="button"
                      className="zg-rfm-cell"
                      title={format.money(cell?.amount_minor ?? 0)}
                      aria-label={`${t('ui.insights.recent.of', { score: r })} ${t('ui.insights.often.of', { score: f })}: ${count}`}
                      style={{ '--share': count / most } as CSSProperties}
                      onClick={() => void navigate(`/insights/customers?r=${r}&f=${f}`)}
                    >
                      {count}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
