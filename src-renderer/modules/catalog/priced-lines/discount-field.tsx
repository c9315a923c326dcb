import { formatDecimal, parseDecimal } from '../../../../src-main/kernel/decimal.ts'
import { minorToDecimal, parseMoney } from '../../../../src-main/kernel/money.ts'
import { ParsedInput } from '../../../ui/fields/parsed-input.tsx'
import { useFormat } from '../../../ui/format.ts'

export type Discount = { readonly discount_rate_e8: number; readonly discount_minor: number | null }

const none: Discount = { discount_rate_e8: 0, discount_minor: null }

/** '5%' and '95折' are rates, '3.50' an amount. Undefined when it is neither. */
export function parseDiscount(text: string, digits: number): Discount | undefined {
  const plain = text.normalize('NFKC').trim()
  if (plain.endsWith('%')) return rateOf(parseDecimal(plain.slice(0, -1), 6))
  if (plain.endsWith('折')) {
    const tenths = parseDecimal(plain.slice(0, -1), 6)
    if (tenths === undefined) return undefined
    // 95折 and 9.5折 both mean 95 % of the price.
    const paid_e8 = tenths > 10_000_000 ? tenths : tenths * 10
    return rateOf(100_000_000 - paid_e8)
  }
  const minor = parseMoney(plain, digits)
  return minor === undefined || minor < 0 ? undefined : { discount_rate_e8: 0, discount_minor: minor }
}

const rateOf = (rate_e8: number | undefined): Discount | undefined =>
  rate_e8 === undefined || rate_e8 < 0 || rate_e8 > 100_000_000 ? undefined : { discount_rate_e8: rate_e8, discount_minor: null }

export function formatDiscount(discount: Discount, digits: number): string {
  if (discount.discount_minor !== null) return minorToDecimal(discount.discount_minor, digits)
  return discount.discount_rate_e8 === 0 ? '' : `${formatDecimal(discount.discount_rate_e8, 6)}%`
}

type Props = { readonly value: Discount; onChange(value: Discount): void; readonly 'aria-label': string; readonly 'aria-invalid'?: true }

export function DiscountField({ value, onChange, ...rest }: Props) {
  const { digits } = useFormat()
  const isNone = value.discount_minor === null && value.discount_rate_e8 === 0
  return (
    <ParsedInput<Discount>
      {...rest}
      look="cell"
      align="end"
      value={isNone ? null : value}
      onChange={(discount) => onChange(discount ?? none)}
      format={(discount) => formatDiscount(discount, digits)}
      parse={(text) => parseDiscount(text, digits)}
    />
  )
}
