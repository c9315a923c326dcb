import { z } from 'zod'
import { amount, command, day, flag, id, line, money, name, text } from '../../kernel/contract.ts'
import { event, setting } from '../../kernel/operation.ts'
import { ACCOUNT_CLASSES, SIDES, accountCode, methodCode, month, role } from './contract-words.ts'

export * from './contract-words.ts'
export * from './contract-queries.ts'

/** The voucher word; empty: 记 under Chinese rules, JV elsewhere. */
export const voucherWord = setting({ key: 'accounting.voucherWord', schema: line(8), fallback: '', permission: 'accounting.setup' })

// Events

/** Before the lock moves from `previous` to `through`: upper floors post what belongs into the period, dated `through`. */
export const periodLocking = event<{ through: string; previous: string }>('accounting.periodLocking')
/** The books are closed up to and including `through`. */
export const periodLocked = event<{ through: string; previous: string }>('accounting.periodLocked')

const posted = z.object({ entry_id: id(), word: z.string(), period: month(), number: z.int() })
const oneSide = (l: { debit_minor: number; credit_minor: number }) => (l.debit_minor === 0) !== (l.credit_minor === 0)

const voucherLine = z
  .strictObject({ account_id: id(), summary: line(200).optional(), debit_minor: money().default(0), credit_minor: money().default(0) })
  .refine(oneSide, 'one side, not zero')
const voucherInput = {
  day: day(),
  summary: name(200),
  attachments: z.int().min(0).max(9999).default(0),
  lines: z.array(voucherLine).min(2).max(500),
}
const draftLine = z.strictObject({
  account_id: id().nullable(), summary: line(200).optional(), debit_minor: money().default(0), credit_minor: money().default(0),
})
const allocationInput = z.strictObject({ open_item_id: id(), amount_minor: amount(), discount_minor: amount().default(0) })
const paymentInput = {
  party_id: id(),
  day: day(),
  method: methodCode(),
  amount_minor: amount().min(1),
  note: text(500).optional(),
  reference: line(100).optional(),
  source: z.strictObject({ kind: name(60), id: id() }).optional(),
  allocations: z.array(allocationInput).max(500).default([]),
}
const paymentMade = z.object({ payment_id: id(), number: z.string(), open_item_id: id(), entry_id: id() })

const paymentRefusals = [
  'accounting.periodLocked', 'accounting.methodNotFound', 'accounting.methodInactive', 'accounting.openItemNotFound',
  'accounting.openItemOfOtherParty', 'accounting.openItemSidesMixed', 'accounting.allocationSigns', 'accounting.overAllocated',
  'accounting.allocationTooEarly', 'accounting.allocationsExceedPayment', 'accounting.discountNotAllowed', 'accounting.roleNotMapped',
  'parties.partyNotFound',
]

// Commands: money

export const receivePayment = command({
  name: 'accounting.receivePayment', permission: 'accounting.receive',
  input: z.strictObject(paymentInput), output: paymentMade, refusals: paymentRefusals,
})
export const refundCustomer = command({
  name: 'accounting.refundCustomer', permission: 'accounting.pay',
  input: z.strictObject(paymentInput), output: paymentMade, refusals: [...paymentRefusals, 'accounting.refundNotCovered'],
})
export const paySupplier = command({
  name: 'accounting.paySupplier', permission: 'accounting.pay',
  input: z.strictObject(paymentInput), output: paymentMade, refusals: paymentRefusals,
})
export const receiveSupplierRefund = command({
  name: 'accounting.receiveSupplierRefund', permission: 'accounting.pay',
  input: z.strictObject(paymentInput), output: paymentMade, refusals: [...paymentRefusals, 'accounting.refundNotCovered'],
})
/** Undoes the payment's allocations and posts the opposite payment, numbered in the same series. */
export const reversePayment = command({
  name: 'accounting.reversePayment', permission: 'accounting.reversePayment',
  input: z.strictObject({ payment_id: id(), day: day(), reason: name(200) }), output: paymentMade,
  refusals: [
    'accounting.paymentNotFound', 'accounting.paymentAlreadyReversed', 'accounting.paymentIsReversal', 'accounting.periodLocked',
    'accounting.allocationTooEarly',
  ],
})
/** Settles open items of one party against each other: invoices against receipts and credit notes, bills against payments. */
export const allocateItems = command({
  name: 'accounting.allocateItems', permission: 'accounting.allocate',
  input: z.strictObject({
    party_id: id(), day: day(),
    pairs: z.array(z.strictObject({ positive_id: id(), negative_id: id(), amount_minor: amount().min(1),
    discount_minor: amount().default(0) })).min(1).max(500),
  }),
  output: z.object({ entry_id: id().nullable() }),
  refusals: [
    'accounting.periodLocked', 'accounting.openItemNotFound', 'accounting.openItemOfOtherParty', 'accounting.openItemSidesMixed',
    'accounting.allocationSigns', 'accounting.overAllocated', 'accounting.allocationTooEarly', 'accounting.discountNotAllowed',
    'parties.partyNotFound',
  ],
})
export const undoAllocation = command({
  name: 'accounting.undoAllocation', permission: 'accounting.allocate',
  input: z.strictObject({ allocation_id: id(), day: day() }), output: z.object({ entry_id: id().nullable() }),
  refusals: ['accounting.allocationNotFound', 'accounting.allocationAlreadyUndone', 'accounting.allocationIsFinal',
  'accounting.allocationTooEarly', 'accounting.periodLocked'],
})
/** A customer's debt that will not be paid: Dr bad debt, Cr receivable, settling the named items. */
export const writeOffBadDebt = command({
  name: 'accounting.writeOffBadDebt', permission: 'accounting.post',
  input: z.strictObject({ party_id: id(), day: day(), reason: name(200), items: z.array(z.strictObject({ open_item_id: id(),
  amount_minor: amount().min(1) })).min(1).max(500) }),
  output: posted,
  refusals: [
    'accounting.periodLocked', 'accounting.openItemNotFound', 'accounting.openItemOfOtherParty', 'accounting.openItemSidesMixed',
    'accounting.allocationSigns', 'accounting.overAllocated', 'accounting.allocationTooEarly', 'parties.partyNotFound',
  ],
})

// Commands: vouchers

const voucherRefusals = [
  'accounting.periodLocked', 'accounting.accountNotFound', 'accounting.accountNotLeaf', 'accounting.accountInactive',
  'accounting.controlAccount',
  'accounting.manualNotAllowed', 'accounting.voucherUnbalanced', 'accounting.amountTooLarge',
]
export const postVoucher = command({
  name: 'accounting.postVoucher', permission: 'accounting.post',
  input: z.strictObject({ ...voucherInput, draft_id: id().optional() }), output: posted, refusals: [...voucherRefusals,
  'accounting.draftNotFound'],
})
/** 红字冲销: the same lines with negative amounts. Entries of documents are reversed by reversing the document. */
export const reverseVoucher = command({
  name: 'accounting.reverseVoucher', permission: 'accounting.post',
  input: z.strictObject({ entry_id: id(), day: day(), summary: line(200).optional() }), output: posted,
  refusals: [
    'accounting.entryNotFound', 'accounting.alreadyReversed', 'accounting.reverseAtSource', 'accounting.reversalIsFinal',
    'accounting.periodLocked',
    'accounting.allocationTooEarly',
  ],
})
/** A draft may be unbalanced and holds no number. */
export const saveVoucherDraft = command({
  name: 'accounting.saveVoucherDraft', permission: 'accounting.post',
  input: z.strictObject({
    draft_id: id().optional(), day: day(), summary: line(200).default(''), attachments: z.int().min(0).max(9999).default(0),
    lines: z.array(draftLine).max(500),
  }),
  output: z.object({ draft_id: id() }), refusals: ['accounting.draftNotFound'],
})
export const deleteVoucherDraft = command({
  name: 'accounting.deleteVoucherDraft', permission: 'accounting.post',
  input: z.strictObject({ draft_id: id() }), output: z.object({}), refusals: ['accounting.draftNotFound'],
})
/** 审核: an appended mark by another person than the poster, unless one person keeps the books alone. */
export const reviewEntry = command({
  name: 'accounting.reviewEntry', permission: 'accounting.review',
  input: z.strictObject({ entry_ids: z.array(id()).min(1).max(500), note: line(200).optional() }), output: z.object({ reviewed: z.int() }),
  refusals: ['accounting.entryNotFound', 'accounting.reviewOwnEntry', 'accounting.alreadyReviewed'],
})

// Commands: periods

/** Closes the books through the end of a month: `through` is that month's last day. */
export const lockPeriod = command({
  name: 'accounting.lockPeriod', permission: 'accounting.lock',
  input: z.strictObject({ through: day(), reason: line(200).optional() }), output: z.object({ locked_through: day() }),
  refusals: [
    'accounting.notMonthEnd', 'accounting.periodAlreadyLocked', 'accounting.periodNotBegun', 'accounting.openingNotCleared',
    'accounting.draftsInPeriod',
  ],
})
/** Reopens the last closed month, and only it; `period` names it so that two people cannot reopen two by accident. */
export const unlockPeriod = command({
  name: 'accounting.unlockPeriod', permission: 'accounting.unlock',
  input: z.strictObject({ period: month(), reason: name(200) }), output: z.object({ locked_through: day() }),
  refusals: ['accounting.nothingLocked', 'accounting.notLastClosed'],
})

// Commands: opening balances

const openingRefusals = ['accounting.periodLocked', 'accounting.accountNotFound', 'accounting.accountNotLeaf',
'accounting.accountInactive', 'accounting.controlAccount']
/** Balances of ordinary accounts on the first day of books, against the clearing account. */
export const postOpeningBalances = command({
  name: 'accounting.postOpeningBalances', permission: 'accounting.opening',
  input: z.strictObject({
    lines: z.array(z.strictObject({ account_id: id(), debit_minor: money().default(0), credit_minor: money().default(0) }).refine(oneSide,
    'one side, not zero')).min(1).max(1000),
  }),
  output: posted, refusals: openingRefusals,
})
/** What parties owed and were owed, document by document, against the clearing account. Negative: an advance, or a credit. */
export const postOpeningItems = command({
  name: 'accounting.postOpeningItems', permission: 'accounting.opening',
  input: z.strictObject({
    items: z.array(z.strictObject({
      side: z.enum(SIDES), party_id: id(), number: name(60), day: day(), due_on: day(), amount_minor: money().refine((v) => v !== 0,
      'not zero'),
    })).min(1).max(1000),
  }),
  output: z.object({ posted: z.int() }),
  refusals: ['accounting.periodLocked', 'accounting.openingItemTooLate', 'accounting.openingItemExists', 'parties.partyNotFound'],
})
export const importOpeningBalances = command({
  name: 'accounting.importOpeningBalances', permission: 'accounting.opening',
  input: z.strictObject({ staging_id: name(100) }), output: z.object({ posted: z.int(), sha256: z.string() }),
  refusals: ['accounting.importRejected', 'accounting.periodLocked'],
})
export const importOpeningItems = command({
  name: 'accounting.importOpeningItems', permission: 'accounting.opening',
  input: z.strictObject({ staging_id: name(100) }), output: z.object({ posted: z.int(), sha256: z.string() }),
  refusals: ['accounting.importRejected', 'accounting.periodLocked'],
})

// Commands: set-up

/** Code rule 4-2-2-2: a top account has four characters, each level below adds two. */
export const createAccount = command({
  name: 'accounting.createAccount', permission: 'accounting.setup',
  input: z.strictObject({
    code: accountCode(), parent_id: id().optional(), name_zh: name(100), name_en: line(100).default(''),
    class: z.enum(ACCOUNT_CLASSES).optional(), direction: z.enum(['debit', 'credit']).optional(),
  }),
  output: z.object({ account_id: id() }),
  refusals: ['accounting.accountNotFound', 'accounting.accountCodeTaken', 'accounting.accountCodeRule', 'accounting.accountHasEntries',
  'accounting.accountInUse', 'accounting.accountClassNeeded'],
})
export const updateAccount = command({
  name: 'accounting.updateAccount', permission: 'accounting.setup',
  input: z.strictObject({ account_id: id(), name_zh: name(100).optional(), name_en: line(100).optional(), is_active: flag().optional(),
  allows_manual: flag().optional() }),
  output: z.object({}),
  refusals: ['accounting.accountNotFound', 'accounting.accountInUse', 'accounting.accountHasBalance', 'accounting.controlAccount'],
})
export const setAccountRole = command({
  name: 'accounting.setAccountRole', permission: 'accounting.setup',
  input: z.strictObject({ role: role(), account_id: id() }), output: z.object({}),
  refusals: [
    'accounting.accountNotFound', 'accounting.accountNotLeaf', 'accounting.accountInactive', 'accounting.accountHasEntries',
    'accounting.accountInUse', 'accounting.accountHasBalance', 'accounting.controlAccount',
  ],
})
export const createPaymentMethod = command({
  name: 'accounting.createPaymentMethod', permission: 'accounting.setup',
  input: z.strictObject({ code: methodCode(), name_zh: name(60), name_en: line(60).default(''), account_id: id() }), output: z.object({}),
  refusals: ['accounting.methodTaken', 'accounting.accountNotFound', 'accounting.accountNotLeaf', 'accounting.accountInactive',
  'accounting.controlAccount'],
})
export const updatePaymentMethod = command({
  name: 'accounting.updatePaymentMethod', permission: 'accounting.setup',
  input: z.strictObject({
    code: methodCode(), name_zh: name(60).optional(), name_en: line(60).optional(), account_id: id().optional(),
    is_active: flag().optional(), position: z.int().min(0).max(999).optional(),
  }),
  output: z.object({}),
  refusals: ['accounting.methodNotFound', 'accounting.methodInUse', 'accounting.accountNotFound', 'accounting.accountNotLeaf',
  'accounting.accountInactive', 'accounting.controlAccount'],
})
