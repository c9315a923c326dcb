import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { sumOf, type Allocations } from './allocations.ts'
import { OpenItemsTable } from './open-items-table.tsx'

/** Gives up what a customer will not pay: chosen amounts of open documents become bad debt. */
export function WriteOffDialog({ party_id, onClose }: { party_id: string; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { data } = useAsk('accounting.openItems', { party_id, side: 'receivable', limit: 500 })
  const owed = useMemo(() => (data?.rows ?? []).filter((i) => i.open_minor > 0), [data])
  const [amounts, setAmounts] = useState<Allocations>(new Map())
  const [day, setDay] = useState(today)
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      name="accounting.writeOffBadDebt"
      text={t('ui.writeOff.text')}
      width={820}
      isReady={sumOf(amounts, 'amount_minor') > 0 && reason.trim() !== ''}
      inputOf={() => ({
        party_id,
        day,
        reason: reason.trim(),
        items: [...amounts].filter(([, a]) => a.amount_minor > 0).map(([open_item_id, { amount_minor }]) => ({ open_item_id, amount_minor })),
      })}
      onClose={onClose}
    >
      <OpenItemsTable items={owed} allocations={amounts} onChange={setAmounts} isLoss />
      <FieldRow>
        <DayInput span={3} value={day} onChange={setDay} />
        <TextInput label={t('ui.f.reason')} path="reason" isRequired span={9} value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}
