import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { defaultWarehouseId, stockLocationOf } from '../inventory/index.ts'
import { createOrder, type OrderState } from './contract.ts'
import { lineColumns, offerColumns, offerExtra } from './offer-rows.ts'
import { insertOrder, type NewOrder } from './order.store.ts'
import { prepareOffer, type Prepared } from './prepare.ts'
import type { Totals } from './pricing.ts'

export const createOrderHandler = handle(createOrder, (ctx, input) => draftOrder(ctx, input))

/** A draft order as its form says it. Upper floors make theirs of what they know. */
export async function draftOrder(ctx: CommandCtx, input: InputOf<typeof createOrder>): Promise<Totals & { order_id: string }> {
  const prepared = await prepareOffer(ctx, input)
  const warehouse_id = await warehouseOf(ctx, input.warehouse_id)
  const extra = await offerExtra(ctx, { target: 'sales.order', prepared, given: input.extra })
  const { wanted_on, ship_to, customer_reference } = input
  const order_id = await insertDraft(ctx, {
    prepared,
    columns: {
      ...offerColumns(ctx, { prepared, form: input, extra }),
      warehouse_id,
      wanted_on,
      ship_to: ship_to || null,
      customer_reference: customer_reference || null,
    },
  })
  const { net_minor, tax_minor, gross_minor } = prepared
  return { order_id, net_minor, tax_minor, gross_minor }
}

/** The warehouse of a document: the one named, else the company's default. Refuses 'inventory.warehouseNotFound'. */
export async function warehouseOf(ctx: CommandCtx, warehouse_id: string | undefined): Promise<string> {
  if (warehouse_id === undefined) return defaultWarehouseId(ctx)
  await stockLocationOf(ctx, warehouse_id)
  return warehouse_id
}

type Columns = Omit<NewOrder, 'id' | 'state' | 'created_by' | 'created_at'>

/** Writes a draft with its lines and gives its id. */
export async function insertDraft(ctx: CommandCtx, { prepared, columns }: { prepared: Prepared; columns: Columns }): Promise<string> {
  const order_id = ctx.newId()
  const state: OrderState = 'draft'
  await insertOrder(ctx, {
    row: { id: order_id, ...columns, state, created_by: ctx.actor.id, created_at: ctx.now },
    lines: prepared.lines.map((line) => ({ order_id, ...lineColumns(line) })),
  })
  return order_id
}
