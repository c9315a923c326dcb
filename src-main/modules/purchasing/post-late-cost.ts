import { allocate } from '../../kernel/math.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, assertOpenDay, postEntry } from '../accounting/index.ts'
import { adjustCosts, costOfMoves, type CostOfLine } from '../inventory/index.ts'
import { snapshotOf } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { billEntry, costOf, recoversTax } from './bill.ts'
import { writeBill, type BillLineRow } from './bill.store.ts'
import { postLateCost } from './contract.ts'
import { dueOn, owe, supplierOf } from './post-bill.ts'
import { billOf, linesOf, type KnownBill } from './read-bill.ts'
import { lateCostSummary } from './wording.ts'

/** Freight, duty and the like that come after the goods: spread on them by value; what was sold of them meanwhile cost more. */
export const postLateCostHandler = handle(postLateCost, async (ctx, input) => {
  const { day, gross_minor, tax_minor } = input
  await assertOpenDay(ctx, day)
  if (tax_minor > gross_minor) throw new Refusal('purchasing.taxAboveGross', { gross_minor, tax_minor })
  const bill = await billOf(ctx, input.bill_id)
  const receipts = await receiptsOf(ctx, { bill, day })
  const party = await supplierOf(ctx, input.party_id)
  const due_on = dueOn(input, party)
  const amounts = { net_minor: gross_minor - tax_minor, tax_minor, gross_minor }
  const cost_minor = costOf(amounts, ctx.company)
  const bill_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'purchasing.bill', day })
  const source = { kind: 'purchasing.bill', id: bill_id, number }
  const entry_id = ctx.newId()
  const shares = spread(receipts)
  await adjustCosts(ctx, { source, day, entry_id, lines: await deltasOf(ctx, { receipts, deltas: shares(cost_minor) }) })
  await writeBill(ctx, {
    row: {
      id: bill_id,
      number,
      kind: 'late_cost',
      party_id: party.id,
      party_snapshot: snapshotOf(party),
      supplier_reference: input.supplier_reference || null,
      warehouse_id: bill.warehouse_id,
      day,
      due_on,
      currency: ctx.company.currency,
      prices_include_tax: 1,
      ...amounts,
      note: input.note || null,
      reverses_id: null,
      late_cost_of_id: bill.id,
      entry_id,
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: await shareLines(ctx, {
      bill,
      bill_id,
      receipts,
      parts: { net: shares(amounts.net_minor), tax: shares(tax_minor), cost: shares(cost_minor) },
    }),
  })
  const lines = billEntry({
    party_id: party.id,
    stock_minor: cost_minor,
    expense_minor: 0,
    tax_minor: recoversTax(ctx.company) ? tax_minor : 0,
    gross_minor,
    over_minor: 0,
  })
  await postEntry(ctx, {
    id: entry_id,
    day,
    kind: 'document',
    summary: lateCostSummary(ctx.company, { party: party.name, number, of: bill.number }),
    source,
    lines,
  })
  const open_item_id = await owe(ctx, { party, source, day, due_on, amount_minor: gross_minor })
  return { bill_id, number, entry_id, open_item_id, ...amounts, cost_minor, due_on, warnings: [] }
})

/** The goods that a late cost can make dearer. */
async function receiptsOf(ctx: CommandCtx, { bill, day }: { bill: KnownBill; day: string }): Promise<CostOfLine[]> {
  if (bill.kind !== 'bill') throw new Refusal('purchasing.notAReceipt', { number: bill.number })
  if (bill.reversed_by !== null) throw new Refusal('purchasing.billIsReversed', { number: bill.number, reversed_by: bill.reversed_by })
  if (day < bill.day) throw new Refusal('purchasing.lateCostBeforeBill', { number: bill.number, day, bill_day: bill.day })
  const receipts = await costOfMoves(ctx.db, { source_kind: 'purchasing.bill', source_id: bill.id })
  if (receipts.length === 0) throw new Refusal('purchasing.nothingCarriesCost', { number: bill.number })
  return receipts
}

/** By value as billed; goods that came free of charge carry it by quantity. */
function spread(receipts: readonly CostOfLine[]): (total_minor: number) => number[] {
  const byValue = receipts.map((r) => r.value_minor)
  const weights = byValue.some((v) => v > 0) ? byValue : receipts.map((r) => r.quantity_e6)
  return (total_minor) => allocate(total_minor, weights)
}

export async function deltasOf(ctx: CommandCtx, { receipts, deltas }: { receipts: readonly CostOfLine[]; deltas: readonly number[] }) {
  const counter_account_id = await accountIdOf(ctx, 'payable')
  return receipts
    .map((r, i) => ({ line_no: r.line_no, receipt_seq: r.seq, delta_minor: deltas[i]!, counter_account_id }))
    .filter((l) => l.delta_minor !== 0)
}

type Parts = { readonly net: readonly number[]; readonly tax: readonly number[]; readonly cost: readonly number[] }

/** A late cost's lines say what each line of the bill bears of it. */
async function shareLines(
  ctx: CommandCtx,
  { bill, bill_id, receipts, parts }: { bill: KnownBill; bill_id: string; receipts: readonly CostOfLine[]; parts: Parts },
): Promise<BillLineRow[]> {
  const lines = new Map((await linesOf(ctx.db, bill.id)).map((l) => [l.line_no, l]))
  return receipts.map((r, i) => ({
    ...lines.get(r.line_no)!,
    bill_id,
    quantity_e6: 0,
    base_quantity_e6: 0,
    price_e4: 0,
    tax_code: null,
    tax_rate_e8: 0,
    net_minor: parts.net[i]!,
    tax_minor: parts.tax[i]!,
    gross_minor: parts.net[i]! + parts.tax[i]!,
    cost_minor: parts.cost[i]!,
  }))
}
