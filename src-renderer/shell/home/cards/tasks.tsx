import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session.tsx'
import { useAsk } from '../../../api/use-ask.ts'
import { Items, Whole } from './parts.tsx'

const SHOWN = 6

/** What I am to do today, and what is late: the oldest first. */
export function Tasks() {
  const { t } = useTranslation()
  const { today } = useSession()
  const { data } = useAsk('crm.tasks', { show: 'now', whose: 'mine', limit: SHOWN })
  const { data: counts } = useAsk('crm.taskCounts', {})
  if (!data || !counts) return null
  return (
    <>
      <Items
        none={t('home.tasksNone')}
        items={data.rows.map((task) => ({
          key: task.task_id,
          to: `/crm/tasks/${task.task_id}`,
          label: [task.title, task.subject_name].filter(Boolean).join(' · '),
          value: task.due_on === today ? t('ui.today') : task.due_on,
          tone: task.is_overdue ? ('danger' as const) : undefined,
        }))}
      />
      {data.total > 0 ? <Whole to="/crm/tasks?choice=now" text={t('home.tasksAll', { count: data.total })} /> : null}
      {counts.week > 0 ? <Whole to="/crm/tasks?choice=week" text={t('home.tasksWeek', { count: counts.week })} /> : null}
    </>
  )
}
