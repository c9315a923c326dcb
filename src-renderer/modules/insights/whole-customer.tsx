import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat, type Format } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { percentOf, purchasesOf, riskTone, tierOf } from './insight-words.ts'
import { Phrasing } from './phrasing.tsx'
import './insights.css'

type Whole = AskOutput<'insights.wholeCustomer'>
type Step = Whole['steps'][number]
type Known = AskOutput<'insights.customer'>


const paths: Readonly<Record<string, string>> = { 'service.ticket': '/service/tickets', 'crm.task': '/crm/tasks', 'sales.order': '/sales/orders', 'sales.quote': '/sales/quotes', 'crm.opportunity': '/crm/deals', item: '/items' }
const openPaths = { ticket: '/service/tickets', quote: '/sales/quotes', order: '/sales/orders', delivery: '/sales/deliveries', opportunity: '/crm/deals', task: '/crm/tasks' } as const

/** What a step is called, and why, in the reader's words. */
function wordsOf({ what, because }: Step, { t, format }: { t: TFunction; format: Format }): { title: string; why: string } {
  const b = because
  const values: Record<string, unknown> = {
    ...b,
    amount: typeof b['amount_minor'] === 'number' ? format.money(b['amount_minor']) : '',
    share: typeof b['share_e8'] === 'number' ? percentOf(b['share_e8']) : '',
    item: what === 'callAgain' && b['item'] ? t('ui.step.callAgain.item', { name: b['item'] }) : '',
    offer: what === 'winBack' && b['offer'] ? t('ui.step.winBack.offer', { offer: b['offer'] }) : '',
    reason: what === 'winBack' ? t(`ui.insights.reason.${String(b['reason'])}`) : '',
  }
  const why = what === 'keepTouch' && b['days'] === 0 ? 'ui.step.keepTouch.never' : `ui.step.${what}.why`
  return { title: t(`ui.step.${what}`, values), why: t(why, values) }
}

/** The whole customer: what to do next and why, what is known of them, what they may buy, what stands open. */
export function WholeCustomer({ party_id }: { party_id: string }) {
  const { may } = useSession()
  const { data: whole, error } = useAsk('insights.wholeCustomer', { party_id })
  const { data: known } = useAsk('insights.customer', { party_id })
  if (error) return <NoMessage error={error} />
  if (!whole || !known) return <div aria-busy />
  return (
    <div className="zg-stack">
      <NextStep party_id={party_id} steps={whole.steps} mayWord={whole.may_phrase} />
      <div className="zg-halves zg-open-with">
        <OpenPanel open={whole.open} />
        <KnownPanel known={known} />
      </div>
      <NextItems known={known} />
      {may('crm.read') ? <Lately party_id={party_id} /> : null}
    </div>
  )
}

function NextStep({ party_id, steps, mayWord }: { party_id: string; steps: Whole['steps']; mayWord: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { may, today } = useSession()
  const { message } = App.useApp()
  const create = useRun('crm.createTask')
  const [first, ...others] = steps
  const makeTask = async (step: Step): Promise<void> => {
    const { title, why } = wordsOf(step, { t, format })
    const said = await create.run({ title, note: why, kind: step.how, party_id, due_on: today })
    if (said?.ok) void message.success(t('ui.whole.madeTask'))
  }
  if (!first) {
    return (
      <Panel title={t('ui.whole.step')}>
        <p className="zg-soft">{t('ui.whole.well')}</p>
      </Panel>
    )
  }
  const buttons = (step: Step, look: 'first' | 'other'): ReactNode => {
    const path = step.source ? paths[step.source.kind] : undefined
    return (
      <span className="zg-actions">
        {path ? <Button size="small" onClick={() => void navigate(`${path}/${step.source!.id}`)}>{t('ui.whole.look')}</Button> : null}
        {may('crm.log') && step.what !== 'lateTask' ? (
          <Button size="small" type={look === 'first' ? 'primary' : 'default'} loading={create.isRunning} onClick={() => void makeTask(step)}>
            {t('ui.whole.makeTask')}
          </Button>
        ) : null}
      </span>
    )
  }
  const said = wordsOf(first, { t, format })
  return (
    <Panel title={t('ui.whole.step')} extra={buttons(first, 'first')}>
      <RefusalMessage no={create.no} />
      <p className="zg-step">
        <strong>{said.title}</strong> <span className="zg-soft">{said.why}</span>
      </p>
      {mayWord === 1 ? <Phrasing key={party_id} party_id={party_id} what={first.what} /> : null}
      {others.length > 0 ? (
        <ul className="zg-list-plain" aria-label={t('ui.whole.others')}>
          {others.slice(0, 3).map((step) => {
            const other = wordsOf(step, { t, format })
            return (
              <li key={step.what}>
                <span>
                  {other.title} <span className="zg-soft">{other.why}</span>
                </span>
                {buttons(step, 'other')}
              </li>
            )
          })}
        </ul>
      ) : null}
    </Panel>
  )
}

function KnownPanel({ known: { score, policy } }: { known: Known }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!score) return <Panel title={t('ui.whole.known')}><p className="zg-soft">{t('ui.insights.never')}</p></Panel>
  const scores = score.r === null ? '' : ` ${score.r}·${score.f}·${score.m}`
  return (
    <Panel title={t('ui.whole.known')} extra={<Link to="/insights/value">{t('ui.nav.customerValue')}</Link>}>
      <Facts
        facts={[
          [t('ui.insights.tier'), score.tier_id ? `${tierOf(score, format.locale)}${scores}` : t(`ui.insights.standing.${score.standing}`)],
          [t('ui.insights.risk'), <StatusTag key="risk" tone={riskTone[score.risk_level]}>{t(`ui.insights.risk.${score.risk_level}`)}</StatusTag>],
          score.risk_reasons.length > 0 ? [t('ui.insights.reasons'), format.list(score.risk_reasons.map((r) => t(`ui.insights.reason.${r}`)))] : null,
          [t('ui.insights.amount'), format.money(score.amount_minor)],
          [t('ui.insights.count'), score.invoice_count],
          [t('ui.insights.last'), score.last_on],
          score.interval_days === null ? null : [t('ui.insights.expected'), score.expected_on],
          score.expected_e6 === null ? null : [t('ui.insights.purchases'), purchasesOf(score.expected_e6)],
          score.lifetime_minor === null ? null : [t('ui.insights.lifetime'), format.money(score.lifetime_minor)],
          score.price_level ? [t('ui.insights.priceLevel'), `${score.price_level} · ${t(score.is_level_applied ? 'ui.insights.byTier' : 'ui.insights.hand')}`] : null,
          policy?.offer ? [t('ui.insights.offer'), policy.offer] : null,
          policy?.service_priority ? [t('ui.insights.priority'), t(`ui.insights.priority.${policy.service_priority}`)] : null,
        ]}
      />
    </Panel>
  )
}

function OpenPanel({ open }: { open: Whole['open'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  return (
    <Panel title={t('ui.whole.open')}>
      <Table
        look="bare"
        rows={open}
        none={t('ui.whole.openNone')}
        keyOf={(o) => `${o.kind} ${o.id}`}
        columns={[
          { key: 'kind', title: t('ui.f.kind'), render: (o) => t(`ui.whole.kind.${o.kind}`) },
          { key: 'what', title: t('ui.f.document'), render: (o) => <Link to={`${openPaths[o.kind]}/${o.id}`}>{o.title ?? o.number}</Link> },
          { key: 'until', title: t('ui.whole.until'), figures: 'tabular', toneOf: (o) => (o.until_on !== null && o.until_on < today ? 'danger' : undefined), render: (o) => o.until_on ?? o.day },
          { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (o) => format.money(o.amount_minor) },
        ]}
      />
    </Panel>
  )
}

function NextItems({ known: { score, next_items, recommended } }: { known: Known }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rhythm = score?.interval_days && score.expected_on ? t('ui.whole.expectedBy', { days: score.interval_days, day: score.expected_on }) : t('ui.insights.nextNone')
  return (
    <div className="zg-halves">
      <Panel title={t('ui.insights.next')} extra={<span className="zg-soft">{rhythm}</span>}>
        <Table
          look="bare"
          rows={next_items}
          none={t('ui.insights.nextNone')}
          keyOf={(i) => i.item_id}
          columns={[
            { key: 'item', title: t('ui.f.item'), render: (i) => <Link to={`/items/${i.item_id}`}>{i.item_name}</Link> },
            { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (i) => `${format.quantity(Math.round(i.quantity_e6 / 1e6) * 1e6 || i.quantity_e6)} ${i.base_unit}` },
            { key: 'interval', title: t('ui.insights.interval'), align: 'end', render: (i) => i.interval_days },
            { key: 'expected', title: t('ui.insights.expected'), figures: 'tabular', render: (i) => i.expected_on },
          ]}
        />
      </Panel>
      <Panel title={t('ui.insights.recommended')}>
        <Table
          look="bare"
          rows={recommended}
          none={t('ui.insights.togetherEmpty')}
          keyOf={(r) => r.item_id}
          columns={[
            { key: 'item', title: t('ui.f.item'), render: (r) => <Link to={`/items/${r.item_id}`}>{r.item_name}</Link> },
            { key: 'why', title: t('ui.insights.reasons'), render: (r) => <span className="zg-soft">{t('ui.insights.because', { name: r.because_name, share: percentOf(r.confidence_e8) })}</span> },
          ]}
        />
      </Panel>
    </div>
  )
}

/** What was said last; all of it stands in the timeline. */
function Lately({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const { data } = useAsk('crm.activities', { party_id, limit: 3 })
  return (
    <Panel title={t('ui.whole.lately')}>
      <Table
        look="bare"
        rows={data?.rows}
        none={t('ui.crm.timelineNone')}
        keyOf={(a) => a.activity_id}
        columns={[
          { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (a) => a.day },
          { key: 'kind', title: t('field.crm.kind'), render: (a) => t(`ui.crm.kind.${a.kind}`) },
          { key: 'text', title: t('field.crm.text'), render: (a) => a.text },
          { key: 'by', title: t('ui.f.by'), render: (a) => a.user_name },
        ]}
      />
    </Panel>
  )
}
