import { z } from 'zod'
import { amount, flag } from '../../kernel/contract.ts'
import { setting } from '../../kernel/operation.ts'

const ours = { permission: 'credit.configure' } as const
const days = (key: string, fallback: number) => setting({ key, schema: z.int().min(0).max(3650), fallback, ...ours })

/** 1: confirming an order is judged; a one-person shop is not asked to judge itself. */
export const approvesOrders = setting({ key: 'credit.approves_orders', schema: flag(), fallback: 0, ...ours })
/** Orders below this total (with tax, minor units), of customers with good credit, approve themselves. */
export const approvedBelow = setting({ key: 'credit.approved_below_minor', schema: amount(), fallback: 1_000_000, ...ours })
/** Good credit: nothing is overdue by more days than this, and the limit is kept. */
export const goodCreditDays = days('credit.good_credit_days', 0)

/** 1: whoever is overdue for too long gets no new orders. */
export const freezes = setting({ key: 'credit.freezes', schema: flag(), fallback: 0, ...ours })
/** Frozen are customers of whom something is overdue by more days than this. */
export const freezeDays = days('credit.freeze_days', 30)

/** From so many days overdue on: a friendly word, a reminder, the last demand. */
export const dunningDays = [days('credit.dunning_1_days', 1), days('credit.dunning_2_days', 15), days('credit.dunning_3_days', 30)] as const
/** A letter gives so many days to pay. */
export const payWithinDays = days('credit.pay_within_days', 7)
/** 1: customers are charged interest for paying late, as agreed with them. */
export const chargesInterest = setting({ key: 'credit.charges_interest', schema: flag(), fallback: 0, ...ours })
/** For each day, of what is open on it: 0.05 % (万分之五). */
export const interestRate = setting({ key: 'credit.interest_rate_e8', schema: z.int().min(0).max(1_000_000), fallback: 50_000, ...ours })
/** Interest begins after so many days beyond the due day. */
export const interestGraceDays = days('credit.interest_grace_days', 0)
/** 1: each day the salespeople of overdue customers get a task to call. */
export const collects = setting({ key: 'credit.collects', schema: flag(), fallback: 0, ...ours })
