import { Link } from 'react-router'

const paths: Record<string, string> = {
  'sales.order': '/sales/orders/',
  'sales.quote': '/sales/quotes/',
  'sales.delivery': '/sales/deliveries/',
  'sales.invoice': '/sales/invoices/',
  'purchasing.bill': '/purchasing/bills/',
  'inventory.adjustment': '/stock/adjustments/',
  'inventory.transfer': '/stock/transfers/',
  'accounting.payment': '/money/payments/',
  'accounting.entry': '/books/entries/',
}

/** The way from a row of the books to the document behind it. */
export function DocumentLink({ kind, id, number }: { kind: string | null; id: string | null; number: string | null }) {
  const path = kind === null ? undefined : paths[kind]
  const text = number ?? '—'
  return path === undefined || id === null ? <span className="zg-figures">{text}</span> : <Link className="zg-figures" to={path + id}>{text}</Link>
}
