import { useEffect, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { AskOutput, RunInput, RunOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { takeHeldKeys } from '../../ui/held-keys.ts'
import { activityKinds, DetailFields, KindField, ResultField, sentSaid, WordsField, type ActivityKind, type SaidDraft } from './activity-fields.tsx'
import { minuteNow } from './clock.ts'
import { asked, partySubject, subjectOfPath, useQuickLog, type Subject, type TaskDone } from './quick-log.ts'
import { SubjectPicker } from './subject-picker.tsx'

type StepKind = NonNullable<RunInput<'crm.logActivity'>['next_kind']>
const stepKinds: readonly StepKind[] = ['call', 'visit', 'message', 'email', 'todo']
type Habits = AskOutput<'crm.contactHabits'>

/** The quick log in front of whatever is shown; nothing while it is shut. */
export function QuickLog() {
  const { about, close } = useQuickLog()
  const { pathname } = useLocation()
  const here = about === null || about.subject ? null : subjectOfPath(pathname)
  const { data: party } = useAsk('parties.get', { party_id: here?.id ?? '' }, { enabled: here?.kind === 'party' })
  const { data: lead } = useAsk('crm.lead', { lead_id: here?.id ?? '' }, { enabled: here?.kind === 'lead' })
  const { data: deal } = useAsk('crm.opportunity', { opportunity_id: here?.id ?? '' }, { enabled: here?.kind === 'opportunity' })
  if (about === null || (here?.kind === 'opportunity' && !deal) || (here?.kind === 'party' && !party) || (here?.kind === 'lead' && !lead)) return null
  const nobody = { party_id: null, lead_id: null, opportunity_id: null }
  const onPage = party
    ? partySubject(party)
    : lead
      ? { ...nobody, lead_id: lead.lead_id, name: lead.company ?? lead.name ?? '' }
      : deal
        ? { ...nobody, opportunity_id: deal.opportunity_id, name: `${deal.number} ${deal.name}` }
        : null
  const subject = about.subject ?? (here === null ? null : onPage)
  return <QuickLogDialog key={subject?.opportunity_id ?? subject?.party_id ?? subject?.lead_id ?? 'anybody'} subject={subject} task={about.task} onClose={close} />
}

const kindOf = (task: TaskDone | null): ActivityKind => activityKinds.find((kind) => kind === task?.kind) ?? 'call'

/** Who, what was said, what came of it, what comes next: five fields, Enter or F9 keeps them. */
function QuickLogDialog({ subject, task, onClose }: { subject: Subject | null; task: TaskDone | null; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const done = useLogged()
  const [whom, setWhom] = useState(subject)
  const [draft, setDraft] = useState<SaidDraft>(() => ({ kind: kindOf(task), channel: null, contact_name: '', day: today, minute: minuteNow(), text: '', result: null }))
  const [next, setNext] = useState<{ step: string; kind: StepKind; on: string | null }>({ step: '', kind: 'call', on: null })
  const [isMore, setMore] = useState(false)
  const log = useRun('crm.logActivity')
  const { data: habits } = useAsk('crm.contactHabits', whom === null ? {} : asked(whom), { enabled: whom !== null })
  const change = (changes: Partial<SaidDraft>): void => setDraft((now) => ({ ...now, ...changes }))
  useEffect(() => {
    // The field has the focus once the dialog stands: what was typed meanwhile follows.
    const timer = setInterval(() => {
      if (!document.activeElement?.closest('.zg-quick-log')) return
      clearInterval(timer)
      takeHeldKeys('quickLog')
    }, 20)
    return () => clearInterval(timer)
  }, [])
  const save = async (): Promise<void> => {
    if (whom === null) return
    const step = next.step.trim()
    const said = await log.run({
      ...asked(whom),
      ...sentSaid(draft),
      ...(step === '' ? {} : { next_step: step, next_kind: next.kind, next_on: next.on }),
      ...(task === null ? {} : { task_id: task.task_id }),
    })
    if (!said?.ok) return
    onClose()
    done(whom, said.output, next.on)
  }
  return (
    <FormDialog
      title={task === null ? t('ui.crm.log') : `${t('ui.crm.task.logIt')} · ${task.title}`}
      enter="submits"
      width={720}
      maskClosable={false}
      isReady={whom !== null && (draft.text.trim() !== '' || draft.result !== null)}
      no={log.no}
      isRunning={log.isRunning}
      onOk={save}
      onClose={onClose}
    >
      <div className="zg-quick-log zg-stack">
        <FieldRow>
          <Field label={t('ui.crm.who')} path="party_id" isRequired span={6}>
            {(ids) => <SubjectPicker {...ids} autoFocus={subject === null} value={whom} onChange={setWhom} />}
          </Field>
          <KindField draft={draft} onChange={change} span={3} />
          <ResultField draft={draft} onChange={change} span={3} />
          <WordsField draft={draft} onChange={change} isFirst={subject !== null} />
          <TextInput label={t('ui.crm.next')} path="next_step" span={6} maxLength={200} value={next.step} onChange={(step) => setNext({ ...next, step })} />
          <Field label={t('field.crm.kind')} path="next_kind" span={3}>
            {(ids) => (
              <SelectField {...ids} value={next.kind} options={stepKinds.map((value) => ({ value, label: t(`ui.crm.kind.${value}`) }))} onChange={(kind) => setNext({ ...next, kind: kind ?? 'call' })} />
            )}
          </Field>
          <Field label={t('ui.crm.nextOn')} path="next_on" span={3}>
            {(ids) => <DayField {...ids} value={next.on} onChange={(on) => setNext({ ...next, on })} />}
          </Field>
          {isMore ? <DetailFields draft={draft} onChange={change} names={habits?.contact_names ?? []} /> : null}
        </FieldRow>
        <div className="zg-hint-bar">
          <Button type="link" size="small" aria-expanded={isMore} onClick={() => setMore(!isMore)}>
            {t(isMore ? 'ui.crm.less' : 'ui.crm.more')}
          </Button>
          {whom !== null && habits ? <HabitWords habits={habits} /> : t('ui.crm.logHow')}
        </div>
      </div>
    </FormDialog>
  )
}

/** How they are best reached, in one line. */
function HabitWords({ habits }: { habits: Habits }) {
  const { t } = useTranslation()
  const { last_on, channel, best_hour, next } = habits
  return (
    <>
      {t('ui.crm.lastContact')} <b className="zg-figures">{last_on ?? t('ui.crm.never')}</b>
      {channel ? <> · {t('ui.crm.bestChannel')} <b>{t(`ui.crm.channel.${channel}`)}</b></> : null}
      {best_hour === null ? null : <> · {t('ui.crm.bestHour')} <b className="zg-figures">{best_hour}:00–{best_hour + 1}:00</b></>}
      {next ? <> · {t('ui.crm.nextStep')} <b>{next.title}</b> <span className="zg-figures">{next.due_on}</span></> : null}
    </>
  )
}

/** Says what was kept, and offers the step that might come next. */
function useLogged() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const create = useRun('crm.createTask')
  return (whom: Subject, { task_id, suggestion }: RunOutput<'crm.logActivity'>, next_on: string | null): void => {
    if (task_id !== null) return void message.success(next_on === null ? t('ui.crm.logged') : t('ui.crm.loggedNext', { day: next_on }))
    if (suggestion === null) return void message.success(t('ui.crm.logged'))
    const step = t(`ui.crm.step.${suggestion.step}`)
    const key = `logged ${whom.opportunity_id ?? whom.party_id ?? whom.lead_id}`
    const take = async (): Promise<void> => {
      message.destroy(key)
      const said = await create.run({ title: step, kind: suggestion.kind, due_on: suggestion.due_on, ...asked(whom) })
      if (said?.ok) void message.success(t('ui.crm.task.saved'))
    }
    void message.success({
      key,
      duration: 8,
      content: (
        <>
          {t('ui.crm.suggests', { day: suggestion.due_on, step })}{' '}
          <Button size="small" onClick={() => void take()}>
            {t('ui.crm.takeStep')}
          </Button>
        </>
      ),
    })
  }
}
