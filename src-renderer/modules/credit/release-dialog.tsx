import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../src-main/kernel/day.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'

/** Lets a frozen customer order for a while, and says why. */
export function ReleaseDialog({ party, onClose }: { party: { readonly party_id: string; readonly name: string }; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [until_on, setUntil] = useState<string | null>(addDays(today, 7))
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      name="credit.releaseCustomer"
      subject={party.name}
      text={t('ui.credit.releaseText')}
      enter="submits"
      isReady={until_on !== null && reason.trim() !== ''}
      inputOf={() => ({ party_id: party.party_id, until_on: until_on ?? today, reason: reason.trim() })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.credit.until')} path="until_on" isRequired span={4}>
          {(ids) => <DayField {...ids} value={until_on} onChange={setUntil} />}
        </Field>
        <TextInput label={t('ui.f.reason')} path="reason" isRequired span={8} autoFocus value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}
