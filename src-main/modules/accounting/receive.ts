import { assert } from '../../kernel/assert.ts'
import { reference, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { partyOf } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { accountIdOf } from './accounts.ts'
import { addOpenItem, recordSettlements, settleItems, type Pair } from './allocate.ts'
import type { PaymentKind } from './contract.ts'
import { holdPayment } from './journal.store.ts'
import { assertOpenDay } from './lock.ts'
import { PAYMENT_RULES, paymentMovements } from './payment.ts'
import { postEntry, type LineInput } from './post-entry.ts'
import { linesOf } from './settlement.ts'
import { paymentSummary } from './wording.ts'

export type Method = { readonly code: string; readonly name_zh: string; readonly name_en: string; readonly account_id: string; readonly is_active: number }

/** What people call a way to pay. */
export const methodName = ({ actor }: Pick<CommandCtx, 'actor'>, { name_zh, name_en }: Pick<Method, 'name_zh' | 'name_en'>): string => (actor.locale === 'zh-CN' ? name_zh : name_en || name_zh)
const methods = reference<ReadonlyMap<string, Method>>({
  key: 'accounting.methods',
  tables: ['accounting_payment_method'],
  read: async (db) => {
    const rows = await db.all<Method>('select code, name_zh, name_en, account_id, is_active from accounting_payment_method order by code')
    return new Map(rows.map((r) => [r.code, r]))
  },
})

/** Refuses 'accounting.methodNotFound'. */
export async function methodOf(ctx: CommandCtx, code: string): Promise<Method> {
  const method = (await ctx.reference(methods)).get(code)
  if (!method) throw new Refusal('accounting.methodNotFound', { method: code })
  return method
}

export type PaymentInput = {
  readonly kind: PaymentKind
  readonly party_id: string
  readonly day: string
  readonly method: string
  /** Minor units, above 0. */
  readonly amount_minor: number
  readonly note?: string
  readonly reference?: string
  /** The document for which the money moves, e.g. a sales order's deposit. */
  readonly source?: { readonly kind: string; readonly id: string }
  /** What the money settles at once: open items of the same party; a discount settles them further. */
  readonly pairs?: readonly { readonly open_item_id: string; readonly amount_minor: number; readonly discount_minor?: number }[]
}
export type PaymentMade = { readonly payment_id: string; readonly number: string; readonly open_item_id: string; readonly entry_id: string }

/**
 * Takes or gives money: one payment, one open item, one entry. What settles nothing stands as an advance. Refuses inactive
 * methods, closed days, settlements that are not right, and money that goes back for nothing ('accounting.refundNotCovered').
 */
export async function receive(ctx: CommandCtx, input: PaymentInput): Promise<PaymentMade> {
  assert(input.amount_minor > 0, 'a payment is above 0')
  const rule = PAYMENT_RULES[input.kind]
  await assertOpenDay(ctx, input.day)
  const method = await methodOf(ctx, input.method)
  if (method.is_active === 0) throw new Refusal('accounting.methodInactive', { method: methodName(ctx, method) })
  const party = await partyOf(ctx, input.party_id)
  const pairs = input.pairs ?? []
  assertCovered(input, pairs.reduce((sum, p) => sum + p.amount_minor, 0))

  const [payment_id, entry_id] = [ctx.newId(), ctx.newId()]
  const number = await takeNumber(ctx, { series: rule.series, day: input.day })
  const { party_id, day, amount_minor } = input
  const source = { kind: 'accounting.payment', id: payment_id }
  const open_item_id = await addOpenItem(ctx, {
    side: rule.side, party_id, account_role: rule.own_role, source, number, day, due_on: day, amount_minor: rule.sign * amount_minor,
  })
  assert(open_item_id !== undefined, 'a payment opens an item')
  const settlements = await settleItems(ctx, { day, pairs: pairs.map((p) => pairOf(p, { open_item_id, sign: rule.sign })) })
  const account_id = await accountIdOf(ctx, rule.own_role)
  const moved = paymentMovements(input.kind, { account_id, party_id, amount_minor, settlements })
  await postEntry(ctx, {
    id: entry_id,
    day,
    kind: 'document',
    summary: paymentSummary(ctx.company, { kind: input.kind, party: party.name, number }),
    source: { ...source, number },
    lines: [moneyLine(rule.money, { account_id: method.account_id, amount_minor }), ...linesOf({ side: rule.side, moved, sign: 1 })],
  })
  recordSettlements(ctx, { day, settlements, entry_id, is_final: 0 })
  holdPayment(ctx, {
    id: payment_id, number, kind: input.kind, party_id, party_name: party.name, day, method: input.method, amount_minor, note: input.note || null,
    reference: input.reference || null, source_kind: input.source?.kind ?? null, source_id: input.source?.id ?? null, reverses_id: null, entry_id,
    created_by: ctx.actor.id, created_at: ctx.now,
  })
  return { payment_id, number, open_item_id, entry_id }
}

function assertCovered({ kind, amount_minor }: PaymentInput, covered_minor: number): void {
  if (covered_minor > amount_minor) {
    throw new Refusal('accounting.allocationsExceedPayment', { amount_minor, allocated_minor: covered_minor })
  }
  if (PAYMENT_RULES[kind].mustBeCovered && covered_minor < amount_minor) {
    throw new Refusal('accounting.refundNotCovered', { amount_minor, covered_minor })
  }
}

/** A payment's item against a document's: the document is on the other side of zero. */
const pairOf = (
  p: { open_item_id: string; amount_minor: number; discount_minor?: number },
  own: { open_item_id: string; sign: 1 | -1 },
): Pair => {
  const [positive_id, negative_id] = own.sign === 1 ? [own.open_item_id, p.open_item_id] : [p.open_item_id, own.open_item_id]
  return { positive_id, negative_id, amount_minor: p.amount_minor, discount_minor: p.discount_minor ?? 0 }
}

/** The money's own line; a red one takes a negative amount. */
export const moneyLine = (money: 1 | -1, { account_id, amount_minor }: { account_id: string; amount_minor: number }): LineInput =>
  money === 1 ? { account_id, debit_minor: amount_minor } : { account_id, credit_minor: amount_minor }
