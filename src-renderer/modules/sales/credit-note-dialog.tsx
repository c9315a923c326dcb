import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, MoneyField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { amountOf } from './amounts.ts'
import { textOrNull } from './offer-draft.ts'
import { useSaleDone } from './use-sale-done.ts'

/** A price allowance on an invoice: an amount off each line that it concerns. Goods that came back are credited by the return. */
export function CreditNoteDialog({ invoice, onClose }: { invoice: AskOutput<'sales.invoice'>; onClose(): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { today } = useSession()
  const done = useSaleDone()
  const credit = useRun('sales.creditNote')
  const [amounts, setAmounts] = useState<ReadonlyMap<number, number | null>>(new Map())
  const [day, setDay] = useState(today)
  const [reason, setReason] = useState('')
  const lines = [...amounts].filter(([, amount]) => amount !== null && amount > 0).map(([invoice_line_no, amount]) => ({ invoice_line_no, amount_minor: amount ?? 0 }))
  const post = async (): Promise<void> => {
    const said = await credit.run({ invoice_id: invoice.invoice_id, day, reason: textOrNull(reason), lines })
    if (!said?.ok) return
    done(said.output)
    onClose()
  }
  return (
    <Dialog
      open
      width={720}
      title={`${t('command.sales.creditNote')} · ${invoice.number}`}
      okText={t('command.sales.creditNote')}
      cancelText={t('ui.cancel')}
      okButtonProps={{ disabled: lines.length === 0 }}
      confirmLoading={credit.isRunning}
      onOk={() => void post()}
      onCancel={onClose}
     
    >
      <form
        className="zg-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void post()
        }}
      >
        <RefusalMessage no={credit.no} />
        <p style={{ margin: 0 }}>{t('ui.credit.text')}</p>
        <div className="zg-table-box zg-parts">
          <table className="zg-table">
            <thead>
              <tr>
                <th scope="col">{t('ui.f.item')}</th>
                <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
                <th scope="col" className="zg-end">{t('ui.f.amount')}</th>
                <th scope="col" className="zg-end">{t('ui.credit.already')}</th>
                <th scope="col" className="zg-end">{t('ui.credit.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {invoice.lines.map((l, i) => (
                <tr key={l.line_no}>
                  <td>
                    <span className="zg-soft zg-figures">{l.item_code}</span> {l.item_name}
                  </td>
                  <td className="zg-end">
                    {format.quantity(l.quantity_e6)} {l.unit}
                  </td>
                  <td className="zg-end">{format.money(amountOf(l, invoice.prices_include_tax))}</td>
                  <td className="zg-end">{l.credited_gross_minor === 0 ? '' : format.money(l.credited_gross_minor)}</td>
                  <td className="zg-part-quantity">
                    <MoneyField
                      aria-label={`${t('ui.credit.amount')} ${l.item_name}`}
                      autoFocus={i === 0}
                      value={amounts.get(l.line_no) ?? null}
                      onChange={(amount) => setAmounts(new Map(amounts).set(l.line_no, amount))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <ProblemsProvider value={problemsOf(credit.no)}>
          <FieldRow>
            <Field label={t('ui.f.day')} path="day" span={4}>
              {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
            </Field>
            <Field label={t('ui.f.reason')} path="reason" span={8}>
              {(ids) => <TextField {...ids} value={reason} onChange={setReason} />}
            </Field>
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
