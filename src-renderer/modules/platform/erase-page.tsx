import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { AskOutput, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage, Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { Table } from '../../ui/table.tsx'

type Preview = AskOutput<'platform.erasurePreview'>
type Asker = RunInput<'platform.erasePerson'>['asked_by']
const ASKERS: readonly Asker[] = ['self', 'guardian', 'agent', 'heir', 'company']

/** Where a person's data are erased from: their page. */
export const erasePath = (kind: 'parties.party' | 'parties.contact' | 'crm.lead', id: string): string => `/erasures/${kind}:${id}`

/** What goes, what stays, what stands against it; and then, once its code was typed, the step that cannot be taken back. */
export function ErasePage() {
  const [subject_kind = '', subject_id = ''] = (useParams()['subject'] ?? '').split(':')
  const { data, error } = useAsk('platform.erasurePreview', { subject_kind, subject_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  return data ? <Erasing preview={data} subject={{ subject_kind, subject_id }} /> : <div className="zg-page" aria-busy />
}

function Erasing({ preview, subject }: { preview: Preview; subject: { subject_kind: string; subject_id: string } }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const erase = useRun('platform.erasePerson')
  const [asked_by, setAskedBy] = useState<Asker>('self')
  const [asked_on, setAskedOn] = useState(today)
  const [reference, setReference] = useState('')
  const [typed, setTyped] = useState('')
  const isReady = preview.obstacles.length === 0 && typed.trim() === preview.code
  const go = async (): Promise<void> => {
    const said = await erase.run({ ...subject, asked_by, asked_on, reference: reference.trim() })
    if (!said?.ok) return
    void message.success(t('ui.erase.done', { erased: said.output.erased, kept: said.output.kept }), 8)
    void navigate('/erasures')
  }
  return (
    <DocumentPage
      kind={t('ui.erase.of', { code: preview.code })}
      isNamed
      backTo={{ path: '/erasures', label: t('ui.nav.erasures') }}
      actions={<Button danger type="primary" disabled={!isReady} loading={erase.isRunning} onClick={() => void go()}>{t('ui.erase.go')}</Button>}
      messages={<RefusalMessage no={erase.no} />}
    >
      <div className="zg-stack">
        <p className="zg-soft">{t(preview.extent === 'part' ? 'ui.erase.part' : 'ui.erase.text')}</p>
        {preview.obstacles.length > 0 ? (
          <Panel title={t('ui.erase.blocked')}>
            <ul>
              {preview.obstacles.map((o) => (
                <li key={o.refusal} className="zg-danger-text">{t(`refusal.${o.refusal}`, { count: o.count })}</li>
              ))}
            </ul>
          </Panel>
        ) : null}
        <div className="zg-halves">
          <Panel title={t('ui.erase.goes')}><Kinds rows={preview.goes} /></Panel>
          <Panel title={t('ui.erase.stays')}>
            <Kinds rows={preview.stays} />
            <p className="zg-soft">{t('ui.erase.staysWhy')}</p>
          </Panel>
        </div>
        <Panel title={t('ui.erase.knownBy')}><p>{preview.known_by.join(' · ')}</p></Panel>
        <p className="zg-soft">{t('ui.erase.backups')}</p>
        <ProblemsProvider value={problemsOf(erase.no)}>
          <FieldRow>
            <Field label={t('ui.erase.askedBy')} path="asked_by" span={3}>
              {(ids) => <SelectField {...ids} value={asked_by} onChange={(by) => setAskedBy((by ?? 'self') as Asker)} options={ASKERS.map((by) => ({ value: by, label: t(`ui.erase.by.${by}`) }))} />}
            </Field>
            <Field label={t('ui.erase.askedOn')} path="asked_on" span={3}>
              {(ids) => <DayField {...ids} value={asked_on} onChange={(day) => setAskedOn(day ?? today)} />}
            </Field>
            <TextInput label={t('ui.erase.reference')} path="reference" hint={t('ui.erase.referenceHint')} span={3} maxLength={60} value={reference} onChange={setReference} />
            <TextInput label={t('ui.erase.confirm', { code: preview.code })} path="confirm" span={3} maxLength={60} value={typed} onChange={setTyped} />
          </FieldRow>
        </ProblemsProvider>
      </div>
    </DocumentPage>
  )
}

function Kinds({ rows }: { rows: Preview['goes'] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className="zg-soft">{t('ui.erase.nothing')}</p>
  return (
    <Table
      look="bare"
      rows={rows}
      keyOf={(r) => r.kind}
      columns={[
        { key: 'kind', title: t('ui.erase.what'), render: (r) => t(`personal.${r.kind}`) },
        { key: 'count', title: t('ui.erase.rows'), align: 'end', figures: 'tabular', render: (r) => r.count },
      ]}
    />
  )
}
