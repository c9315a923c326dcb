import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { addressOf } from '../ui/draft/use-draft.ts'
import { deskAt } from '../ui/draft/desk.ts'
import { allPlaces } from './nav.ts'

/** A document or form that is open: its address, and what it is about in its own words (a number, a name). */
export type Tab = { readonly address: string; readonly subject: string }
type Open = { readonly tabs: readonly Tab[]; /** Where the lists were left. */ readonly list: string }
type Tabs = {
  readonly byUser: Readonly<Record<string, Open>>
  change(user_id: string, to: (open: Open) => Open): void
}

/** Documents that are only looked at; the oldest go first. Drafts stay. */
const MOST_LOOKED_AT = 10
const nothing: Open = { tabs: [], list: '/' }

/** What each person has open: kept at this desk. Drafts come back from the company file wherever one works. */
export const useTabs = create<Tabs>()(
  persist(
    (set) => ({
      byUser: {},
      change: (user_id, to) =>
        set(({ byUser }) => {
          const before = byUser[user_id] ?? nothing
          const after = to(before)
          return after === before ? {} : { byUser: { ...byUser, [user_id]: after } }
        }),
    }),
    { name: 'zhanggui.tabs' },
  ),
)

export const useOpen = (user_id: string): Open => useTabs((tabs) => tabs.byUser[user_id]) ?? nothing

const RECORD = /\/[0-9a-f]{8}-[0-9a-f-]{27}(\/edit)?$/
const forms = new Set([...allPlaces.map((place) => place.path).filter((path) => path.endsWith('/new')), '/sales/direct', '/sales/return', '/books/opening', '/books/opening/items'])

/** Is this a form that begins empty, of which several may be open? */
export const isNewForm = (pathname: string): boolean => forms.has(pathname)
/** Does the page get a tab of its own? Lists and reports share one. */
export const isDocument = (pathname: string): boolean => isNewForm(pathname) || RECORD.test(pathname)

/** Text keys of what stands behind an address: a form's own name, or the list that a record belongs to. */
export function kindKeyOf(address: string): string {
  const [path = ''] = address.split('?')
  if (path.startsWith('/sales/exchange/')) return 'command.sales.exchangeGoods'
  const own = allPlaces.find((p) => p.path === path) ?? allPlaces.find((p) => p.path === path.replace(RECORD, ''))
  return (own ?? allPlaces.find((p) => path.startsWith(`${p.path}/`)))?.text ?? 'ui.tabs.list'
}

let subjects: { readonly address: string; readonly subject: string } | null = null
const listeners = new Set<() => void>()

/** The page says what it is about; its tab shows it. */
export function useTabSubject(subject: string | null): void {
  const address = addressOf(useLocation())
  useEffect(() => {
    subjects = { address, subject: subject ?? '' }
    for (const listener of listeners) listener()
  }, [address, subject])
}

/** Keeps the tabs in step with where one goes. */
export function useKeepingTabs(user_id: string): void {
  const location = useLocation()
  const address = addressOf(location)
  const where = location.pathname + location.search
  useEffect(() => {
    const { change } = useTabs.getState()
    change(user_id, (open) => opened(open, { pathname: location.pathname, address, where }))
    const listen = (): void => {
      if (subjects?.address !== address) return
      const { subject } = subjects
      change(user_id, (open) => {
        const known = open.tabs.find((tab) => tab.address === address)
        return known && known.subject !== subject ? { ...open, tabs: open.tabs.map((tab) => (tab === known ? { ...tab, subject } : tab)) } : open
      })
    }
    listen()
    listeners.add(listen)
    return () => {
      listeners.delete(listen)
      // A form that was opened and left empty leaves no tab; what was saved or posted in it has an address of its own.
      if (isNewForm(location.pathname) && !deskAt(address)?.isTouched()) change(user_id, (open) => closed(open, address))
    }
  }, [user_id, address, where, location.pathname])
}

/** An address that only leads on to the page of another record: parts stand on their ticket. */
const leadsOn = (pathname: string): boolean => pathname.startsWith('/service/parts/')

function opened(open: Open, { pathname, address, where }: { pathname: string; address: string; where: string }): Open {
  if (leadsOn(pathname)) return open
  if (!isDocument(pathname)) return open.list === where ? open : { ...open, list: where }
  if (open.tabs.some((tab) => tab.address === address)) return open
  const tabs = [...open.tabs, { address, subject: '' }]
  const lookedAt = tabs.filter((tab) => tab.address !== address && !isNewForm(tab.address.split('?')[0]!) && !deskAt(tab.address))
  const gone = lookedAt.length > MOST_LOOKED_AT ? lookedAt[0] : undefined
  return { ...open, tabs: tabs.filter((tab) => tab !== gone) }
}

/** Without a tab. */
export const closed = (open: Open, address: string): Open =>
  open.tabs.some((tab) => tab.address === address) ? { ...open, tabs: open.tabs.filter((tab) => tab.address !== address) } : open

/** With the drafts that have no tab here: of another desk, or from before the program was started anew. */
export function withDrafts(open: Open, drafts: readonly Tab[]): Open {
  const missing = drafts.filter((draft) => !open.tabs.some((tab) => tab.address === draft.address))
  return missing.length === 0 ? open : { ...open, tabs: [...open.tabs, ...missing.map(({ address, subject }) => ({ address, subject }))] }
}
