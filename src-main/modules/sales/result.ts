import type { Paid } from './pay.ts'
import type { DeliveryPosted } from './post-delivery.ts'
import type { InvoicePosted } from './post-invoice.ts'

/** What a command answers that delivered, invoiced, took goods back or credited: the parts that were made, and nothing for the others. */
export const saleResultOf = ({ delivered, invoice, paid }: { delivered?: DeliveryPosted; invoice?: InvoicePosted; paid?: Paid }) => ({
  delivery_id: delivered?.delivery_id ?? null,
  delivery_number: delivered?.number ?? null,
  invoice_id: invoice?.invoice_id ?? null,
  invoice_number: invoice?.number ?? null,
  net_minor: invoice?.net_minor ?? 0,
  tax_minor: invoice?.tax_minor ?? 0,
  gross_minor: invoice?.gross_minor ?? 0,
  payments: [...(paid?.payments ?? [])],
  open_minor: paid?.open_minor ?? 0,
  warnings: [...(delivered?.warnings ?? [])],
})
