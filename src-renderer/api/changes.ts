import type { QueryClient } from '@tanstack/react-query'
import { office } from './client.ts'

/** Which tables each query reads, by name, as the office describes itself at the start. */
export type ReadsByQuery = ReadonlyMap<string, ReadonlySet<string>>

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What a tab tells the others: tables that changed, or that changes may have been missed. */
type News = readonly string[] | 'anything'

type Following = { readonly cache: QueryClient; readonly reads: ReadsByQuery; readonly signal: AbortSignal }

/**
 * Follows the office's changes and makes stale what reads a changed table, until `signal` aborts. Browsers allow six connections to a
 * host, all tabs together, so one tab holds the line and tells the others what it hears; when it closes, the next one takes over.
 */
export async function followChanges({ cache, reads, signal }: Following): Promise<void> {
  const others = new BroadcastChannel('zhanggui-changes')
  const apply = (news: News): void => {
    if (news === 'anything') void cache.invalidateQueries()
    else void cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(reads, String(queryKey[0]), news) })
  }
  others.onmessage = ({ data }) => apply(data as News)
  const tell = (news: News): void => {
    apply(news)
    if (!signal.aborted) others.postMessage(news)
  }
  const began = performance.now()
  try {
    await navigator.locks.request('zhanggui-changes', { signal }, () => {
      // Whoever had to wait takes over from a tab that closed, and may have missed something in between.
      if (performance.now() - began > 1000) tell('anything')
      return holdLine({ tell, signal })
    })
  } catch {
    // The page left while it waited for its turn.
  }
  others.close()
}

/** Listens until `signal` aborts. After a broken line everything is asked anew, for changes may have been missed. */
async function holdLine({ tell, signal }: { tell: (news: News) => void; signal: AbortSignal }): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      for await (const change of await office.changes(undefined, { signal })) {
        wait = 500
        tell(change.tables)
      }
    } catch {
      // The line broke: the office was restarted or the PC slept.
    }
    if (signal.aborted) return
    await pause(wait)
    tell('anything')
  }
}

/** A query that nobody described is asked again after every change: too often is better than stale. */
function isTouched(reads: ReadsByQuery, name: string, tables: readonly string[]): boolean {
  const known = reads.get(name)
  return known === undefined ? !name.startsWith('/') : tables.some((table) => known.has(table))
}
