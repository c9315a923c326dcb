const paths: Record<string, string> = {
  'sales.order': '/sales/orders/',
  'sales.quote': '/sales/quotes/',
  'sales.delivery': '/sales/deliveries/',
  'sales.invoice': '/sales/invoices/',
  'purchasing.bill': '/purchasing/bills/',
  'inventory.adjustment': '/stock/adjustments/',
  'accounting.payment': '/money/payments/',
  'accounting.entry': '/books/entries/',
}

/** The screen of a document by its source kind and id; undefined for kinds that have none. */
export function documentPath({ kind, id }: { kind: string | null; id: string | null }): string | undefined {
  if (kind === null || id === null) return undefined
  // A transfer is a line of its list.
  if (kind === 'inventory.transfer') return '/stock/transfers'
  const path = paths[kind]
  return path === undefined ? undefined : path + id
}
