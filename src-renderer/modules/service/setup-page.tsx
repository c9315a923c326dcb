import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ActiveInput, NamesInput, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { nameIn, priorities } from './ticket-words.ts'

type Class = RowOf<'service.classes'>
type Template = RowOf<'service.templates'>
const rules = ['none', 'round_robin', 'least_load', 'owner'] as const
const kinds = ['complaint', 'service'] as const
/** The fields of an answer, as the program knows them in each language. */
const answerFields = {
  'zh-CN': ['客户', '联系人', '工单号', '主题', '商品', '处理人', '公司', '时限', '解决办法', '今天'],
  en: ['customer', 'contact', 'number', 'subject', 'item', 'engineer', 'company', 'due', 'solution', 'today'],
}

/** What tickets are about and who gets them, and answers that are written once. */
export function ServiceSetupPage() {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { may } = useSession()
  const { data: classes } = useAsk('service.classes', {})
  const { data: templates } = useAsk('service.templates', {})
  const [edited, setEdited] = useState<Class | 'new' | null>(null)
  const [template, setTemplate] = useState<Template | 'new' | null>(null)
  const arranges = may('service.configure')
  return (
    <SettingsPage title={t('ui.nav.serviceSetup')}>
      <div className="zg-stack">
        <Panel title={t('ui.service.classes')} extra={arranges ? <Button size="small" onClick={() => setEdited('new')}>{t('command.service.createClass')}</Button> : null}>
          <Table
            look="bare"
            rows={classes?.rows}
            keyOf={(c) => c.class_id}
            columns={[
              { key: 'kind', title: t('field.service.kind'), render: (c) => t(`ui.service.kind.${c.kind}`) },
              { key: 'name', title: t('ui.f.name'), render: (c) => nameIn(c, locale) },
              { key: 'priority', title: t('field.service.priority'), render: (c) => t(`ui.service.priority.${c.priority}`) },
              { key: 'rule', title: t('field.service.rule'), render: (c) => t(`ui.service.rule.${c.rule}`) },
              { key: 'team', title: t('field.service.team_id'), render: (c) => c.team_name ?? t('ui.service.everybody') },
              { key: 'state', title: t('ui.f.state'), render: (c) => t(c.is_active ? 'ui.active' : 'ui.inactive') },
              { key: 'actions', render: (c) => <RowButtons offers={[arranges && { text: t('ui.edit'), run: () => setEdited(c) }]} /> },
            ]}
          />
          <p className="zg-soft">{t('ui.service.clockSettings')}</p>
        </Panel>
        <Panel title={t('ui.service.templates')} extra={arranges ? <Button size="small" onClick={() => setTemplate('new')}>{t('command.service.createTemplate')}</Button> : null}>
          <Table
            look="bare"
            rows={templates?.rows}
            none={t('ui.service.templatesNone')}
            keyOf={(row) => row.template_id}
            columns={[
              { key: 'name', title: t('ui.f.name'), render: (row) => row.name },
              { key: 'class', title: t('field.service.class_id'), render: (row) => (row.class_id === null ? t('ui.service.anyClass') : nameIn({ name_zh: row.class_name_zh ?? '', name_en: row.class_name_en ?? '' }, locale)) },
              { key: 'text', title: t('ui.service.templateText'), render: (row) => <span className="zg-soft">{row.text.slice(0, 80)}</span> },
              { key: 'state', title: t('ui.f.state'), render: (row) => t(row.is_active ? 'ui.active' : 'ui.inactive') },
              { key: 'actions', render: (row) => <RowButtons offers={[arranges && { text: t('ui.edit'), run: () => setTemplate(row) }]} /> },
            ]}
          />
        </Panel>
      </div>
      {edited === null ? null : <ClassDialog edited={edited === 'new' ? null : edited} teams={classes?.teams ?? []} onClose={() => setEdited(null)} />}
      {template === null ? null : <TemplateDialog template={template === 'new' ? null : template} classes={classes?.rows ?? []} onClose={() => setTemplate(null)} />}
    </SettingsPage>
  )
}

function ClassDialog({ edited, teams, onClose }: { edited: Class | null; teams: readonly { readonly team_id: string; readonly name: string }[]; onClose(): void }) {
  const { t } = useTranslation()
  const [names, setNames] = useState({ name_zh: edited?.name_zh ?? '', name_en: edited?.name_en ?? '' })
  const [kind, setKind] = useState<Class['kind']>(edited?.kind ?? 'service')
  const [priority, setPriority] = useState(String(edited?.priority ?? 2))
  const [rule, setRule] = useState<Class['rule']>(edited?.rule ?? 'none')
  const [team_id, setTeam] = useState(edited?.team_id ?? null)
  const [is_active, setActive] = useState<0 | 1>(edited?.is_active ?? 1)
  const create = useRun('service.createClass')
  const update = useRun('service.updateClass')
  const save = async (): Promise<void> => {
    const form = { ...names, kind, priority: Number(priority) as 1 | 2 | 3, rule, team_id }
    const said = edited === null ? await create.run(form) : await update.run({ class_id: edited.class_id, ...form, is_active })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(edited === null ? 'command.service.createClass' : 'command.service.updateClass')} enter="submits" width={640} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <NamesInput value={names} onChange={setNames} />
        <Field label={t('field.service.kind')} path="kind" span={4}>
          {(ids) => <SelectField {...ids} value={kind} options={kinds.map((value) => ({ value, label: t(`ui.service.kind.${value}`) }))} onChange={(value) => setKind(value ?? 'service')} />}
        </Field>
        <Field label={t('field.service.priority')} path="priority" span={4}>
          {(ids) => <SelectField {...ids} value={priority} options={priorities.map((value) => ({ value, label: t(`ui.service.priority.${value}`) }))} onChange={(value) => setPriority(value ?? '2')} />}
        </Field>
        <Field label={t('field.service.rule')} path="rule" span={4}>
          {(ids) => <SelectField {...ids} value={rule} options={rules.map((value) => ({ value, label: t(`ui.service.rule.${value}`) }))} onChange={(value) => setRule(value ?? 'none')} />}
        </Field>
        <Field label={t('field.service.team_id')} path="team_id" span={4}>
          {(ids) => <SelectField {...ids} none={t('ui.service.everybody')} value={team_id} options={teams.map((team) => ({ value: team.team_id, label: team.name }))} onChange={setTeam} />}
        </Field>
        {edited === null ? null : <ActiveInput span={4} value={is_active} onChange={setActive} />}
      </FieldRow>
    </FormDialog>
  )
}

function TemplateDialog({ template, classes, onClose }: { template: Template | null; classes: readonly Class[]; onClose(): void }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const [name, setName] = useState(template?.name ?? '')
  const [class_id, setClass] = useState(template?.class_id ?? null)
  const [text, setText] = useState(template?.text ?? '')
  const [is_active, setActive] = useState<0 | 1>(template?.is_active ?? 1)
  const create = useRun('service.createTemplate')
  const update = useRun('service.updateTemplate')
  const save = async (): Promise<void> => {
    const form = { name, class_id, text }
    const said = template === null ? await create.run(form) : await update.run({ template_id: template.template_id, ...form, is_active })
    if (said?.ok) onClose()
  }
  return (
    <FormDialog title={t(template === null ? 'command.service.createTemplate' : 'command.service.updateTemplate')} width={680} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={5} autoFocus value={name} onChange={setName} />
        <Field label={t('field.service.class_id')} path="class_id" span={4}>
          {(ids) => <SelectField {...ids} none={t('ui.service.anyClass')} value={class_id} options={classes.map((c) => ({ value: c.class_id, label: nameIn(c, locale) }))} onChange={setClass} />}
        </Field>
        {template === null ? null : <ActiveInput span={3} value={is_active} onChange={setActive} />}
        <Field label={t('ui.service.templateText')} path="text" isRequired hint={t('ui.service.templateFields', { fields: answerFields[locale].map((field) => `{{${field}}}`).join(' ') })} span={12}>
          {(ids) => <TextArea {...ids} rows={8} value={text} onChange={setText} />}
        </Field>
      </FieldRow>
    </FormDialog>
  )
}
