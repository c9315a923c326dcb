import type { AskOutput } from '../../api/operations.ts'

export type OrderAction = 'deliver' | 'invoice' | 'receive' | 'return' | 'change' | 'close' | 'cancel'
type Order = AskOutput<'sales.order'>
type Offered = { readonly action: OrderAction; readonly text: string }

/**
 * What can be done with an order now, the most likely first. What may be done in which state is the office's to decide; a button is
 * offered only where something is left to do, so that a refusal is the exception.
 */
export function orderActions(order: Order, may: (permission: string) => boolean): readonly Offered[] {
  const isConfirmed = order.state === 'confirmed'
  const isAlive = isConfirmed || order.state === 'closed'
  const remains = order.lines.some((l) => l.remaining_e6 > 0 && l.item_kind === 'stocked')
  const toInvoice = order.lines.some((l) => l.to_invoice_e6 > 0 || (l.item_kind === 'service' && l.remaining_e6 > 0))
  const wasDelivered = order.lines.some((l) => l.delivered_e6 > l.returned_e6)
  const hasDocuments = order.documents.some((d) => d.kind === 'delivery' || d.kind === 'invoice')
  const offers: readonly (Offered & { readonly isOffered: boolean; readonly permission: string })[] = [
    { action: 'deliver', text: 'command.sales.deliver', permission: 'sales.deliver', isOffered: isConfirmed && remains },
    { action: 'invoice', text: 'command.sales.postInvoice', permission: 'sales.invoice', isOffered: isAlive && toInvoice },
    { action: 'receive', text: 'command.accounting.receivePayment', permission: 'accounting.receive', isOffered: isAlive && order.paid !== 'all' },
    { action: 'return', text: 'command.sales.returnGoods', permission: 'sales.return', isOffered: isAlive && wasDelivered },
    { action: 'change', text: 'command.sales.changeOrder', permission: 'sales.order', isOffered: isConfirmed },
    { action: 'close', text: 'command.sales.closeOrder', permission: 'sales.order', isOffered: isConfirmed && (remains || toInvoice) && hasDocuments },
    { action: 'cancel', text: 'command.sales.cancelOrder', permission: 'sales.order', isOffered: isConfirmed && !hasDocuments },
  ]
  return offers.filter((o) => o.isOffered && may(o.permission))
}
