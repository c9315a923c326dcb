import { useEffect } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'

/** Asks before leaving a page whose entries are not saved. */
export function useLeaveGuard(isDirty: boolean): void {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void modal
      .confirm({ title: t('ui.leave.title'), content: t('ui.leave.text'), okText: t('ui.leave.leave'), cancelText: t('ui.leave.stay') })
      .then((leaves) => (leaves ? blocker.proceed() : blocker.reset()), () => undefined)
  }, [blocker, modal, t])
  useEffect(() => {
    if (!isDirty) return undefined
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isDirty])
}
