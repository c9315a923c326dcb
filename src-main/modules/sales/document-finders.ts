import type { DocumentFinder } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'

const found = (name: 'quote' | 'order' | 'delivery' | 'invoice', more: Partial<DocumentFinder>): DocumentFinder => ({
  kind: `sales.${name}`,
  permission: 'sales.read',
  from: `sales_${name} d join parties_party p on p.id = d.party_id`,
  number: 'd.number',
  series: [`sales.${name}`],
  title: 'p.name',
  rows: (scope) => visibleParties(scope, 'd.party_id'),
  ...more,
})

/** What Ctrl+K finds of sales. */
export const documentFinders: readonly DocumentFinder[] = [
  found('quote', { amount: 'gross_minor' }),
  found('order', { amount: 'gross_minor', reference: 'customer_reference' }),
  found('delivery', { series: ['sales.delivery', 'sales.return'], reference: 'tracking' }),
  found('invoice', { amount: 'gross_minor', series: ['sales.invoice', 'sales.creditNote'], reference: 'reference' }),
]
