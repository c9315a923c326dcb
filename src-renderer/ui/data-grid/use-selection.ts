import { useEffect, useMemo, useRef, useState } from 'react'
import type { Rows } from './use-rows.ts'

/** The most rows that are marked at once: enough for a month's documents, few enough to hold. */
export const MOST_MARKED = 5_000

export type Selection<R> = {
  readonly rows: readonly R[]
  has(row: R): boolean
  toggle(index: number): void
  /** From where marking began to this row, as Shift marks. */
  extendTo(index: number, from: number): void
  all(): void
  /** Also the rows that were not read yet. */
  everything(): Promise<void>
  clear(): void
}

/** Which rows are marked. `about` names the list: another filter is another list. */
export function useSelection<R>({ rows, keyOf, about }: { rows: Rows<R>; keyOf(row: R): string; about: string }): Selection<R> {
  const [marked, setMarked] = useState<ReadonlyMap<string, R>>(new Map())
  const anchor = useRef<number | null>(null)
  const latest = useRef(about)
  latest.current = about
  const clear = (): void => {
    anchor.current = null
    setMarked(new Map())
  }
  useEffect(clear, [about])
  const keyed = (list: readonly R[]): Map<string, R> => new Map(list.map((row) => [keyOf(row), row]))
  const loaded = rows.loaded()
  // Marked rows show what they are now, as far as they are in sight.
  const fresh = useMemo(() => (marked.size === 0 ? [] : merged(marked, keyed(loaded))), [marked, loaded])
  return {
    rows: fresh,
    has: (row) => marked.has(keyOf(row)),
    toggle: (index) => {
      const row = rows.rowAt(index)
      if (row === undefined || rows.isPast) return
      anchor.current = index
      const next = new Map(marked)
      if (!next.delete(keyOf(row))) next.set(keyOf(row), row)
      setMarked(next)
    },
    extendTo: (index, from) => {
      if (rows.isPast) return
      anchor.current ??= from
      const [first, last] = [Math.min(anchor.current, index), Math.max(anchor.current, index)]
      const within: R[] = []
      for (let i = first; i <= last && within.length < MOST_MARKED; i++) {
        const row = rows.rowAt(i)
        if (row !== undefined) within.push(row)
      }
      setMarked(keyed(within))
    },
    all: () => setMarked(keyed(loaded)),
    everything: async () => {
      const all = await rows.readAll(MOST_MARKED)
      if (latest.current === about) setMarked(keyed(all))
    },
    clear,
  }
}

const merged = <R>(marked: ReadonlyMap<string, R>, now: ReadonlyMap<string, R>): R[] => [...marked].map(([key, row]) => now.get(key) ?? row)
