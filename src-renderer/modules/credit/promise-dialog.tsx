import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, addMonths } from '../../../src-main/kernel/day.ts'
import { allocate } from '../../../src-main/kernel/math.ts'
import { useSession } from '../../api/session.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField, WholeField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'

type Part = { readonly due_on: string | null; readonly amount_minor: number | null }

/** What a customer said to pay by when: one part, or several of the same size a month apart that can be changed one by one. */
export function PromiseDialog({ party, overdue_minor, onClose }: { party: { readonly party_id: string; readonly name: string }; overdue_minor: number; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const [total, setTotal] = useState<number | null>(overdue_minor)
  const [count, setCount] = useState<number | null>(1)
  const [first, setFirst] = useState<string | null>(addDays(today, 7))
  const [note, setNote] = useState('')
  const [parts, setParts] = useState<readonly Part[]>([{ due_on: addDays(today, 7), amount_minor: overdue_minor }])
  const spread = (change: { total?: number | null; count?: number | null; first?: string | null }): void => {
    const next = { total, count, first, ...change }
    setTotal(next.total)
    setCount(next.count)
    setFirst(next.first)
    const { total: sum, count: many, first: day } = next
    if (sum === null || many === null || day === null || many < 1 || many > 60) return
    setParts(allocate(sum, Array.from({ length: many }, () => 1)).map((amount_minor, i) => ({ due_on: addMonths(day, i), amount_minor })))
  }
  const change = (index: number, part: Partial<Part>): void => setParts(parts.map((p, i) => (i === index ? { ...p, ...part } : p)))
  const whole = parts.every((p) => p.due_on !== null && (p.amount_minor ?? 0) > 0)
  const sum = parts.reduce((s, p) => s + (p.amount_minor ?? 0), 0)
  return (
    <ActionDialog
      name="credit.promiseToPay"
      subject={party.name}
      text={t('ui.collect.promiseText')}
      isReady={whole}
      inputOf={() => ({ party_id: party.party_id, parts: parts.map((p) => ({ due_on: p.due_on ?? today, amount_minor: p.amount_minor ?? 0 })), note: note.trim() === '' ? null : note.trim() })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.collect.total')} path="total" span={4}>
          {(ids) => <MoneyField {...ids} autoFocus value={total} onChange={(next) => spread({ total: next })} />}
        </Field>
        <Field label={t('ui.collect.parts')} path="count" span={4}>
          {(ids) => <WholeField {...ids} value={count} onChange={(next) => spread({ count: next })} />}
        </Field>
        <Field label={t('ui.collect.first')} path="first" span={4}>
          {(ids) => <DayField {...ids} value={first} onChange={(next) => spread({ first: next })} />}
        </Field>
        {parts.length > 1
          ? parts.map((part, i) => (
              <FieldRow key={i}>
                <Field label={t('ui.collect.part', { part_no: i + 1 })} path={`parts.${i}.due_on`} span={6}>
                  {(ids) => <DayField {...ids} value={part.due_on} onChange={(due_on) => change(i, { due_on })} />}
                </Field>
                <Field label={t('ui.f.amount')} path={`parts.${i}.amount_minor`} span={6}>
                  {(ids) => <MoneyField {...ids} value={part.amount_minor} onChange={(amount_minor) => change(i, { amount_minor })} />}
                </Field>
              </FieldRow>
            ))
          : null}
        <TextInput label={t('ui.f.note')} path="note" span={12} value={note} onChange={setNote} />
      </FieldRow>
      <p className="zg-soft">{t('ui.collect.promised', { amount: format.moneyWithSymbol(sum) })}</p>
    </ActionDialog>
  )
}
