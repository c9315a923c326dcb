import { defineModule } from '../../kernel/operation.ts'
import { erasureObstacles } from './erasure.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { cancelOrderHandler } from './cancel-order.ts'
import { changeOrderHandler } from './change-order.ts'
import { closeOrderHandler } from './close-order.ts'
import { confirmOrderHandler } from './confirm-order.ts'
import { convertQuoteHandler } from './convert-quote.ts'
import { createOrderHandler } from './create-order.ts'
import { applyCouponHandler, removeCouponHandler } from './coupon.ts'
import { creditNoteHandler } from './credit-note.ts'
import { deliverDirectHandler } from './deliver-direct.ts'
import { deliverHandler } from './deliver.ts'
import { customerHistoryHandler } from './customer-history.ts'
import { exchangeGoodsHandler } from './exchange-goods.ts'
import { documentFinders } from './document-finders.ts'
import { firstStepsHandler } from './first-steps.ts'
import { homeHandler } from './home.ts'
import { invoiceFields, orderFields } from './import-fields.ts'
import { importInvoicesHandler } from './import-invoices.ts'
import { importOrdersHandler } from './import-orders.ts'
import { salesInvariants } from './invariants.ts'
import { lifecycleHandler } from './lifecycle.ts'
import { getDeliveryHandler, listDeliveriesHandler } from './list-deliveries.ts'
import { getInvoiceHandler, listInvoicesHandler } from './list-invoices.ts'
import { listInvoiceGroupsHandler, listOrderGroupsHandler, listQuoteGroupsHandler } from './list-groups.ts'
import { listOrdersHandler } from './list-orders.ts'
import { getQuoteHandler, listQuotesHandler } from './list-quotes.ts'
import { listUninvoicedHandler } from './list-uninvoiced.ts'
import { getOrderHandler } from './order-page.ts'
import { deliveryPrintHandler, invoicePrintHandler, offerPrintHandler } from './papers.ts'
import { postInvoiceHandler } from './post-order-invoice.ts'
import { getPriceHandler } from './price-query.ts'
import { createQuoteHandler, loseQuoteHandler, reviseQuoteHandler, sendQuoteHandler, updateQuoteHandler } from './quotes.ts'
import { printables } from './printables.ts'
import { profitHandler } from './profit.ts'
import { mergeReactions } from './merge.store.ts'
import { reactions } from './reactions.ts'
import { OFFER_FIGURES } from './offer-rows.ts'
import { returnGoodsHandler } from './return-goods.ts'
import { reverseDeliveryHandler } from './reverse-delivery.ts'
import { reverseInvoiceHandler } from './reverse-invoice.ts'
import { firstStepsPutAway, invoiceWithDelivery, overDeliveryRate, quoteValidDays } from './rules.ts'
import { customerStatementHandler } from './statement.ts'
import { trendHandler } from './trend.ts'
import { updateOrderHandler } from './update-order.ts'

// What importers of other programs' data post their documents with; reference data is read once in a command.
export { postReturn, postSale } from './post-at-once.ts'
export type { InvoicePosted } from './post-invoice.ts'
export { prepareOffer } from './prepare.ts'
// What opportunities become.
export { draftOrder } from './create-order.ts'
export { draftQuote } from './quotes.ts'
export { orderOfQuote } from './convert-quote.ts'

export { quoteInHand } from './read-quote.ts'
// What upper floors judge before it is promised, and what a customer owes.
export { promisingCommands, saleInQuestion, type LineInQuestion, type SaleInQuestion } from './in-question.ts'
export { owedBy } from './credit.ts'
// What customers are worth.
export { earnedBetween } from './profit.ts'
export { PURCHASES } from './purchases.ts'
export { createOrder, createQuote, creditNote } from './contract.ts'
export { giveCredit } from './credit-note.ts'
export { allowanceCredit } from './credit-lines.ts'
export { creditableLines } from './creditable.ts'

export const salesModule = defineModule({
  name: 'sales',
  floor: 7,
  erasureObstacles,
  commands: [
    createQuoteHandler,
    updateQuoteHandler,
    sendQuoteHandler,
    reviseQuoteHandler,
    loseQuoteHandler,
    convertQuoteHandler,
    createOrderHandler,
    updateOrderHandler,
    confirmOrderHandler,
    applyCouponHandler,
    removeCouponHandler,
    changeOrderHandler,
    cancelOrderHandler,
    closeOrderHandler,
    deliverHandler,
    deliverDirectHandler,
    postInvoiceHandler,
    returnGoodsHandler,
    exchangeGoodsHandler,
    creditNoteHandler,
    reverseDeliveryHandler,
    reverseInvoiceHandler,
    importInvoicesHandler,
    importOrdersHandler,
  ],
  queries: [
    listQuotesHandler,
    listQuoteGroupsHandler,
    listOrderGroupsHandler,
    listInvoiceGroupsHandler,
    getQuoteHandler,
    listOrdersHandler,
    getOrderHandler,
    lifecycleHandler,
    listDeliveriesHandler,
    getDeliveryHandler,
    listInvoicesHandler,
    getInvoiceHandler,
    listUninvoicedHandler,
    getPriceHandler,
    customerHistoryHandler,
    homeHandler,
    firstStepsHandler,
    trendHandler,
    profitHandler,
    invoicePrintHandler,
    deliveryPrintHandler,
    offerPrintHandler,
    customerStatementHandler,
  ],
  documentFinders,
  reactions: [...reactions, ...mergeReactions],
  permissions: [
    { name: 'sales.read', grants: { sales: 'own', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'sales.quote', grants: { sales: 'own' } },
    { name: 'sales.order', grants: { sales: 'own' } },
    { name: 'sales.sell', grants: { sales: 'own' } },
    { name: 'sales.deliver', grants: { sales: 'own', warehouse: 'all' } },
    { name: 'sales.return', grants: { sales: 'own', warehouse: 'all' } },
    { name: 'sales.invoice', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'sales.reverse', grants: { bookkeeper: 'all' } },
    { name: 'sales.cost', grants: { bookkeeper: 'all', viewer: 'all' } },
    { name: 'sales.overrideCredit', grants: {} },
    { name: 'sales.import', grants: { bookkeeper: 'all' } },
    { name: 'sales.configure', grants: {} },
  ],
  settings: [firstStepsPutAway, invoiceWithDelivery, overDeliveryRate, quoteValidDays],
  series: [
    { key: 'sales.quote', prefix: 'QT', digits: 5, restarts: 'year' },
    { key: 'sales.order', prefix: 'SO', digits: 5, restarts: 'year' },
    { key: 'sales.delivery', prefix: 'DN', digits: 5, restarts: 'year' },
    { key: 'sales.return', prefix: 'RT', digits: 5, restarts: 'year' },
    { key: 'sales.invoice', prefix: 'IN', digits: 5, restarts: 'year' },
    { key: 'sales.creditNote', prefix: 'CN', digits: 5, restarts: 'year' },
  ],
  printables,
  refusals: ['sales.ordersOpen', 'sales.quotesOpen', 'sales.postedIsPermanent'],
  invariants: salesInvariants,
  importers: [
    { kind: 'sales-orders', permission: 'sales.import', command: 'sales.importOrders', fields: orderFields, target: 'sales.order' },
    { kind: 'sales-invoices', permission: 'sales.import', command: 'sales.importInvoices', fields: invoiceFields },
  ],
  customFieldTargets: ['quote', 'order', 'invoice'].map((kind) => ({ kind: `sales.${kind}`, table: `sales_${kind}`, figures: OFFER_FIGURES })),
  attachmentScopes: ['quote', 'order', 'delivery', 'invoice'].map((kind) =>
    attachedTo({ kind: `sales.${kind}`, table: `sales_${kind}`, permission: 'sales.read', column: 'd.party_id', sight: visibleParties }),
  ),
})
