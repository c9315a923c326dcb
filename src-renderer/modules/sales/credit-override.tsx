import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { No } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { TextField } from '../../ui/fields/value-fields.tsx'

/** Above the credit limit: whoever may, goes on with a reason that is kept. */
export function CreditOverride({ no, onOverride }: { no: No | null; onOverride(reason: string): void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [reason, setReason] = useState('')
  if (no?.code !== 'sales.creditLimitExceeded' || !may('sales.overrideCredit')) return null
  return (
    <form
      className="zg-inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') onOverride(reason.trim())
      }}
    >
      <TextField aria-label={t('ui.credit.reason')} placeholder={t('ui.credit.reason')} value={reason} onChange={setReason} />
      <Button htmlType="submit" disabled={reason.trim() === ''}>
        {t('ui.credit.goOn')}
      </Button>
    </form>
  )
}
