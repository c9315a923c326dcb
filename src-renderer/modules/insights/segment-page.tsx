import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'
import { conditionOf, draftOf, emptyCondition, type Condition, type ConditionDraft } from './condition-draft.ts'
import { ConditionRow } from './condition-row.tsx'
import { tierOf } from './insight-words.ts'
import './insights.css'

type Segment = AskOutput<'insights.segment'>
type Draft = { readonly name: string; readonly note: string; readonly match: 'all' | 'any'; readonly conditions: readonly ConditionDraft[] }

export function SegmentPage() {
  const { segment_id } = useParams()
  const { data, error } = useAsk('insights.segment', { segment_id: segment_id ?? '' }, { enabled: segment_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (segment_id !== undefined && !data) return <div className="zg-page" aria-busy />
  const first: Draft = data
    ? { name: data.name, note: data.note ?? '', match: data.match, conditions: data.conditions.map((c) => draftOf(c, data.names)) }
    : { name: '', note: '', match: 'all', conditions: [emptyCondition('bought')] }
  return <SegmentForm key={segment_id ?? 'new'} segment={data ?? null} first={first} />
}

/** A segment put together: its conditions, and whom they hold now. */
function SegmentForm({ segment, first }: { segment: Segment | null; first: Draft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const create = useRun('insights.createSegment', form)
  const update = useRun('insights.updateSegment', form)
  const asked = draft.conditions.map(conditionOf)
  const conditions = asked.filter((c) => c !== undefined)
  const isWhole = conditions.length === asked.length && asked.length > 0
  const change = (at: number, next: ConditionDraft): void => set({ conditions: draft.conditions.map((c, i) => (i === at ? next : c)) })
  const save = async (): Promise<void> => {
    if (!isWhole) return void message.warning(t('ui.segment.incomplete'))
    const input = { name: draft.name, note: draft.note.trim() || null, match: draft.match, conditions }
    const said = segment === null ? await create.run(input) : await update.run({ segment_id: segment.segment_id, ...input })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.saved'))
    void navigate('/insights/segments', { replace: true })
  }
  return (
    <FormPage
      kind={segment === null ? t('ui.nav.newSegment') : segment.name}
      {...(segment === null ? {} : { isNamed: true as const })}
      backTo={{ path: '/insights/segments', label: t('ui.nav.segments') }}
      form={form}
      runs={[create, update]}
      more={segment ? <Button onClick={() => void navigate(`/customers?segment=${segment.segment_id}`)}>{t('ui.nav.customers')}</Button> : null}
      onDone={() => (may('insights.segment') ? void save() : undefined)}
    >
      <section className="zg-card">
        <FieldRow>
          <TextInput label={t('ui.f.name')} path="name" isRequired span={4} autoFocus value={draft.name} onChange={(name) => set({ name })} />
          <TextInput label={t('ui.segment.note')} path="note" span={8} value={draft.note} onChange={(note) => set({ note })} />
        </FieldRow>
      </section>
      <Panel
        title={t('ui.segment.condition')}
        extra={<SelectField aria-label={t('ui.segment.match')} value={draft.match} options={(['all', 'any'] as const).map((value) => ({ value, label: t(`ui.segment.match.${value}`) }))} onChange={(match) => set({ match: match ?? 'all' })} />}
      >
        <div className="zg-stack">
          <div className="zg-conditions">
            {draft.conditions.map((condition, at) => (
              <ConditionRow key={at} no={at + 1} draft={condition} onChange={(next) => change(at, next)} onDrop={draft.conditions.length > 1 ? () => set({ conditions: draft.conditions.toSpliced(at, 1) }) : undefined} />
            ))}
          </div>
          <div>
            <Button size="small" disabled={draft.conditions.length >= 20} onClick={() => set({ conditions: [...draft.conditions, emptyCondition('field')] })}>
              {t('ui.segment.add')}
            </Button>
          </div>
        </div>
      </Panel>
      {isWhole ? <Members match={draft.match} conditions={conditions} /> : <p className="zg-soft">{t('ui.segment.incomplete')}</p>}
    </FormPage>
  )
}

/** Whom the conditions hold now, the best buyers first. */
function Members({ match, conditions }: { match: 'all' | 'any'; conditions: readonly Condition[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, error } = useAsk('insights.previewSegment', { match, conditions: [...conditions], limit: 20 }, { keeps: 'previous' })
  if (error) return <NoMessage error={error} />
  if (!data) return null
  return (
    <Panel title={t('ui.segment.members')} extra={<strong className="zg-segment-count" role="status">{t('ui.segment.live', { count: data.total })}</strong>}>
      <Table
        look="bare"
        rows={data.rows}
        none={t('ui.insights.none')}
        keyOf={(c) => c.party_id}
        columns={[
          { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (c) => c.code },
          { key: 'name', title: t('ui.f.customer'), render: (c) => <Link to={`/customers/${c.party_id}`}>{c.name}</Link> },
          { key: 'phone', title: t('ui.f.phone'), figures: 'tabular', render: (c) => c.phone },
          { key: 'tier', title: t('ui.insights.tier'), render: (c) => tierOf(c, format.locale) },
          { key: 'last', title: t('ui.insights.last'), figures: 'tabular', render: (c) => c.last_on },
          { key: 'amount', title: t('ui.insights.amount'), align: 'end', render: (c) => format.money(c.amount_minor) },
          { key: 'owner', title: t('ui.party.owner'), render: (c) => c.owner_name },
        ]}
      />
    </Panel>
  )
}
