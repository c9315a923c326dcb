import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, MoneyField, TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
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
  const post = useRun('purchasing.postLateCost')
  const save = async (): Promise<void> => {
    const said = await post.run({
      bill_id: bill.bill_id,
      party_id: party?.party_id ?? '',
      day,
      gross_minor: gross_minor ?? 0,
      tax_minor: tax_minor ?? 0,
      ...(supplier_reference.trim() === '' ? {} : { supplier_reference: supplier_reference.trim() }),
    })
    if (!said?.ok) return
    void message.success(t('ui.posted', { numbers: said.output.number }))
    onClose()
  }
  return (
    <Dialog
      open
      title={`${t('command.purchasing.postLateCost')} · ${bill.number}`}
      okText={t('command.purchasing.postLateCost')}
      cancelText={t('ui.cancel')}
      confirmLoading={post.isRunning}
      onOk={() => void save()}
      onCancel={onClose}
     
    >
      <div className="zg-stack">
        <RefusalMessage no={post.no} />
        <p style={{ margin: 0 }}>{t('ui.bill.lateText')}</p>
        <ProblemsProvider value={problemsOf(post.no)}>
          <FieldRow>
            <Field label={t('ui.f.supplier')} path="party_id" isRequired span={8}>
              {(ids) => <PartyPicker {...ids} role="supplier" autoFocus value={party} onPick={setParty} />}
            </Field>
            <Field label={t('ui.f.day')} path="day" span={4}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.f.gross')} path="gross_minor" isRequired span={4}>
              {(ids) => <MoneyField {...ids} value={gross_minor} onChange={setGross} />}
            </Field>
            <Field label={t('ui.f.tax')} path="tax_minor" span={4}>
              {(ids) => <MoneyField {...ids} value={tax_minor} onChange={setTax} />}
            </Field>
            <Field label={t('ui.bill.supplierReference')} path="supplier_reference" span={4}>
              {(ids) => <TextField {...ids} value={supplier_reference} onChange={setReference} />}
            </Field>
          </FieldRow>
        </ProblemsProvider>
      </div>
    </Dialog>
  )
}
