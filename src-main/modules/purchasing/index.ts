import { defineModule } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { billHandler, billsHandler } from './bill-queries.ts'
import { documentFinders } from './document-finders.ts'
import { purchasingInvariants } from './invariants.ts'
import { BILL_FIGURES, postBillHandler } from './post-bill.ts'
import { postLateCostHandler } from './post-late-cost.ts'
import { reverseBillHandler } from './reverse-bill.ts'

export const purchasingModule = defineModule({
  name: 'purchasing',
  floor: 7,
  commands: [postBillHandler, postLateCostHandler, reverseBillHandler],
  queries: [billsHandler, billHandler],
  permissions: [
    { name: 'purchasing.read', grants: { warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'purchasing.post', grants: { bookkeeper: 'all' } },
    { name: 'purchasing.reverse', grants: { bookkeeper: 'all' } },
  ],
  documentFinders,
  series: [{ key: 'purchasing.bill', prefix: 'PB', digits: 5, restarts: 'year' }],
  refusals: ['purchasing.postedIsPermanent'],
  invariants: purchasingInvariants,
  customFieldTargets: [{ kind: 'purchasing.bill', table: 'purchasing_bill', figures: BILL_FIGURES }],
  attachmentScopes: [
    attachedTo({
      kind: 'purchasing.bill',
      table: 'purchasing_bill',
      permission: 'purchasing.read',
      column: 'd.party_id',
      sight: visibleParties,
    }),
  ],
})
