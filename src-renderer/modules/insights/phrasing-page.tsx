import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, type No } from '../../api/client.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { SelectField, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { SettingsPage } from '../platform/settings-page.tsx'
import { NETWORK_NO } from './phrasing-post.ts'

const KEYS = ['phrasing_url', 'phrasing_model', 'phrasing_seconds', 'phrasing_names'] as const

/** The company's own service that may put suggestions into other words: where it is, what may go there, and whether it answers. */
export function PhrasingPage() {
  const { t } = useTranslation()
  const { data } = useAsk('platform.settings', {})
  const known = Object.fromEntries((data?.rows ?? []).map((r) => [r.key, r.value]))
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <SettingsPage title={t('ui.nav.phrasing')}>
      <div className="zg-stack">
        <p className="zg-soft">{t('ui.phrasing.about')}</p>
        <Account key={JSON.stringify(known)} known={known} />
        <Secret />
      </div>
    </SettingsPage>
  )
}

function Account({ known }: { readonly known: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const of = (key: string): unknown => known[`insights.${key}`]
  const [values, setValues] = useState<Record<string, string | number>>(Object.fromEntries(KEYS.map((key) => [key, (of(key) as string | number | undefined) ?? ''])))
  const set = useRun('platform.setSetting')
  const [no, setNo] = useState<No | null>(null)
  const [isTrying, setTrying] = useState(false)
  const change = (key: string, value: string | number | null): void => setValues({ ...values, [key]: value ?? '' })
  const save = async (): Promise<boolean> => {
    for (const key of KEYS) {
      if (values[key] === of(key)) continue
      const said = await set.run({ key: `insights.${key}`, value: values[key] ?? '' })
      if (!said?.ok) return false
    }
    return true
  }
  const trial = async (): Promise<void> => {
    if (!(await save())) return
    setTrying(true)
    const said = await post<{ text: string }>('/phrasing/test', {}).catch((): No => NETWORK_NO)
    setTrying(false)
    setNo(said.ok ? null : said)
    if (said.ok) void message.success(t('ui.phrasing.answered', { text: said.output.text }), 8)
  }
  return (
    <Panel title={t('ui.phrasing.service')}>
      <form
        className="zg-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save().then((isSaved) => isSaved && message.success(t('ui.phrasing.saved')))
        }}
      >
        <RefusalMessage no={set.no ?? no} />
        <FieldRow>
          <Field label={t('setting.insights.phrasing_url')} path="phrasing_url" span={5}>{(ids) => <TextField {...ids} value={String(values['phrasing_url'])} placeholder="http://localhost:11434/v1" onChange={(value) => change('phrasing_url', value)} />}</Field>
          <Field label={t('setting.insights.phrasing_model')} path="phrasing_model" span={4}>{(ids) => <TextField {...ids} value={String(values['phrasing_model'])} onChange={(value) => change('phrasing_model', value)} />}</Field>
          <Field label={t('setting.insights.phrasing_seconds')} path="phrasing_seconds" span={3}>{(ids) => <WholeField {...ids} value={Number(values['phrasing_seconds'])} onChange={(value) => change('phrasing_seconds', value)} />}</Field>
        </FieldRow>
        <FieldRow>
          <Field label={t('setting.insights.phrasing_names')} path="phrasing_names" span={5}>
            {(ids) => <SelectField {...ids} value={String(values['phrasing_names'])} options={['0', '1'].map((value) => ({ value, label: t(`ui.phrasing.choice.${value}`) }))} onChange={(value) => change('phrasing_names', Number(value))} />}
          </Field>
        </FieldRow>
        <div className="zg-actions">
          <Button htmlType="submit" type="primary" loading={set.isRunning}>{t('ui.save')}</Button>
          <Button loading={isTrying} disabled={values['phrasing_url'] === ''} onClick={() => void trial()}>{t('ui.phrasing.try')}</Button>
        </div>
        <p className="zg-soft">{t('ui.phrasing.tryText')}</p>
      </form>
    </Panel>
  )
}

/** Kept on the host's PC, as the password of the mail account is. */
function Secret() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [secret, setSecret] = useState('')
  const keep = useRun('insights.setPhrasingKey')
  const go = async (): Promise<void> => {
    const said = await keep.run({ secret })
    if (!said?.ok) return
    setSecret('')
    void message.success(t('ui.phrasing.keyKept'))
  }
  return (
    <Panel title={t('command.insights.setPhrasingKey')}>
      <form
        className="zg-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <RefusalMessage no={keep.no} />
        <p className="zg-soft">{t('ui.phrasing.keyText')}</p>
        <FieldRow>
          <Field label={t('ui.phrasing.key')} path="secret" span={5}>{(ids) => <input {...ids} type="password" className="zg-input" autoComplete="off" value={secret} onChange={(event) => setSecret(event.target.value)} />}</Field>
          <div style={{ gridColumn: 'span 3', alignSelf: 'end' }}>
            <Button htmlType="submit" disabled={secret === ''} loading={keep.isRunning}>{t('ui.save')}</Button>
          </div>
        </FieldRow>
      </form>
    </Panel>
  )
}
