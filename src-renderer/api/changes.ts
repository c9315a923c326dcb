import type { QueryClient } from '@tanstack/react-query'
import { office } from './client.ts'

/** Which tables each query reads, by name, as the office describes itself. */
export type ReadsByQuery = ReadonlyMap<string, ReadonlySet<string>>

/** What one tab tells the others: tables that changed, or that the line broke and changes may have been missed. */
type News = { readonly tables: readonly string[] } | { readonly tables: null }

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Follows the office's changes and makes stale what reads a changed table, until `signal` aborts. Browsers allow six lines to a host,
 * all tabs together: one tab holds the line and tells the others.
 */
export function followChanges({ cache, reads, signal }: { cache: QueryClient; reads: ReadsByQuery; signal: AbortSignal }): void {
  const channel = new BroadcastChannel('zhanggui-changes')
  const hear = ({ tables }: News): void => {
    if (tables === null) void cache.invalidateQueries()
    else void cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(reads, String(queryKey[0]), tables) })
  }
  const tell = (news: News): void => {
    channel.postMessage(news)
    hear(news)
  }
  channel.onmessage = (event: MessageEvent<News>) => hear(event.data)
  signal.addEventListener('abort', () => channel.close())
  if (!('locks' in navigator)) return void holdLine(tell, signal)
  navigator.locks.request('zhanggui-changes', { signal }, () => holdLine(tell, signal)).catch(() => undefined)
}

async function holdLine(tell: (news: News) => void, signal: AbortSignal): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      for await (const change of await office.changes(undefined, { signal })) {
        wait = 500
        tell(change)
      }
    } catch {
      // The line broke: the office was restarted, closed, or the PC slept.
    }
    if (signal.aborted) return
    await pause(wait)
    if (!signal.aborted) tell({ tables: null })
  }
}

/** A query that nobody described is asked again after every change: too often is better than stale. */
function isTouched(reads: ReadsByQuery, name: string, tables: readonly string[]): boolean {
  const known = reads.get(name)
  return known === undefined ? !name.startsWith('/') : tables.some((table) => known.has(table))
}
