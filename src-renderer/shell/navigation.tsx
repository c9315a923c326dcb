import { memo, useEffect, useMemo, useRef, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, type NavigateFunction } from 'react-router'
import {
  BankOutlined, CarryOutOutlined, DatabaseOutlined, DownOutlined, FolderOutlined, HomeOutlined, InboxOutlined, LineChartOutlined, RightOutlined, SettingOutlined,
  ShoppingCartOutlined, TeamOutlined, WalletOutlined,
} from '@ant-design/icons'
import { useSession } from '../api/session.tsx'
import { groupText, isLink, menuToday, placeOfKey, shownTree, type Entry, type Node } from './menu.ts'
import { isOffered, isShown } from './nav.ts'
import { usePreferences } from './preferences.ts'

const icons: Record<string, typeof HomeOutlined> = {
  '/': HomeOutlined,
  'group.sales': CarryOutOutlined,
  'group.crm': TeamOutlined,
  'group.insights': LineChartOutlined,
  'group.stock': InboxOutlined,
  'group.purchasing': ShoppingCartOutlined,
  'group.money': WalletOutlined,
  'group.books': BankOutlined,
  'group.masters': DatabaseOutlined,
  'group.settings': SettingOutlined,
}

type Place = { readonly pathname: string; readonly search: string }
type NodeProps = { readonly node: Node; readonly place: Place; readonly go: NavigateFunction }

/** The menu at the left, as this person's role or company arranged it; each group opens and closes, and stays so. */
export function Navigation() {
  const { t } = useTranslation()
  const session = useSession()
  const place = useLocation()
  const go = useNavigate()
  const tree = useMemo(
    () =>
      shownTree(menuToday(session.menu.entries), (entry) =>
        isLink(entry) ? isOffered(entry.path!, session.menu.modules_off) : isShown(placeOfKey.get(entry.key)!, session)),
    [session],
  )
  const menu = useRef<HTMLElement>(null)
  // Whoever came by search, link or key sees where they are; behind the drawing of the page, which it does not hold up.
  useEffect(() => {
    const later = setTimeout(() => menu.current?.querySelector('[aria-current="page"], .zg-nav-here')?.scrollIntoView({ block: 'nearest' }), 100)
    return () => clearTimeout(later)
  }, [place.pathname, place.search])
  return (
    <nav ref={menu} className="zg-nav" aria-label={t('ui.nav.label')}>
      {tree.map((node) => (
        <TopNode key={node.entry.key} node={node} place={place} go={go} />
      ))}
    </nav>
  )
}

/** What an entry is called in the language of the screen: as somebody named it, else as the program does; what only people have named is called so in both languages. */
export function useEntryName(): (entry: Entry) => string {
  const { t } = useTranslation()
  const locale = usePreferences((p) => p.locale)
  return (entry) => {
    const usual = groupText.get(entry.key) ?? placeOfKey.get(entry.key)?.text
    const [own, other] = locale === 'zh-CN' ? [entry.name, entry.name_en] : [entry.name_en, entry.name]
    return own || (usual === undefined ? other || t('ui.menus.group') : t(usual))
  }
}

/** An entry of the first level: a group with its heading, or a place of its own. */
function TopNode({ node, place, go }: NodeProps) {
  const { entry } = node
  const nameOf = useEntryName()
  const Icon = icons[entry.key] ?? FolderOutlined
  if (node.children.length === 0) return <EntryLink entry={entry} isHere={isCurrent(entry.path ?? entry.key, place)} go={go} icon={Icon} />
  return (
    <Group node={node} level={1} place={place} go={go}>
      <Icon aria-hidden /> <span>{nameOf(entry)}</span>
    </Group>
  )
}

function Group({ node: { entry, children }, level, place, go, children: title }: NodeProps & { readonly level: 1 | 2; readonly children: ReactNode }) {
  const { closedGroups, toggleGroup } = usePreferences()
  const isOpen = !closedGroups.includes(entry.key)
  const id = `nav-${entry.key.replace('.', '-')}`
  // A closed group that holds the place where one is tells so.
  const isHere = !isOpen && holds(children, place.pathname)
  const Heading = level === 1 ? 'h2' : 'h3'
  return (
    <div role="group" aria-labelledby={id}>
      <Heading>
        <button type="button" id={id} aria-expanded={isOpen} className={isHere ? 'zg-nav-here' : undefined} onClick={() => toggleGroup(entry.key)}>
          {title}
          {isOpen ? <DownOutlined aria-hidden className="zg-nav-arrow" /> : <RightOutlined aria-hidden className="zg-nav-arrow" />}
        </button>
      </Heading>
      {isOpen ? (
        <ul>
          {children.map((node) => (
            <li key={node.entry.key}>
              <InnerNode node={node} place={place} go={go} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function InnerNode({ node, place, go }: NodeProps) {
  const nameOf = useEntryName()
  if (node.children.length === 0) return <EntryLink entry={node.entry} isHere={isCurrent(node.entry.path ?? node.entry.key, place)} go={go} />
  return (
    <Group node={node} level={2} place={place} go={go}>
      <span>{nameOf(node.entry)}</span>
    </Group>
  )
}

type LinkProps = { readonly entry: Entry; readonly isHere: boolean; readonly go: NavigateFunction; readonly icon?: typeof HomeOutlined }

/** One of the menu's many links: drawn again only where one comes from and where one goes to, which the router's own links are not. */
const EntryLink = memo(function EntryLink({ entry, isHere, go, icon: Icon }: LinkProps) {
  const name = useEntryName()(entry)
  const to = entry.path ?? entry.key
  const follow = (event: MouseEvent): void => {
    // Another tab or window is the browser's business.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void go(to, { replace: to === location.pathname + location.search })
  }
  return (
    <a href={to} onClick={follow} className={`${Icon ? 'zg-nav-home' : ''}${isHere ? ' active' : ''}`} aria-current={isHere ? 'page' : undefined}>
      {Icon ? (
        <>
          <Icon aria-hidden /> <span>{name}</span>
        </>
      ) : (
        name
      )}
    </a>
  )
})

/** A link with filters is current only with them; a place is with all that lies below it, but for those that others lie beside. */
function isCurrent(to: string, { pathname, search }: Place): boolean {
  if (to.includes('?')) return pathname + search === to
  return pathname === to || (to !== '/' && to !== '/stock' && pathname.startsWith(`${to}/`))
}

const holds = (nodes: readonly Node[], pathname: string): boolean =>
  nodes.some(({ entry, children }) => holds(children, pathname) || pathname === entry.key || pathname.startsWith(`${entry.key}/`))
