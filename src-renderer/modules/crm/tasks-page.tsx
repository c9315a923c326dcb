import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { clockText } from './clock.ts'
import { stepKinds, taskTone } from './task-words.ts'

type Row = RowOf<'crm.tasks'>
type Show = NonNullable<AskInput<'crm.tasks'>['show']>
const shows: readonly Show[] = ['now', 'today', 'overdue', 'week', 'escalated', 'done', 'all']

/** What is to be done, by whom and until when: one's own first, on the day it is due. */
export function TasksPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const [params, setParams] = useSearchParams()
  const whose = params.get('whose') === 'all' ? ('all' as const) : ('mine' as const)
  const states = ['open', 'done', 'dropped'] as const
  return (
    <ListScreen
      name="crm.tasks"
      title={t('ui.nav.tasks')}
      columns={() => [
        { key: 'due', from: 'due_on', title: t('field.crm.due_on'), width: 124, sort: 'due_on', figures: 'tabular', render: (r) => <span className={r.is_overdue ? 'zg-danger-text' : ''}>{r.minute === null ? r.due_on : `${r.due_on} ${clockText(r.minute)}`}</span> },
        { key: 'title', from: 'title', title: t('field.crm.title'), width: 220, grow: 3, render: (r) => r.title },
        { key: 'kind', from: 'kind', words: wordsOf(stepKinds, (kind) => t(`ui.crm.kind.${kind}`)), title: t('field.crm.kind'), width: 80, render: (r) => t(`ui.crm.kind.${r.kind}`) },
        { key: 'party', from: 'subject_name', title: t('ui.f.customer'), width: 160, grow: 2, render: (r) => r.subject_name },
        { key: 'last', from: 'last_on', title: t('ui.crm.lastContact'), width: 100, sort: 'last_on', figures: 'tabular', render: (r) => r.last_on },
        { key: 'score', from: 'score', at: 'choice', title: t('ui.crm.score'), width: 64, align: 'end', sort: 'score', figures: 'tabular', render: (r) => r.score },
        { key: 'value', from: 'amount_minor', at: 'choice', title: t('ui.crm.task.value'), width: 110, align: 'end', sort: 'amount_minor', figures: 'tabular', render: (r) => format.money(r.amount_minor) },
        { key: 'closing', from: 'expected_on', at: 'choice', title: t('ui.crm.task.closing'), width: 100, sort: 'expected_on', figures: 'tabular', render: (r) => r.expected_on },
        { key: 'priority', from: 'priority', words: wordsOf(['1', '2', '3'], (p) => t(`ui.crm.task.priority.${p}`)), title: t('field.crm.priority'), width: 84, sort: 'priority', render: (r) => (r.priority === 2 ? null : <StatusTag tone={r.priority === 1 ? 'danger' : 'neutral'}>{t(`ui.crm.task.priority.${r.priority}`)}</StatusTag>) },
        { key: 'assignee', from: 'assignee_name', title: t('field.crm.assignee_id'), width: 100, render: (r) => r.assignee_name },
        { key: 'created', from: 'created_name', at: 'choice', title: t('ui.crm.task.createdBy'), width: 100, render: (r) => r.created_name },
        { key: 'state', from: 'state', words: wordsOf(states, (state) => t(`state.task.${state}`)), title: t('ui.f.state'), width: 88, render: (r) => <StatusTag tone={taskTone[r.state]}>{t(`state.task.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({ text: v.text, show: (v.choice || 'open') as Show, whose, sort: v.sort as NonNullable<AskInput<'crm.tasks'>['sort']>, direction: v.direction as 'asc' | 'desc' })}
      idField="task_id"
      pathOf={(row) => `/crm/tasks/${row.task_id}`}
      toneOf={(row: Row) => (row.is_overdue ? 'danger' : row.state === 'open' ? undefined : 'muted')}
      search={t('ui.crm.task.find')}
      choice={{ label: t('ui.crm.task.open'), options: shows.map((show) => ({ value: show, label: t(`ui.crm.task.show.${show}`) })) }}
      filters={
        <SelectField
          aria-label={t('ui.crm.task.whose')}
          value={whose}
          options={[
            { value: 'mine', label: t('ui.crm.task.mine') },
            { value: 'all', label: t('ui.all') },
          ]}
          onChange={(value) =>
            setParams(
              (now) => {
                const next = new URLSearchParams(now)
                if (value === 'all') next.set('whose', 'all')
                else next.delete('whose')
                return next
              },
              { replace: true },
            )
          }
        />
      }
      sort={{ key: 'due_on', direction: 'asc' }}
      make={{ path: '/crm/tasks/new', text: t('ui.nav.newTask'), permission: 'crm.log' }}
      bulk={[
        { name: 'crm.finishTask', permission: 'crm.log', text: t('command.crm.finishTask'), isFor: (row) => row.state === 'open', inputOf: (row) => ({ task_id: row.task_id }), nameOf: (row) => row.title },
        { name: 'crm.dropTask', permission: 'crm.log', text: t('command.crm.dropTask'), isFor: (row) => row.state === 'open', inputOf: (row) => ({ task_id: row.task_id }), nameOf: (row) => row.title },
      ]}
      empty={{ title: t('ui.crm.task.empty'), text: t('ui.crm.task.emptyText') }}
    />
  )
}
