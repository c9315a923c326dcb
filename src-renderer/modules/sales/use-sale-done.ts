import { useCallback } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunOutput } from '../../api/operations.ts'

/** Says which documents a posting made. */
export function useSaleDone(): (made: RunOutput<'sales.deliver'>) => void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return useCallback(
    (made) => {
      const numbers = [made.delivery_number, made.invoice_number, ...made.payments.map((p) => p.number)].filter((n) => n !== null)
      void message.success(t('ui.posted', { numbers: numbers.join(', ') }))
    },
    [message, t],
  )
}
