import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { TextArea } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { SearchBox, useTitle } from '../../ui/list-page.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { Table } from '../../ui/table.tsx'

/** What came back by mail, who wants no more, and the account by which letters leave. */
export function ReturnedPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  useTitle(t('ui.nav.unsubscribed'))
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.unsubscribed')}</h1>
      </div>
      <div className="zg-stack">
        {may('marketing.send') ? <ReadReturned /> : null}
        <Unsubscribed />
        {may('marketing.configure') ? <Password /> : null}
      </div>
    </div>
  )
}

function ReadReturned() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const read = useRun('marketing.readReturned')
  const go = async (): Promise<void> => {
    const said = await read.run({ text })
    if (!said?.ok) return
    setText('')
    void message.success(t('ui.marketing.returnedDone', said.output))
  }
  return (
    <Panel title={t('command.marketing.readReturned')}>
      <div className="zg-stack">
        <RefusalMessage no={read.no} />
        <span className="zg-soft">{t('ui.marketing.returnedText')}</span>
        <TextArea aria-label={t('command.marketing.readReturned')} rows={5} value={text} onChange={setText} />
        <div>
          <Button disabled={text.trim() === ''} loading={read.isRunning} onClick={() => void go()}>{t('command.marketing.readReturned')}</Button>
        </div>
      </div>
    </Panel>
  )
}

function Unsubscribed() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [text, setText] = useState('')
  const [email, setEmail] = useState('')
  const [reason, setReason] = useState('')
  const { data } = useAsk('marketing.unsubscribed', { text, limit: 200 }, { keeps: 'previous' })
  const unsubscribe = useRun('marketing.unsubscribe')
  const add = async (): Promise<void> => {
    const said = await unsubscribe.run({ email, reason: reason.trim() === '' ? null : reason.trim() })
    if (!said?.ok) return
    setEmail('')
    setReason('')
  }
  return (
    <Panel title={t('query.marketing.unsubscribed')}>
      <div className="zg-stack">
        <RefusalMessage no={unsubscribe.no} />
        {may('marketing.write') ? (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void add()
            }}
          >
            <FieldRow>
              <TextInput label={t('ui.marketing.email')} path="email" span={5} value={email} onChange={setEmail} />
              <TextInput label={t('field.marketing.reason')} path="reason" span={4} value={reason} onChange={setReason} />
              <div style={{ gridColumn: 'span 3', alignSelf: 'end' }}>
                <Button htmlType="submit" disabled={email.trim() === ''} loading={unsubscribe.isRunning}>{t('command.marketing.unsubscribe')}</Button>
              </div>
            </FieldRow>
          </form>
        ) : null}
        <div className="zg-filters">
          <SearchBox value={text} onChange={setText} placeholder={t('ui.marketing.membersFind')} />
        </div>
        <Table
          look="bare"
          rows={data?.rows}
          none={t('ui.marketing.unsubscribedNone')}
          keyOf={(r) => r.id}
          columns={[
            { key: 'party', title: t('ui.f.customer'), render: (r) => (r.party_id === null ? '' : <Link to={`/customers/${r.party_id}`}>{r.party_name}</Link>) },
            { key: 'email', title: t('field.marketing.email'), render: (r) => r.email },
            { key: 'reason', title: t('field.marketing.reason'), render: (r) => r.reason },
            { key: 'at', title: t('ui.f.day'), figures: 'tabular', render: (r) => format.instant(r.at) },
          ]}
        />
      </div>
    </Panel>
  )
}

function Password() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [secret, setSecret] = useState('')
  const keep = useRun('marketing.setMailPassword')
  const go = async (): Promise<void> => {
    const said = await keep.run({ secret })
    if (!said?.ok) return
    setSecret('')
    void message.success(t('ui.marketing.passwordKept'))
  }
  return (
    <Panel title={t('command.marketing.setMailPassword')}>
      <div className="zg-stack">
        <RefusalMessage no={keep.no} />
        <span className="zg-soft">{t('ui.marketing.password')} {t('ui.marketing.accountHint')}</span>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void go()
          }}
        >
          <FieldRow>
            <Field label={t('ui.marketing.secret')} path="secret" span={5}>
              {(ids) => <input {...ids} type="password" className="zg-input" autoComplete="off" value={secret} onChange={(event) => setSecret(event.target.value)} />}
            </Field>
            <div style={{ gridColumn: 'span 3', alignSelf: 'end' }}>
              <Button htmlType="submit" disabled={secret === ''} loading={keep.isRunning}>{t('ui.save')}</Button>
            </div>
          </FieldRow>
        </form>
      </div>
    </Panel>
  )
}
