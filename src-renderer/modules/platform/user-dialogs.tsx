import { useState, type ComponentProps } from 'react'
import { App, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { office } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog, FormDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'

type User = RowOf<'platform.users'>

/** A new person, or changes to one: name, roles, team, password. */
export function UserDialog({ user, onClose }: { user: User | null; onClose(): void }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { message } = App.useApp()
  const { data: roles } = useAsk('platform.roles', {})
  const { data: teams } = useAsk('platform.teams', {})
  const [login, setLogin] = useState(user?.login ?? '')
  const [name, setName] = useState(user?.name ?? '')
  const [password, setPassword] = useState('')
  const [team_id, setTeam] = useState(user?.team_id ?? null)
  const [role_ids, setRoles] = useState<readonly string[]>(user?.roles.map((r) => r.role_id) ?? [])
  const create = useRun('platform.createUser')
  const update = useRun('platform.updateUser')
  const assign = useRun('platform.assignRoles')
  const setPass = useRun('platform.setPassword')
  const no = create.no ?? update.no ?? assign.no ?? setPass.no
  const save = async (): Promise<void> => {
    if (user === null) {
      const said = await create.run({ login, name, password, team_id, role_ids: [...role_ids] })
      if (!said?.ok) return
    } else {
      const { user_id } = user
      const said = await update.run({ user_id, login, name, team_id })
      if (!said?.ok) return
      const rolesBefore = user.roles.map((r) => r.role_id)
      if (rolesBefore.toSorted().join() !== role_ids.toSorted().join() && !(await assign.run({ user_id, role_ids: [...role_ids] }))?.ok) return
      if (password !== '' && !(await setPass.run({ user_id, password }))?.ok) return
    }
    void message.success(t('ui.saved'))
    onClose()
  }
  return (
    <FormDialog
      title={t(user === null ? 'command.platform.createUser' : 'command.platform.updateUser')}
      no={no}
      isRunning={create.isRunning || update.isRunning}
      onOk={save}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={6} autoFocus value={name} onChange={setName} />
        <TextInput label={t('ui.signIn.login')} path="login" isRequired span={6} value={login} onChange={setLogin} />
        <PasswordInput
          label={t(user === null ? 'ui.signIn.password' : 'ui.users.newPassword')}
          path="password"
          hint={t('ui.users.passwordHint')}
          value={password}
          onChange={setPassword}
        />
        <Field label={t('ui.users.team')} path="team_id" span={6}>
          {(ids) => <SelectField {...ids} none={t('ui.users.noTeam')} value={team_id} options={(teams?.rows ?? []).map((team) => ({ value: team.team_id, label: team.name }))} onChange={setTeam} />}
        </Field>
        <Field label={t('ui.users.roles')} path="role_ids" isRequired span={12}>
          {() => (
            <Checkbox.Group
              value={[...role_ids]}
              options={(roles?.rows ?? []).map((r) => ({ value: r.role_id, label: locale === 'zh-CN' ? r.name_zh : r.name_en }))}
              onChange={(chosen) => setRoles(chosen)}
            />
          )}
        </Field>
      </FieldRow>
    </FormDialog>
  )
}

/** A password to be set, which the browser must not fill in. */
const PasswordInput = (props: ComponentProps<typeof TextInput>) => <TextInput span={6} type="password" autoComplete="new-password" {...props} />

/** The password in force, asked for only where there is one. */
function CurrentPassword({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation()
  const { data: me } = useAsk('platform.me', {})
  if (me?.user.has_password !== 1) return null
  return (
    <FieldRow>
      <PasswordInput label={t('field.platform.current_password')} path="current_password" autoComplete="current-password" autoFocus value={value} onChange={onChange} />
    </FieldRow>
  )
}

/** With another way in, or none, all one's sessions are over: this desk forgets its own and begins at the door. */
async function beginAnew(): Promise<void> {
  await office.signOut()
  location.assign('/')
}

/** Back to working alone without signing in. */
export function NoPasswordDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [current_password, setCurrent] = useState('')
  return (
    <ActionDialog
      name="platform.removeOwnPassword"
      okText={t('ui.users.goWithout')}
      enter="submits"
      text={t('ui.users.goWithoutText')}
      inputOf={() => ({ current_password })}
      onDone={() => void beginAnew()}
      onClose={onClose}
    >
      <CurrentPassword value={current_password} onChange={setCurrent} />
    </ActionDialog>
  )
}

/** One's own password: with the first one, signing in begins. */
export function OwnPasswordDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const isSame = password === again
  return (
    <ActionDialog
      name="platform.setOwnPassword"
      text={t('ui.users.ownPasswordText')}
      isReady={isSame && password !== ''}
      inputOf={() => ({ password, ...(current === '' ? {} : { current_password: current }) })}
      onDone={() => void beginAnew()}
      onClose={onClose}
    >
      <CurrentPassword value={current} onChange={setCurrent} />
      <FieldRow>
        <PasswordInput label={t('ui.users.newPassword')} path="password" hint={t('ui.users.passwordHint')} value={password} onChange={setPassword} />
        <PasswordInput label={t('ui.users.passwordAgain')} hint={isSame ? undefined : t('ui.users.passwordDiffers')} value={again} onChange={setAgain} />
      </FieldRow>
    </ActionDialog>
  )
}
