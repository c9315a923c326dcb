import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { assertVisible } from '../parties/index.ts'
import {
  paySupplier, receivePayment, receiveSupplierRefund, refundCustomer, type PaymentKind,
} from './contract.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { receive, type PaymentMade } from './receive.ts'

// Four doors to one story: money in and out, of customers and suppliers.

async function move(ctx: CommandCtx, kind: PaymentKind, { allocations, ...input }: InputOf<typeof receivePayment>): Promise<PaymentMade> {
  await assertVisible(ctx, input.party_id)
  return receive(ctx, { ...input, kind, pairs: allocations })
}

export const moneyCommands = [
  handle(receivePayment, (ctx, input) => move(ctx, 'receipt', input)),
  handle(refundCustomer, (ctx, input) => move(ctx, 'refund', input)),
  handle(paySupplier, (ctx, input) => move(ctx, 'payment', input)),
  handle(receiveSupplierRefund, (ctx, input) => move(ctx, 'supplier_refund', input)),
]
