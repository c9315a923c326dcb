import { useMemo, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'

type Role = RowOf<'platform.roles'>
type Scope = Role['grants'][number]['scope']

/** What each role may do, and whose rows it sees: one column a role, one row a permission. */
export function RolesPanel() {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const { data } = useAsk('platform.roles', {})
  const [role_id, setRole] = useState<string | null>(null)
  const role = data?.rows.find((r) => r.role_id === role_id) ?? data?.rows.find((r) => r.code !== 'owner')
  if (!data || !role) return null
  return (
    <div className="zg-stack">
      <div className="zg-filters">
        <SelectField
          aria-label={t('ui.users.roles')}
          value={role.role_id}
          options={data.rows.map((r) => ({ value: r.role_id, label: `${locale === 'zh-CN' ? r.name_zh : r.name_en} (${r.user_count})` }))}
          onChange={setRole}
        />
        {role.code === 'owner' ? <span className="zg-soft">{t('ui.users.ownerAll')}</span> : null}
      </div>
      {role.code === 'owner' ? null : <Grants key={role.role_id} role={role} permissions={data.permissions} />}
    </div>
  )
}

function Grants({ role, permissions }: { role: Role; permissions: readonly string[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [grants, setGrants] = useState<ReadonlyMap<string, Scope>>(() => new Map(role.grants.map((g) => [g.permission, g.scope])))
  const set = useRun('platform.setGrants')
  const groups = useMemo(() => Map.groupBy(permissions, (p) => p.split('.')[0]!), [permissions])
  const change = (permission: string, scope: Scope | null): void => {
    const next = new Map(grants)
    if (scope === null) next.delete(permission)
    else next.set(permission, scope)
    setGrants(next)
  }
  const save = async (): Promise<void> => {
    const said = await set.run({ role_id: role.role_id, grants: [...grants].map(([permission, scope]) => ({ permission, scope })) })
    if (said?.ok) void message.success(t('ui.saved'))
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
