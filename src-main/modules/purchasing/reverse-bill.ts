import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, assertOpenDay, cancelOpenItem, openItemsOf, postEntry } from '../accounting/index.ts'
import { adjustCosts, costOfMoves, postMoves, type StockWarning } from '../inventory/index.ts'
import { takeNumber } from '../platform/index.ts'
import { billEntry, recoversTax } from './bill.ts'
import { writeBill, type BillLineRow } from './bill.store.ts'
import { reverseBill } from './contract.ts'
import { deltasOf } from './post-late-cost.ts'
import { billOf, linesOf, type KnownBill } from './read-bill.ts'
import { billReversalSummary } from './wording.ts'

type Undoing = {
  readonly bill: KnownBill
  readonly lines: readonly BillLineRow[]
  readonly source: { kind: string; id: string; number: string }
  readonly day: string
  readonly entry_id: string
}
type Undone = { readonly stock_minor: number; readonly warnings: readonly StockWarning[] }

/** The goods go back, the books get the bill in red, and nothing is owed any more; money already paid stands as an advance again. */
export const reverseBillHandler = handle(reverseBill, async (ctx, { bill_id, day, reason }) => {
  await assertOpenDay(ctx, day)
  const bill = await billOf(ctx, bill_id)
  await assertReversible(ctx, { bill, day })
  const id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'purchasing.bill', day })
  const source = { kind: 'purchasing.bill', id, number }
  const lines = await linesOf(ctx.db, bill.id)
  const entry = ctx.newId()
  const undoing = { bill, lines, source, day, entry_id: entry }
  const { stock_minor, warnings } = bill.kind === 'bill' ? await sendBack(ctx, undoing) : await takeOffCost(ctx, undoing)
  const entry_id = bill.entry_id === null && stock_minor === 0 ? null : entry
  await writeReversal(ctx, { ...undoing, reason, entry_id })
  if (entry_id !== null) await postRed(ctx, { ...undoing, reason, stock_minor })
  const open_item_id = await cancelItem(ctx, undoing)
  const cost_minor = 0 - lines.reduce((sum, l) => sum + l.cost_minor, 0)
  const amounts = { net_minor: 0 - bill.net_minor, tax_minor: 0 - bill.tax_minor, gross_minor: 0 - bill.gross_minor, cost_minor }
  return { bill_id: id, number, entry_id, open_item_id, ...amounts, due_on: day, warnings: [...warnings] }
})

async function assertReversible(ctx: CommandCtx, { bill, day }: { bill: KnownBill; day: string }): Promise<void> {
  if (bill.kind === 'reversal') throw new Refusal('purchasing.billIsReversal', { number: bill.number })
  if (bill.reversed_by !== null) throw new Refusal('purchasing.billIsReversed', { number: bill.number, reversed_by: bill.reversed_by })
  if (day < bill.day) throw new Refusal('purchasing.reversalTooEarly', { number: bill.number, day, bill_day: bill.day })
  const standing = await ctx.db.all<{ number: string }>(
    `select c.number from purchasing_bill c where c.late_cost_of_id = ? and c.kind = 'late_cost'
        and not exists (select 1 from purchasing_bill r where r.reverses_id = c.id) order by c.number, c.id`,
    [bill.id],
  )
  if (standing.length > 0)
    throw new Refusal('purchasing.lateCostsStand', { number: bill.number, late_costs: standing.map((s) => s.number) })
}

/** Goods leave at the value at which they came, as far as the pool still holds it. */
async function sendBack(ctx: CommandCtx, { bill, source, day, entry_id }: Undoing): Promise<Undone> {
  const receipts = await costOfMoves(ctx.db, { source_kind: 'purchasing.bill', source_id: bill.id })
  const counter_account_id = await accountIdOf(ctx, 'cost_of_sales')
  const { posted, warnings } = await postMoves(ctx, {
    source,
    day,
    entry_id: (done) => (bill.entry_id === null && done.every((p) => p.value_minor === 0) ? undefined : entry_id),
    moves: receipts.map((r) => ({
      line_no: r.line_no,
      item_id: r.item_id,
      quantity_e6: r.quantity_e6,
      from_location_id: r.to_location_id,
      to_location_id: r.from_location_id,
      basis: { kind: 'original', seq: r.seq },
      counter_account_id,
    })),
  })
  return { stock_minor: posted.reduce((sum, p) => sum + p.value_minor, 0), warnings }
}

/** A late cost undone makes its goods cheaper again. */
async function takeOffCost(ctx: CommandCtx, { bill, lines, source, day, entry_id }: Undoing): Promise<Undone> {
  const receipts = await costOfMoves(ctx.db, { source_kind: 'purchasing.bill', source_id: bill.late_cost_of_id! })
  const borne = new Map(lines.map((l) => [l.line_no, l.cost_minor]))
  const deltas = receipts.map((r) => 0 - (borne.get(r.line_no) ?? 0))
  await adjustCosts(ctx, { source, day, entry_id, lines: await deltasOf(ctx, { receipts, deltas }) })
  return { stock_minor: 0 - deltas.reduce((sum, d) => sum + d, 0), warnings: [] }
}

async function writeReversal(
  ctx: CommandCtx,
  { bill, lines, source, day, reason, entry_id }: Omit<Undoing, 'entry_id'> & { reason: string; entry_id: string | null },
): Promise<void> {
  const { reversed_by: _reversed, ...row } = bill
  await writeBill(ctx, {
    row: {
      ...row,
      id: source.id,
      number: source.number,
      kind: 'reversal',
      day,
      due_on: day,
      net_minor: 0 - bill.net_minor,
      tax_minor: 0 - bill.tax_minor,
      gross_minor: 0 - bill.gross_minor,
      note: reason,
      reverses_id: bill.id,
      late_cost_of_id: bill.late_cost_of_id,
      entry_id,
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: lines.map((l) => ({
      ...l,
      bill_id: source.id,
      quantity_e6: 0 - l.quantity_e6,
      base_quantity_e6: 0 - l.base_quantity_e6,
      net_minor: 0 - l.net_minor,
      tax_minor: 0 - l.tax_minor,
      gross_minor: 0 - l.gross_minor,
      cost_minor: 0 - l.cost_minor,
    })),
  })
}

/** The bill in red. Where goods left dearer or cheaper than they came, what was sold of them bears the difference. */
async function postRed(
  ctx: CommandCtx,
  { bill, lines, source, day, entry_id, reason, stock_minor }: Undoing & { reason: string; stock_minor: number },
): Promise<void> {
  const expense_minor = bill.kind === 'bill' ? await expenseOf(ctx, { bill, lines }) : 0
  const cost_minor = lines.reduce((sum, l) => sum + l.cost_minor, 0)
  const over_minor = cost_minor - expense_minor - stock_minor
  const tax_minor = recoversTax(ctx.company) ? bill.tax_minor : 0
  await postEntry(ctx, {
    id: entry_id,
    day,
    kind: 'reversal',
    summary: billReversalSummary(ctx.company, { number: bill.number, reason }),
    source,
    lines: billEntry({
      party_id: bill.party_id,
      stock_minor: 0 - stock_minor,
      expense_minor: 0 - expense_minor,
      tax_minor: 0 - tax_minor,
      gross_minor: 0 - bill.gross_minor,
      over_minor: 0 - over_minor,
    }),
    ...(over_minor === 0 && bill.entry_id !== null ? { reverses_id: bill.entry_id } : {}),
  })
}

/** What of the bill went to expense: the lines that moved no goods. */
async function expenseOf(ctx: CommandCtx, { bill, lines }: { bill: KnownBill; lines: readonly BillLineRow[] }): Promise<number> {
  const moved = new Set((await costOfMoves(ctx.db, { source_kind: 'purchasing.bill', source_id: bill.id })).map((m) => m.line_no))
  return lines.filter((l) => !moved.has(l.line_no)).reduce((sum, l) => sum + l.cost_minor, 0)
}

async function cancelItem(ctx: CommandCtx, { bill, source, day }: Undoing): Promise<string | null> {
  const [item] = await openItemsOf(ctx.db, { source_kind: 'purchasing.bill', source_id: bill.id })
  return item ? cancelOpenItem(ctx, { item_id: item.id, day, source, number: source.number }) : null
}
