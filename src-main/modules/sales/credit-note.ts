import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { assertVisible, partyOf } from '../parties/index.ts'
import { creditNote } from './contract.ts'
import { allowanceCredit, quantityCredit } from './credit-lines.ts'
import { creditableLines, type CreditableLine } from './creditable.ts'
import { deliveredLines, excessCost, keyOf, uninvoiced, type DeliveredLine } from './delivered.ts'
import { payFor } from './pay.ts'
import { postInvoice, type InvoiceLineDraft } from './post-invoice.ts'
import { digitsOf, measure } from './prepare.ts'
import { saleResultOf } from './result.ts'

type Head = {
  id: string
  kind: string
  party_id: string
  day: string
  prices_include_tax: number
  order_id: string | null
  salesperson_id: string | null
  reference: string | null
}
type LineForm = { readonly invoice_line_no: number; readonly quantity_e6?: number; readonly amount_minor?: number }
type Work = {
  readonly lines: readonly CreditableLine[]
  readonly items: ReadonlyMap<string, ItemInfo>
  readonly delivered: ReadonlyMap<string, DeliveredLine>
  readonly digits: number
}

export const creditNoteHandler = handle(creditNote, (ctx, input) => giveCredit(ctx, input))

/** Money is given back without goods: a lower price, a service, or goods that came back before. The caller answers for the permission. */
export async function giveCredit(ctx: CommandCtx, input: InputOf<typeof creditNote>): Promise<ReturnType<typeof saleResultOf>> {
  const day = input.day ?? ctx.today
  const invoice = await invoiceToCredit(ctx, { invoice_id: input.invoice_id, day })
  const lines = await creditableLines(ctx.db, { invoice_id: invoice.id })
  const delivered = await deliveredLines(ctx.db, lines.map((l) => l.delivery_id).filter((i) => i !== null))
  const work: Work = { lines, delivered, items: await itemsOf(ctx, lines.map((l) => l.item_id)), digits: digitsOf(ctx) }
  const forms = input.lines ?? pendingReturns(work)
  if (forms.length === 0) throw new Refusal('sales.nothingToCredit')
  const drafts = forms.map((form, i) => creditLine(work, { form, line_no: i + 1 }))

  const posted = await postInvoice(ctx, {
    kind: 'credit_note',
    party: await partyOf(ctx, invoice.party_id),
    day,
    due_on: day,
    prices_include_tax: invoice.prices_include_tax,
    order_id: invoice.order_id,
    original_id: invoice.id,
    salesperson_id: invoice.salesperson_id,
    note: [input.reason, input.note].filter(Boolean).join('\n') || null,
    lines: drafts,
  })
  const paid = await payFor(ctx, { document: posted, party_id: invoice.party_id, day, payments: input.payments, order_ids: [] })
  return saleResultOf({ invoice: posted, paid })
}

async function invoiceToCredit(ctx: CommandCtx, { invoice_id, day }: { invoice_id: string; day: string }): Promise<Head> {
  const head = await ctx.db.get<Head & { reversal_id: string | null }>(
    `select i.id, i.kind, i.party_id, i.day, i.prices_include_tax, i.order_id, i.salesperson_id, i.reference,
            (select r.id from sales_invoice r where r.reverses_id = i.id) as reversal_id
       from sales_invoice i where i.id = ?`,
    [invoice_id],
  )
  if (!head) throw new Refusal('sales.invoiceNotFound', { invoice_id })
  await assertVisible(ctx, head.party_id, () => new Refusal('sales.invoiceNotFound', { invoice_id }))
  if (head.kind !== 'invoice' || head.reversal_id !== null) throw new Refusal('sales.notAnInvoice')
  if (day < head.day) throw new Refusal('sales.beforeInvoice', { day, invoice_day: head.day })
  return head
}

const leftOf = (line: CreditableLine): number => line.base_quantity_e6 - line.taken.base_quantity_e6

const rootOf = (work: Work, { delivery_id, delivery_line_no }: CreditableLine): DeliveredLine | undefined =>
  delivery_id === null || delivery_line_no === null ? undefined : work.delivered.get(keyOf({ delivery_id, line_no: delivery_line_no }))

/** All goods of the invoice that came back and were not credited yet, in base units. */
function pendingReturns(work: Work): (LineForm & { base_e6: number })[] {
  const pending = new Map([...work.delivered.values()].map((root) => [root, Math.max(0, -uninvoiced(root))]))
  return work.lines.flatMap((line) => {
    const root = rootOf(work, line)
    const base_e6 = root ? Math.min(pending.get(root)!, leftOf(line)) : 0
    if (!root || base_e6 <= 0) return []
    pending.set(root, pending.get(root)! - base_e6)
    return [{ invoice_line_no: line.line_no, base_e6 }]
  })
}

function creditLine(work: Work, { form, line_no }: { form: LineForm & { base_e6?: number }; line_no: number }): InvoiceLineDraft {
  const original = work.lines.find((l) => l.line_no === form.invoice_line_no)
  if (!original) throw new Refusal('sales.lineUnknown', { line_no: form.invoice_line_no })
  const item = work.items.get(original.item_id)!
  if (form.amount_minor !== undefined) {
    const draft = allowanceCredit({ line_no, original, amount_minor: form.amount_minor })
    if (!draft) throw new Refusal('sales.moreThanInvoiced', { line_no: original.line_no, item_name: item.name })
    return draft
  }
  const part_e6 = form.base_e6 ?? measure(
    item,
    { line_no: original.line_no, unit: original.unit, quantity_e6: form.quantity_e6! },
  ).base_quantity_e6
  if (part_e6 > leftOf(original)) throw new Refusal('sales.moreThanInvoiced', { line_no: original.line_no, item_name: item.name })
  const root = rootOf(work, original)
  if (root) assertCameBack(root, { original, item, part_e6 })
  const cost_minor = root ? costBack(root, part_e6) : 0
  return quantityCredit({ line_no, original, part_e6, base_unit: item.base_unit, digits: work.digits, cost_minor })
}

/** A quantity of goods is credited when they came back; to lower a price there is the allowance. */
function assertCameBack(
  root: DeliveredLine,
  { original, item, part_e6 }: { original: CreditableLine; item: ItemInfo; part_e6: number },
): void {
  const returned_e6 = Math.max(0, -uninvoiced(root))
  if (part_e6 <= returned_e6) return
  throw new Refusal(
    'sales.nothingToCredit',
    { line_no: original.line_no, item_name: item.name, wanted_e6: part_e6, returned_e6, unit: item.base_unit },
  )
}

function costBack(root: DeliveredLine, part_e6: number): number {
  root.credited_e6 += part_e6
  const cost_minor = excessCost(root)
  root.held_minor -= cost_minor
  return cost_minor
}
