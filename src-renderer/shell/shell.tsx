import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../api/session.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { holdKeysFor } from '../ui/held-keys.ts'
import { CommandPalette } from './command-palette.tsx'
import { addressOf } from '../ui/draft/use-draft.ts'
import { FormGate } from './form-gate.tsx'
import { KeyboardMap } from './keyboard-map.tsx'
import { useQuickLog } from '../modules/crm/quick-log.ts'
import { useShortcuts } from './keys.ts'
import { isOffered } from './nav.ts'
import { Navigation } from './navigation.tsx'
import { usePreferences } from './preferences.ts'
import { TabRow } from './tab-row.tsx'
import { TopBar } from './top-bar.tsx'
import { useRemembering } from './visited.ts'
import './shell.css'

const HelpPanel = lazy(async () => ({ default: (await import('./help/help-panel.tsx')).HelpPanel }))

const QuickLog = lazy(async () => ({ default: (await import('../modules/crm/quick-log-dialog.tsx')).QuickLog }))

type Front = 'palette' | 'keys' | null

/** The frame around every screen: navigation, top bar, palette, keyboard map. */
export function Shell() {
  const [front, setFront] = useState<Front>(null)
  const [isHelped, setHelped] = useState(false)
  const { company, user, menu, may } = useSession()
  const quickLog = useQuickLog()
  useRemembering(user.id)
  const { t } = useTranslation()
  const navigate = useNavigate()
  const location = useLocation()
  const search = useCallback(() => setFront('palette'), [])
  const help = useCallback(() => setHelped((is) => !is), [])
  const isFolded = usePreferences((p) => p.isNavFolded)
  /** Keys typed while the new order opens are for it. */
  const newOrder = (): void => {
    if (!isOffered('/sales/orders/new', menu.modules_off)) return
    holdKeysFor('newOrder')
    void navigate('/sales/orders/new')
  }
  const log = (): void => {
    if (may('crm.log') && isOffered('/crm', menu.modules_off)) quickLog.open()
  }
  useShortcuts(
    [
      { key: 'k', with: 'ctrl', run: search },
      { key: 'n', with: 'alt', run: newOrder },
      { key: 'l', with: 'alt', run: log },
      { key: '?', run: () => setFront('keys') },
      { key: 'F1', always: true, run: help },
    ],
    'everywhere',
  )
  useShortcuts([
    { key: 'n', run: newOrder },
    { key: 'l', run: log },
    { key: '/', run: () => document.querySelector<HTMLInputElement>('.zg-search')?.focus() },
  ])
  return (
    <div className={`zg-shell${isFolded ? ' zg-folded' : ''}${isHelped ? ' zg-helped' : ''}`}>
      <a className="zg-skip" href="#main">
        {t('ui.skipToContent')}
      </a>
      <TopBar go={navigate} onSearch={search} isHelped={isHelped} onHelp={help} />
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
      <Suspense>{quickLog.about === null ? null : <QuickLog />}</Suspense>
      {front === 'palette' ? <CommandPalette onClose={() => setFront(null)} /> : null}
      {front === 'keys' ? <KeyboardMap onClose={() => setFront(null)} /> : null}
    </div>
  )
}
