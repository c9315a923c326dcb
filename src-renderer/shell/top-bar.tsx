import { lazy, memo, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NavigateFunction } from 'react-router'
import { Button, Dropdown, Tooltip } from 'antd'
import { MenuFoldOutlined, MenuUnfoldOutlined, MoonOutlined, PlusOutlined, QuestionCircleOutlined, SearchOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import { office, post } from '../api/client.ts'
import { useSession } from '../api/session.tsx'
import { useRun } from '../api/use-run.ts'
import { isShown, placesAt } from './nav.ts'
import { usePreferences } from './preferences.ts'
import { TrayButton } from './tray/tray-button.tsx'

const OwnPasswordDialog = lazy(async () => ({ default: (await import('../modules/platform/user-dialogs.tsx')).OwnPasswordDialog }))
const NoPasswordDialog = lazy(async () => ({ default: (await import('../modules/platform/user-dialogs.tsx')).NoPasswordDialog }))

/** What the button beside the search makes anew. */
const making = placesAt([
  '/sales/orders/new',
  '/sales/direct',
  '/sales/quotes/new',
  '/money/receipts/new',
  '/purchasing/bills/new',
  '/money/payments/new',
  '/books/vouchers/new',
  '/crm/leads/new',
  '/customers/new',
  '/items/new',
])

type Props = { readonly go: NavigateFunction; onSearch(): void; readonly isHelped: boolean; onHelp(): void }

/** It stays as it is while the page below it becomes another: `go` is handed in, because asking for it would draw it anew each time. */
export const TopBar = memo(function TopBar({ go, onSearch, isHelped, onHelp }: Props) {
  const { t } = useTranslation()
  const session = useSession()
  const { company } = session
  const prefs = usePreferences()
  const keepLocale = useRun('platform.setOwnLocale')
  const offered = making.filter((m) => isShown(m, session))
  const turn = (): void => {
    const locale = prefs.locale === 'zh-CN' ? 'en' : 'zh-CN'
    prefs.setLocale(locale)
    // The office words some things itself, in the language of who asks. The screen turns even where it does not hear of it.
    void keepLocale.run({ locale })
  }
  return (
    <header className="zg-top">
      <button type="button" className="zg-top-button" aria-label={t('ui.foldNavigation')} aria-pressed={prefs.isNavFolded} onClick={() => prefs.setNavFolded(!prefs.isNavFolded)}>
        {prefs.isNavFolded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
      </button>
      <span className="zg-company" title={company.name}>
        {company.name}
      </span>
      {company.is_sample ? <span className="zg-sample">{t('ui.sample')}</span> : null}
      <button type="button" className="zg-find" onClick={onSearch}>
        <SearchOutlined aria-hidden /> <span>{t('ui.palette.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <span className="zg-spring" />
      {offered.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items: offered.map((m) => ({ key: m.path, label: t(m.text) })), onClick: ({ key }) => void go(key) }}>
          <Button type="primary" icon={<PlusOutlined aria-hidden />}>
            {t('ui.new')}
          </Button>
        </Dropdown>
      ) : null}
      <TrayButton go={go} />
      <button
        type="button"
        className="zg-top-button"
        lang={prefs.locale === 'zh-CN' ? 'en' : 'zh-CN'}
        title={prefs.locale === 'zh-CN' ? 'English' : '中文'}
        onClick={turn}
      >
        {prefs.locale === 'zh-CN' ? 'EN' : '中文'}
      </button>
      <Tooltip title={t(prefs.mode === 'dark' ? 'ui.lightMode' : 'ui.darkMode')}>
        <button type="button" className="zg-top-button" aria-label={t(prefs.mode === 'dark' ? 'ui.lightMode' : 'ui.darkMode')} onClick={() => prefs.setMode(prefs.mode === 'dark' ? 'light' : 'dark')}>
          {prefs.mode === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
        </button>
      </Tooltip>
      <Tooltip title={`${t('ui.help')} (F1)`}>
        <button type="button" className="zg-top-button" aria-label={t('ui.help')} aria-pressed={isHelped} onClick={onHelp}>
          <QuestionCircleOutlined aria-hidden />
        </button>
      </Tooltip>
      <UserMenu />
    </header>
  )
})

function UserMenu() {
  const { t } = useTranslation()
  const { user, isOnePerson } = useSession()
  const { contrast, setContrast } = usePreferences()
  const [front, setFront] = useState<'password' | 'noPassword' | null>(null)
  const leave = async (): Promise<void> => {
    await office.signOut()
    location.assign('/')
  }
  const close = async (): Promise<void> => {
    await post('/lobby/close', {})
    location.assign('/')
  }
  const items = [
    { key: 'contrast', label: t(contrast === 'more' ? 'ui.usualContrast' : 'ui.moreContrast'), onClick: () => setContrast(contrast === 'more' ? 'usual' : 'more') },
    { key: 'password', label: t('command.platform.setOwnPassword'), onClick: () => setFront('password') },
    ...(isOnePerson ? [] : [{ key: 'noPassword', label: t('command.platform.removeOwnPassword'), onClick: () => setFront('noPassword') }]),
    ...(isOnePerson ? [] : [{ key: 'signOut', label: t('ui.signOut'), onClick: () => void leave() }]),
    { key: 'close', label: t('ui.closeCompany'), onClick: () => void close() },
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <button type="button" className="zg-top-button zg-user">
          <UserOutlined aria-hidden /> {user.name}
        </button>
      </Dropdown>
      <Suspense>
        {front === 'password' ? <OwnPasswordDialog onClose={() => setFront(null)} /> : null}
        {front === 'noPassword' ? <NoPasswordDialog onClose={() => setFront(null)} /> : null}
      </Suspense>
    </>
  )
}
