import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { followChanges } from '../api/changes.ts'
import { forgetEarly } from '../api/client.ts'
import { keepFirstAnswers, rememberFirstAsks, whoAmI } from '../api/first-asks.ts'
import { loadReads, loadSession } from '../api/load-session.ts'
import { SessionProvider } from '../api/session.tsx'
import { currencyOf } from '../../src-main/kernel/currencies.ts'
import { FormatProvider, formatOf } from '../ui/format.ts'
import { NoMessage } from '../ui/no-message.tsx'
import { TodayProvider } from '../ui/today.ts'
import { fetchScreens, router } from '../routes.tsx'
import { FirstStart } from './first-start.tsx'
import { usePreferences } from './preferences.ts'
import { SignIn } from './sign-in.tsx'
import { Themed } from './themed.tsx'

/** A second is long enough for the answer that was asked for before the page stood. */
const whoIsHere = queryOptions({ queryKey: ['/whoAmI'], queryFn: whoAmI, staleTime: 1_000 })
const session = queryOptions({ queryKey: ['platform.me'], queryFn: loadSession })
const reads = queryOptions({ queryKey: ['/reads'], queryFn: loadReads })

/** Asks while texts and screens are still loading: who is here, what the workbench needs to know of them, and what the first screen will ask. What fails is asked again by the rooms. */
export async function askWhoIsHere(cache: QueryClient): Promise<void> {
  try {
    const who = await cache.fetchQuery(whoIsHere)
    if (!who.company || (!who.is_one_person && !who.is_signed_in)) return forgetEarly()
    await Promise.all([cache.fetchQuery(session), cache.fetchQuery(reads), keepFirstAnswers(cache)])
  } catch {
    // The rooms ask again and show what is wrong.
  }
}

/** Theme and language around everything, then the room that fits: lobby, sign-in, or the workbench. */
export function App() {
  return (
    <Themed>
      <Rooms />
    </Themed>
  )
}

function Rooms() {
  const cache = useQueryClient()
  const { data: who, error } = useQuery(whoIsHere)
  const again = (): void => {
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/whoAmI' })
    void cache.invalidateQueries({ queryKey: ['/whoAmI'] })
  }
  if (error) return <Middle><NoMessage error={error} /></Middle>
  if (!who) return null
  if (!who.company) return <FirstStart onEnter={again} />
  if (!who.is_one_person && !who.is_signed_in) return <SignIn company={who.company.name} onEnter={again} />
  return <Office />
}

function Middle({ children }: { children: ReactNode }) {
  return <main className="zg-page">{children}</main>
}

/** The first screen comes first: the others when nothing has been on its way for so long. */
const QUIET_MS = 250

/** The workbench of the open company: session, figures' form, changes. */
function Office() {
  const cache = useQueryClient()
  const { i18n } = useTranslation()
  const locale = usePreferences((p) => p.locale)
  const { data: me, error } = useQuery(session)
  const { data: known } = useQuery(reads)
  useEffect(() => {
    if (!known) return undefined
    const follower = new AbortController()
    followChanges({ cache, reads: known, signal: follower.signal })
    return () => follower.abort()
  }, [cache, known])
  useEffect(() => {
    let quiet = false
    const timer = setInterval(() => {
      const wasQuiet = quiet
      quiet = cache.isFetching() === 0
      if (!wasQuiet || !quiet) return
      clearInterval(timer)
      const known = cache.getQueryData(session.queryKey)
      if (known) rememberFirstAsks(cache, known.today)
      fetchScreens()
    }, QUIET_MS)
    return () => clearInterval(timer)
  }, [cache])
  useEffect(() => {
    if (me) document.title = `${me.company.name} · 掌柜`
  }, [me])
  if (error) return <Middle><NoMessage error={error} /></Middle>
  // Texts of another language are on their way: the old page stays until they are here.
  if (!me || !i18n.language) return null
  const { digits, symbol } = currencyOf(me.company.currency)
  return (
    <SessionProvider value={me}>
      <FormatProvider value={formatOf({ currency: me.company.currency, digits, symbol, locale })}>
        <TodayProvider value={me.today}>
          {/* A step is drawn in one go: in slices that give way to each other it takes twice as long. */}
          <RouterProvider router={router} useTransitions={false} />
        </TodayProvider>
      </FormatProvider>
    </SessionProvider>
  )
}
