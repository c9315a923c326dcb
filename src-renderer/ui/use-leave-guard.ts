import { useEffect, useRef } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'

/**
 * Asks before a page is left whose changes are neither saved nor kept as a draft; closing the window asks too.
 * Gives what to call when the page itself goes on, because everything is saved.
 */
export function useLeaveGuard(isChanged: boolean): () => void {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const isHeld = useRef(isChanged)
  useEffect(() => void (isHeld.current = isChanged), [isChanged])
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isHeld.current && currentLocation.pathname + currentLocation.search !== nextLocation.pathname + nextLocation.search)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const ask = async (): Promise<void> => {
      const wording = { title: t('ui.leave.title'), content: t('ui.leave.text'), okText: t('ui.leave.ok'), cancelText: t('ui.leave.stay') }
      if (await modal.confirm({ ...wording, autoFocusButton: 'cancel' })) blocker.proceed()
      else blocker.reset()
    }
    void ask()
  }, [blocker, modal, t])
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent): void => void (isHeld.current && event.preventDefault())
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [])
  return () => void (isHeld.current = false)
}
