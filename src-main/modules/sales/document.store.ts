import { accrual, costShift, delivery, deliveryLine, invoice, invoiceLine } from '../../../db/schema/sales.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow } from '../../storage/db.ts'

// The only code that writes what is posted: deliveries, invoices, and what follows them in the books. Rows are added, never changed.

type Ctx = Pick<CommandCtx, 'db'>
export type NewDelivery = NewRow<typeof delivery>
export type NewDeliveryLine = NewRow<typeof deliveryLine>
export type NewInvoice = NewRow<typeof invoice>
export type NewInvoiceLine = NewRow<typeof invoiceLine>
export type NewAccrual = NewRow<typeof accrual>
export type NewCostShift = NewRow<typeof costShift>

export async function insertDelivery({ db }: Ctx, { row, lines }: { row: NewDelivery; lines: readonly NewDeliveryLine[] }): Promise<void> {
  await db.insert(delivery, row)
  await db.insertMany(deliveryLine, lines)
}

export async function insertInvoice({ db }: Ctx, { row, lines }: { row: NewInvoice; lines: readonly NewInvoiceLine[] }): Promise<void> {
  await db.insert(invoice, row)
  await db.insertMany(invoiceLine, lines)
}

export async function insertAccruals({ db }: Ctx, rows: readonly NewAccrual[]): Promise<void> {
  await db.insertMany(accrual, rows)
}

export async function insertCostShifts({ db }: Ctx, rows: readonly NewCostShift[]): Promise<void> {
  await db.insertMany(costShift, rows)
}
