import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { MoneyField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'
import { useLineColumns } from '../catalog/document-lines.tsx'
import { textOrNull } from './offer-draft.ts'
import { useSaleDone } from './use-sale-done.ts'

/** A price allowance on an invoice: an amount off each line that it concerns. Goods that came back are credited by the return. */
export function CreditNoteDialog({ invoice, onClose }: { invoice: AskOutput<'sales.invoice'>; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  const done = useSaleDone()
  const shared = useLineColumns(invoice)
  const [amounts, setAmounts] = useState<ReadonlyMap<number, number | null>>(new Map())
  const [day, setDay] = useState(today)
  const [reason, setReason] = useState('')
  const lines = [...amounts].filter(([, amount]) => amount !== null && amount > 0).map(([invoice_line_no, amount]) => ({ invoice_line_no, amount_minor: amount ?? 0 }))
  return (
    <ActionDialog
      name="sales.creditNote"
      subject={invoice.number}
      text={t('ui.credit.text')}
      width={720}
      enter="submits"
      isReady={lines.length > 0}
      inputOf={() => ({ invoice_id: invoice.invoice_id, day, reason: textOrNull(reason), lines })}
      onDone={done}
      onClose={onClose}
    >
      <Table
        look="parts"
        rows={invoice.lines}
        keyOf={(l) => l.line_no}
        columns={[
          { key: 'item', title: t('ui.f.item'), render: (l) => <><span className="zg-soft zg-figures">{l.item_code}</span> {l.item_name}</> },
          { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (l) => `${format.quantity(l.quantity_e6)} ${l.unit}` },
          { ...shared.amount, title: t('ui.f.amount') },
          { key: 'already', title: t('ui.credit.already'), align: 'end', render: (l) => (l.credited_gross_minor === 0 ? '' : format.money(l.credited_gross_minor)) },
          {
            key: 'credit',
            title: t('ui.credit.amount'),
            align: 'end',
            holds: 'field',
            render: (l, i) => (
              <MoneyField
                aria-label={`${t('ui.credit.amount')} ${l.item_name}`}
                autoFocus={i === 0}
                value={amounts.get(l.line_no) ?? null}
                onChange={(amount) => setAmounts(new Map(amounts).set(l.line_no, amount))}
              />
            ),
          },
        ]}
      />
      <FieldRow>
        <DayInput span={4} value={day} onChange={setDay} />
        <TextInput label={t('ui.f.reason')} path="reason" span={8} value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}
