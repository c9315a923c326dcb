import { defineModule } from '../../kernel/operation.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { chargeInterestHandler, customerInterestHandler, reverseInterestHandler } from './charge-interest.ts'
import { customerCollectionHandler, dunHandler, getDunningHandler, giveTasksHandler, listCollectionsHandler } from './collections.ts'
import { customerCreditHandler, endReleaseHandler, listFrozenHandler, releaseCustomerHandler } from './freeze.ts'
import { creditInvariants } from './invariants.ts'
import { applyLimitsHandler, followForm, limitHistoryHandler, limitProposalsHandler, setLimitHandler } from './limits.ts'
import { salePolicy } from './policy.ts'
import { printables } from './printables.ts'
import { promiseToPayHandler, withdrawPromiseHandler } from './promises.ts'
import { approvedBelow, approvesOrders, collects, dunningDays, freezeDays, freezes, goodCreditDays, payWithinDays, chargesInterest, interestGraceDays, interestRate } from './rules.ts'

export { isFrozen } from './standing.ts'

export const creditModule = defineModule({
  name: 'credit',
  floor: 9,
  commands: [
    releaseCustomerHandler, endReleaseHandler, applyLimitsHandler, setLimitHandler, giveTasksHandler, dunHandler, promiseToPayHandler, withdrawPromiseHandler,
    chargeInterestHandler, reverseInterestHandler,
  ],
  queries: [
    listFrozenHandler, customerCreditHandler, limitProposalsHandler, limitHistoryHandler, listCollectionsHandler, customerCollectionHandler, getDunningHandler, customerInterestHandler,
  ],
  reactions: [followForm],
  daily: ['credit.giveTasks'],
  printables,
  series: [{ key: 'credit.dunning', prefix: 'DL', digits: 5, restarts: 'year' }, { key: 'credit.interest', prefix: 'LI', digits: 5, restarts: 'year' }],
  documentFinders: [
    {
      kind: 'credit.dunning',
      permission: 'credit.read',
      from: 'credit_dunning d join parties_party p on p.id = d.party_id',
      number: 'd.number',
      series: ['credit.dunning'],
      amount: 'total_minor',
      title: 'p.name',
      rows: (scope) => visibleParties(scope, 'd.party_id'),
    },
  ],
  attachmentScopes: [attachedTo({ kind: 'credit.dunning', table: 'credit_dunning', permission: 'credit.read', column: 'd.party_id', sight: visibleParties })],
  approvalPolicies: [salePolicy],
  permissions: [
    { name: 'credit.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'credit.collect', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'credit.chargeInterest', grants: { bookkeeper: 'all' } },
    { name: 'credit.setLimits', grants: {} },
    { name: 'credit.approveOrders', grants: {} },
    { name: 'credit.approvePrices', grants: {} },
    { name: 'credit.release', grants: {} },
    { name: 'credit.configure', grants: {} },
  ],
  settings: [approvesOrders, approvedBelow, goodCreditDays, freezes, freezeDays, collects, ...dunningDays, payWithinDays, chargesInterest, interestRate, interestGraceDays],
  // What the policy refuses before an order or a sale on credit.
  refusals: ['credit.customerFrozen', 'credit.recordIsPermanent'],
  invariants: creditInvariants,
})
