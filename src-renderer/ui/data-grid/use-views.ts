import { useMemo } from 'react'
import { create } from 'zustand'
import type { AskOutput, RunInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import type { Column } from './columns.ts'
import { arranged, moved, resized, wholeLayout, type Layout } from './layout.ts'

export type View = AskOutput<'platform.views'>['rows'][number]
export type Definition = RunInput<'platform.saveView'>['definition']

type Seen = {
  /** The view looked through; null: as the program likes; undefined: the one that opens the list. */
  readonly chosen?: string | null
  /** Changed and not saved. */
  readonly draft?: Layout
}

/** How lists are looked at just now, so that it is the same when one comes back. What shall last is saved as a view. */
const useSeen = create<{ readonly lists: Readonly<Record<string, Seen>>; put(list: string, seen: Seen): void }>()((set) => ({
  lists: {},
  put: (list, seen) => set(({ lists }) => ({ lists: { ...lists, [list]: seen } })),
}))

export type Views<R> = {
  readonly list: string
  /** True once it is known with which view the list opens. */
  readonly isSettled: boolean
  readonly views: readonly View[]
  readonly roles: AskOutput<'platform.views'>['roles']
  readonly current: View | undefined
  readonly layout: Layout
  /** Every column there is, in the order of the layout. */
  readonly all: readonly Column<R>[]
  /** The columns that are shown. */
  readonly columns: readonly Column<R>[]
  readonly isChanged: boolean
  put(layout: Layout): void
  resize(key: string, width: number | undefined): void
  move(key: string, by: -1 | 1): void
  choose(view_id: string | null): void
  /** Back to the view as it was saved. */
  reset(): void
}

/** The views of one list, and the columns as the current one shows them. */
export function useViews<R>(list: string, columns: readonly Column<R>[]): Views<R> {
  const { user } = useSession()
  const key = `${user.id} ${list}`
  const { data, isError } = useAsk('platform.views', { list })
  const seen = useSeen((s) => s.lists[key])
  const put = useSeen((s) => s.put)
  const views = data?.rows ?? []
  const current = seen?.chosen === undefined ? views.find((v) => v.is_default === 1) : views.find((v) => v.view_id === seen.chosen)
  const layout = wholeLayout(columns, seen?.draft ?? current?.definition.columns ?? [])
  const saved = wholeLayout(columns, current?.definition.columns ?? [])
  const chosen = seen?.chosen
  const change = (draft: Layout): void => put(key, { ...(chosen === undefined ? {} : { chosen }), draft })
  const layoutText = JSON.stringify(layout)
  const shown = useMemo(() => arranged(columns, layout), [columns, layoutText])
  const byKey = new Map(columns.map((c) => [c.key, c]))
  return {
    list,
    isSettled: data !== undefined || isError,
    views,
    roles: data?.roles ?? [],
    current,
    layout,
    all: layout.flatMap((l) => byKey.get(l.key) ?? []),
    columns: shown,
    isChanged: layoutText !== JSON.stringify(saved),
    put: change,
    resize: (column, width) => change(resized(layout, { key: column, width })),
    move: (column, by) => change(moved(layout, { key: column, by })),
    choose: (view_id) => put(key, { chosen: view_id }),
    reset: () => put(key, chosen === undefined ? {} : { chosen }),
  }
}
