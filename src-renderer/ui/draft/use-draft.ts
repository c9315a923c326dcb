import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, type Location } from 'react-router'
import type { ChangeLines } from '../line-grid/columns.ts'
import { openDesk, type Desk } from './desk.ts'

/** Under which address a form or document is open: its path, and what tells several of one kind apart. */
export function addressOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  const d = new URLSearchParams(search).get('d')
  return d === null ? pathname : `${pathname}?d=${d}`
}

/** What is being entered on a page: kept from the first change on, and there again whenever the page is. */
export function useDraft<D extends object>(first: D | (() => D)) {
  const address = addressOf(useLocation())
  const navigate = useNavigate()
  const { t } = useTranslation()
  const { message } = App.useApp()
  const form = useMemo(
    () =>
      openDesk<D>({
        address,
        first: typeof first === 'function' ? first : () => first,
        movedTo: (to) => {
          void message.info(t('ui.draft.apart'), 8)
          void navigate(to, { replace: true })
        },
      }),
    // A form is another one only at another address; what it began with stays what it was.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [address],
  )
  const draft = useSyncExternalStore(form.subscribe, form.now)
  const set = useMemo(() => form.set.bind(form) as Desk<D>['set'], [form])
  return { draft, set, form }
}

/** The lines of a draft, changed as they stand at the moment. */
export function useLines<L, D extends { readonly lines: readonly L[] }>(set: Desk<D>['set']): ChangeLines<L> {
  return useCallback((update, how) => set((now) => ({ lines: update(now.lines) }) as unknown as Partial<D>, how), [set])
}
