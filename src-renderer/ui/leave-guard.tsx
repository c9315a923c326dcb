import { useEffect, useMemo, useRef, useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'

/** `touch` when something was entered, `settle` when it is kept: takes effect at once, so that a page may be left right after saving. */
export type LeaveGuard = { touch(): void; settle(): void; isTouched(): boolean }

/** Asks before leaving a page whose entries are not saved. */
export function useLeaveGuard(): LeaveGuard {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const isDirty = useRef(false)
  const blocker = useBlocker(() => isDirty.current)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void modal
      .confirm({ title: t('ui.leave.title'), content: t('ui.leave.text'), okText: t('ui.leave.leave'), cancelText: t('ui.leave.stay') })
      .then((leaves) => (leaves ? blocker.proceed() : blocker.reset()), () => undefined)
  }, [blocker, modal, t])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (isDirty.current) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
  return useMemo(
    () => ({
      touch: () => void (isDirty.current = true),
      settle: () => void (isDirty.current = false),
      isTouched: () => isDirty.current,
    }),
    [],
  )
}

/** What is being entered on a page, guarded from the first change on; `setDraft` is for what the page itself tidies up. */
export function useDraft<D>(first: D | (() => D)) {
  const guard = useLeaveGuard()
  const [draft, setDraft] = useState(first)
  const set = (changes: Partial<D>): void => {
    guard.touch()
    setDraft((now) => ({ ...now, ...changes }))
  }
  return { draft, set, setDraft, guard }
}
