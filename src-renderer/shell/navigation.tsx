import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
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

/** The menu at the left, as this person's role or company arranged it; each group opens and closes, and stays so. */
export function Navigation() {
  const { t } = useTranslation()
  const session = useSession()
  const tree = useMemo(
    () =>
      shownTree(menuToday(session.menu.entries), (entry) =>
        isLink(entry) ? isOffered(entry.path!, session.menu.modules_off) : isShown(placeOfKey.get(entry.key)!, session)),
    [session],
  )
  return (
    <nav className="zg-nav" aria-label={t('ui.nav.label')}>
      {tree.map((node) => (
        <TopNode key={node.entry.key} node={node} />
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
function TopNode({ node: { entry, children } }: { node: Node }) {
  const nameOf = useEntryName()
  const Icon = icons[entry.key] ?? FolderOutlined
  if (children.length === 0) {
    return (
      <EntryLink entry={entry} className="zg-nav-home">
        <Icon aria-hidden /> <span>{nameOf(entry)}</span>
      </EntryLink>
    )
  }
  return (
    <Group node={{ entry, children }} level={1}>
      <Icon aria-hidden /> <span>{nameOf(entry)}</span>
    </Group>
  )
}

function Group({ node: { entry, children }, level, children: title }: { node: Node; level: 1 | 2; children: React.ReactNode }) {
  const { pathname } = useLocation()
  const { closedGroups, toggleGroup } = usePreferences()
  const isOpen = !closedGroups.includes(entry.key)
  const id = `nav-${entry.key.replace('.', '-')}`
  // A closed group that holds the place where one is tells so.
  const isHere = !isOpen && holds(children, pathname)
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
              <InnerNode node={node} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function InnerNode({ node }: { node: Node }) {
  const nameOf = useEntryName()
  if (node.children.length > 0) {
    return (
      <Group node={node} level={2}>
        <span>{nameOf(node.entry)}</span>
      </Group>
    )
  }
  return <EntryLink entry={node.entry}>{nameOf(node.entry)}</EntryLink>
}

function EntryLink({ entry, className = '', children }: { entry: Entry; className?: string; children: React.ReactNode }) {
  const { pathname, search } = useLocation()
  const to = entry.path ?? entry.key
  // A link with filters is current only with them; a place is with all that lies below it, but for those that others lie beside.
  if (to.includes('?')) {
    const isCurrent = pathname + search === to
    return (
      <NavLink to={to} end className={() => `${className}${isCurrent ? ' active' : ''}`} aria-current={isCurrent ? 'page' : 'false'}>
        {children}
      </NavLink>
    )
  }
  return (
    <NavLink to={to} end={to === '/' || to === '/stock'} className={({ isActive }) => `${className}${isActive ? ' active' : ''}`}>
      {children}
    </NavLink>
  )
}

const holds = (nodes: readonly Node[], pathname: string): boolean =>
  nodes.some(({ entry, children }) => holds(children, pathname) || pathname === entry.key || pathname.startsWith(`${entry.key}/`))
