import type { DocumentFinder } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'

/** What Ctrl+K finds of purchasing: bills, under our number or the supplier's. */
export const documentFinders: readonly DocumentFinder[] = [
  {
    kind: 'purchasing.bill',
    permission: 'purchasing.read',
    from: 'purchasing_bill d join parties_party p on p.id = d.party_id',
    number: 'd.number',
    series: ['purchasing.bill'],
    reference: 'supplier_reference',
    amount: 'gross_minor',
    title: 'p.name',
    rows: (scope) => visibleParties(scope, 'd.party_id'),
  },
]
