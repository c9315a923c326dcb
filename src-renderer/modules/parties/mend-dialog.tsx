import { useDeferredValue, useState } from 'react'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskInput, RowOf, RunOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { textOfNo } from '../../ui/no-text.ts'
import { Table } from '../../ui/table.tsx'

type Mend = AskInput<'parties.previewMend'>['mend']
type Row = RowOf<'parties.previewMend'>

const CHOICES = ['tidy.phone', 'tidy.email', 'tidy.tax_no', 'tidy.region', 'clear.phone', 'clear.email', 'clear.tax_no', 'set.region', 'set.country'] as const
type Choice = (typeof CHOICES)[number]
/** What most likely helps against a fault. */
const HELPS: Readonly<Record<string, Choice>> = { phone_wrong: 'tidy.phone', email_wrong: 'tidy.email', tax_no_wrong: 'tidy.tax_no', region_missing: 'set.region' }

const mendOf = (choice: Choice, value: string): Mend => {
  const [how, field] = choice.split('.')
  return (how === 'set' ? { how, field, value } : { how, field }) as Mend
}

/** One field of all marked parties, mended in one step: every row is shown before and after, and why where it cannot be. */
export function MendDialog({ party_ids, fault, onClose }: { party_ids: readonly string[]; fault: string | null; onClose(): void }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choice>(HELPS[fault ?? ''] ?? 'tidy.phone')
  const [value, setValue] = useState('')
  const [done, setDone] = useState<RunOutput<'parties.mendParties'> | null>(null)
  // The marked rows leave the list as they are mended: the dialog keeps those it began with.
  const [ids] = useState(party_ids)
  const run = useRun('parties.mendParties')
  const isSet = choice.startsWith('set.')
  const mend = mendOf(choice, useDeferredValue(value))
  const isWhole = !isSet || value.trim() !== ''
  const { data } = useAsk('parties.previewMend', { party_ids: [...ids], mend }, { enabled: isWhole && done === null, keeps: 'previous' })
  const rows = isWhole ? data?.rows : []
  const count = (state: Row['state']): number => rows?.filter((r) => r.state === state).length ?? 0
  const save = async (): Promise<void> => {
    const said = await run.run({ party_ids: [...ids], mend: mendOf(choice, value) })
    if (said?.ok) setDone(said.output)
  }
  if (done !== null) return <Result done={done} onClose={onClose} />
  return (
    <FormDialog title={t('ui.mend.title', { count: ids.length })} width={860} maskClosable={false} okText={t('ui.mend.do', { count: count('mended') })} isReady={isWhole && count('mended') > 0} no={run.no} isRunning={run.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.mend.what')} path="mend" span={7}>
          {(fieldIds) => <SelectField {...fieldIds} value={choice} options={CHOICES.map((one) => ({ value: one, label: t(`ui.mend.${one}`) }))} onChange={(next) => setChoice(next ?? 'tidy.phone')} />}
        </Field>
        {isSet ? <TextInput label={t('ui.mend.value')} path="mend.value" span={5} isRequired maxLength={100} hint={choice === 'set.country' ? t('ui.mend.countryHint') : undefined} value={value} onChange={setValue} /> : null}
      </FieldRow>
      <p className="zg-soft" role="status">
        {rows ? t('ui.mend.counts', { mended: count('mended'), same: count('same'), refused: count('refused') }) : ''}
      </p>
      <MendRows rows={rows?.filter((r) => r.state !== 'same')} />
    </FormDialog>
  )
}

function MendRows({ rows }: { rows: readonly Row[] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Table
      look="preview"
      rows={rows}
      keyOf={(r) => r.party_id}
      none={t('ui.mend.none')}
      columns={[
        { key: 'code', title: t('ui.f.code'), figures: 'tabular', render: (r) => r.code },
        { key: 'name', title: t('ui.f.name'), render: (r) => r.name },
        { key: 'before', title: t('ui.mend.before'), figures: 'tabular', render: (r) => r.before ?? t('ui.mend.empty') },
        {
          key: 'after',
          title: t('ui.mend.after'),
          figures: 'tabular',
          toneOf: (r) => (r.state === 'refused' ? 'danger' : undefined),
          render: (r) => (r.state === 'refused' && r.reason_code !== null ? textOfNo({ ok: false, kind: 'refusal', code: r.reason_code, details: r.details }, { t, format }) : (r.after ?? t('ui.mend.empty'))),
        },
      ]}
    />
  )
}

/** What was done; the rows that stayed are named with the reason. */
function Result({ done, onClose }: { done: RunOutput<'parties.mendParties'>; onClose(): void }) {
  const { t } = useTranslation()
  const refused = done.rows.filter((r) => r.state === 'refused')
  return (
    <Dialog open title={t('ui.mend.done')} width={860} okText={t('ui.close')} cancelButtonProps={{ style: { display: 'none' } }} onOk={onClose} onCancel={onClose}>
      <div className="zg-stack">
        <Alert type="success" showIcon title={t('ui.mend.mended', { count: done.mended })} description={t('ui.mend.undoText')} />
        {refused.length > 0 ? (
          <>
            <strong>{t('ui.mend.refused', { count: refused.length })}</strong>
            <MendRows rows={refused} />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

/** The latest mendings of many, each to be taken back. */
export function Mends() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('parties.mends', {})
  const undo = useRun('parties.undoMend')
  const [done, setDone] = useState<RunOutput<'parties.undoMend'> | null>(null)
  if (!data || data.rows.length === 0) return null
  const takeBack = async (mend_id: string): Promise<void> => {
    const said = await undo.run({ mend_id })
    if (said?.ok) setDone(said.output)
  }
  return (
    <Panel title={t('ui.mend.latest')}>
      <RefusalMessage no={undo.no} />
      <Table
        look="bare"
        rows={data.rows}
        keyOf={(r) => r.mend_id}
        columns={[
          { key: 'at', title: t('ui.mend.at'), figures: 'tabular', render: (r) => format.instant(r.at) },
          { key: 'user', title: t('ui.mend.by'), render: (r) => r.user_name },
          { key: 'what', title: t('ui.mend.what'), render: (r) => `${t(`ui.mend.${r.how}.${r.field}`)}${r.value === null ? '' : ` · ${r.value}`}` },
          { key: 'count', title: t('ui.mend.rows'), align: 'end', render: (r) => r.mended },
          {
            key: 'undo',
            render: (r) => (r.is_undone ? <span className="zg-soft">{t('ui.mend.undone')}</span> : <Button size="small" loading={undo.isRunning} onClick={() => void takeBack(r.mend_id)}>{t('ui.mend.undo')}</Button>),
          },
        ]}
      />
      {done === null ? null : <Result done={done} onClose={() => setDone(null)} />}
    </Panel>
  )
}
