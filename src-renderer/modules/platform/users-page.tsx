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
import { Table } from '../../ui/table.tsx'
import { RolesPanel } from './roles-panel.tsx'
import { SettingsPage } from './settings-page.tsx'
import { TeamsPanel } from './teams-panel.tsx'
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
          { key: 'teams', label: t('ui.users.teams'), children: <TeamsPanel /> },
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
      <Table
        rows={data?.rows}
        keyOf={(user) => user.user_id}
        columns={[
          { key: 'name', title: t('ui.f.name'), render: (user) => user.name },
          { key: 'login', title: t('ui.signIn.login'), figures: 'tabular', render: (user) => user.login },
          { key: 'roles', title: t('ui.users.roles'), render: (user) => list(user.roles.map((r) => (locale === 'zh-CN' ? r.name_zh : r.name_en))) },
          { key: 'team', title: t('ui.users.team'), render: (user) => user.team_name },
          { key: 'password', title: t('ui.signIn.password'), render: (user) => t(user.has_password ? 'ui.users.hasPassword' : 'ui.users.noPassword') },
          { key: 'state', title: t('ui.f.state'), render: (user) => <StatusTag tone={user.is_active ? 'success' : 'neutral'}>{t(user.is_active ? 'ui.active' : 'ui.inactive')}</StatusTag> },
          {
            key: 'actions',
            render: (user) => (
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
            ),
          },
        ]}
      />
    </div>
  )
}
