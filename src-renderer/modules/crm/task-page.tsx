import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { isDay } from '../../../src-main/kernel/day.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NoteInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { clockText } from './clock.ts'
import { ClockField } from './clock-field.tsx'
import { asked, useQuickLog, type Subject } from './quick-log.ts'
import { SubjectPicker } from './subject-picker.tsx'
import { stepKinds, taskTone } from './task-words.ts'

type Task = AskOutput<'crm.task'>

/** One task: what is to be done, and the buttons that close it. */
export function TaskPage() {
  const { task_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const openLog = useQuickLog((q) => q.open)
  const { data: task, error } = useAsk('crm.task', { task_id })
  const finish = useRun('crm.finishTask')
  const drop = useRun('crm.dropTask')
  const reopen = useRun('crm.reopenTask')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!task) return <div className="zg-page" aria-busy />
  const isMine = may('crm.log')
  const isOpen = task.state === 'open'
  const about = subjectIn(task)
  return (
    <DocumentPage
      kind={task.title}
      isNamed
      record={{ kind: 'crm.task', id: task_id }}
      backTo={{ path: '/crm/tasks', label: t('ui.nav.tasks') }}
      tags={
        <>
          <StatusTag tone={taskTone[task.state]}>{t(`state.task.${task.state}`)}</StatusTag>
          {task.is_overdue ? <StatusTag tone="danger">{t('ui.crm.task.show.overdue')}</StatusTag> : null}
        </>
      }
      actions={
        <ActionButtons
          offers={[
            isMine && !isOpen && { text: t('command.crm.reopenTask'), isRunning: reopen.isRunning, run: () => void reopen.run({ task_id }) },
            isMine && isOpen && { text: t('command.crm.dropTask'), isRunning: drop.isRunning, run: () => void drop.run({ task_id }) },
            isMine && isOpen && { text: t('ui.edit'), run: () => void navigate(`/crm/tasks/${task_id}/edit`) },
            isMine && isOpen && about && { text: t('ui.crm.task.logIt'), run: () => openLog(about, { task_id, title: task.title, kind: task.kind }) },
            isMine && isOpen && { text: t('command.crm.finishTask'), look: 'main', isRunning: finish.isRunning, run: () => void finish.run({ task_id }) },
          ]}
        />
      }
      messages={<RefusalMessage no={finish.no ?? drop.no ?? reopen.no} />}
    >
      <FactCard
        facts={[
          [t('ui.f.customer'), about ? <Link to={about.party_id === null ? `/crm/leads/${about.lead_id}` : `/customers/${about.party_id}`}>{about.name}</Link> : null],
          about?.opportunity_id ? [t('ui.kind.opportunity'), <Link to={`/crm/deals/${about.opportunity_id}`}>{t('ui.kind.opportunity')}</Link>] : null,
          [t('field.crm.due_on'), task.minute === null ? task.due_on : `${task.due_on} ${clockText(task.minute)}`],
          [t('field.crm.kind'), t(`ui.crm.kind.${task.kind}`)],
          [t('field.crm.priority'), t(`ui.crm.task.priority.${task.priority}`)],
          [t('field.crm.assignee_id'), task.assignee_name],
          [t('ui.crm.task.createdBy'), task.created_name],
          task.done_at ? [t('field.crm.done_at'), format.instant(task.done_at)] : null,
          task.arrived_at ? [t('ui.crm.visit.arrived'), [format.instant(task.arrived_at), task.arrived_note].filter(Boolean).join(' · ')] : null,
          task.activity_text ? [t('ui.crm.task.from'), task.activity_text] : null,
          task.note ? [t('ui.f.note'), task.note] : null,
        ]}
      />
    </DocumentPage>
  )
}

/** Whom a task is about, where the reader may know. */
const subjectIn = ({ party_id, lead_id, opportunity_id, subject_name }: Task): Subject | null =>
  party_id === null && lead_id === null ? null : { party_id, lead_id: party_id === null ? lead_id : null, opportunity_id, name: subject_name ?? '' }

type TaskDraft = {
  readonly title: string
  readonly kind: Task['kind']
  readonly subject: Subject | null
  readonly assignee_id: string | null
  readonly due_on: string
  readonly minute: number | null
  readonly priority: Task['priority']
  readonly note: string
}

export function TaskFormPage() {
  const { task_id } = useParams()
  const { user, today } = useSession()
  const wished = useSearchParams()[0].get('due_on') ?? ''
  const { data, error } = useAsk('crm.task', { task_id: task_id ?? '' }, { enabled: task_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (task_id !== undefined && !data) return <div className="zg-page" aria-busy />
  const first: TaskDraft = data
    ? { title: data.title, kind: data.kind, subject: subjectIn(data), assignee_id: data.assignee_id, due_on: data.due_on, minute: data.minute, priority: data.priority, note: data.note ?? '' }
    : { title: '', kind: 'todo', subject: null, assignee_id: user.id, due_on: isDay(wished) ? wished : today, minute: null, priority: 2, note: '' }
  return <TaskForm key={task_id ?? 'new'} task_id={task_id ?? null} first={first} />
}

function TaskForm({ task_id, first }: { task_id: string | null; first: TaskDraft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const create = useRun('crm.createTask', form)
  const update = useRun('crm.updateTask', form)
  const save = async (): Promise<void> => {
    const { subject, assignee_id, note, ...rest } = draft
    const input = { ...rest, ...(subject === null ? {} : asked(subject)), note: note.trim() === '' ? null : note.trim(), ...(assignee_id === null ? {} : { assignee_id }) }
    const said = task_id === null ? await create.run(input) : await update.run({ task_id, ...input })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.crm.task.saved'))
    void navigate(`/crm/tasks/${said.output.task_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t(task_id === null ? 'ui.nav.newTask' : 'command.crm.updateTask')}
      backTo={{ path: '/crm/tasks', label: t('ui.nav.tasks') }}
      form={form}
      runs={[create, update]}
      onDone={() => void save()}
    >
      <section className="zg-card">
        <FieldRow>
          <TextInput label={t('ui.crm.task.title')} path="title" isRequired span={8} autoFocus value={draft.title} onChange={(title) => set({ title })} />
          <Field label={t('field.crm.due_on')} path="due_on" isRequired span={2}>
            {(ids) => <DayField {...ids} value={draft.due_on} onChange={(due_on) => (due_on === null ? undefined : set({ due_on }))} />}
          </Field>
          <ClockField value={draft.minute} onChange={(minute) => set({ minute })} />
          <Field label={t('ui.f.customer')} path="party_id" span={5}>
            {(ids) => <SubjectPicker {...ids} value={draft.subject} onChange={(subject) => set({ subject })} />}
          </Field>
          <Field label={t('field.crm.assignee_id')} path="assignee_id" span={3}>
            {(ids) => <ColleagueSelect {...ids} value={draft.assignee_id} onChange={(assignee_id) => set({ assignee_id })} />}
          </Field>
          <Field label={t('field.crm.kind')} path="kind" span={2}>
            {(ids) => <SelectField {...ids} value={draft.kind} options={stepKinds.map((value) => ({ value, label: t(`ui.crm.kind.${value}`) }))} onChange={(kind) => set({ kind: kind ?? 'todo' })} />}
          </Field>
          <Field label={t('field.crm.priority')} path="priority" span={2}>
            {(ids) => (
              <SelectField
                {...ids}
                value={String(draft.priority)}
                options={['1', '2', '3'].map((value) => ({ value, label: t(`ui.crm.task.priority.${value}`) }))}
                onChange={(value) => set({ priority: Number(value) as Task['priority'] })}
              />
            )}
          </Field>
          <NoteInput span={12} value={draft.note} onChange={(note) => set({ note })} />
        </FieldRow>
      </section>
    </FormPage>
  )
}
