import { defineModule } from '../../kernel/operation.ts'
import { voucherWord } from './contract.ts'
import { reactions } from './reactions.ts'

export { accountIdOf, hasRole } from './accounts.ts'
export { addOpenItem, allocate, cancelOpenItem, openItemsOf, undoAllocations } from './allocate.ts'
export { assertOpenDay, firstOpenDay } from './lock.ts'
export { postEntry, reverseEntry, type EntrySource, type LineInput, type Posted } from './post-entry.ts'
export { receive, type PaymentInput, type PaymentMade } from './receive.ts'

export const accountingModule = defineModule({
  name: 'accounting',
  floor: 4,
  reactions,
  settings: [voucherWord],
  series: [
    { key: 'accounting.receipt', prefix: 'RC', digits: 5, restarts: 'year' },
    { key: 'accounting.refund', prefix: 'RF', digits: 5, restarts: 'year' },
    { key: 'accounting.payment', prefix: 'PY', digits: 5, restarts: 'year' },
    { key: 'accounting.supplierRefund', prefix: 'SR', digits: 5, restarts: 'year' },
  ],
  permissions: [
    { name: 'accounting.read', grants: { bookkeeper: 'all', viewer: 'all' } },
    { name: 'accounting.readMoney', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'accounting.readSetup', grants: { sales: 'all', warehouse: 'all', bookkeeper: 'all', viewer: 'all' } },
    { name: 'accounting.receive', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'accounting.allocate', grants: { sales: 'own', bookkeeper: 'all' } },
    { name: 'accounting.pay', grants: { bookkeeper: 'all' } },
    { name: 'accounting.reversePayment', grants: { bookkeeper: 'all' } },
    { name: 'accounting.post', grants: { bookkeeper: 'all' } },
    { name: 'accounting.review', grants: { bookkeeper: 'all' } },
    { name: 'accounting.lock', grants: { bookkeeper: 'all' } },
    { name: 'accounting.unlock', grants: {} },
    { name: 'accounting.opening', grants: { bookkeeper: 'all' } },
    { name: 'accounting.setup', grants: { bookkeeper: 'all' } },
  ],
  refusals: [
    'accounting.periodLocked', 'accounting.postedIsPermanent', 'accounting.accountIsPermanent', 'accounting.roleNotMapped',
    'accounting.accountNotLeaf', 'accounting.accountInactive', 'accounting.allocationIsFinal',
  ],
})
