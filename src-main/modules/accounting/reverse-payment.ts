import type { payment } from '../../../db/schema/accounting.ts'
import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Row } from '../../storage/db.ts'
import { assertVisible } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { openItemsOf, oppose, recordUndoings, standingAllocations, unsettle } from './allocate.ts'
import { reversePayment, type PaymentKind } from './contract.ts'
import { holdPayment } from './journal.store.ts'
import { assertOpenDay } from './lock.ts'
import { PAYMENT_RULES, paymentMovements } from './payment.ts'
import { postEntry } from './post-entry.ts'
import { methodOf, moneyLine } from './receive.ts'
import { linesOf } from './settlement.ts'
import { paymentReversalSummary } from './wording.ts'

/**
 * A payment that never was, e.g. a bounced transfer: what it settled is open again, and one red entry takes back what the payment
 * did as its settlements stand today. The opposite payment has a number of its own in the same series.
 */
export const reversePaymentHandler = handle(reversePayment, async (ctx, { payment_id, day, reason }) => {
  const original = await paymentToReverse(ctx, payment_id)
  await assertVisible(ctx, original.party_id, () => new Refusal('accounting.paymentNotFound', { payment_id }))
  await assertOpenDay(ctx, day)
  if (day < original.day) throw new Refusal('accounting.reversalTooEarly', { day, original_day: original.day })
  const kind = original.kind as PaymentKind
  const rule = PAYMENT_RULES[kind]
  const method = await methodOf(ctx, original.method)
  const item = (await openItemsOf(ctx.db, { source_kind: 'accounting.payment', source_id: payment_id }))[0]
  assert(item, `payment ${original.number} has no open item`)

  const allocations = await standingAllocations(ctx, item.id)
  const settlements = await unsettle(ctx, { day, allocations })
  const { party_id, amount_minor, party_name } = original
  const moved = paymentMovements(kind, { account_id: item.account_id, party_id, amount_minor, settlements })
  const [reversal_id, entry_id] = [ctx.newId(), ctx.newId()]
  const number = await takeNumber(ctx, { series: rule.series, day })
  const source = { kind: 'accounting.payment', id: reversal_id }
  await postEntry(ctx, {
    id: entry_id,
    day,
    kind: 'reversal',
    summary: paymentReversalSummary(ctx.company, { number: original.number, reason }),
    source: { ...source, number },
    reverses_id: original.entry_id,
    lines: [
      moneyLine(rule.money, { account_id: method.account_id, amount_minor: -amount_minor }),
      ...linesOf({ side: rule.side, moved, sign: -1 }),
    ],
  })
  recordUndoings(ctx, { day, allocations, entry_id })
  const open_item_id = await oppose(ctx, { item_id: item.id, day, source, number })
  holdPayment(ctx, {
    id: reversal_id, number, kind, party_id, party_name, day, method: original.method, amount_minor: -amount_minor, note: reason,
    reference: original.reference, source_kind: original.source_kind, source_id: original.source_id, reverses_id: payment_id, entry_id,
    created_by: ctx.actor.id, created_at: ctx.now,
  })
  return { payment_id: reversal_id, number, open_item_id, entry_id }
})

async function paymentToReverse(ctx: CommandCtx, payment_id: string): Promise<Row<typeof payment>> {
  const row = await ctx.db.get<Row<typeof payment> & { reversed_by: string | null }>(
    `select p.id, p.number, p.kind, p.party_id, p.party_name, p.day, p.method, p.amount_minor, p.note, p.reference, p.source_kind, p.source_id,
            p.reverses_id, p.entry_id, p.created_by, p.created_at, (select r.id from accounting_payment r where r.reverses_id = p.id) as reversed_by
       from accounting_payment p where p.id = ?`,
    [payment_id],
  )
  if (!row) throw new Refusal('accounting.paymentNotFound', { payment_id })
  if (row.reverses_id !== null) throw new Refusal('accounting.paymentIsReversal', { number: row.number })
  if (row.reversed_by !== null) throw new Refusal('accounting.paymentAlreadyReversed', { number: row.number })
  return row
}
