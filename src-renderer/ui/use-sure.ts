import { useCallback } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'

/** Asks once more before something is posted that stays; Enter is yes. */
export function useSure(): (about: { title: string; text?: string; ok: string }) => Promise<boolean> {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  return useCallback(
    async ({ title, text, ok }) => modal.confirm({ title, content: text ?? t('ui.posting.permanent'), okText: ok, cancelText: t('ui.cancel'), autoFocusButton: 'ok' }),
    [modal, t],
  )
}
