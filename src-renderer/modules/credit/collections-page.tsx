import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { textOfNo } from '../../ui/no-text.ts'
import { StatusTag } from '../../ui/status-tag.tsx'

type Show = NonNullable<AskInput<'credit.collections'>['show']>
const shows: readonly Show[] = ['to_dun', 'promised', 'broken']
export const promiseTone = { open: 'info', kept: 'success', broken: 'danger' } as const

/** Customers who are overdue: how loudly they were asked, what they promised, and who calls them. */
export function CollectionsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const give = useRun('credit.giveTasks')
  const giveNow = async (): Promise<void> => {
    const said = await give.run({})
    if (said?.ok) void message.success(t('ui.collect.given', said.output))
    else if (said) void message.warning(textOfNo(said, { t, format }), 8)
  }
  return (
    <ListScreen
      name="credit.collections"
      title={t('ui.nav.collections')}
      columns={(head) => [
        { key: 'name', from: 'party_name', title: t('ui.f.customer'), width: 180, grow: 2, render: (r) => r.party_name },
        { key: 'phone', from: 'phone', title: t('ui.f.phone'), width: 116, figures: 'tabular', render: (r) => r.phone },
        { key: 'owner', from: 'owner_name', title: t('ui.party.owner'), width: 80, render: (r) => r.owner_name },
        { key: 'overdue', from: 'overdue_minor', title: t('ui.credit.overdue'), width: 120, align: 'end', render: (r) => format.money(r.overdue_minor), ...(head ? { total: format.money(head.overdue_minor) } : {}) },
        { key: 'days', from: 'overdue_days', title: t('ui.credit.days'), width: 84, align: 'end', render: (r) => r.overdue_days },
        { key: 'level', from: 'level', title: t('ui.collect.level'), width: 110, render: (r) => <span className={r.level === 3 ? 'zg-danger-text' : ''}>{t(`ui.collect.level.${r.level}`)}</span> },
        { key: 'last', from: 'last_dunned_on', title: t('ui.collect.last'), width: 164, figures: 'tabular', render: (r) => (r.last_dunned_on === null ? '' : `${r.last_dunned_on} ${t(`ui.collect.level.${r.last_level}`)}`) },
        {
          key: 'promise',
          from: 'promised_on',
          title: t('ui.collect.promise'),
          width: 146,
          render: (r) =>
            r.promise_state === null ? null : (
              <>
                <StatusTag tone={promiseTone[r.promise_state]}>{t(`state.promise.${r.promise_state}`)}</StatusTag> <span className="zg-figures">{r.promised_on}</span>
              </>
            ),
        },
        { key: 'task', from: 'task_due_on', title: t('ui.collect.task'), width: 100, figures: 'tabular', render: (r) => (r.task_id === null ? null : <Link to={`/crm/tasks/${r.task_id}`}>{r.task_due_on}</Link>) },
      ]}
      inputOf={(v) => ({ show: (v.choice || 'all') as Show })}
      idField="party_id"
      pathOf={(row) => `/customers/${row.party_id}?tab=collection`}
      choice={{ label: t('ui.collect.show.all'), options: shows.map((show) => ({ value: show, label: t(`ui.collect.show.${show}`) })) }}
      bulk={[{ name: 'credit.dun', permission: 'credit.collect', text: t('command.credit.dun'), isFor: () => true, inputOf: (row) => ({ party_id: row.party_id }), nameOf: (row) => row.party_name }]}
      actions={
        <>
          <Button onClick={() => void navigate('/money/frozen')}>{t('ui.nav.frozen')}</Button>
          {may('credit.setLimits') ? <Button onClick={() => void navigate('/money/limits')}>{t('ui.nav.limits')}</Button> : null}
          {may('credit.collect') ? (
            <Button loading={give.isRunning} onClick={() => void giveNow()}>
              {t('command.credit.giveTasks')}
            </Button>
          ) : null}
        </>
      }
      empty={{ title: t('ui.collect.empty'), text: t('ui.collect.emptyText') }}
    />
  )
}
