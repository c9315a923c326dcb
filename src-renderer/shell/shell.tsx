import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { BankOutlined, CarryOutOutlined, DatabaseOutlined, HomeOutlined, InboxOutlined, SettingOutlined, ShoppingCartOutlined } from '@ant-design/icons'
import { useSession } from '../api/session.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { holdKeysFor } from '../ui/held-keys.ts'
import { CommandPalette } from './command-palette.tsx'
import { addressOf } from '../ui/draft/use-draft.ts'
import { FormGate } from './form-gate.tsx'
import { KeyboardMap } from './keyboard-map.tsx'
import { useShortcuts } from './keys.ts'
import { homePlace, isShown, navGroups } from './nav.ts'
import { usePreferences } from './preferences.ts'
import { TabRow } from './tab-row.tsx'
import { TopBar } from './top-bar.tsx'
import { useRemembering } from './visited.ts'
import './shell.css'

const HelpPanel = lazy(async () => ({ default: (await import('./help/help-panel.tsx')).HelpPanel }))

const icons: Record<string, typeof HomeOutlined> = {
  sales: CarryOutOutlined,
  stock: InboxOutlined,
  purchasing: ShoppingCartOutlined,
  books: BankOutlined,
  masters: DatabaseOutlined,
  settings: SettingOutlined,
}

type Front = 'palette' | 'keys' | null

/** The frame around every screen: navigation, top bar, palette, keyboard map. */
export function Shell() {
  const [front, setFront] = useState<Front>(null)
  const [isHelped, setHelped] = useState(false)
  const { company, user } = useSession()
  useRemembering(user.id)
  const { t } = useTranslation()
  const navigate = useNavigate()
  const location = useLocation()
  const isFolded = usePreferences((p) => p.isNavFolded)
  /** Keys typed while the new order opens are for it. */
  const newOrder = (): void => {
    holdKeysFor('newOrder')
    void navigate('/sales/orders/new')
  }
  useShortcuts(
    [
      { key: 'k', with: 'ctrl', run: () => setFront('palette') },
      { key: 'n', with: 'alt', run: newOrder },
      { key: '?', run: () => setFront('keys') },
      { key: 'F1', always: true, run: () => setHelped(!isHelped) },
    ],
    'everywhere',
  )
  useShortcuts([
    { key: 'n', run: newOrder },
    { key: '/', run: () => document.querySelector<HTMLInputElement>('.zg-search')?.focus() },
  ])
  return (
    <div className={`zg-shell${isFolded ? ' zg-folded' : ''}${isHelped ? ' zg-helped' : ''}`}>
      <a className="zg-skip" href="#main">
        {t('ui.skipToContent')}
      </a>
      <TopBar onSearch={() => setFront('palette')} isHelped={isHelped} onHelp={() => setHelped(!isHelped)} />
      <Navigation />
      <TabRow />
      <main id="main" tabIndex={-1} className="zg-main">
        <ErrorBoundary key={addressOf(location)}>
          <FormGate>
            <Suspense fallback={<div className="zg-page" aria-busy />}>
              <Outlet />
            </Suspense>
          </FormGate>
        </ErrorBoundary>
        {company.is_sample ? (
          <div className="zg-watermark" aria-hidden data-text={t('ui.sample')} />
        ) : null}
      </main>
      <Suspense>{isHelped ? <HelpPanel onClose={() => setHelped(false)} onKeys={() => setFront('keys')} /> : null}</Suspense>
      {front === 'palette' ? <CommandPalette onClose={() => setFront(null)} /> : null}
      {front === 'keys' ? <KeyboardMap onClose={() => setFront(null)} /> : null}
    </div>
  )
}

function Navigation() {
  const { t } = useTranslation()
  const { may } = useSession()
  const groups = navGroups
    .map((group) => ({ ...group, places: group.places.filter((p) => p.isListed && isShown(p, may)) }))
    .filter((group) => group.places.length > 0)
  return (
    <nav className="zg-nav" aria-label={t('ui.nav.label')}>
      <NavLink to={homePlace.path} end className="zg-nav-home">
        <HomeOutlined aria-hidden /> <span>{t(homePlace.text)}</span>
      </NavLink>
      {groups.map((group) => {
        const Icon = icons[group.key] ?? HomeOutlined
        return (
          <div key={group.key} role="group" aria-labelledby={`nav-${group.key}`}>
            <h2 id={`nav-${group.key}`}>
              <Icon aria-hidden /> <span>{t(group.text)}</span>
            </h2>
            <ul>
              {group.places.map((p) => (
                <li key={p.path}>
                  <NavLink to={p.path} end={p.path === '/stock'}>
                    {t(p.text)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
