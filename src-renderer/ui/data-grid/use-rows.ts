import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { ask } from '../../api/client.ts'
import type { AskInput, AskName, AskOutput, RowOf } from '../../api/operations.ts'
import { askKey } from '../../api/use-ask.ts'

export const PAGE_ROWS = 100
export const FIRST_PAGE = { limit: PAGE_ROWS, offset: 0 } as const
/** As many as the contracts of lists allow. */
const LARGEST_PAGE = 500

export type Sort = { readonly key: string; readonly direction: 'asc' | 'desc' }

export type Rows<R> = {
  /** Undefined until the first page has come. */
  readonly total: number | undefined
  /** The row at this place, or undefined while its page is on the way. */
  rowAt(index: number): R | undefined
  /** The rows are those of the list before: the ones asked for are on their way. They are looked at, not worked with. */
  readonly isPast: boolean
  /** The grid tells which rows are in sight; only their pages are asked for. */
  show(range: { first: number; last: number }): void
  /** The rows that are here now, in order. */
  loaded(): readonly R[]
  /** Reads up to `most` rows from the first on, whether in sight or not. */
  readAll(most: number): Promise<readonly R[]>
  readonly error: unknown
  /** The whole answer of the first page: totals stand there. */
  readonly head: unknown
}

type Paged = { readonly rows: readonly unknown[]; readonly total: number }

/** Reads a list page by page as the grid comes to it. `input` is everything but the page. */
export function useRows<N extends AskName>(
  name: N,
  input: Omit<AskInput<N>, 'limit' | 'offset'>,
  options: { readonly enabled?: boolean } = {},
): Rows<RowOf<N>> & { readonly head: AskOutput<N> | undefined } {
  const client = useQueryClient()
  const [pages, setPages] = useState<{ first: number; last: number }>({ first: 0, last: 0 })
  const inputText = JSON.stringify(input)
  // The last list stays while the next one comes, so that nothing jumps and nothing is drawn twice.
  const last = useRef<{ readonly name: string; readonly head: AskOutput<N>; readonly byPage: ReadonlyMap<number, Paged | undefined> } | null>(null)
  const wanted = useMemo(() => {
    const list = [0]
    for (let page = pages.first; page <= pages.last; page++) if (page > 0) list.push(page)
    return list
  }, [pages])
  const results = useQueries({
    queries: wanted.map((page) => {
      const paged = { ...(JSON.parse(inputText) as object), limit: PAGE_ROWS, offset: page * PAGE_ROWS } as AskInput<N>
      return { queryKey: askKey(name, paged), queryFn: () => ask(name, paged), enabled: options.enabled ?? true }
    }),
  })
  const here = new Map(wanted.map((page, i) => [page, results[i]?.data as Paged | undefined]))
  const first = results[0]?.data as AskOutput<N> | undefined
  if (first !== undefined) last.current = { name, head: first, byPage: here }
  const isPast = first === undefined && last.current?.name === name
  const head = isPast ? last.current!.head : first
  const byPage = isPast ? last.current!.byPage : here
  const show = useCallback(({ first: from, last: to }: { first: number; last: number }) => {
    const next = { first: Math.floor(from / PAGE_ROWS), last: Math.floor(to / PAGE_ROWS) }
    setPages((now) => (now.first === next.first && now.last === next.last ? now : next))
  }, [])
  const readAll = useCallback(
    async (most: number): Promise<RowOf<N>[]> => {
      const all: RowOf<N>[] = []
      for (let offset = 0, total = 1; offset < Math.min(total, most); offset += LARGEST_PAGE) {
        const paged = { ...(JSON.parse(inputText) as object), limit: Math.min(LARGEST_PAGE, most - offset), offset } as AskInput<N>
        const answer = (await client.fetchQuery({ queryKey: askKey(name, paged), queryFn: () => ask(name, paged), staleTime: 0 })) as Paged
        total = answer.total
        all.push(...(answer.rows as RowOf<N>[]))
      }
      return all
    },
    [client, name, inputText],
  )
  const pagesHere = wanted.map((page) => here.get(page)?.rows)
  const loaded = useMemo(() => pagesHere.flatMap((rows) => (rows ?? []) as RowOf<N>[]), pagesHere)
  return {
    loaded: () => loaded,
    readAll,
    total: (head as Paged | undefined)?.total,
    rowAt: (index) => byPage.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS] as RowOf<N> | undefined,
    isPast,
    show,
    error: results.find((r) => r.error)?.error,
    head,
  }
}

/** Rows that are already here: the lines of a document, a report that comes whole. */
export function useLocalRows<R>(rows: readonly R[] | undefined): Rows<R> {
  return useMemo(
    () => ({ total: rows?.length, rowAt: (index) => rows?.[index], isPast: false, loaded: () => rows ?? [], readAll: async () => rows ?? [], show: () => undefined, error: undefined, head: undefined }),
    [rows],
  )
}
