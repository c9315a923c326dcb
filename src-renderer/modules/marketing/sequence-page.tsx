import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskInput, AskOutput, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons, RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { DocumentPage, FactCard, Panel, Sums } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { SearchBox } from '../../ui/list-page.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { StatusTag, type Tone } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { tierName, tierOf } from '../insights/insight-words.ts'

type Sequence = AskOutput<'marketing.sequence'>
type Form = RunInput<'marketing.createSequence'>
type SentStep = Form['steps'][number]
type Condition = 'always' | 'replied' | 'ordered' | 'ticket' | 'tier'
type Draft = { readonly key: number; readonly kind: 'letter' | 'task' | 'wait'; readonly letter_id: string | null; readonly title: string; readonly days: number | null; readonly condition: Condition; readonly is_not: 0 | 1; readonly tier_id: string | null; readonly otherwise: 'skip' | 'leave' }

const tone: Readonly<Record<Sequence['state'], Tone>> = { draft: 'neutral', running: 'info', paused: 'warning', closed: 'success' }

/** A sequence: its steps, how many stand at each, and who is led. While it is a draft its steps are written. */
export function SequencePage() {
  const { sequence_id } = useParams()
  const { data, error } = useAsk('marketing.sequence', { sequence_id: sequence_id ?? '' }, { enabled: sequence_id !== undefined, keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (sequence_id !== undefined && !data) return <div className="zg-page" aria-busy />
  return data && data.state !== 'draft' ? <Running sequence={data} /> : <Drafted key={sequence_id ?? 'new'} sequence={data ?? null} />
}

let lastKey = 0
const emptyStep = (kind: Draft['kind']): Draft => ({ key: ++lastKey, kind, letter_id: null, title: '', days: kind === 'wait' ? 3 : null, condition: 'always', is_not: 0, tier_id: null, otherwise: 'skip' })
const isWhole = (s: Draft): boolean => (s.kind === 'letter' ? s.letter_id !== null : s.kind === 'task' ? s.title.trim() !== '' : s.days !== null && s.days > 0) && (s.condition !== 'tier' || s.tier_id !== null)
const sentStep = (s: Draft): SentStep => ({
  what: s.kind === 'letter' ? { kind: 'letter', letter_id: s.letter_id! } : s.kind === 'task' ? { kind: 'task', title: s.title } : { kind: 'wait', days: s.days! },
  when: s.condition === 'tier' ? { condition: 'tier', tier_id: s.tier_id! } : { condition: s.condition },
  is_not: s.is_not,
  otherwise: s.otherwise,
})

function Drafted({ sequence }: { sequence: Sequence | null }) {
  const { campaign_id: fromPath = '' } = useParams()
  const campaign_id = sequence?.campaign_id ?? fromPath
  const { t } = useTranslation()
  const { may } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { data: campaign } = useAsk('marketing.campaign', { campaign_id })
  const { data: segments } = useAsk('insights.segments', {}, { enabled: may('insights.read') })
  const [name, setName] = useState(sequence?.name ?? '')
  const [segment_id, setSegment] = useState(sequence?.segment_id ?? null)
  const [goal, setGoal] = useState<Sequence['goal']>(sequence?.goal ?? 'none')
  const [steps, setSteps] = useState<readonly Draft[]>(() => sequence?.steps.map((s) => ({ key: ++lastKey, kind: s.kind, letter_id: s.letter_id, title: s.title ?? '', days: s.days, condition: s.condition, is_not: s.is_not, tier_id: s.tier_id, otherwise: s.otherwise })) ?? [emptyStep('letter')])
  const create = useRun('marketing.createSequence')
  const update = useRun('marketing.updateSequence')
  const move = useRun('marketing.moveSequence')
  const no = create.no ?? update.no
  const form = { name, segment_id, goal, steps: steps.filter(isWhole).map(sentStep) }
  const isReady = name.trim() !== '' && steps.length > 0 && steps.every(isWhole)
  const [saved, setSaved] = useState(sequence === null ? '' : JSON.stringify(form))
  const isChanged = JSON.stringify(form) !== saved || !isReady
  const save = async (): Promise<void> => {
    const said = sequence === null ? await create.run({ campaign_id, ...form }) : await update.run({ sequence_id: sequence.sequence_id, ...form })
    if (!said?.ok) return
    setSaved(JSON.stringify(form))
    void message.success(t('ui.saved'))
    if (sequence === null) void navigate(`/marketing/sequences/${said.output.sequence_id}`, { replace: true })
  }
  const writes = may('marketing.write')
  return (
    <DocumentPage
      kind={sequence === null ? t('command.marketing.createSequence') : t('ui.kind.sequence')}
      subject={name}
      backTo={{ path: `/marketing/campaigns/${campaign_id}`, label: campaign?.name ?? t('ui.kind.campaign') }}
      tags={sequence ? <StatusTag tone={tone.draft}>{t('state.sequence.draft')}</StatusTag> : null}
      actions={
        <ActionButtons
          offers={[
            writes && isChanged && isReady && { text: t('ui.save'), look: 'main', isRunning: create.isRunning || update.isRunning, run: () => void save() },
            sequence !== null && !isChanged && may('marketing.send') && { text: t('ui.marketing.startSequence'), look: 'main', isRunning: move.isRunning, run: () => void move.run({ sequence_id: sequence.sequence_id, state: 'running' }) },
          ]}
        />
      }
      messages={<RefusalMessage no={no ?? move.no} />}
    >
      <ProblemsProvider value={problemsOf(no)}>
        <section className="zg-card">
          <FieldRow>
            <TextInput label={t('field.marketing.name')} path="name" isRequired span={5} autoFocus={sequence === null} value={name} onChange={setName} />
            <Field label={t('ui.marketing.entry')} path="segment_id" span={4}>
              {(ids) => <SelectField {...ids} none={t('ui.marketing.entryMembers')} value={segment_id} options={(segments?.rows ?? []).map((s) => ({ value: s.segment_id, label: t('ui.marketing.entrySegment', { name: s.name }) }))} onChange={setSegment} />}
            </Field>
            <Field label={t('field.marketing.goal')} path="goal" span={3}>
              {(ids) => <SelectField {...ids} value={goal} options={(['none', 'ordered', 'replied'] as const).map((value) => ({ value, label: t(`ui.marketing.goal.${value}`) }))} onChange={(value) => setGoal(value ?? 'none')} />}
            </Field>
          </FieldRow>
        </section>
        <Panel title={t('ui.marketing.steps')}>
          <Steps steps={steps} letters={campaign?.letters ?? []} onChange={setSteps} />
          {campaign?.letters.length === 0 ? <p className="zg-soft"><Link to={`/marketing/campaigns/${campaign_id}/letter`}>{t('ui.marketing.lettersFirst')}</Link></p> : null}
        </Panel>
        <p className="zg-soft">{t('ui.marketing.sequenceText')}</p>
      </ProblemsProvider>
    </DocumentPage>
  )
}

type StepsProps = { readonly steps: readonly Draft[]; readonly letters: readonly { readonly letter_id: string; readonly subject: string }[]; onChange(steps: readonly Draft[]): void }

function Steps({ steps, letters, onChange }: StepsProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { locale } = useFormat()
  const { data: tiers } = useAsk('insights.tiers', {}, { enabled: may('insights.read') })
  const change = (i: number, changes: Partial<Draft>): void => onChange(steps.map((s, at) => (at === i ? { ...s, ...changes } : s)))
  const swap = (i: number, j: number): void => onChange(steps.map((s, at) => (at === i ? steps[j]! : at === j ? steps[i]! : s)))
  return (
    <div className="zg-stack">
      {steps.map((step, i) => {
        const label = (word: string): string => `${t('ui.marketing.step', { no: i + 1 })}: ${word}`
        return (
          <div key={step.key} className="zg-sequence-step" role="group" aria-label={t('ui.marketing.step', { no: i + 1 })}>
            <b className="zg-figures">{i + 1}</b>
            <SelectField aria-label={label(t('ui.marketing.stepKind'))} value={step.kind} options={(['letter', 'task', 'wait'] as const).map((value) => ({ value, label: t(`ui.marketing.stepKind.${value}`) }))} onChange={(kind) => change(i, { ...emptyStep(kind ?? 'wait'), key: step.key })} />
            {step.kind === 'letter' ? (
              <SelectField aria-label={label(t('ui.kind.letter'))} none={t('ui.marketing.chooseLetter')} value={step.letter_id} options={letters.map((l) => ({ value: l.letter_id, label: l.subject }))} onChange={(letter_id) => change(i, { letter_id })} />
            ) : step.kind === 'task' ? (
              <TextField aria-label={label(t('ui.marketing.taskTitle'))} placeholder={t('ui.marketing.taskTitle')} maxLength={100} value={step.title} onChange={(title) => change(i, { title })} />
            ) : (
              <label className="zg-sequence-days">
                <WholeField aria-label={label(t('ui.marketing.days'))} value={step.days} onChange={(days) => change(i, { days })} />
                <span>{t('ui.marketing.days')}</span>
              </label>
            )}
            <SelectField
              aria-label={label(t('ui.marketing.onlyIf'))}
              value={`${step.condition} ${step.is_not}`}
              options={[
                { value: 'always 0', label: t('ui.marketing.if.always') },
                ...(['replied', 'ordered', 'ticket', 'tier'] as const).flatMap((condition) => ([0, 1] as const).map((is_not) => ({ value: `${condition} ${is_not}`, label: t(`ui.marketing.if.${condition}.${is_not}`) }))),
              ]}
              onChange={(value) => {
                const [condition, is_not] = (value ?? 'always 0').split(' ') as [Condition, string]
                change(i, { condition, is_not: is_not === '1' ? 1 : 0, tier_id: condition === 'tier' ? step.tier_id : null })
              }}
            />
            {step.condition === 'tier' ? <SelectField aria-label={label(t('ui.marketing.tier'))} none={t('ui.marketing.chooseTier')} value={step.tier_id} options={(tiers?.rows ?? []).map((x) => ({ value: x.tier_id, label: tierName(x, locale) }))} onChange={(tier_id) => change(i, { tier_id })} /> : null}
            {step.condition === 'always' ? null : (
              <SelectField aria-label={label(t('ui.marketing.otherwise'))} value={step.otherwise} options={(['skip', 'leave'] as const).map((value) => ({ value, label: t(`ui.marketing.otherwise.${value}`) }))} onChange={(otherwise) => change(i, { otherwise: otherwise ?? 'skip' })} />
            )}
            <span className="zg-spring" />
            <Button size="small" disabled={i === 0} aria-label={label(t('ui.marketing.up'))} onClick={() => swap(i, i - 1)}>↑</Button>
            <Button size="small" disabled={i === steps.length - 1} aria-label={label(t('ui.marketing.down'))} onClick={() => swap(i, i + 1)}>↓</Button>
            <Button size="small" disabled={steps.length === 1} aria-label={label(t('ui.remove'))} onClick={() => onChange(steps.filter((s) => s !== step))}>×</Button>
          </div>
        )
      })}
      <div className="zg-actions">
        {(['letter', 'task', 'wait'] as const).map((kind) => (
          <Button key={kind} size="small" onClick={() => onChange([...steps, emptyStep(kind)])}>+ {t(`ui.marketing.stepKind.${kind}`)}</Button>
        ))}
      </div>
    </div>
  )
}

function Running({ sequence }: { sequence: Sequence }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { may } = useSession()
  const [isClosing, setClosing] = useState(false)
  const move = useRun('marketing.moveSequence')
  const sends = may('marketing.send')
  const to = (state: Sequence['state']) => () => void move.run({ sequence_id: sequence.sequence_id, state })
  const countOf = (state: string): number => sequence.counts.filter((c) => c.state === state).reduce((sum, c) => sum + c.count, 0)
  const when = (s: Sequence['steps'][number]): string =>
    s.condition === 'always' ? '' : [s.condition === 'tier' ? `${t(`ui.marketing.if.tier.${s.is_not}`)} ${tierOf(s, locale)}` : t(`ui.marketing.if.${s.condition}.${s.is_not}`), t(`ui.marketing.otherwise.${s.otherwise}`)].join(' · ')
  return (
    <DocumentPage
      kind={sequence.name}
      isNamed
      backTo={{ path: `/marketing/campaigns/${sequence.campaign_id}`, label: sequence.campaign_name }}
      tags={<StatusTag tone={tone[sequence.state]}>{t(`state.sequence.${sequence.state}`)}</StatusTag>}
      actions={
        <ActionButtons
          offers={[
            sends && sequence.state === 'running' && { text: t('ui.marketing.pauseSequence'), run: to('paused') },
            sends && sequence.state === 'paused' && { text: t('ui.marketing.resume'), look: 'main', run: to('running') },
            sends && sequence.state !== 'closed' && { text: t('ui.marketing.closeSequence'), run: () => setClosing(true) },
          ]}
        />
      }
      messages={
        <>
          <RefusalMessage no={move.no} />
          {sequence.state === 'running' && sequence.campaign_state !== 'running' ? <p className="zg-danger-text">{t('ui.marketing.campaignStands')}</p> : null}
        </>
      }
      side={
        <Panel title={t('ui.marketing.figures')}>
          <Sums
            sums={[
              [t('state.walk.walking'), countOf('walking')],
              sequence.goal === 'none' ? null : [t('state.walk.reached'), countOf('reached'), 'strong'],
              [t('state.walk.finished'), countOf('finished')],
              ...sequence.counts.filter((c) => c.why !== null).map((c): [string, number] => [t(`ui.marketing.why.${c.why}`), c.count]),
            ]}
          />
        </Panel>
      }
    >
      <FactCard facts={[[t('ui.marketing.entry'), sequence.segment_id === null ? t('ui.marketing.entryMembers') : t('ui.marketing.entrySegment', { name: sequence.segment_name ?? '–' })], [t('field.marketing.goal'), t(`ui.marketing.goal.${sequence.goal}`)]]} />
      <Panel title={t('ui.marketing.steps')}>
        <Table
          look="bare"
          rows={sequence.steps.map((s, i) => ({ ...s, no: i + 1 }))}
          keyOf={(s) => s.step_id}
          columns={[
            { key: 'no', title: t('ui.marketing.stepNo'), render: (s) => s.no },
            { key: 'what', title: t('ui.marketing.stepKind'), render: (s) => (s.kind === 'letter' ? <>{t('ui.marketing.stepKind.letter')} <Link to={`/marketing/letters/${s.letter_id}`}>{s.letter_subject}</Link></> : s.kind === 'task' ? `${t('ui.marketing.stepKind.task')} ${s.title}` : t('ui.marketing.waits', { count: s.days ?? 0 })) },
            { key: 'when', title: t('ui.marketing.onlyIf'), render: (s) => <span className="zg-soft">{when(s)}</span> },
            { key: 'standing', title: t('ui.marketing.standing'), align: 'end', render: (s) => s.standing },
            { key: 'done', title: t('ui.marketing.done'), align: 'end', render: (s) => s.done },
            { key: 'passed', title: t('ui.marketing.passed'), align: 'end', render: (s) => s.passed },
          ]}
        />
      </Panel>
      <Walks sequence={sequence} />
      {isClosing ? (
        <ActionDialog name="marketing.moveSequence" called={t('ui.marketing.closeSequence')} subject={sequence.name} text={t('ui.marketing.closeText')} inputOf={() => ({ sequence_id: sequence.sequence_id, state: 'closed' as const })} onClose={() => setClosing(false)} />
      ) : null}
    </DocumentPage>
  )
}

type Show = NonNullable<AskInput<'marketing.walks'>['show']>

function Walks({ sequence }: { sequence: Sequence }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [text, setText] = useState('')
  const [show, setShow] = useState<Show>('all')
  const leave = useRun('marketing.leaveSequence')
  const { data } = useAsk('marketing.walks', { sequence_id: sequence.sequence_id, show, text, limit: 100 }, { keeps: 'previous' })
  return (
    <Panel title={`${t('query.marketing.walks')} (${data?.total ?? 0})`}>
      <div className="zg-stack">
        <RefusalMessage no={leave.no} />
        <div className="zg-filters">
          <SearchBox value={text} onChange={setText} placeholder={t('ui.f.customer')} />
          <SelectField aria-label={t('field.marketing.state')} none={t('ui.all')} value={show === 'all' ? null : show} options={(['walking', 'reached', 'finished', 'left'] as const).map((value) => ({ value, label: t(`state.walk.${value}`) }))} onChange={(value) => setShow(value ?? 'all')} />
        </div>
        <Table
          look="bare"
          rows={data?.rows}
          none={t('ui.marketing.walksNone')}
          keyOf={(w) => w.walk_id}
          columns={[
            { key: 'name', title: t('ui.f.customer'), render: (w) => <Link to={`/customers/${w.party_id}`}>{w.name}</Link> },
            { key: 'state', title: t('field.marketing.state'), render: (w) => (w.why === null ? t(`state.walk.${w.state}`) : t(`ui.marketing.why.${w.why}`)) },
            { key: 'entered', title: t('ui.marketing.enteredOn'), figures: 'tabular', render: (w) => w.entered_on },
            { key: 'next', title: t('ui.marketing.nextStep'), figures: 'tabular', render: (w) => (w.state === 'walking' ? `${w.position + 1} · ${w.due_on}` : w.ended_on) },
            { key: 'actions', render: (w) => <RowButtons offers={[may('marketing.write') && w.state === 'walking' && { text: t('command.marketing.leaveSequence'), run: () => void leave.run({ walk_id: w.walk_id }) }]} /> },
          ]}
        />
      </div>
    </Panel>
  )
}
