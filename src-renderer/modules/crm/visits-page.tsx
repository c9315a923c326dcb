import { useEffect, useRef, useState } from 'react'
import { App, Button } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { addDays } from '../../../src-main/kernel/day.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog, FormDialog } from '../../ui/action-dialog.tsx'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { ColleagueSelect } from '../parties/assign-dialog.tsx'
import { clockText } from './clock.ts'
import { ClockField } from './clock-field.tsx'
import { asked, useQuickLog, type Subject } from './quick-log.ts'
import { SubjectPicker } from './subject-picker.tsx'
import { taskTone } from './task-words.ts'
import './crm.css'

type Stop = AskOutput<'crm.route'>['stops'][number]

/** One person's visits of a day, in the order in which they are made. */
export function VisitsPage() {
  const { t } = useTranslation()
  const { may, today, user } = useSession()
  const navigate = useNavigate()
  const { values, set } = useFilters({ day: today, who: user.id })
  const { data, error } = useAsk('crm.route', { day: values.day, user_id: values.who }, { keeps: 'previous' })
  const [isPlanning, setPlanning] = useState(false)
  const [arrived, setArrived] = useState<Stop | null>(null)
  return (
    <ListPage
      title={t('ui.nav.visits')}
      filters={
        <>
          <Button aria-label={t('ui.crm.visit.dayBefore')} onClick={() => set({ day: addDays(values.day, -1) })}>‹</Button>
          <DayField aria-label={t('ui.f.day')} value={values.day} onChange={(day) => set({ day: day ?? today })} />
          <Button aria-label={t('ui.crm.visit.dayAfter')} onClick={() => set({ day: addDays(values.day, 1) })}>›</Button>
          <span className="zg-funnel-who">
            <ColleagueSelect aria-label={t('ui.crm.visit.who')} none={user.name} value={values.who} onChange={(who) => set({ who: who ?? user.id })} />
          </span>
        </>
      }
      actions={
        <>
          <Button onClick={() => void navigate('/crm/visits/statistics')}>{t('query.crm.visitStatistics')}</Button>
          {may('crm.log') ? <Button type="primary" onClick={() => setPlanning(true)}>{t('command.crm.planVisits')}</Button> : null}
        </>
      }
    >
      {error ? <NoMessage error={error} /> : null}
      {data ? <Route day={values.day} who={data.user_id} stops={data.stops} onArrive={setArrived} /> : <div aria-busy />}
      {isPlanning ? <PlanDialog day={values.day < today ? today : values.day} who={values.who} onClose={() => setPlanning(false)} /> : null}
      {arrived ? <CheckInDialog stop={arrived} onClose={() => setArrived(null)} /> : null}
    </ListPage>
  )
}

function Route({ day, who, stops, onArrive }: { day: string; who: string; stops: readonly Stop[]; onArrive(stop: Stop): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may, today, user } = useSession()
  const openLog = useQuickLog((q) => q.open)
  const arrange = useRun('crm.arrangeRoute')
  const box = useRef<HTMLDivElement>(null)
  const moved = useRef<string | null>(null)
  useEffect(() => {
    // A row that has changed its place gets the cursor back.
    if (moved.current !== null) box.current?.querySelector<HTMLElement>(`[data-move="${moved.current}"]`)?.focus()
    moved.current = null
  }, [stops])
  const mayLog = may('crm.log')
  const move = (index: number, by: 1 | -1): void => {
    const ids = stops.map((stop) => stop.task_id)
    const [id] = ids.splice(index, 1)
    ids.splice(index + by, 0, id!)
    moved.current = `${id} ${by}`
    void arrange.run({ day, assignee_id: who, task_ids: ids })
  }
  const mover = (stop: Stop, index: number, by: 1 | -1) => (
    <Button
      size="small"
      data-move={`${stop.task_id} ${by}`}
      disabled={arrange.isRunning || stops[index + by] === undefined}
      aria-label={t(by === 1 ? 'ui.crm.visit.later' : 'ui.crm.visit.earlier', { name: stop.subject_name ?? stop.title })}
      icon={by === 1 ? <ArrowDownOutlined aria-hidden /> : <ArrowUpOutlined aria-hidden />}
      onClick={() => move(index, by)}
    />
  )
  return (
    <div ref={box} className="zg-stack zg-scroll">
      <RefusalMessage no={arrange.no} />
      <Table
        caption={t('query.crm.route')}
        rows={stops}
        keyOf={(s) => s.task_id}
        none={t('ui.crm.visit.none')}
        columns={[
          { key: 'no', title: '#', figures: 'faint', render: (_s, i) => i + 1 },
          { key: 'time', title: t('ui.crm.time'), figures: 'tabular', render: (s) => (s.minute === null ? '' : clockText(s.minute)) },
          { key: 'who', title: t('ui.f.customer'), render: (s) => <SubjectLink stop={s} /> },
          { key: 'where', title: t('ui.crm.visit.where'), render: (s) => <>{s.address}{s.phone ? <div className="zg-soft zg-figures">{s.phone}</div> : null}</> },
          { key: 'what', title: t('ui.crm.visit.purpose'), render: (s) => <Link to={`/crm/tasks/${s.task_id}`}>{s.title}</Link> },
          {
            key: 'state',
            title: t('ui.f.state'),
            render: (s) => (
              <>
                {s.state === 'open' && s.arrived_at !== null ? <StatusTag tone="warning">{t('ui.crm.visit.there')}</StatusTag> : <StatusTag tone={s.is_overdue ? 'danger' : taskTone[s.state]}>{t(s.is_overdue ? 'ui.crm.visit.missed' : `state.task.${s.state}`)}</StatusTag>}
                {s.arrived_at === null ? null : <div className="zg-soft zg-figures">{format.instant(s.arrived_at)}</div>}
                {s.arrived_note ? <div className="zg-soft">{s.arrived_note}</div> : null}
              </>
            ),
          },
          {
            key: 'result',
            title: t('field.crm.result'),
            render: (s) => (
              <>
                {s.result ? t(`ui.crm.result.${s.result}`) : null}
                {s.words ? <div className="zg-soft zg-timeline-text">{s.words}</div> : null}
              </>
            ),
          },
          {
            key: 'do',
            render: (s, i) => (
              <div className="zg-actions">
                {mayLog && stops.length > 1 ? <>{mover(s, i, -1)}{mover(s, i, 1)}</> : null}
                <RowButtons
                  offers={[
                    mayLog && s.state === 'open' && who === user.id && s.due_on <= today && s.arrived_at === null && { text: t('command.crm.checkIn'), run: () => onArrive(s) },
                    mayLog && s.state === 'open' && subjectIn(s) !== null && { text: t('ui.crm.task.logIt'), run: () => openLog(subjectIn(s), { task_id: s.task_id, title: s.title, kind: 'visit' }) },
                  ]}
                />
              </div>
            ),
          },
        ]}
      />
    </div>
  )
}

/** Whom a visit is to, where the reader may know. */
const subjectIn = ({ party_id, lead_id, opportunity_id, subject_name }: Stop): Subject | null =>
  party_id === null && lead_id === null ? null : { party_id, lead_id: party_id === null ? lead_id : null, opportunity_id, name: subject_name ?? '' }

const SubjectLink = ({ stop: { party_id, lead_id, subject_name } }: { stop: Stop }) =>
  party_id === null && lead_id === null ? null : <Link to={party_id === null ? `/crm/leads/${lead_id}` : `/customers/${party_id}`}>{subject_name}</Link>

function CheckInDialog({ stop, onClose }: { stop: Stop; onClose(): void }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  return (
    <ActionDialog name="crm.checkIn" subject={stop.subject_name} text={t('ui.crm.visit.checkInText')} inputOf={() => ({ task_id: stop.task_id, note: note.trim() === '' ? null : note.trim() })} onClose={onClose}>
      <Field label={t('ui.crm.visit.doorNote')} path="note">
        {(ids) => <TextArea {...ids} rows={3} isFirst value={note} onChange={setNote} />}
      </Field>
    </ActionDialog>
  )
}

type Draft = { readonly key: number; readonly subject: Subject | null; readonly title: string; readonly minute: number | null }

/** Several visits of one day at once: whom, when, what for. */
function PlanDialog({ day: first, who, onClose }: { day: string; who: string; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [day, setDay] = useState(first)
  const [assignee_id, setAssignee] = useState<string | null>(who)
  const blank = (key: number): Draft => ({ key, subject: null, title: t('ui.crm.kind.visit'), minute: null })
  const [stops, setStops] = useState<readonly Draft[]>(() => [blank(1)])
  const plan = useRun('crm.planVisits')
  const chosen = stops.filter((stop) => stop.subject !== null)
  const change = (key: number, changes: Partial<Draft>): void => setStops(stops.map((stop) => (stop.key === key ? { ...stop, ...changes } : stop)))
  const save = async (): Promise<void> => {
    const said = await plan.run({
      day,
      ...(assignee_id === null ? {} : { assignee_id }),
      stops: chosen.map(({ subject, title, minute }) => ({ ...asked(subject!), title, minute })),
    })
    if (!said?.ok) return
    void message.success(t('ui.crm.visit.plannedOn', { count: said.output.task_ids.length, day }))
    onClose()
  }
  return (
    <FormDialog title={t('command.crm.planVisits')} width={760} maskClosable={false} isReady={chosen.length > 0} no={plan.no} isRunning={plan.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.f.day')} path="day" isRequired span={4}>
          {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
        </Field>
        <Field label={t('ui.crm.visit.who')} path="assignee_id" span={4}>
          {(ids) => <ColleagueSelect {...ids} value={assignee_id} onChange={setAssignee} />}
        </Field>
      </FieldRow>
      {stops.map((stop, i) => (
        <fieldset key={stop.key} className="zg-plain-set">
          <legend className="zg-sr">{t('ui.crm.visit.stop', { no: i + 1 })}</legend>
          <FieldRow>
            <Field label={t('ui.crm.who')} path={`stops.${i}.party_id`} isRequired span={5}>
              {(ids) => <SubjectPicker {...ids} autoFocus={i === stops.length - 1} value={stop.subject} onChange={(subject) => change(stop.key, { subject })} />}
            </Field>
            <TextInput label={t('ui.crm.visit.purpose')} path={`stops.${i}.title`} isRequired span={5} value={stop.title} onChange={(title) => change(stop.key, { title })} />
            <ClockField path={`stops.${i}.minute`} value={stop.minute} onChange={(minute) => change(stop.key, { minute })} />
          </FieldRow>
        </fieldset>
      ))}
      <div>
        <Button onClick={() => setStops([...stops, blank(Math.max(...stops.map((s) => s.key)) + 1)])}>{t('ui.crm.visit.addStop')}</Button>
      </div>
    </FormDialog>
  )
}
