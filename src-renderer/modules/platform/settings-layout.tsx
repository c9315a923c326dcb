import { useTranslation } from 'react-i18next'
import { NavLink, Outlet } from 'react-router'
import { useSession } from '../../api/session.tsx'
import './import.css'

const tabs = [
  { path: '/settings/company', text: 'ui.nav.company', permission: null },
  { path: '/settings/users', text: 'ui.nav.users', permission: 'platform.users' },
  { path: '/settings/approvals', text: 'ui.approval.rules', permission: 'credit.configure' },
  { path: '/settings/series', text: 'ui.nav.series', permission: null },
  { path: '/settings/taxes', text: 'ui.nav.taxes', permission: 'catalog.read' },
  { path: '/settings/payment-methods', text: 'ui.nav.paymentMethods', permission: 'accounting.readSetup' },
  { path: '/settings/warehouses', text: 'ui.nav.warehouses', permission: 'inventory.read' },
  { path: '/settings/fields', text: 'query.platform.fields', permission: 'platform.settings' },
  { path: '/settings/prints', text: 'query.platform.printTemplates', permission: null },
  { path: '/settings/backup', text: 'ui.nav.backup', permission: null },
  { path: '/settings/audit', text: 'ui.nav.audit', permission: 'platform.audit' },
  { path: '/settings/menus', text: 'ui.nav.menus', permission: 'platform.settings' },
  { path: '/settings/about', text: 'ui.nav.about', permission: null },
] as const

/** The settings, side by side. */
export function SettingsLayout() {
  const { t } = useTranslation()
  const { may } = useSession()
  return (
    <div className="zg-settings">
      <nav className="zg-settings-nav" aria-label={t('ui.nav.settings')}>
        {tabs
          .filter((tab) => tab.permission === null || may(tab.permission))
          .map((tab) => (
            <NavLink key={tab.path} to={tab.path}>
              {t(tab.text)}
            </NavLink>
          ))}
      </nav>
      <div className="zg-settings-page">
        <Outlet />
      </div>
    </div>
  )
}
