import { z } from 'zod'
import { id } from '../../kernel/contract.ts'

// The words of the books. Amounts are minor units of the company's currency; days are YYYY-MM-DD; months are YYYY-MM.

/** Which account plays a part in automatic postings. */
export const ACCOUNT_ROLES = [
  'receivable', 'customer_advances', 'payable', 'supplier_advances', 'inventory', 'goods_delivered', 'revenue', 'cost_of_sales',
  'input_tax', 'output_tax', 'expense', 'inventory_gain', 'inventory_loss', 'pending_property', 'settlement_discount',
  'purchase_discount', 'bad_debt', 'repairs', 'opening_clearing', 'accrued_receivable', 'accrued_tax', 'rounding', 'late_interest', 'retained_earnings',
] as const
export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** Roles whose account is a control account: fed by documents only, never by a manual voucher or an opening balance. */
export const CONTROL_ROLES = [
  'receivable', 'customer_advances', 'payable', 'supplier_advances', 'inventory', 'goods_delivered', 'accrued_receivable',
  'opening_clearing',
] as const satisfies readonly AccountRole[]

export const ACCOUNT_CLASSES = ['asset', 'liability', 'equity', 'cost', 'income', 'expense'] as const
export const ENTRY_KINDS = ['document', 'manual', 'opening', 'accrual', 'adjustment', 'reversal'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
export const PAYMENT_KINDS = ['receipt', 'refund', 'payment', 'supplier_refund'] as const
export type PaymentKind = (typeof PAYMENT_KINDS)[number]
export const SIDES = ['receivable', 'payable'] as const
export type Side = (typeof SIDES)[number]

export const textOrNull = () => z.string().nullable()
export const month = () => z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/)
export const role = () => z.enum(ACCOUNT_ROLES)
export const accountCode = () => z.string().trim().regex(/^[0-9A-Za-z.]{1,20}$/)
export const methodCode = () => z.string().trim().regex(/^[a-z0-9_-]{1,30}$/)
export const accountNames = { account_id: id(), account_code: z.string(), account_name_zh: z.string(), account_name_en: z.string() }
/** Money in an answer, minor units: sums may be larger than what one input may say. */
export const total = () => z.int()
export const sides = { debit_minor: total(), credit_minor: total() }
