import { useTranslation } from 'react-i18next'
import type { AskInput } from '../../api/operations.ts'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'

type Show = NonNullable<AskInput<'insights.cohort'>['show']>
const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/

/** The customers behind a figure of the retention report. */
export function CohortPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { values, set } = useFilters({ cohort: '', month: '', within: '90' })
  const [cohort, month] = [MONTH.test(values.cohort) ? values.cohort : undefined, MONTH.test(values.month) ? values.month : undefined]
  const within = Math.min(730, Math.max(1, Math.trunc(Number(values.within)) || 90))
  const shows: readonly Show[] = [...(month === undefined ? [] : (['bought', 'away', 'returning'] as const)), 'back', 'not_back']
  const only = (key: 'cohort' | 'month', value: string | undefined, text: string) =>
    value === undefined ? null : <button type="button" className="zg-only" onClick={() => set(key === 'month' ? { month: '' } : { cohort: '' })}>{text} <span aria-hidden>×</span></button>
  return (
    <ListScreen
      name="insights.cohort"
      title={t('ui.nav.cohort')}
      columns={(head) => [
        { key: 'code', from: 'code', title: t('ui.f.code'), width: 84, figures: 'tabular', render: (c) => c.code },
        { key: 'name', from: 'name', title: t('ui.f.customer'), width: 160, grow: 2, render: (c) => c.name },
        { key: 'first', from: 'first_on', title: t('ui.retention.firstOn'), width: 100, figures: 'tabular', render: (c) => c.first_on },
        { key: 'second', from: 'second_on', title: t('ui.retention.secondOn'), width: 100, figures: 'tabular', render: (c) => c.second_on },
        { key: 'last', from: 'last_on', title: t('ui.insights.last'), width: 100, figures: 'tabular', render: (c) => c.last_on },
        { key: 'invoices', from: 'invoices', title: t('ui.insights.count'), width: 70, align: 'end', render: (c) => c.invoices },
        ...(month === undefined ? [] : [{ key: 'month', from: 'month_net_minor' as const, title: t('ui.retention.inMonth', { month }), width: 120, align: 'end' as const, render: (c: { month_net_minor: number | null }) => format.money(c.month_net_minor) }]),
        { key: 'net', from: 'net_minor', title: t('ui.retention.netSoFar'), width: 120, align: 'end', render: (c) => format.money(c.net_minor), total: format.money(head?.net_minor) },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 96, render: (c) => c.owner_name },
      ]}
      inputOf={(v) => ({ ...(cohort ? { cohort } : {}), ...(month ? { month } : {}), show: shows.find((s) => s === v.choice) ?? 'all', within_days: within })}
      idField="party_id"
      pathOf={(c) => `/customers/${c.party_id}`}
      choice={{ label: t('ui.all'), options: shows.map((value) => ({ value, label: t(`ui.retention.list.${value}`, { days: within, month: month ?? '' }) })) }}
      filters={
        <>
          {only('cohort', cohort, t('ui.retention.cohortIs', { month: cohort }))}
          {only('month', month, t('ui.retention.monthIs', { month }))}
        </>
      }
      empty={{ title: t('ui.retention.nobody'), text: '' }}
    />
  )
}
