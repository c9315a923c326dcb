import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { allocate, receive } from '../accounting/index.ts'
import type { PaymentForm } from './contract-forms.ts'
import type { InvoicePosted } from './post-invoice.ts'

export type Paid = { readonly payments: readonly { readonly payment_id: string; readonly number: string }[]; readonly open_minor: number }

/**
 * Settles a fresh invoice with what was paid in advance for its orders, then with the money that changes hands now; a credit note is
 * refunded. Gives what stays open, signed. Refuses 'sales.paidTooMuch' beyond the document's open amount.
 */
export async function payFor(
  ctx: CommandCtx,
  given: {
    document: InvoicePosted
    party_id: string
    day: string
    payments: readonly PaymentForm[]
    order_ids: readonly string[]
    /** What something else has settled of it already. */
    settled_minor?: number
  },
): Promise<Paid> {
  const { document, party_id, day, payments, order_ids } = given
  const { open_item_id, gross_minor, invoice_id } = document
  const sign = gross_minor < 0 ? -1 : 1
  let open = Math.abs(gross_minor) - (given.settled_minor ?? 0)
  if (open_item_id !== undefined && sign === 1) open -= await useDeposits(ctx, { open_item_id, open_minor: open, day, order_ids })
  const paid_minor = payments.reduce((sum, p) => sum + p.amount_minor, 0)
  if (paid_minor > open) throw new Refusal('sales.paidTooMuch', { open_minor: open, paid_minor })
  if (payments.length > 0) assertMay(ctx, sign === 1 ? 'accounting.receive' : 'accounting.pay')
  const made: { payment_id: string; number: string }[] = []
  for (const { method, amount_minor } of payments) {
    const { payment_id, number } = await receive(ctx, {
      kind: sign === 1 ? 'receipt' : 'refund',
      party_id,
      day,
      method,
      amount_minor,
      source: { kind: 'sales.invoice', id: invoice_id },
      pairs: [{ open_item_id: open_item_id!, amount_minor }],
    })
    made.push({ payment_id, number })
  }
  return { payments: made, open_minor: sign === 1 ? open - paid_minor : paid_minor - open }
}

/** Money in a document's step needs the same right as money by itself. */
function assertMay(ctx: CommandCtx, permission: string): void {
  if (!ctx.may(permission)) throw new Refusal('platform.notPermitted', { permission })
}

/** Uses deposits taken for these orders, oldest first; gives the amount used. */
async function useDeposits(
  ctx: CommandCtx,
  { open_item_id, open_minor, day, order_ids }: { open_item_id: string; open_minor: number; day: string; order_ids: readonly string[] },
): Promise<number> {
  if (order_ids.length === 0) return 0
  const deposits = await ctx.db.all<{ id: string; left_minor: number }>(
    `select i.id, i.settled_minor - i.amount_minor as left_minor
       from accounting_open_item i
      where i.source_kind = 'accounting.payment' and i.side = 'receivable'
        and i.source_id in (select id from accounting_payment where source_kind = 'sales.order' and source_id in (${marks(order_ids)}))
        and i.amount_minor < i.settled_minor and i.day <= ? order by i.day, i.id`,
    [...order_ids, day],
  )
  let left = open_minor
  const pairs: { positive_id: string; negative_id: string; amount_minor: number }[] = []
  for (const deposit of deposits) {
    const amount_minor = Math.min(left, deposit.left_minor)
    if (amount_minor > 0) pairs.push({ positive_id: open_item_id, negative_id: deposit.id, amount_minor })
    left -= amount_minor
  }
  await allocate(ctx, { day, pairs })
  return open_minor - left
}
