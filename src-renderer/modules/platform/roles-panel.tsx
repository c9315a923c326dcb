import { useMemo, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NamesInput, noNames, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'

type Role = RowOf<'platform.roles'>
type Scope = Role['grants'][number]['scope']

/** What each role may do, and whose rows it sees: one column a role, one row a permission. */
export function RolesPanel() {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const { data } = useAsk('platform.roles', {})
  const [role_id, setRole] = useState<string | null>(null)
  const [front, setFront] = useState<'new' | 'edit' | 'remove' | null>(null)
  const role = data?.rows.find((r) => r.role_id === role_id) ?? data?.rows.find((r) => r.code !== 'owner')
  if (!data || !role) return null
  return (
    <div className="zg-stack">
      <div className="zg-filters">
        <SelectField
          aria-label={t('ui.users.roles')}
          value={role.role_id}
          options={data.rows.map((r) => ({ value: r.role_id, label: `${nameOf(r)} (${r.user_count})` }))}
          onChange={setRole}
        />
        <RowButtons
          offers={[
            { text: t('command.platform.createRole'), run: () => setFront('new') },
            { text: t('command.platform.updateRole'), run: () => setFront('edit') },
            role.is_builtin === 0 && { text: t('command.platform.removeRole'), run: () => setFront('remove') },
          ]}
        />
        {role.code === 'owner' ? <span className="zg-soft">{t('ui.users.ownerAll')}</span> : null}
      </div>
      {role.code === 'owner' ? null : <Grants key={role.role_id} role={role} permissions={data.permissions} />}
      {front === 'new' ? <NewRole roles={data.rows} onMade={setRole} onClose={() => setFront(null)} /> : null}
      {front === 'edit' ? <RoleNames role={role} onClose={() => setFront(null)} /> : null}
      {front === 'remove' ? (
        <ActionDialog
          name="platform.removeRole"
          subject={nameOf(role)}
          okText={t('ui.remove')}
          text={t('ui.role.removeText')}
          inputOf={() => ({ role_id: role.role_id })}
          onDone={() => setRole(null)}
          onClose={() => setFront(null)}
        />
      ) : null}
    </div>
  )
}

function useRoleName(): (role: Role) => string {
  const { locale } = useFormat()
  return ({ name_zh, name_en }) => (locale === 'zh-CN' ? name_zh : name_en)
}

/** A role of one's own; it may begin with what another one may do. */
function NewRole({ roles, onMade, onClose }: { roles: readonly Role[]; onMade(role_id: string): void; onClose(): void }) {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const [code, setCode] = useState('')
  const [names, setNames] = useState(noNames)
  const [like, setLike] = useState<string | null>(null)
  const others = roles.filter((role) => role.code !== 'owner').map((role) => ({ value: role.role_id, label: nameOf(role) }))
  return (
    <ActionDialog
      name="platform.createRole"
      enter="submits"
      inputOf={() => ({
        code,
        name_zh: names.name_zh || names.name_en,
        name_en: names.name_en || names.name_zh,
        grants: roles.find((role) => role.role_id === like)?.grants.map(({ permission, scope }) => ({ permission, scope })) ?? [],
      })}
      onDone={({ role_id }) => onMade(role_id)}
      onClose={onClose}
    >
      <FieldRow>
        <TextInput label={t('ui.f.code')} path="code" isRequired span={4} hint={t('ui.method.codeHint')} autoFocus value={code} onChange={setCode} />
        <NamesInput value={names} onChange={setNames} />
        <Field label={t('ui.role.like')} path="grants" span={12}>
          {(ids) => <SelectField {...ids} none={t('ui.role.likeNone')} value={like} options={others} onChange={setLike} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

function RoleNames({ role, onClose }: { role: Role; onClose(): void }) {
  const [names, setNames] = useState(() => ({ name_zh: role.name_zh, name_en: role.name_en }))
  return (
    <ActionDialog name="platform.updateRole" subject={role.code} enter="submits" inputOf={() => ({ role_id: role.role_id, ...names })} onClose={onClose}>
      <FieldRow>
        <NamesInput isRequired value={names} onChange={setNames} />
      </FieldRow>
    </ActionDialog>
  )
}

function Grants({ role, permissions }: { role: Role; permissions: readonly string[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [grants, setGrants] = useState<ReadonlyMap<string, Scope>>(() => new Map(role.grants.map((g) => [g.permission, g.scope])))
  const set = useRun('platform.setGrants')
  const given = (list: Iterable<readonly [string, Scope]>): string => JSON.stringify([...list].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const goOn = useLeaveGuard(given(grants) !== given(role.grants.map((g) => [g.permission, g.scope] as const)))
  const groups = useMemo(() => Map.groupBy(permissions, (p) => p.split('.')[0]!), [permissions])
  const change = (permission: string, scope: Scope | null): void => {
    const next = new Map(grants)
    if (scope === null) next.delete(permission)
    else next.set(permission, scope)
    setGrants(next)
  }
  const save = async (): Promise<void> => {
    const said = await set.run({ role_id: role.role_id, grants: [...grants].map(([permission, scope]) => ({ permission, scope })) })
    if (!said?.ok) return
    goOn()
    void message.success(t('ui.saved'))
  }
  return (
    <>
      <RefusalMessage no={set.no} />
      <div>
        <Button type="primary" loading={set.isRunning} onClick={() => void save()}>
          {t('ui.save')}
        </Button>
      </div>
      <div className="zg-grants">
        {[...groups].map(([module, names]) => (
          <section key={module} className="zg-card">
            <h2 className="zg-h2">{t(`ui.module.${module}`)}</h2>
            <table className="zg-table">
              <tbody>
                {names.map((permission) => (
                  <tr key={permission}>
                    <td>{t(`permission.${permission}`)}</td>
                    <td style={{ width: 120 }}>
                      <SelectField
                        aria-label={t(`permission.${permission}`)}
                        none={t('ui.scope.none')}
                        value={grants.get(permission) ?? null}
                        options={(['own', 'team', 'all'] as const).map((value) => ({ value, label: t(`ui.scope.${value}`) }))}
                        onChange={(scope) => change(permission, scope)}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </>
  )
}
