import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useFormat } from '../../ui/format.ts'
import { useFilters } from '../../ui/list-page.tsx'
import { ListScreen } from '../../ui/list-screen.tsx'
import { textOfNo } from '../../ui/no-text.ts'
import { tierOf } from './insight-words.ts'
import { SegmentSelect } from './segment-select.tsx'

type Input = AskInput<'insights.nextPurchases'>
const shows = ['week', 'month', 'all'] as const

/** Who is expected to buy, when and what: the list to call from. */
export function NextPurchasesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { message } = App.useApp()
  const { values, set } = useFilters({ segment: '' })
  const raise = useRun('insights.raiseTasks')
  const raiseAll = async (): Promise<void> => {
    const said = await raise.run({})
    if (said?.ok) void message.success(t('ui.insights.raised', said.output))
    else if (said) void message.warning(textOfNo(said, { t, format }), 8)
  }
  return (
    <ListScreen
      name="insights.nextPurchases"
      title={t('ui.nav.nextPurchases')}
      columns={() => [
        { key: 'name', from: 'name', title: t('ui.f.customer'), width: 140, grow: 2, sort: 'name', render: (c) => c.name },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 112, figures: 'tabular', render: (c) => c.phone },
        { key: 'tier', from: format.locale === 'zh-CN' ? 'tier_zh' : 'tier_en', title: t('ui.insights.tier'), width: 92, render: (c) => tierOf(c, format.locale) },
        { key: 'expected', from: 'expected_on', title: t('ui.insights.expected'), width: 98, sort: 'expected_on', figures: 'tabular', render: (c) => <span className={c.late_days > 0 ? 'zg-danger-text' : ''}>{c.expected_on}</span> },
        { key: 'late', from: 'late_days', title: t('ui.insights.late'), width: 88, align: 'end', render: (c) => (c.late_days > 0 ? c.late_days : '') },
        { key: 'interval', from: 'interval_days', title: t('ui.insights.interval'), width: 88, align: 'end', render: (c) => c.interval_days },
        { key: 'last', from: 'last_on', title: t('ui.insights.last'), at: 'choice', width: 96, figures: 'tabular', render: (c) => c.last_on },
        { key: 'items', title: t('ui.insights.items'), width: 260, grow: 6, render: (c) => format.list(c.items.map((i) => t('ui.insights.itemOf', { name: i.item_name, quantity: format.quantity(roughly(i.quantity_e6)), unit: i.base_unit }))) },
        { key: 'amount', from: 'amount_minor', at: 'choice', title: t('ui.insights.amount'), width: 108, align: 'end', sort: 'amount', render: (c) => format.money(c.amount_minor) },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 84, render: (c) => c.owner_name },
        { key: 'task', title: t('ui.insights.task'), width: 70, render: (c) => (c.task_id ? <Link to={`/crm/tasks/${c.task_id}`}>{t('state.task.open')}</Link> : null) },
      ]}
      inputOf={(v) => ({
        text: v.text,
        show: (shows.some((s) => s === v.choice) ? v.choice : 'due') as NonNullable<Input['show']>,
        ...(values.segment ? { segment_id: values.segment } : {}),
        sort: v.sort as NonNullable<Input['sort']>,
        direction: v.direction === 'desc' ? ('desc' as const) : ('asc' as const),
      })}
      idField="party_id"
      pathOf={(c) => `/customers/${c.party_id}`}
      search={t('ui.insights.find')}
      choice={{ label: t('ui.insights.show.due'), options: shows.map((value) => ({ value, label: t(`ui.insights.show.${value}`) })) }}
      sort={{ key: 'expected_on', direction: 'asc' }}
      filters={<SegmentSelect value={values.segment} onChange={(segment) => set({ segment })} />}
      actions={may('insights.call') ? <Button loading={raise.isRunning} onClick={() => void raiseAll()}>{t('command.insights.raiseTasks')}</Button> : null}
      bulk={[{ name: 'insights.raiseCall', permission: 'insights.call', text: t('command.insights.raiseCall'), isFor: (c) => c.task_id === null, inputOf: (c) => ({ party_id: c.party_id }), nameOf: (c) => c.name }]}
      empty={{ title: t('ui.insights.none'), text: t('ui.insights.noneText') }}
    />
  )
}

/** What they usually take, as somebody would say it: whole units from one on. */
const roughly = (e6: number): number => (e6 >= 1_000_000 ? Math.round(e6 / 1_000_000) * 1_000_000 : Math.round(e6 / 10_000) * 10_000)
