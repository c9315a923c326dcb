import { useEffect, useRef } from 'react'
import { App, Dropdown } from 'antd'
import { CloseOutlined, DownOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { closeDesk, deskAt } from '../ui/draft/desk.ts'
import { addressOf } from '../ui/draft/use-draft.ts'
import { useShortcuts } from './keys.ts'
import { closed, isNewForm, kindKeyOf, useKeepingTabs, useOpen, useTabs, withDrafts, type Tab } from './tabs.ts'
import './tabs.css'

/** The documents and forms that are open, above the page: one place for the lists, then each in a tab of its own. */
export function TabRow() {
  const { t } = useTranslation()
  const { user } = useSession()
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const here = addressOf(useLocation())
  useKeepingTabs(user.id)
  const { tabs, list } = useOpen(user.id)
  const { data } = useAsk('platform.drafts', {})
  const drafts = new Map((data?.rows ?? []).map((draft) => [draft.address, draft.subject]))
  useAtStart(data?.rows, (rows) => useTabs.getState().change(user.id, (open) => withDrafts(open, rows)))

  const nameOf = ({ address, subject }: Tab): string => {
    const about = drafts.get(address) || subject
    const kind = t(kindKeyOf(address))
    return isForm(address) && about ? `${about} · ${kind}` : about || kind
  }
  const close = async (tab: Tab): Promise<void> => {
    // What was typed a moment ago is asked about too, though it is not in the company file yet.
    if (drafts.has(tab.address) || deskAt(tab.address)?.isTouched()) {
      const title = t('ui.tabs.closeTitle', { name: nameOf(tab) })
      if (!(await modal.confirm({ title, content: t('ui.tabs.closeText'), okText: t('ui.tabs.closeOk'), cancelText: t('ui.cancel'), autoFocusButton: 'cancel' }))) return
      closeDesk(tab.address)
    }
    const at = tabs.findIndex((one) => one.address === tab.address)
    const next = tabs[at + 1] ?? tabs[at - 1]
    if (tab.address === here) void navigate(next?.address ?? list)
    useTabs.getState().change(user.id, (open) => closed(open, tab.address))
  }
  const places = [list, ...tabs.map((tab) => tab.address)]
  const at = Math.max(0, places.indexOf(here))
  const go = (index: number): void => {
    const place = places[(index + places.length) % places.length]
    if (place !== undefined && tabs.length > 0) void navigate(place)
  }
  const current = tabs[at - 1]
  useShortcuts([
    ...Array.from({ length: 9 }, (_, i) => ({ key: String(i + 1), with: 'alt' as const, run: () => i < places.length && go(i) })),
    { key: 'PageDown', with: 'alt', run: () => go(at + 1) },
    { key: 'PageUp', with: 'alt', run: () => go(at - 1) },
    { key: 'w', with: 'alt', run: () => current && void close(current) },
  ])
  const row = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // With the next frame's own layout: asked for at once, the whole page would be laid out twice.
    const frame = requestAnimationFrame(() => row.current?.querySelector('[aria-current]')?.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    return () => cancelAnimationFrame(frame)
  }, [here, tabs.length])
  if (tabs.length === 0) return null
  const listKind = kindKeyOf(list)
  return (
    <nav className="zg-tabs" aria-label={t('ui.tabs.label')}>
      <ul ref={row}>
        <li className="zg-tab">
          <Link to={list} aria-current={at === 0 ? 'page' : undefined} title={`${t(listKind)} (Alt 1)`}>
            {t(listKind)}
          </Link>
        </li>
        {tabs.map((tab, i) => {
          const name = nameOf(tab)
          const isDraft = drafts.has(tab.address)
          return (
            <li key={tab.address} className="zg-tab" onAuxClick={(event) => event.button === 1 && void close(tab)}>
              <Link to={tab.address} aria-current={tab.address === here ? 'page' : undefined} title={`${t(kindKeyOf(tab.address))} ${name}${i < 8 ? ` (Alt ${i + 2})` : ''}`}>
                {isDraft ? (
                  <>
                    <span aria-hidden className="zg-tab-dot" />
                    <span className="zg-sr">{t('ui.tabs.draft')} </span>
                  </>
                ) : null}
                {name}
              </Link>
              <button type="button" tabIndex={-1} className="zg-icon-button" aria-label={t('ui.tabs.close', { name })} onClick={() => void close(tab)}>
                <CloseOutlined aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      <Dropdown
        trigger={['click']}
        menu={{
          selectedKeys: [places[at] ?? ''],
          items: [{ key: list, label: t(listKind) }, ...tabs.map((tab) => ({ key: tab.address, label: nameOf(tab) }))],
          onClick: ({ key }) => void navigate(key),
        }}
      >
        <button type="button" className="zg-tabs-all">
          <span className="zg-sr">{t('ui.tabs.all', { count: tabs.length })}</span>
          <span aria-hidden>{tabs.length}</span> <DownOutlined aria-hidden />
        </button>
      </Dropdown>
    </nav>
  )
}

/** What is done there is part of its name; a document is known by its number. */
const isForm = (address: string): boolean => isNewForm(address.split('?')[0]!) || /^\/sales\/exchange\/|\/edit$/.test(address)

/** Once, with the first answer. */
function useAtStart<R>(answer: R | undefined, run: (answer: R) => void): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (answer === undefined || isDone.current) return
    isDone.current = true
    run(answer)
  }, [answer, run])
}
