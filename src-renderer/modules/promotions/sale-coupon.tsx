import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { useSession } from '../../api/session.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { ParsedInput } from '../../ui/fields/parsed-input.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'

type Sale = { readonly code: string; readonly party_id: string | null; /** Before the coupon: with tax where prices include it. */ readonly total_minor: number }

/** What a coupon takes off a sale at the counter; nothing while there is no code, or it does not hold. */
export function useCoupon({ code, party_id, total_minor }: Sale) {
  const { may } = useSession()
  const isOn = code !== '' && total_minor > 0 && may('promotions.read')
  const { data, error } = useAsk('promotions.coupon', { code, total_minor, ...(party_id === null ? {} : { party_id }) }, { enabled: isOn })
  return isOn ? { offer: data, error } : { offer: undefined, error: null }
}

type Props = ReturnType<typeof useCoupon> & { readonly code: string; onChange(code: string): void }

/** The code of a coupon, typed or scanned. That it does not hold is said when the field is left, not at every letter of it. */
export function SaleCoupon({ code, offer, error, onChange }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isTyping, setTyping] = useState(false)
  return (
    <section className="zg-card" onFocus={() => setTyping(true)} onBlur={() => setTyping(false)}>
      <FieldRow>
        <Field label={t('ui.promotion.code')} path="coupon_code" span={4} hint={offer ? t('ui.promotion.takesOff', { name: offer.promotion_name, amount: format.moneyWithSymbol(offer.amount_minor) }) : undefined}>
          {(ids) => <ParsedInput<string> {...ids} maxLength={40} value={code === '' ? null : code} format={String} parse={(text) => text.trim()} onChange={(value) => onChange(value ?? '')} />}
        </Field>
      </FieldRow>
      {error && !isTyping ? <NoMessage error={error} /> : null}
    </section>
  )
}
