import { useTranslation } from 'react-i18next'
import { firstOfMonth } from '../../../src-main/kernel/day.ts'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { minutesText, nameIn } from './ticket-words.ts'

type Row = Omit<RowOf<'service.report'>, 'id' | 'name_zh' | 'name_en'>
type By = NonNullable<AskInput<'service.report'>['by']>
const ways: readonly By[] = ['engineer', 'class', 'item', 'customer', 'month']

/** How soon tickets were answered and solved, how customers liked it, and what it took. */
export function ServiceReportPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  useTitle(t('ui.nav.serviceReport'))
  const { values, set } = useFilters({ from: '', to: '', by: '', kind: '' })
  const by = (values.by || 'engineer') as By
  const [from, to] = [values.from || firstOfMonth(today), values.to || today]
  const kind = values.kind as 'complaint' | 'service' | ''
  const { data, error } = useAsk('service.report', { by, from, to, ...(kind === '' ? {} : { kind }) }, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const whole: readonly [string, (r: Row) => string | number][] = [
    ['count', (r) => r.count],
    ['open', (r) => r.open],
    ['respond', (r) => minutesText(r.respond_minutes, t)],
    ['respondKept', (r) => format.percent(r.respond_kept_e8 === null ? null : Math.round(r.respond_kept_e8 / 100_000) * 100_000)],
    ['resolve', (r) => minutesText(r.resolve_minutes, t)],
    ['resolveKept', (r) => format.percent(r.resolve_kept_e8 === null ? null : Math.round(r.resolve_kept_e8 / 100_000) * 100_000)],
    ['escalated', (r) => r.escalated],
    ['score', (r) => (r.score_e2 === null ? '' : `${(r.score_e2 / 100).toFixed(2)} (${r.scored})`)],
    ['minutes', (r) => minutesText(r.minutes, t)],
    ['cost', (r) => format.money(r.cost_minor)],
    ['refunded', (r) => format.money(r.refunded_minor)],
  ]
  const columns = whole.filter(([key]) => key !== 'cost' || data.whole.cost_minor !== null)
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.serviceReport')}</h1>
        <div className="zg-filters">
          <SelectField aria-label={t('ui.grid.groupBy')} value={by} options={ways.map((value) => ({ value, label: t(`ui.service.by.${value}`) }))} onChange={(value) => set({ by: value ?? '' })} />
          <SelectField aria-label={t('field.service.kind')} none={t('ui.all')} value={kind || null} options={(['complaint', 'service'] as const).map((value) => ({ value, label: t(`ui.service.kind.${value}`) }))} onChange={(value) => set({ kind: value ?? '' })} />
          <DayField aria-label={t('ui.f.from')} value={from} onChange={(day) => set({ from: day ?? '' })} />
          <DayField aria-label={t('ui.f.to')} value={to} onChange={(day) => set({ to: day ?? '' })} />
        </div>
      </div>
      {data.whole.count === 0 ? (
        <EmptyState title={t('ui.service.report.empty')} text={t('ui.service.report.emptyText')} />
      ) : (
        <div className="zg-stack">
          <Table
            caption={t('ui.nav.serviceReport')}
            rows={data.rows}
            keyOf={(r) => r.id ?? r.name_zh ?? ''}
            columns={[
              { key: 'name', title: t(`ui.service.by.${by}`), render: (r) => (r.name_zh === null && r.name_en === null ? t('ui.service.report.none') : nameIn({ name_zh: r.name_zh ?? '', name_en: r.name_en ?? '' }, format.locale))},
              ...columns.map(([key, render]) => ({ key, title: t(`ui.service.report.${key}`), align: 'end' as const, render, total: render(data.whole) })),
            ]}
          />
          <p className="zg-soft">{t('ui.service.report.hint')}</p>
          {data.reasons.length > 0 ? (
            <Panel title={t('ui.service.report.reasons')}>
              <ul className="zg-list-plain">
                {data.reasons.map((r) => (
                  <li key={r.closing_reason}>
                    <span>{t(`ui.service.reason.${r.closing_reason}`)}</span>
                    <span className="zg-figures">{r.count}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
        </div>
      )}
    </div>
  )
}
