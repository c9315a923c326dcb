const paths: Record<string, string> = {
  'sales.order': '/sales/orders/',
  'sales.quote': '/sales/quotes/',
  'sales.delivery': '/sales/deliveries/',
  'sales.invoice': '/sales/invoices/',
  'purchasing.bill': '/purchasing/bills/',
  'inventory.adjustment': '/stock/adjustments/',
  'accounting.payment': '/money/payments/',
  'accounting.entry': '/books/entries/',
  'contracts.contract': '/crm/contracts/',
  'credit.dunning': '/money/dunning/',
  'parties.party': '/customers/',
  'catalog.item': '/items/',
  'crm.lead': '/crm/leads/',
  'crm.opportunity': '/crm/deals/',
  'crm.task': '/crm/tasks/',
  'promotions.promotion': '/sales/promotions/',
  'service.ticket': '/service/tickets/',
  'marketing.campaign': '/marketing/campaigns/',
  'marketing.letter': '/marketing/letters/',
  'service.feedback': '/service/feedback/',
  'service.parts': '/service/parts/',
}

/** What a command's answer calls the document that it made, the one to look at first. */
const madeKinds = {
  invoice_id: 'sales.invoice',
  delivery_id: 'sales.delivery',
  order_id: 'sales.order',
  quote_id: 'sales.quote',
  bill_id: 'purchasing.bill',
  adjustment_id: 'inventory.adjustment',
  transfer_id: 'inventory.transfer',
  payment_id: 'accounting.payment',
  entry_id: 'accounting.entry',
}

/** The screen of what a command made, by its answer; undefined where it made no document. */
export function pathOfMade(made: unknown): string | undefined {
  if (typeof made !== 'object' || made === null) return undefined
  const answer = made as Readonly<Record<string, unknown>>
  for (const [field, kind] of Object.entries(madeKinds)) {
    const id = answer[field]
    if (typeof id === 'string') return documentPath({ kind, id })
  }
  return undefined
}

/** The screen of a document by its source kind and id; undefined for kinds that have none. */
export function documentPath({ kind, id }: { kind: string | null; id: string | null }): string | undefined {
  if (kind === null || id === null) return undefined
  // A transfer is a line of its list.
  if (kind === 'inventory.transfer') return '/stock/transfers'
  const path = paths[kind]
  return path === undefined ? undefined : path + id
}
