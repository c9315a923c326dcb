import { delivery, invoice, order, quote } from '../../../db/schema/sales.ts'
import { among, ofParties, type ErasureObstacle, type Person, type PersonalRows } from '../../kernel/personal.ts'

const of = ofParties('r.party_id')
const snapshot = (label: string): string =>
  JSON.stringify({ name: label, code: '', phone: null, tax_title: null, tax_no: null, tax_address: null, tax_phone: null, bank_name: null, bank_account: null })

/** What sales holds of a person. Orders that were carried out, deliveries and invoices stay: they are what the books lean on. */
export const personalRows: readonly PersonalRows[] = [
  { kind: 'sales.quote', table: quote, of, becomes: { party_snapshot: snapshot, note: null, extra: () => '{}', lost_reason: null } },
  {
    kind: 'sales.order',
    table: order,
    of,
    kept: `r.state in ('confirmed', 'closed')`,
    becomes: { party_snapshot: snapshot, note: null, extra: () => '{}', ship_to: null, customer_reference: null },
  },
  { kind: 'sales.delivery', table: delivery, of, becomes: 'kept' },
  { kind: 'sales.invoice', table: invoice, of, becomes: 'kept' },
]

const open = (table: string, states: string) => (person: Person) => ({
  sql: `select count(*) as n from ${table} where state in (${states}) and ${among('party_id', person.party_ids).sql}`,
  params: person.party_ids,
})

export const erasureObstacles: readonly ErasureObstacle[] = [
  { refusal: 'sales.ordersOpen', count: open('sales_order', `'draft', 'confirmed'`) },
  { refusal: 'sales.quotesOpen', count: open('sales_quote', `'draft', 'sent'`) },
]
