import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { office, post, type No } from '../api/client.ts'
import { Field, FieldRow } from '../ui/fields/field.tsx'
import { TextField } from '../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../ui/no-message.tsx'
import './first-start.css'

export function SignIn({ company, onEnter }: { company: string; onEnter(): void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [no, setNo] = useState<No | null>(null)
  const [isBusy, setBusy] = useState(false)
  const enter = async (): Promise<void> => {
    setBusy(true)
    const answer = await office.signIn({ login, password }).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
    setBusy(false)
    if (answer.ok) onEnter()
    else {
      setNo(answer)
      setPassword('')
    }
  }
  const close = async (): Promise<void> => {
    await post('/lobby/close', {})
    location.assign('/')
  }
  return (
    <main className="zg-lobby zg-sign-in">
      <h1>{company}</h1>
      <RefusalMessage no={no} />
      <form
        className="zg-card"
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <FieldRow>
          <Field label={t('ui.signIn.login')} span={12}>
            {(ids) => <TextField {...ids} autoFocus autoComplete="username" value={login} onChange={setLogin} />}
          </Field>
          <Field label={t('ui.signIn.password')} span={12}>
            {(ids) => <TextField {...ids} type="password" autoComplete="current-password" value={password} onChange={setPassword} />}
          </Field>
        </FieldRow>
        <div className="zg-sign-in-foot">
          <Button type="primary" htmlType="submit" loading={isBusy} disabled={login === ''}>
            {t('ui.signIn.enter')}
          </Button>
          <Button type="text" onClick={() => void close()}>
            {t('ui.closeCompany')}
          </Button>
        </div>
      </form>
    </main>
  )
}
