import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader } from '../../storage/db.ts'
import { assertVisible } from '../parties/index.ts'
import type { BillLineRow, BillRow } from './bill.store.ts'

/** A bill with the number of what reversed it, if anything did. */
export type KnownBill = BillRow & { readonly reversed_by: string | null }

/** Refuses 'purchasing.billNotFound', also where the actor may not see the supplier. */
export async function billOf(ctx: CommandCtx, bill_id: string): Promise<KnownBill> {
  const found = await ctx.db.get<KnownBill>(
    `select b.id, b.number, b.kind, b.party_id, b.party_snapshot, b.supplier_reference, b.warehouse_id, b.day, b.due_on, b.currency,
        b.prices_include_tax,
            b.net_minor, b.tax_minor, b.gross_minor, b.note, b.extra, b.reverses_id, b.late_cost_of_id, b.entry_id, b.created_by, b.created_at,
            (select r.number from purchasing_bill r where r.reverses_id = b.id) as reversed_by
       from purchasing_bill b where b.id = ?`,
    [bill_id],
  )
  if (!found) throw new Refusal('purchasing.billNotFound', { bill_id })
  await assertVisible(ctx, found.party_id, () => new Refusal('purchasing.billNotFound', { bill_id }))
  return found
}

export const linesOf = (db: Reader, bill_id: string): Promise<BillLineRow[]> =>
  db.all<BillLineRow>(
    `select bill_id, line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, price_e4,
        tax_code,
            tax_rate_e8, net_minor, tax_minor, gross_minor, cost_minor
       from purchasing_bill_line where bill_id = ? order by line_no, bill_id`,
    [bill_id],
  )
