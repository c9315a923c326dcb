import { defineModule } from '../../kernel/operation.ts'
import { erasureObstacles } from './erasure.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { accountsAnswer } from './accounts-query.ts'
import { ageingAnswer } from './ageing.ts'
import { allocateItemsHandler, undoAllocationHandler } from './allocate-items.ts'
import { createAccountHandler, setAccountRoleHandler, updateAccountHandler } from './change-accounts.ts'
import { cashAnswer } from './cash.ts'
import { voucherWord } from './contract.ts'
import { documentFinders } from './document-finders.ts'
import { importOpeningBalancesHandler, importOpeningItemsHandler, openingImporters } from './import-opening.ts'
import { invariants } from './invariants.ts'
import { journalExportAnswer } from './journal-export.ts'
import { entryAnswer, journalAnswer } from './journal.ts'
import { ledgerAnswer } from './ledger.ts'
import { lockPeriodHandler, unlockPeriodHandler } from './lock-period.ts'
import { moneyCommands } from './money-commands.ts'
import { openItemsAnswer, partyBalanceAnswer } from './open-items.ts'
import { postOpeningBalancesHandler, postOpeningItemsHandler } from './opening.ts'
import { createPaymentMethodHandler, paymentMethodsAnswer, updatePaymentMethodHandler } from './payment-methods.ts'
import { paymentAnswer, paymentsAnswer } from './payments.ts'
import { periodsAnswer } from './periods.ts'
import { postVoucherHandler } from './post-voucher.ts'
import { profitAndLossAnswer } from './profit-and-loss.ts'
import { printables } from './printables.ts'
import { reactions } from './reactions.ts'
import { reversePaymentHandler } from './reverse-payment.ts'
import { reverseVoucherHandler } from './reverse-voucher.ts'
import { reviewEntryHandler } from './review-entry.ts'
import { trialBalanceAnswer } from './trial-balance.ts'
import { deleteVoucherDraftHandler, saveVoucherDraftHandler, voucherDraftsAnswer } from './voucher-drafts.ts'
import { writeOffBadDebtHandler } from './write-off.ts'

export { accountIdOf, hasRole } from './accounts.ts'
export { partyAgeing } from './ageing.ts'
export { addOpenItem, allocate, cancelOpenItem, openItemsOf, undoAllocations } from './allocate.ts'
export { assertOpenDay, firstOpenDay } from './lock.ts'
export { postEntry, reverseEntry, type EntrySource, type LineInput } from './post-entry.ts'
export { receive } from './receive.ts'
export { partyBalanceOf } from './open-items.ts'
export { postBadDebt } from './write-off.ts'
export { periodLocked, periodLocking } from './contract.ts'

export const accountingModule = defineModule({
  name: 'accounting',
  floor: 4,
  erasureObstacles,
  commands: [
    ...moneyCommands,
    reversePaymentHandler,
    allocateItemsHandler,
    undoAllocationHandler,
    writeOffBadDebtHandler,
    postVoucherHandler,
    reverseVoucherHandler,
    saveVoucherDraftHandler,
    deleteVoucherDraftHandler,
    reviewEntryHandler,
    lockPeriodHandler,
    unlockPeriodHandler,
    postOpeningBalancesHandler,
    postOpeningItemsHandler,
    importOpeningBalancesHandler,
    importOpeningItemsHandler,
    createAccountHandler,
    updateAccountHandler,
    setAccountRoleHandler,
    createPaymentMethodHandler,
    updatePaymentMethodHandler,
  ],
  queries: [
    journalAnswer,
    entryAnswer,
    ledgerAnswer,
    trialBalanceAnswer,
    profitAndLossAnswer,
    cashAnswer,
    journalExportAnswer,
    ageingAnswer,
    openItemsAnswer,
    paymentsAnswer,
    paymentAnswer,
    partyBalanceAnswer,
    accountsAnswer,
    paymentMethodsAnswer,
    voucherDraftsAnswer,
    periodsAnswer,
  ],
  reactions,
  invariants,
  printables,
  importers: openingImporters,
  settings: [voucherWord],
  documentFinders,
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
    'accounting.stillOwed', 'accounting.periodLocked', 'accounting.postedIsPermanent', 'accounting.accountIsPermanent', 'accounting.roleNotMapped',
    'accounting.accountNotLeaf', 'accounting.accountInactive', 'accounting.allocationIsFinal', 'accounting.reversalTooEarly',
    'accounting.amountTooLarge', 'accounting.alreadyReversed', 'accounting.openingSideUnknown', 'accounting.openingAmountZero',
  ],
  attachmentScopes: [
    attachedTo({ kind: 'accounting.entry', table: 'accounting_entry', permission: 'accounting.read' }),
    attachedTo({ kind: 'accounting.payment', table: 'accounting_payment', permission: 'accounting.readMoney', column: 'd.party_id', sight: visibleParties }),
  ],
})
