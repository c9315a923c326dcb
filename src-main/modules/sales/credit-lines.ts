import type { CreditableLine } from './creditable.ts'
import type { LineKey } from './delivered.ts'
import { negated, type InvoiceLineDraft } from './post-invoice.ts'
import { allowanceOf, measureOf, partOfLine } from './posting.ts'
import type { LineAmounts } from './pricing.ts'

/**
 * A credit note's line that gives back a quantity of an invoice line (base units, above zero): its share of the amounts, the last one
 * every cent that is left. The invoice line knows from now on that it is credited.
 */
export function quantityCredit(given: {
  line_no: number
  original: CreditableLine
  part_e6: number
  base_unit: string
  digits: number
  returned?: LineKey
  cost_minor: number
}): InvoiceLineDraft {
  const { line_no, original, part_e6, base_unit, digits, returned, cost_minor } = given
  const { tax_rate_e8, prices_include_tax, taken } = original
  const measure = measureOf({ line: original, part_e6, base_unit })
  const amounts = partOfLine({ line: original, taken, part_e6, measure, tax_rate_e8, prices_include_tax, digits })
  original.taken = {
    ...taken,
    base_quantity_e6: taken.base_quantity_e6 + part_e6,
    order_discount_minor: taken.order_discount_minor + amounts.order_discount_minor,
    net_minor: taken.net_minor + amounts.net_minor,
    gross_minor: taken.gross_minor + amounts.gross_minor,
  }
  const line = { ...lineHead(original, line_no), ...measure, base_quantity_e6: part_e6, ...amounts }
  const delivery = returned ?? deliveryOf(original)
  return { ...negated(line), ...linksOf(original), delivery_id: delivery?.delivery_id, delivery_line_no: delivery?.line_no, cost_minor }
}

/**
 * A credit note's line that lowers the price of an invoice line by an amount (minor units, in the invoice's kind of price): no goods, no
 * quantity; it reads as a discount. Undefined when it is more than is left of the line.
 */
export function allowanceCredit({ line_no, original, amount_minor }: {
  line_no: number
  original: CreditableLine
  amount_minor: number
}): InvoiceLineDraft | undefined {
  const { taken, tax_rate_e8, prices_include_tax } = original
  const net_minor = original.net_minor - taken.net_minor
  const gross_minor = original.gross_minor - taken.gross_minor
  const left = { net_minor, tax_minor: gross_minor - net_minor, gross_minor }
  const totals = allowanceOf({ amount_minor, left, rate_e8: tax_rate_e8, prices_include_tax })
  if (!totals) return undefined
  original.taken = {
    ...taken,
    net_minor: taken.net_minor + totals.net_minor,
    gross_minor: taken.gross_minor + totals.gross_minor,
    allowance_minor: taken.allowance_minor + totals.gross_minor,
  }
  // Price × quantity is 0, so the amount stands as this line's discount.
  const amounts: LineAmounts = { discount_minor: 0 - amount_minor, order_discount_minor: 0, ...totals }
  const { unit, unit_numerator, unit_denominator } = original
  const line = {
    ...lineHead(original, line_no),
    unit,
    unit_numerator,
    unit_denominator,
    quantity_e6: 0,
    base_quantity_e6: 0,
    price_e4: 0,
    discount_rate_e8: 0,
    ...amounts,
  }
  const delivery = deliveryOf(original)
  return { ...negated(line), ...linksOf(original), delivery_id: delivery?.delivery_id, delivery_line_no: delivery?.line_no, cost_minor: 0 }
}

const lineHead = (original: CreditableLine, line_no: number) => ({
  line_no,
  item_id: original.item_id,
  description: original.description,
  discount_rate_e8: original.discount_rate_e8,
  tax_code: original.tax_code,
  tax_rate_e8: original.tax_rate_e8,
})

const linksOf = (original: CreditableLine) => ({
  order_id: original.order_id,
  order_line_no: original.order_line_no,
  original_id: original.invoice_id,
  original_line_no: original.line_no,
})

const deliveryOf = ({ delivery_id, delivery_line_no }: CreditableLine): LineKey | undefined =>
  delivery_id === null || delivery_line_no === null ? undefined : { delivery_id, line_no: delivery_line_no }
