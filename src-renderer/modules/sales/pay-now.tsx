import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { fillsRest } from '../../ui/fields/parsed-input.tsx'
import { MoneyField, SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'

export type PayNow = { readonly method: string | null; readonly amount_minor: number | null }
export const notPaid: PayNow = { method: null, amount_minor: null }

/** The payments part of a command's input. */
export const paymentsOf = ({ method, amount_minor }: PayNow) => (method === null || !amount_minor ? [] : [{ method, amount_minor }])

/** The ways to pay that are in use, for a select. */
export function useMethodOptions(): readonly { value: string; label: string }[] {
  const { locale } = useFormat()
  const { data } = useAsk('accounting.paymentMethods', { active_only: 1 })
  return (data?.rows ?? []).map((m) => ({ value: m.code, label: locale === 'zh-CN' ? m.name_zh : m.name_en || m.name_zh }))
}

type Props = {
  readonly value: PayNow
  onChange(value: PayNow): void
  readonly due_minor: number
  /** Which way the money goes: an exchange is paid or refunded. */
  readonly way: 'in' | 'out' | 'either'
}

/** Money taken with a sale, in a box of its own below the lines. */
export function PayNowCard(props: Props) {
  return (
    <section className="zg-card">
      <FieldRow>
        <PayNowFields {...props} />
      </FieldRow>
    </section>
  )
}

/** Money that changes hands together with the document: method and amount, proposed as the whole. */
export function PayNowFields({ value, onChange, due_minor, way }: Props) {
  const { t } = useTranslation()
  const methods = useMethodOptions()
  return (
    <>
      <Field label={t(`ui.pay.now.${way}`)} path="payments" span={4}>
        {(ids) => (
          <SelectField
            {...ids}
            value={value.method}
            none={t(`ui.pay.later.${way}`)}
            options={methods}
            onChange={(method) => onChange({ method, amount_minor: method === null ? null : (value.amount_minor ?? Math.abs(due_minor)) })}
          />
        )}
      </Field>
      {value.method === null ? null : (
        <Field label={t('ui.pay.amount')} span={3}>
          {(ids) => <MoneyField {...ids} value={value.amount_minor} onChange={(amount_minor) => onChange({ ...value, amount_minor })} onKeyDown={fillsRest(() => onChange({ ...value, amount_minor: Math.abs(due_minor) }))} />}
        </Field>
      )}
    </>
  )
}
