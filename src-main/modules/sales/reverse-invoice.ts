import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, partyOf } from '../parties/index.ts'
import { reverseInvoice } from './contract.ts'
import { deliveredLines, excessCost, type DeliveredLine } from './delivered.ts'
import { negated, postInvoice, type InvoiceLineDraft } from './post-invoice.ts'
import type { PreparedLine } from './prepare.ts'
import { assertGoodsThere, assertReversible, deliveryToUndo, directOf, reopenOrders, undoDelivery, type ToUndo } from './reversal.ts'

type Head = {
  id: string
  number: string
  kind: 'invoice' | 'credit_note' | 'reversal'
  party_id: string
  day: string
  prices_include_tax: number
  order_id: string | null
  original_id: string | null
  salesperson_id: string | null
  reference: string | null
  entry_id: string | null
  reversal_id: string | null
  credit_number: string | null
}
type Line = PreparedLine & {
  order_id: string | null
  order_line_no: number | null
  delivery_id: string | null
  delivery_line_no: number | null
  original_id: string | null
  original_line_no: number | null
  cost_minor: number
  /** The delivery line that was invoiced, where `delivery_id` is a return of it. */
  root_id: string | null
  root_line_no: number | null
}

/** An invoice or credit note is undone, with its settlements and with the goods that moved in the same step. */
export const reverseInvoiceHandler = handle(reverseInvoice, async (ctx, input) => {
  const day = input.day ?? ctx.today
  const head = await headOf(ctx, input.invoice_id)
  assertReversible(head, day)
  if (head.credit_number !== null) throw new Refusal('sales.invoiceCredited', { number: head.number, credit_number: head.credit_number })
  const lines = await linesOf(ctx, head.id)
  const direct = await goodsOfSameStep(ctx, { head, lines })

  const delivered = direct && (await undoDelivery(ctx, { work: direct, day, note: input.reason }))
  // Cost of goods that moved in the same step went straight to cost of sales and comes back with them; the rest waits with its line.
  const apart = direct ? [] : lines.map((l) => l.root_id).filter((i) => i !== null)
  const roots = await deliveredLines(ctx.db, apart)
  const posted = await postInvoice(ctx, {
    kind: 'reversal',
    party: await partyOf(ctx, head.party_id),
    day,
    due_on: day,
    prices_include_tax: head.prices_include_tax,
    order_id: head.order_id,
    original_id: head.original_id,
    undoes: { id: head.id, kind: head.kind === 'credit_note' ? 'credit_note' : 'invoice', entry_id: head.entry_id },
    reference: head.reference,
    salesperson_id: head.salesperson_id,
    note: input.reason,
    lines: lines.map((line) => mirrored(line, { head, root: roots.get(`${line.root_id} ${line.root_line_no}`) })),
  })
  await reopenOrders(ctx, lines.map((l) => l.order_id))
  return {
    invoice_id: posted.invoice_id,
    number: posted.number,
    delivery_id: delivered?.delivery_id ?? null,
    delivery_number: delivered?.number ?? null,
  }
})

async function headOf(ctx: CommandCtx, invoice_id: string): Promise<Head> {
  const head = await ctx.db.get<Head>(
    `select i.id, i.number, i.kind, i.party_id, i.day, i.prices_include_tax, i.order_id, i.original_id, i.salesperson_id, i.reference,
           i.entry_id,
            (select r.id from sales_invoice r where r.reverses_id = i.id) as reversal_id,
            (select min(c.number) from sales_invoice_line l join sales_invoice c on c.id = l.invoice_id
              where l.original_id = i.id and c.kind = 'credit_note' and not exists (select 1 from sales_invoice x
                where x.reverses_id = c.id)) as credit_number
       from sales_invoice i where i.id = ?`,
    [invoice_id],
  )
  if (!head) throw new Refusal('sales.invoiceNotFound', { invoice_id })
  await assertVisible(ctx, head.party_id, () => new Refusal('sales.invoiceNotFound', { invoice_id }))
  return head
}

const linesOf = (ctx: CommandCtx, invoice_id: string): Promise<Line[]> =>
  ctx.db.all<Line>(
    `select l.line_no, l.item_id, l.description, l.unit, l.unit_numerator, l.unit_denominator, l.quantity_e6, l.base_quantity_e6,
           l.price_e4,
            l.discount_rate_e8, l.discount_minor, l.order_discount_minor, l.tax_code, l.tax_rate_e8, l.net_minor, l.tax_minor,
              l.gross_minor,
            l.order_id, l.order_line_no, l.delivery_id, l.delivery_line_no, l.original_id, l.original_line_no, l.cost_minor,
            case when d.kind = 'return' then g.original_id else l.delivery_id end as root_id,
            case when d.kind = 'return' then g.original_line_no else l.delivery_line_no end as root_line_no
       from sales_invoice_line l
       left join sales_delivery d on d.id = l.delivery_id
       left join sales_delivery_line g on g.delivery_id = l.delivery_id and g.line_no = l.delivery_line_no
      where l.invoice_id = ? order by l.line_no`,
    [invoice_id],
  )

/** The delivery or return that was posted in one step with the document, if it was. Refuses where its goods can no longer be put back. */
async function goodsOfSameStep(ctx: CommandCtx, { head, lines }: { head: Head; lines: readonly Line[] }): Promise<ToUndo | undefined> {
  const wanted = head.kind === 'credit_note' ? 'return' : 'delivery'
  for (const delivery_id of await directOf(ctx, lines.map((l) => l.delivery_id).filter((i) => i !== null))) {
    const work = await deliveryToUndo(ctx, delivery_id)
    if (work.head.kind !== wanted) continue
    assertGoodsThere(work)
    return work
  }
  return undefined
}

/** The line turned round; cost that had gone on to cost of sales with it waits on goods delivered again. */
function mirrored(line: Line, { head, root }: { head: Head; root: DeliveredLine | undefined }): InvoiceLineDraft {
  const { root_id: _root, root_line_no: _line, ...links } = line
  return { ...negated(links), cost_minor: root ? costBack(root, { head, line }) : 0 - line.cost_minor }
}

function costBack(root: DeliveredLine, { head, line }: { head: Head; line: Line }): number {
  if (head.kind === 'credit_note') root.credited_e6 += line.base_quantity_e6
  else root.invoiced_e6 -= line.base_quantity_e6
  const cost_minor = excessCost(root)
  root.held_minor -= cost_minor
  return cost_minor
}
