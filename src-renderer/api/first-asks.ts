import type { QueryClient } from '@tanstack/react-query'
import { ask, earlyKey, forgetEarly, office, sendEarly, sentOr } from './client.ts'
import type { AskName } from './operations.ts'

/** What the page that stands at an address asks first, as it did the last time: names and inputs of its queries. */
type FirstAsks = readonly (readonly [name: string, input: object])[]

const KEPT_AT = 'zhanggui.firstAsks'
/** So many addresses are remembered, the latest first: a day begins at one or two. */
const KEPT_ADDRESSES = 5
const KEPT_ASKS = 20

const began = location.pathname
const kept = read()
const firstAsks: FirstAsks = kept.find(([path]) => path === began)?.[1] ?? []

export const whoAmI = () => sentOr('/whoAmI', () => office.whoAmI())

/** Which tables each query reads, in the office's own words; null where it does not say. */
export const readsByName = () =>
  sentOr('/reads', async () => {
    const response = await fetch('/api/reads.json')
    return response.ok ? ((await response.json()) as Readonly<Record<string, readonly string[]>>) : null
  })

/** Sends what every page asks, and what the page at this address asked the last time. Who is not let in yet gets no answers. */
export function sendFirstAsks(): void {
  sendEarly('/whoAmI', whoAmI)
  sendEarly('/reads', readsByName)
  for (const [name, input] of [['platform.me', {}] as const, ...firstAsks]) sendEarly(earlyKey(name, input), () => office.ask({ name, input }))
}

/** Brings the answers into the cache as they come. What fails is asked again by who wants to know. */
export const keepFirstAnswers = (cache: QueryClient): Promise<unknown> =>
  Promise.all(firstAsks.map(([name, input]) => cache.prefetchQuery({ queryKey: [name, input], queryFn: () => ask(name as AskName, input as never) })))

/** Remembers what this page has asked until now, unless somebody has gone on from it. What names the day will not be asked again. */
export function rememberFirstAsks(cache: QueryClient, today: string): void {
  forgetEarly()
  if (location.pathname !== began || location.search !== '') return
  const asked = cache.getQueryCache().findAll({ type: 'active', predicate: ({ queryKey, state }) => queryKey.length === 2 && state.status === 'success' })
  const asks = asked.map(({ queryKey }) => queryKey as unknown as FirstAsks[number]).filter(([name, input]) => !name.startsWith('/') && !JSON.stringify(input).includes(today))
  const others = kept.filter(([path]) => path !== began)
  try {
    localStorage.setItem(KEPT_AT, JSON.stringify([[began, asks.slice(0, KEPT_ASKS)], ...others].slice(0, KEPT_ADDRESSES)))
  } catch {
    // A browser that keeps nothing asks a little later.
  }
}

function read(): readonly (readonly [path: string, asks: FirstAsks])[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AT) ?? '[]') as ReturnType<typeof read>
  } catch {
    return []
  }
}
