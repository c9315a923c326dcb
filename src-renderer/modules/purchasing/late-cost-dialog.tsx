import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { MoneyField } from '../../ui/fields/value-fields.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'

/** Freight, duty and the like that make received goods dearer. */
export function LateCostDialog({ bill, onClose }: { bill: AskOutput<'purchasing.bill'>; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [party, setParty] = useState<PickedParty | null>(null)
  const [day, setDay] = useState(today)
  const [gross_minor, setGross] = useState<number | null>(null)
  const [tax_minor, setTax] = useState<number | null>(null)
  const [supplier_reference, setReference] = useState('')
  return (
    <ActionDialog
      name="purchasing.postLateCost"
      subject={bill.number}
      text={t('ui.bill.lateText')}
      inputOf={() => ({
        bill_id: bill.bill_id,
        party_id: party?.party_id ?? '',
        day,
        gross_minor: gross_minor ?? 0,
        tax_minor: tax_minor ?? 0,
        ...(supplier_reference.trim() === '' ? {} : { supplier_reference: supplier_reference.trim() }),
      })}
      onDone={({ number }) => void message.success(t('ui.posted', { numbers: number }))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.f.supplier')} path="party_id" isRequired span={8}>
          {(ids) => <PartyPicker {...ids} role="supplier" autoFocus value={party} onPick={setParty} />}
        </Field>
        <DayInput span={4} value={day} onChange={setDay} />
        <Field label={t('ui.f.gross')} path="gross_minor" isRequired span={4}>
          {(ids) => <MoneyField {...ids} value={gross_minor} onChange={setGross} />}
        </Field>
        <Field label={t('ui.f.tax')} path="tax_minor" span={4}>
          {(ids) => <MoneyField {...ids} value={tax_minor} onChange={setTax} />}
        </Field>
        <TextInput label={t('ui.bill.supplierReference')} path="supplier_reference" span={4} value={supplier_reference} onChange={setReference} />
      </FieldRow>
    </ActionDialog>
  )
}
