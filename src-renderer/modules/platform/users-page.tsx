import { useState } from 'react'
import { Alert, Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { RolesPanel } from './roles-panel.tsx'
import { SettingsPage } from './settings-page.tsx'
import { OwnPasswordDialog, UserDialog } from './user-dialogs.tsx'

type User = RowOf<'platform.users'>

/** Who works here and what they may do. */
export function UsersPage() {
  const { t } = useTranslation()
  const { isOnePerson } = useSession()
  const [front, setFront] = useState<User | 'new' | 'password' | null>(null)
  return (
    <SettingsPage
      title={t('ui.nav.users')}
      actions={
        <>
          <Button onClick={() => setFront('password')}>{t('command.platform.setOwnPassword')}</Button>
          <Button type="primary" onClick={() => setFront('new')}>
            {t('command.platform.createUser')}
          </Button>
        </>
      }
    >
      {isOnePerson ? <Alert type="info" showIcon title={t('ui.users.onePerson')} /> : null}
      <Tabs
        items={[
          { key: 'users', label: t('ui.users.people'), children: <UserTable onEdit={setFront} /> },
          { key: 'roles', label: t('ui.users.roles'), children: <RolesPanel /> },
        ]}
      />
      {front === 'password' ? <OwnPasswordDialog onClose={() => setFront(null)} /> : front ? <UserDialog user={front === 'new' ? null : front} onClose={() => setFront(null)} /> : null}
    </SettingsPage>
  )
}

function UserTable({ onEdit }: { onEdit(user: User): void }) {
  const { t } = useTranslation()
  const { locale, list } = useFormat()
  const { user: self } = useSession()
  const { data } = useAsk('platform.users', {})
  const deactivate = useRun('platform.deactivateUser')
  const reactivate = useRun('platform.reactivateUser')
  return (
    <div className="zg-stack">
      <RefusalMessage no={deactivate.no ?? reactivate.no} />
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.name')}</th>
              <th scope="col">{t('ui.signIn.login')}</th>
              <th scope="col">{t('ui.users.roles')}</th>
              <th scope="col">{t('ui.users.team')}</th>
              <th scope="col">{t('ui.signIn.password')}</th>
              <th scope="col">{t('ui.f.state')}</th>
              <th scope="col">
                <span className="zg-sr">{t('ui.lines.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data?.rows ?? []).map((user) => (
              <tr key={user.user_id}>
                <td>{user.name}</td>
                <td className="zg-figures">{user.login}</td>
                <td>{list(user.roles.map((r) => (locale === 'zh-CN' ? r.name_zh : r.name_en)))}</td>
                <td>{user.team_name}</td>
                <td>{t(user.has_password ? 'ui.users.hasPassword' : 'ui.users.noPassword')}</td>
                <td>
                  <StatusTag tone={user.is_active ? 'success' : 'neutral'}>{t(user.is_active ? 'ui.active' : 'ui.inactive')}</StatusTag>
                </td>
                <td>
                  <div className="zg-actions">
                    <Button size="small" onClick={() => onEdit(user)}>
                      {t('ui.edit')}
                    </Button>
                    {user.user_id === self.id ? null : (
                      <Button size="small" onClick={() => void (user.is_active ? deactivate : reactivate).run({ user_id: user.user_id })}>
                        {t(user.is_active ? 'ui.deactivate' : 'ui.reactivate')}
                      </Button>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
