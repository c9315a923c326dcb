import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { useFormat } from '../../ui/format.ts'

/** The coupon of a draft order: applied, or taken off again. */
export function OrderCoupon({ order }: { order: AskOutput<'sales.order'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const [code, setCode] = useState('')
  const remove = useRun('sales.removeCoupon')
  if (order.coupon_code !== null)
    return (
      <Button loading={remove.isRunning} onClick={() => void remove.run({ order_id: order.order_id })}>
        {t('ui.promotion.takeOff', { code: order.coupon_code, amount: format.money(order.coupon_minor) })}
      </Button>
    )
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('command.sales.applyCoupon')}</Button>
      {isOpen ? (
        <ActionDialog name="sales.applyCoupon" enter="submits" isReady={code.trim() !== ''} inputOf={() => ({ order_id: order.order_id, code: code.trim() })} onClose={() => setOpen(false)}>
          <FieldRow>
            <TextInput label={t('ui.promotion.code')} path="code" isRequired autoFocus span={12} value={code} onChange={setCode} />
          </FieldRow>
        </ActionDialog>
      ) : null}
    </>
  )
}
