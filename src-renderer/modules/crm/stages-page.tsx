import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, NamesInput, PositionInput, TextInput } from '../../ui/fields/inputs.tsx'
import { PercentField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { stageName, type StageRow } from './deal-words.ts'

type Needed = NonNullable<RunInput<'crm.createStage'>['required_fields']>[number]
const stageFields: readonly Needed[] = ['amount_minor', 'expected_on', 'contact_name', 'lines', 'rivals']
type Competitor = RowOf<'crm.competitors'>

/** The way from interest to order, and against whom it is gone. */
export function StagesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { data: stages } = useAsk('crm.stages', {})
  const { data: competitors } = useAsk('crm.competitors', {})
  const [stage, setStage] = useState<StageRow | 'new' | null>(null)
  const [competitor, setCompetitor] = useState<Competitor | 'new' | null>(null)
  return (
    <SettingsPage title={t('ui.nav.stages')}>
      <div className="zg-stack">
        <Panel title={t('query.crm.stages')} extra={may('crm.configure') ? <Button size="small" onClick={() => setStage('new')}>{t('command.crm.createStage')}</Button> : null}>
          <Table
            look="bare"
            rows={stages?.rows}
            keyOf={(s) => s.stage_id}
            columns={[
              { key: 'no', title: '#', figures: 'faint', render: (s) => s.position },
              { key: 'name', title: t('ui.f.name'), render: (s) => stageName(s, format.locale) },
              { key: 'probability', title: t('field.crm.probability_e8'), align: 'end', render: (s) => format.percent(s.probability_e8) },
              { key: 'needs', title: t('field.crm.required_fields'), render: (s) => format.list(s.required_fields.map((f) => t(`ui.crm.stage.field.${f}`))) },
              { key: 'open', title: t('ui.crm.funnel.open'), align: 'end', render: (s) => s.open_count },
              { key: 'state', title: t('ui.f.state'), render: (s) => t(s.is_active ? 'ui.active' : 'ui.inactive') },
              { key: 'actions', render: (s) => <RowButtons offers={[may('crm.configure') && { text: t('ui.edit'), run: () => setStage(s) }]} /> },
            ]}
          />
        </Panel>
        <Panel title={t('query.crm.competitors')} extra={may('crm.deal') ? <Button size="small" onClick={() => setCompetitor('new')}>{t('command.crm.createCompetitor')}</Button> : null}>
          <Table
            look="bare"
            rows={competitors?.rows}
            none={t('ui.crm.deal.noRivals')}
            keyOf={(c) => c.competitor_id}
            columns={[
              { key: 'name', title: t('ui.f.name'), render: (c) => c.name },
              { key: 'strengths', title: t('field.crm.strengths'), render: (c) => c.strengths },
              { key: 'met', title: t('ui.crm.funnel.met'), align: 'end', render: (c) => c.met },
              { key: 'lost', title: t('ui.crm.funnel.lostTo'), align: 'end', render: (c) => c.lost_to_them },
              { key: 'state', title: t('ui.f.state'), render: (c) => t(c.is_active ? 'ui.active' : 'ui.inactive') },
              { key: 'actions', render: (c) => <RowButtons offers={[may('crm.deal') && { text: t('ui.edit'), run: () => setCompetitor(c) }]} /> },
            ]}
          />
        </Panel>
      </div>
      {stage === null ? null : <StageDialog stage={stage === 'new' ? null : stage} onClose={() => setStage(null)} />}
      {competitor === null ? null : <CompetitorDialog competitor={competitor === 'new' ? null : competitor} onClose={() => setCompetitor(null)} />}
    </SettingsPage>
  )
}

function StageDialog({ stage, onClose }: { stage: StageRow | null; onClose(): void }) {
  const { t } = useTranslation()
  const [names, setNames] = useState({ name_zh: stage?.name_zh ?? '', name_en: stage?.name_en ?? '' })
  const [probability_e8, setProbability] = useState<number | null>(stage?.probability_e8 ?? 0)
  const [required, setRequired] = useState<readonly Needed[]>(stage?.required_fields ?? [])
  const [position, setPosition] = useState<number | null>(stage?.position ?? null)
  const [is_active, setActive] = useState<0 | 1>(stage?.is_active ?? 1)
  const create = useRun('crm.createStage')
  const update = useRun('crm.updateStage')
  const save = async (): Promise<void> => {
    const form = { ...names, probability_e8: probability_e8 ?? 0, required_fields: [...required] }
    const said = stage === null ? await create.run(form) : await update.run({ stage_id: stage.stage_id, ...form, position: position ?? stage.position, is_active })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(stage === null ? 'command.crm.createStage' : 'command.crm.updateStage')} enter="submits" width={640} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <NamesInput value={names} onChange={setNames} />
        <Field label={`${t('field.crm.probability_e8')} (%)`} path="probability_e8" span={4}>
          {(ids) => <PercentField {...ids} value={probability_e8} onChange={setProbability} />}
        </Field>
        {stage === null ? null : (
          <>
            <PositionInput span={4} value={position} onChange={setPosition} />
            <ActiveInput span={4} value={is_active} onChange={setActive} />
          </>
        )}
      </FieldRow>
      <fieldset className="zg-plain-set">
        <legend>{t('field.crm.required_fields')}</legend>
        {stageFields.map((field) => (
          <Checkbox key={field} checked={required.includes(field)} onChange={(event) => setRequired(event.target.checked ? [...required, field] : required.filter((f) => f !== field))}>
            {t(`ui.crm.stage.field.${field}`)}
          </Checkbox>
        ))}
      </fieldset>
    </FormDialog>
  )
}

function CompetitorDialog({ competitor, onClose }: { competitor: Competitor | null; onClose(): void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(competitor?.name ?? '')
  const [strengths, setStrengths] = useState(competitor?.strengths ?? '')
  const [is_active, setActive] = useState<0 | 1>(competitor?.is_active ?? 1)
  const create = useRun('crm.createCompetitor')
  const update = useRun('crm.updateCompetitor')
  const save = async (): Promise<void> => {
    const form = { name, strengths: strengths.trim() === '' ? null : strengths.trim() }
    const said = competitor === null ? await create.run(form) : await update.run({ competitor_id: competitor.competitor_id, ...form, is_active })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(competitor === null ? 'command.crm.createCompetitor' : 'command.crm.updateCompetitor')} enter="submits" no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={competitor === null ? 12 : 8} autoFocus value={name} onChange={setName} />
        {competitor === null ? null : <ActiveInput span={4} value={is_active} onChange={setActive} />}
        <TextInput label={t('field.crm.strengths')} path="strengths" span={12} value={strengths} onChange={setStrengths} />
      </FieldRow>
    </FormDialog>
  )
}
