import type { QueryClient } from '@tanstack/react-query'
import { office } from './client.ts'

/** Which tables each query reads, by name, as the office describes itself at the start. */
export type ReadsByQuery = ReadonlyMap<string, ReadonlySet<string>>

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Follows the office's changes and makes stale what reads a changed table, until `signal` aborts. After a broken line everything is
 * asked anew, for changes may have been missed.
 */
export async function followChanges({ cache, reads, signal }: { cache: QueryClient; reads: ReadsByQuery; signal: AbortSignal }): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      for await (const change of await office.changes(undefined, { signal })) {
        wait = 500
        void cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(reads, String(queryKey[0]), change.tables) })
      }
    } catch {
      // The line broke: the office was restarted or the PC slept.
    }
    if (signal.aborted) return
    await pause(wait)
    void cache.invalidateQueries()
  }
}

/** A query that nobody described is asked again after every change: too often is better than stale. */
function isTouched(reads: ReadsByQuery, name: string, tables: readonly string[]): boolean {
  const known = reads.get(name)
  return known === undefined ? !name.startsWith('/') : tables.some((table) => known.has(table))
}
