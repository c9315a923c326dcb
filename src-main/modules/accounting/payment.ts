import type { PaymentKind, Side } from './contract.ts'
import { movementsOf, type Moved, type Settlement } from './settlement.ts'

// Pure: what a payment means for the books.

type PaymentRule = {
  readonly side: Side
  /** The sign of the payment's open item: what it adds to what the party owes us (receivable) or we owe it (payable). */
  readonly sign: 1 | -1
  /** +1: money comes in. */
  readonly money: 1 | -1
  /** Where the part stands that settles no document. */
  readonly own_role: 'customer_advances' | 'supplier_advances'
  readonly series: string
  /** Money that goes back must go back for something. */
  readonly mustBeCovered: boolean
}

export const PAYMENT_RULES: Readonly<Record<PaymentKind, PaymentRule>> = {
  receipt: { side: 'receivable', sign: -1, money: 1, own_role: 'customer_advances', series: 'accounting.receipt', mustBeCovered: false },
  refund: { side: 'receivable', sign: 1, money: -1, own_role: 'customer_advances', series: 'accounting.refund', mustBeCovered: true },
  payment: { side: 'payable', sign: -1, money: -1, own_role: 'supplier_advances', series: 'accounting.payment', mustBeCovered: false },
  supplier_refund: {
    side: 'payable', sign: 1, money: 1, own_role: 'supplier_advances', series: 'accounting.supplierRefund', mustBeCovered: true,
  },
}

/**
 * What a payment of `amount_minor` (> 0) moves besides the money itself: its own account holds what its settlements leave,
 * the accounts of the settled documents the rest.
 */
export function paymentMovements(
  kind: PaymentKind,
  { account_id, party_id, amount_minor, settlements }: {
    account_id: string; party_id: string; amount_minor: number; settlements: readonly Settlement[]
  },
): Moved {
  return movementsOf(settlements, [{ account_id, party_id, debit_minor: -PAYMENT_RULES[kind].money * amount_minor }])
}
