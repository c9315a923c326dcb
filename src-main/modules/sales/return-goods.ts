import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { partyOf, type PartyInfo } from '../parties/index.ts'
import { returnGoods } from './contract.ts'
import type { ReturnLineForm } from './contract-forms.ts'
import { warehouseOf } from './create-order.ts'
import { quantityCredit } from './credit-lines.ts'
import { creditableLines } from './creditable.ts'
import { customerOf, digitsOf, measureLines } from './prepare.ts'
import { withInvoice } from './deliver.ts'
import { excessCost } from './delivered.ts'
import { settleHeld } from './held-cost.ts'
import { payFor } from './pay.ts'
import { postDelivery, type DeliveryLineDraft, type DeliveryPosted } from './post-delivery.ts'
import { negated, postInvoice, type InvoiceLineDraft, type InvoicePosted } from './post-invoice.ts'
import { priceLines } from './pricing.ts'
import { ordersInHand } from './read-order.ts'
import { saleResultOf } from './result.ts'
import { settleState } from './settle-state.ts'
import { onlyOne, planReturn, type ReturnPart, type ReturnPlan } from './take-back.ts'

/** Goods come back: of a delivery at what they cost then, or without one at today's cost; with their credit note or before it. */
export const returnGoodsHandler = handle(returnGoods, async (ctx, input) => {
  const isCredited = withInvoice(ctx, input.invoice)
  if (!isCredited && input.payments.length > 0) throw new Refusal('sales.paymentNeedsInvoice')
  const day = input.day ?? ctx.today
  const { delivered, invoice, party_id } = await takeBack(ctx, { ...input, day, forms: input.lines, isCredited })
  if (!invoice && input.payments.length > 0) throw new Refusal(
    'sales.paidTooMuch',
    { open_minor: 0, paid_minor: input.payments[0]!.amount_minor },
  )
  const paid = invoice && (await payFor(ctx, { document: invoice, party_id, day, payments: input.payments, order_ids: [] }))
  return saleResultOf({ delivered, invoice, paid })
})

export type TakeBack = {
  readonly forms: readonly ReturnLineForm[]
  readonly party_id?: string
  readonly warehouse_id?: string
  readonly prices_include_tax?: number
  readonly day: string
  readonly isCredited: boolean
  readonly reason: string | null
  readonly note: string | null
  readonly reference?: string | null
}
type TakenBack = { readonly delivered: DeliveryPosted; readonly invoice: InvoicePosted | undefined; readonly party_id: string }

/** Posts the goods that come back and, where they are credited at once, the credit note of what was invoiced of them. */
export async function takeBack(ctx: CommandCtx, work: TakeBack): Promise<TakenBack> {
  const { forms, day, isCredited } = work
  const plan = await planReturn(ctx, { forms, day, isCredited })
  if (!isCredited && plan.parts.some((p) => !p.original)) throw new Refusal('sales.returnNeedsCreditNote')
  const party = await partyOfReturn(ctx, { plan, party_id: work.party_id })
  // Cost comes straight out of cost of sales only where every unit is credited in this step; otherwise goods delivered wait for it.
  const is_direct = isCredited && plan.parts.every((p) => p.credit_e6 === p.measured.base_quantity_e6) ? 1 : 0
  const warehouse_id = await warehouseOf(ctx, work.warehouse_id ?? plan.warehouse_id)
  const note = [work.reason, work.note].filter(Boolean).join('\n') || null
  const delivered = await postDelivery(
    ctx,
    { kind: 'return', party, day, warehouse_id, is_direct, order_id: onlyOrder(plan), note, lines: plan.parts.map(returnLine) },
  )
  if (is_direct === 0) for (const { original, line_no } of plan.parts) if (original) original.held_minor += delivered.costs.get(line_no)!

  const lines = await creditLines(ctx, { plan, delivered, is_direct, day, prices_include_tax: work.prices_include_tax })
  const invoice = lines.drafts.length === 0 ? undefined : await postInvoice(ctx, {
    kind: 'credit_note',
    party,
    day,
    due_on: day,
    prices_include_tax: lines.prices_include_tax,
    order_id: onlyOrder(plan),
    original_id: lines.original_id,
    reference: work.reference,
    salesperson_id: lines.salesperson_id,
    note,
    lines: lines.drafts,
  })
  if (is_direct === 0) await settleBooks(ctx, { plan, delivered, day })
  return { delivered, invoice, party_id: party.id }
}

async function partyOfReturn(ctx: CommandCtx, { plan, party_id }: { plan: ReturnPlan; party_id: string | undefined }): Promise<PartyInfo> {
  const known = onlyOne([plan.party_id, party_id].filter((p) => p !== undefined))
  if (known === undefined) throw new Refusal('sales.partyNeeded')
  return plan.party_id === undefined ? customerOf(ctx, known) : partyOf(ctx, known)
}

const onlyOrder = ({ order_ids }: ReturnPlan): string | null => (order_ids.length === 1 ? order_ids[0]! : null)

function returnLine({ line_no, form, item, description, measured, original }: ReturnPart): DeliveryLineDraft {
  assert(!original || original.move_seq !== null, 'a delivered line moved goods')
  return {
    line_no,
    item_id: item.id,
    description,
    ...measured,
    quantity_e6: 0 - measured.quantity_e6,
    base_quantity_e6: 0 - measured.base_quantity_e6,
    order_id: original?.order_id ?? null,
    order_line_no: original?.order_line_no ?? null,
    original_id: original?.delivery_id ?? null,
    original_line_no: original?.line_no ?? null,
    disposition: form.disposition,
    basis: original ? { kind: 'original', seq: original.move_seq! } : { kind: 'current' },
  }
}

type Crediting = { plan: ReturnPlan; delivered: DeliveryPosted; is_direct: 0 | 1; day: string; prices_include_tax: number | undefined }

/** The lines of the credit note: of the invoices of what came back, oldest first, and at the price given for what has no original. */
async function creditLines(ctx: CommandCtx, work: Crediting) {
  const { plan, delivered, is_direct } = work
  const credited = plan.parts.filter((p) => p.original && p.credit_e6 > 0)
  const open = credited.length === 0 ? [] : await creditableLines(
    ctx.db,
    { delivery_ids: [...new Set(credited.map((p) => p.original!.delivery_id))] },
  )
  const drafts: InvoiceLineDraft[] = []
  const used = new Set<(typeof open)[number]>()
  for (const { line_no, original, credit_e6, item } of credited) {
    let rest = credit_e6
    for (const line of open) {
      if (line.delivery_id !== original!.delivery_id || line.delivery_line_no !== original!.line_no) continue
      const part_e6 = Math.min(rest, line.base_quantity_e6 - line.taken.base_quantity_e6)
      if (part_e6 <= 0) continue
      rest -= part_e6
      const cost_minor = is_direct === 1 ? 0 : excessCost(original!)
      original!.held_minor -= cost_minor
      used.add(line)
      const returned = { delivery_id: delivered.delivery_id, line_no }
      drafts.push(
        quantityCredit({
          line_no: drafts.length + 1,
          original: line,
          part_e6,
          base_unit: item.base_unit,
          digits: digitsOf(ctx),
          returned,
          cost_minor,
        }),
      )
    }
    assert(rest === 0, 'what was invoiced stands on invoices')
  }
  const ofOriginals = onlyOne([...used].map((l) => l.prices_include_tax))
  const prices_include_tax = ofOriginals ?? work.prices_include_tax ?? ctx.company.prices_include_tax
  drafts.push(...(await freeCredits(ctx, { ...work, prices_include_tax, first: drafts.length + 1 })))
  const invoices = new Set([...used].map((l) => l.invoice_id))
  const original_id = invoices.size === 1 ? [...invoices][0]! : null
  return { drafts, prices_include_tax, original_id, salesperson_id: [...used][0]?.salesperson_id ?? ctx.actor.id }
}

/** What comes back without an original is credited at the price given. */
async function freeCredits(ctx: CommandCtx, work: Crediting & { prices_include_tax: number; first: number }): Promise<InvoiceLineDraft[]> {
  const free = work.plan.parts.filter((p) => !p.original)
  if (free.length === 0) return []
  const lines = await measureLines(ctx, {
    lines: free.map(({ line_no, form, description }) => ({
      ...form,
      line_no,
      item_id: form.item_id!,
      description,
      discount_rate_e8: 0,
      discount_minor: null,
    })),
    day: work.day,
  })
  const rules = { digits: digitsOf(ctx), prices_include_tax: work.prices_include_tax, discount_minor: 0, total_minor: null }
  const amounts = priceLines(lines, rules)
  return lines.map((line, i): InvoiceLineDraft => ({
    ...negated({ ...line, ...amounts[i]! }),
    line_no: work.first + i,
    delivery_id: work.delivered.delivery_id,
    delivery_line_no: line.line_no,
    cost_minor: work.is_direct === 1 ? 0 : work.delivered.costs.get(line.line_no)!,
  }))
}

/** After goods came back that are not, or not all, credited: cost that no longer waits, accruals, and orders that are done by it. */
async function settleBooks(
  ctx: CommandCtx,
  { plan, delivered, day }: { plan: ReturnPlan; delivered: DeliveryPosted; day: string },
): Promise<void> {
  const source = { kind: 'sales.delivery', id: delivered.delivery_id, number: delivered.number }
  await settleHeld(ctx, { day, source, lines: plan.roots })
  if (plan.order_ids.length > 0) await settleState(ctx, (await ordersInHand(ctx, plan.order_ids)).values())
}
