import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** A screen as it was called when somebody was there. */
export type Visit = { readonly path: string; readonly label: string }
type Places = { readonly recent: readonly Visit[]; readonly favourites: readonly Visit[] }
type Visited = {
  readonly byUser: Readonly<Record<string, Places>>
  visit(user_id: string, visit: Visit): void
  toggleFavourite(user_id: string, visit: Visit): void
}

const MOST_RECENT = 12
const MOST_FAVOURITES = 30
const nowhere: Places = { recent: [], favourites: [] }

/** Where each person was last and likes to go: kept at this desk, like a bookmark. */
export const useVisited = create<Visited>()(
  persist(
    (set) => {
      const change = (user_id: string, to: (places: Places) => Places): void => {
        set(({ byUser }) => ({ byUser: { ...byUser, [user_id]: to(byUser[user_id] ?? nowhere) } }))
      }
      return {
        byUser: {},
        visit: (user_id, visit) =>
          change(user_id, (p) => ({ ...p, recent: [visit, ...without(p.recent, visit.path)].slice(0, MOST_RECENT) })),
        toggleFavourite: (user_id, visit) =>
          change(user_id, (p) => {
            const others = without(p.favourites, visit.path)
            return { ...p, favourites: others.length < p.favourites.length ? others : [...others, visit].slice(-MOST_FAVOURITES) }
          }),
      }
    },
    { name: 'zhanggui.visited' },
  ),
)

const without = (visits: readonly Visit[], path: string): Visit[] => visits.filter((v) => v.path !== path)

export const usePlaces = (user_id: string): Places => useVisited((v) => v.byUser[user_id]) ?? nowhere

/** A page is remembered once somebody has stayed on it, under the title that it has by then. */
const STAYED_MS = 1200
const RECORD = /\/[0-9a-f]{8}-[0-9a-f-]{27}$/

/** Remembers the records that this person looks at. */
export function useRemembering(user_id: string): void {
  const { pathname } = useLocation()
  useEffect(() => {
    if (!RECORD.test(pathname)) return
    const timer = setTimeout(() => {
      useVisited.getState().visit(user_id, { path: pathname, label: document.title.replace(/ · 掌柜$/, '') })
    }, STAYED_MS)
    return () => clearTimeout(timer)
  }, [pathname, user_id])
}
