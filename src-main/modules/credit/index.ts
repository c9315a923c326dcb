import { defineModule } from '../../kernel/operation.ts'
import { customerCreditHandler, endReleaseHandler, listFrozenHandler, releaseCustomerHandler } from './freeze.ts'
import { creditInvariants } from './invariants.ts'
import { salePolicy } from './policy.ts'
import { approvedBelow, approvesOrders, freezeDays, freezes, goodCreditDays } from './rules.ts'

export const creditModule = defineModule({
  name: 'credit',
  floor: 8,
  commands: [releaseCustomerHandler, endReleaseHandler],
  queries: [listFrozenHandler, customerCreditHandler],
  approvalPolicies: [salePolicy],
  permissions: [
    { name: 'credit.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'credit.approveOrders', grants: {} },
    { name: 'credit.approvePrices', grants: {} },
    { name: 'credit.release', grants: {} },
    { name: 'credit.configure', grants: {} },
  ],
  settings: [approvesOrders, approvedBelow, goodCreditDays, freezes, freezeDays],
  // What the policy refuses before an order or a sale on credit.
  refusals: ['credit.customerFrozen', 'credit.recordIsPermanent'],
  invariants: creditInvariants,
})
