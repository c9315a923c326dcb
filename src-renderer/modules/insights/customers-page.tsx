import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from 'antd'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { percentOf, purchasesOf, risks, riskTone, standings, tierName, tierOf, type Risk } from './insight-words.ts'
import { SegmentSelect } from './segment-select.tsx'

type Input = AskInput<'insights.customers'>
type Sorted = { readonly sort: NonNullable<Input['sort']>; readonly direction: 'asc' | 'desc' }

/** What narrows lists of customers, in the address. */
function useNarrowing() {
  const { values, set } = useFilters({ tier: '', segment: '', r: '', f: '' })
  const score = (text: string): number | undefined => (/^[1-5]$/.test(text) ? Number(text) : undefined)
  const [r, f] = [score(values.r), score(values.f)]
  const input = { ...(values.tier ? { tier_id: values.tier } : {}), ...(values.segment ? { segment_id: values.segment } : {}), ...(r ? { r } : {}), ...(f ? { f } : {}) }
  return { values, set, input }
}

/** Customers by what they are worth. */
export function CustomerValuePage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { may } = useSession()
  const { values, set, input } = useNarrowing()
  const { data: tiers } = useAsk('insights.tiers', {})
  const seesCost = may('sales.cost')
  const zh = format.locale === 'zh-CN'
  return (
    <ListScreen
      name="insights.customers"
      part="value"
      title={t('ui.nav.valueList')}
      columns={(head) => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 76, figures: 'tabular', render: (c) => c.code },
        { key: 'name', from: 'name', title: t('ui.f.customer'), width: 150, grow: 2, sort: 'name', render: (c) => c.name },
        { key: 'tier', from: zh ? 'tier_zh' : 'tier_en', title: t('ui.insights.tier'), width: 104, render: (c) => (c.tier_id ? tierOf(c, format.locale) : <span className="zg-soft">{t(`ui.insights.standing.${c.standing}`)}</span>) },
        { key: 'r', from: 'r', title: 'R', width: 34, align: 'end', render: (c) => c.r },
        { key: 'f', from: 'f', title: 'F', width: 34, align: 'end', render: (c) => c.f },
        { key: 'm', from: 'm', title: 'M', width: 34, align: 'end', render: (c) => c.m },
        { key: 'last', from: 'last_on', title: t('ui.insights.last'), width: 94, sort: 'last_on', figures: 'tabular', render: (c) => c.last_on },
        { key: 'count', from: 'invoice_count', title: t('ui.insights.count'), width: 56, align: 'end', render: (c) => c.invoice_count },
        { key: 'amount', from: 'amount_minor', title: t('ui.insights.amount'), width: 112, align: 'end', sort: 'amount', render: (c) => format.money(c.amount_minor), total: format.money(head?.amount_minor) },
        { key: 'alive', from: 'alive_e8', at: 'choice', title: t('ui.insights.alive'), width: 96, align: 'end', render: (c) => percentOf(c.alive_e8) },
        { key: 'purchases', from: 'expected_e6', title: t('ui.insights.purchases'), width: 90, align: 'end', render: (c) => purchasesOf(c.expected_e6) },
        { key: 'spend', from: 'spend_minor', at: 'choice', title: t('ui.insights.spend'), width: 100, align: 'end', render: (c) => format.money(c.spend_minor) },
        ...(seesCost
          ? [
              { key: 'margin', from: 'margin_minor' as const, title: t('ui.insights.margin'), width: 106, align: 'end' as const, render: (c: { margin_minor: number | null }) => format.money(c.margin_minor), total: format.money(head?.margin_minor) },
              { key: 'future', from: 'future_minor' as const, title: t('ui.insights.future'), width: 104, align: 'end' as const, sort: 'future', render: (c: { future_minor: number | null }) => format.money(c.future_minor) },
              { key: 'lifetime', from: 'lifetime_minor' as const, title: t('ui.insights.lifetime'), width: 104, align: 'end' as const, sort: 'lifetime', render: (c: { lifetime_minor: number | null }) => format.money(c.lifetime_minor), total: format.money(head?.lifetime_minor) },
            ]
          : []),
        { key: 'level', from: 'price_level', at: 'choice', title: t('ui.insights.priceLevel'), width: 96, render: (c) => (c.price_level ? `${c.price_level} · ${t(c.is_level_applied ? 'ui.insights.byTier' : 'ui.insights.hand')}` : '') },
        { key: 'owner', from: 'owner_name', at: 'choice', title: t('ui.party.owner'), width: 90, render: (c) => c.owner_name },
      ]}
      inputOf={(v) => ({ text: v.text, ...(standings.some((s) => s === v.choice) ? { standing: v.choice as Input['standing'] } : {}), ...input, ...sortOf(v) })}
      idField="party_id"
      pathOf={(c) => `/customers/${c.party_id}`}
      toneOf={(c) => (c.standing === 'scored' ? undefined : 'muted')}
      search={t('ui.insights.find')}
      choice={{ label: t('ui.insights.all'), options: standings.map((value) => ({ value, label: t(`ui.insights.standing.${value}`) })) }}
      sort={{ key: seesCost ? 'lifetime' : 'amount', direction: 'desc' }}
      filters={
        <>
          <SelectField aria-label={t('ui.insights.tier')} none={t('ui.insights.tier')} value={values.tier || null} options={(tiers?.rows ?? []).map((x) => ({ value: x.tier_id, label: tierName(x, format.locale) }))} onChange={(tier) => set({ tier: tier ?? '' })} />
          <SegmentSelect value={values.segment} onChange={(segment) => set({ segment })} />
          {values.r || values.f ? (
            <button type="button" className="zg-only" onClick={() => set({ r: '', f: '' })}>
              {[values.r && t('ui.insights.recent.of', { score: values.r }), values.f && t('ui.insights.often.of', { score: values.f })].filter(Boolean).join(' ')} <span aria-hidden>×</span>
            </button>
          ) : null}
        </>
      }
      actions={<Button onClick={() => void navigate('/insights/value')}>{t('ui.nav.customerValue')}</Button>}
      empty={{ title: t('ui.insights.none'), text: t('ui.insights.noneText') }}
    />
  )
}

const sortOf = (v: { readonly sort: string; readonly direction: string }): Sorted => ({ sort: v.sort as Sorted['sort'], direction: v.direction === 'asc' ? 'asc' : 'desc' })

/** Customers who may be leaving, with the reasons and what to do. */
export function ChurnPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { values, set, input } = useNarrowing()
  return (
    <ListScreen
      name="insights.customers"
      part="churn"
      title={t('ui.nav.churn')}
      columns={() => [
        { key: 'name', from: 'name', title: t('ui.f.customer'), width: 150, grow: 2, sort: 'name', render: (c) => c.name },
        { key: 'risk', from: 'risk', title: t('ui.insights.risk'), width: 92, sort: 'risk', render: (c) => <StatusTag tone={riskTone[c.risk_level]}>{`${t(`ui.insights.risk.${c.risk_level}`)} ${c.risk}`}</StatusTag> },
        { key: 'reasons', from: 'risk_reasons', words: wordsOf(['silent', 'late', 'once', 'gone', 'doubtful', 'falling'] as const, (r) => t(`ui.insights.reason.${r}`)), title: t('ui.insights.reasons'), width: 200, grow: 3, render: (c) => format.list(c.risk_reasons.map((r) => t(`ui.insights.reason.${r}`))) },
        { key: 'action', title: t('ui.insights.actions'), width: 180, grow: 3, render: (c) => (c.risk_reasons[0] ? t(`ui.insights.action.${c.risk_reasons[0]}`) : '') },
        { key: 'last', from: 'last_on', title: t('ui.insights.last'), width: 94, sort: 'last_on', figures: 'tabular', render: (c) => c.last_on },
        { key: 'interval', from: 'interval_days', title: t('ui.insights.interval'), width: 84, align: 'end', render: (c) => c.interval_days },
        { key: 'lapses', from: 'lapses_on', title: t('ui.insights.lapsesOn'), width: 96, figures: 'tabular', render: (c) => c.lapses_on },
        { key: 'amount', from: 'amount_minor', title: t('ui.insights.amount'), width: 104, align: 'end', sort: 'amount', render: (c) => format.money(c.amount_minor) },
        { key: 'before', from: 'amount_before_minor', title: t('ui.insights.before'), width: 104, align: 'end', render: (c) => format.money(c.amount_before_minor) },
        { key: 'phone', from: 'phone', at: 'choice', title: t('ui.f.phone'), width: 110, figures: 'tabular', render: (c) => c.phone },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 84, render: (c) => c.owner_name },
      ]}
      inputOf={(v) => ({ text: v.text, risk: (risks.some((r) => r === v.choice) ? v.choice : 'high') as Risk, ...input, ...sortOf(v) })}
      idField="party_id"
      pathOf={(c) => `/customers/${c.party_id}`}
      search={t('ui.insights.find')}
      choice={{ label: t('ui.insights.risk.high'), options: risks.slice(1).map((value) => ({ value, label: t(`ui.insights.risk.${value}`) })) }}
      sort={{ key: 'amount', direction: 'desc' }}
      filters={<SegmentSelect value={values.segment} onChange={(segment) => set({ segment })} />}
      bulk={[{ name: 'insights.raiseCall', permission: 'insights.call', text: t('command.insights.raiseCall'), isFor: (c) => c.expected_on !== null, inputOf: (c) => ({ party_id: c.party_id }), nameOf: (c) => c.name }]}
      empty={{ title: t('ui.insights.none'), text: t('ui.insights.noneText') }}
    />
  )
}
