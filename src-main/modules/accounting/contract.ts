import { z } from 'zod'
import { amount, command, day, flag, id, instant, line, money, name, page, query, text } from '../../kernel/contract.ts'
import { event, setting } from '../../kernel/operation.ts'

// The contract of the books. Amounts are minor units of the company's currency; days are YYYY-MM-DD; months are YYYY-MM.

/** Which account plays a part in automatic postings. */
export const ACCOUNT_ROLES = [
  'receivable', 'customer_advances', 'payable', 'supplier_advances', 'inventory', 'goods_delivered', 'revenue', 'cost_of_sales',
  'input_tax', 'output_tax', 'expense', 'inventory_gain', 'inventory_loss', 'pending_property', 'settlement_discount',
  'purchase_discount', 'bad_debt', 'opening_clearing', 'accrued_receivable', 'accrued_tax', 'rounding', 'retained_earnings',
] as const
export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** Roles whose account is a control account: fed by documents only, never by a manual voucher or an opening balance. */
export const CONTROL_ROLES = [
  'receivable', 'customer_advances', 'payable', 'supplier_advances', 'inventory', 'goods_delivered', 'accrued_receivable',
  'opening_clearing',
] as const satisfies readonly AccountRole[]

export const ACCOUNT_CLASSES = ['asset', 'liability', 'equity', 'cost', 'income', 'expense'] as const
export const ENTRY_KINDS = ['document', 'manual', 'opening', 'accrual', 'adjustment', 'reversal'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
export const PAYMENT_KINDS = ['receipt', 'refund', 'payment', 'supplier_refund'] as const
export type PaymentKind = (typeof PAYMENT_KINDS)[number]
export const SIDES = ['receivable', 'payable'] as const
export type Side = (typeof SIDES)[number]

/** The voucher word; empty: 记 under Chinese rules, JV elsewhere. */
export const voucherWord = setting({ key: 'accounting.voucherWord', schema: line(8), fallback: '', permission: 'accounting.setup' })

// Events

/** Before the lock moves from `previous` to `through`: upper floors post what belongs into the period, dated `through`. */
export const periodLocking = event<{ through: string; previous: string }>('accounting.periodLocking')
/** The books are closed up to and including `through`. */
export const periodLocked = event<{ through: string; previous: string }>('accounting.periodLocked')
/** The lock went back from `previous` to `through`. */
export const periodUnlocked = event<{ through: string; previous: string }>('accounting.periodUnlocked')

// Words used several times

const textOrNull = () => z.string().nullable()
const month = () => z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/)
const role = () => z.enum(ACCOUNT_ROLES)
const accountCode = () => z.string().trim().regex(/^[0-9A-Za-z.]{1,20}$/)
const methodCode = () => z.string().trim().regex(/^[a-z0-9_-]{1,30}$/)
const posted = z.object({ entry_id: id(), word: z.string(), period: month(), number: z.int() })
const accountNames = { account_id: id(), account_code: z.string(), account_name_zh: z.string(), account_name_en: z.string() }
const sides = { debit_minor: money(), credit_minor: money() }
const oneSide = (l: { debit_minor: number; credit_minor: number }) => (l.debit_minor === 0) !== (l.credit_minor === 0)

const voucherLine = z
  .object({ account_id: id(), summary: line(200).optional(), debit_minor: money().default(0), credit_minor: money().default(0) })
  .refine(oneSide, 'one side, not zero')
const voucherInput = {
  day: day(),
  summary: name(200),
  attachments: z.int().min(0).max(9999).default(0),
  lines: z.array(voucherLine).min(2).max(500),
}
const allocationInput = z.object({ open_item_id: id(), amount_minor: amount(), discount_minor: amount().default(0) })
const paymentInput = {
  party_id: id(),
  day: day(),
  method: methodCode(),
  amount_minor: amount().min(1),
  note: text(500).optional(),
  reference: line(100).optional(),
  source: z.object({ kind: name(60), id: id() }).optional(),
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
    pairs: z.array(z.object({ positive_id: id(), negative_id: id(), amount_minor: amount().min(1),
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
  input: z.strictObject({ party_id: id(), day: day(), reason: name(200), items: z.array(z.object({ open_item_id: id(),
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
  'accounting.manualNotAllowed', 'accounting.voucherUnbalanced',
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
    lines: z.array(z.object({ account_id: id().nullable(), summary: line(200).optional(), ...sides })).max(500),
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
    lines: z.array(z.object({ account_id: id(), debit_minor: money().default(0), credit_minor: money().default(0) }).refine(oneSide,
    'one side, not zero')).min(1).max(1000),
  }),
  output: posted, refusals: openingRefusals,
})
/** What parties owed and were owed, document by document, against the clearing account. Negative: an advance, or a credit. */
export const postOpeningItems = command({
  name: 'accounting.postOpeningItems', permission: 'accounting.opening',
  input: z.strictObject({
    items: z.array(z.object({
      side: z.enum(SIDES), party_id: id(), number: name(60), day: day(), due_on: day(), amount_minor: money().refine((v) => v !== 0,
      'not zero'),
    })).min(1).max(1000),
  }),
  output: z.object({ posted: z.int() }),
  refusals: ['accounting.periodLocked', 'accounting.openingItemTooLate', 'accounting.openingItemExists', 'parties.partyNotFound'],
})
export const importOpeningBalances = command({
  name: 'accounting.importOpeningBalances', permission: 'accounting.opening',
  input: z.strictObject({ staging_id: z.string().max(100) }), output: z.object({ posted: z.int() }),
  refusals: ['accounting.importRowsRefused', 'accounting.periodLocked'],
})
export const importOpeningItems = command({
  name: 'accounting.importOpeningItems', permission: 'accounting.opening',
  input: z.strictObject({ staging_id: z.string().max(100) }), output: z.object({ posted: z.int() }),
  refusals: ['accounting.importRowsRefused', 'accounting.periodLocked'],
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
  output: z.object({}), refusals: ['accounting.accountNotFound', 'accounting.accountInUse', 'accounting.controlAccount'],
})
export const setAccountRole = command({
  name: 'accounting.setAccountRole', permission: 'accounting.setup',
  input: z.strictObject({ role: role(), account_id: id() }), output: z.object({}),
  refusals: ['accounting.accountNotFound', 'accounting.accountNotLeaf', 'accounting.accountInactive', 'accounting.accountHasEntries',
  'accounting.controlAccount'],
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

// Queries: books

const BOOKS = ['accounting_entry', 'accounting_line', 'accounting_account', 'accounting_balance']
const entryHead = {
  entry_id: id(), word: z.string(), period: month(), number: z.int(), day: day(), kind: z.enum(ENTRY_KINDS), summary: z.string(),
  total_minor: money(),
  source_kind: textOrNull(), source_id: textOrNull(), source_number: textOrNull(),
  reverses_id: textOrNull(), reversed_by_id: textOrNull(), posted_by: id(), posted_by_name: textOrNull(), posted_at: instant(),
  is_reviewed: flag(),
}
const entryLine = z.object({
  line_no: z.int(), ...accountNames, party_id: textOrNull(), party_name: textOrNull(), ...sides, summary: textOrNull(),
})
export const journal = query({
  name: 'accounting.journal', permission: 'accounting.read', scope: 'shared', reads: [...BOOKS, 'accounting_review'], long: true,
  input: z.strictObject({
    from: day().optional(), to: day().optional(), account_id: id().optional(), party_id: id().optional(),
    kind: z.enum(ENTRY_KINDS).optional(),
    source_kind: line(60).optional(), source_id: id().optional(), text: line(100).optional(), order: z.enum(['newest',
    'oldest']).default('newest'), ...page,
  }),
  output: z.object({ rows: z.array(z.object({ ...entryHead, lines: z.array(entryLine) })), total: z.int() }),
})
export const entry = query({
  name: 'accounting.entry', permission: 'accounting.read', scope: 'shared', reads: [...BOOKS, 'accounting_review'],
  refusals: ['accounting.entryNotFound'],
  input: z.strictObject({ entry_id: id() }),
  output: z.object({
    ...entryHead, attachments: z.int(), lines: z.array(entryLine),
    reviews: z.array(z.object({ review_id: id(), user_id: id(), user_name: textOrNull(), at: instant(), note: textOrNull() })),
    reverses: z.object({ entry_id: id(), word: z.string(), period: month(), number: z.int(), day: day() }).nullable(),
    reversed_by: z.object({ entry_id: id(), word: z.string(), period: month(), number: z.int(), day: day() }).nullable(),
  }),
})
/** `direction` and `balance_minor` as DF-13 wants them: 'flat' (平) at 0, else the account's own side and an amount signed against it. */
const standing = { direction: z.enum(['debit', 'credit', 'flat']), balance_minor: money() }
/** One account's book; for a parent account, that of all accounts below it. Opening entries are its opening balance, not its lines. */
export const ledger = query({
  name: 'accounting.ledger', permission: 'accounting.read', scope: 'shared', reads: BOOKS, long: true,
  refusals: ['accounting.accountNotFound'],
  input: z.strictObject({ account_id: id(), from: day(), to: day(), party_id: id().optional(), ...page }),
  output: z.object({
    account: z.object({ ...accountNames, class: z.enum(ACCOUNT_CLASSES), account_direction: z.enum(['debit', 'credit']), is_leaf: flag() }),
    opening: z.object(standing),
    /** What stood before the first line of this page. */
    carried: z.object(standing),
    rows: z.array(z.object({
      entry_id: id(), line_no: z.int(), day: day(), word: z.string(), period: month(), number: z.int(), kind: z.enum(ENTRY_KINDS),
      summary: z.string(), ...accountNames,
      party_id: textOrNull(), party_name: textOrNull(), source_kind: textOrNull(), source_id: textOrNull(), source_number: textOrNull(),
      ...sides, ...standing,
    })),
    total: z.int(), turnover: z.object(sides), closing: z.object(standing),
    /** 本期合计 and 本年累计 of each whole or part month in the range; empty for one party's book. */
    periods: z.array(z.object({ period: month(), ...sides, year_debit_minor: money(), year_credit_minor: money(), ...standing })),
  }),
})
const sixColumns = {
  opening_debit_minor: money(), opening_credit_minor: money(), ...sides, closing_debit_minor: money(), closing_credit_minor: money(),
}
/** Opening, turnover and closing of every account that has any. Totals add the deepest rows shown. */
export const trialBalance = query({
  name: 'accounting.trialBalance', permission: 'accounting.read', scope: 'shared', reads: BOOKS, long: true,
  input: z.strictObject({ from: day(), to: day(), level: z.int().min(1).max(8).default(8) }),
  output: z.object({
    rows: z.array(z.object({ ...accountNames, parent_id: textOrNull(), class: z.enum(ACCOUNT_CLASSES), level: z.int(), is_leaf: flag(),
    ...sixColumns })),
    totals: z.object(sixColumns),
  }),
})
/** Income and expense by month, from maintained balances. Amounts follow the order of `periods`. */
export const profitAndLoss = query({
  name: 'accounting.profitAndLoss', permission: 'accounting.read', scope: 'shared', reads: BOOKS, long: true,
  input: z.strictObject({ from_period: month(), to_period: month() }),
  output: z.object({
    periods: z.array(month()),
    rows: z.array(z.object({ ...accountNames, class: z.enum(['income', 'expense']), amounts_minor: z.array(money()),
    total_minor: money() })),
    income_minor: z.array(money()), expense_minor: z.array(money()), profit_minor: z.array(money()), total_profit_minor: money(),
  }),
})
/** Entries with lines in order of day for files: call again with `after` until it comes back null. */
export const journalExport = query({
  name: 'accounting.journalExport', permission: 'accounting.read', scope: 'shared', reads: BOOKS, long: true,
  input: z.strictObject({
    from: day().optional(), to: day().optional(), after: z.object({ day: day(), entry_id: id() }).optional(),
    limit: z.int().min(1).max(2000).default(500),
    locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  }),
  output: z.object({
    rows: z.array(z.object({
      entry_id: id(), day: day(), word: z.string(), period: month(), number: z.int(), kind: z.enum(ENTRY_KINDS), summary: z.string(),
      source_kind: textOrNull(), source_number: textOrNull(), posted_by_name: textOrNull(),
      lines: z.array(z.object({
        line_no: z.int(), account_code: z.string(), account_name: z.string(), account_path: z.string(), party_code: textOrNull(),
        party_name: textOrNull(),
        summary: textOrNull(), ...sides,
      })),
    })),
    after: z.object({ day: day(), entry_id: id() }).nullable(),
  }),
})

// Queries: money

const ITEMS = ['accounting_open_item', 'accounting_allocation', 'accounting_payment', 'parties_party', 'parties_assignment']
/** Who owes what since when. Positive items fall into buckets by days past due at `as_of`; open negative ones are the party's credit. */
export const ageing = query({
  name: 'accounting.ageing', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS, long: true,
  input: z.strictObject({ side: z.enum(SIDES), as_of: day(), bounds: z.array(z.int().min(1).max(3650)).min(1).max(8).default([30, 60,
  90]), party_id: id().optional(), ...page }),
  output: z.object({
    bounds: z.array(z.int()),
    /** `overdue_minor[i]` is overdue up to bounds[i] days; the last is beyond the last bound. */
    rows: z.array(z.object({
      party_id: id(), party_code: z.string(), party_name: z.string(), not_due_minor: money(), overdue_minor: z.array(money()),
      credit_minor: money(), total_minor: money(),
    })),
    totals: z.object({ not_due_minor: money(), overdue_minor: z.array(money()), credit_minor: money(), total_minor: money() }),
    total: z.int(),
  }),
})
const itemRow = z.object({
  open_item_id: id(), side: z.enum(SIDES), party_id: id(), party_name: z.string(), source_kind: z.string(), source_id: z.string(),
  number: z.string(), day: day(), due_on: day(),
  amount_minor: money(), settled_minor: money(), open_minor: money(), overdue_days: z.int(), account_code: z.string(),
})
export const openItems = query({
  name: 'accounting.openItems', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS,
  input: z.strictObject({
    side: z.enum(SIDES).optional(), party_id: id().optional(), source_kind: line(60).optional(), source_id: id().optional(),
    as_of: day().optional(),
    include_settled: flag().default(0), ...page,
  }),
  output: z.object({ rows: z.array(itemRow), total: z.int(), open_minor: money() }),
})
const paymentHead = {
  payment_id: id(), number: z.string(), kind: z.enum(PAYMENT_KINDS), party_id: id(), party_name: z.string(), day: day(),
  method: z.string(), method_name_zh: z.string(),
  method_name_en: z.string(), amount_minor: money(), allocated_minor: money(), discount_minor: money(), open_minor: money(),
  note: textOrNull(), reference: textOrNull(),
  source_kind: textOrNull(), source_id: textOrNull(), reverses_id: textOrNull(), reversed_by_id: textOrNull(), entry_id: id(),
  created_by: id(), created_at: instant(),
}
export const payments = query({
  name: 'accounting.payments', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS,
  input: z.strictObject({
    kind: z.enum(PAYMENT_KINDS).optional(), party_id: id().optional(), method: methodCode().optional(), from: day().optional(),
    to: day().optional(), text: line(100).optional(),
    source_kind: line(60).optional(), source_id: id().optional(), ...page,
  }),
  output: z.object({ rows: z.array(z.object(paymentHead)), total: z.int(), amount_minor: money() }),
})
export const payment = query({
  name: 'accounting.payment', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS, refusals: ['accounting.paymentNotFound'],
  input: z.strictObject({ payment_id: id() }),
  output: z.object({
    ...paymentHead, open_item_id: id(), entry: z.object({ word: z.string(), period: month(), number: z.int() }),
    allocations: z.array(z.object({
      allocation_id: id(), day: day(), amount_minor: money(), discount_minor: money(), open_item_id: id(), number: z.string(),
      source_kind: z.string(), source_id: z.string(),
      entry_id: textOrNull(), undoes_id: textOrNull(), undone_by_id: textOrNull(), is_final: flag(),
    })),
  }),
})
export const partyBalance = query({
  name: 'accounting.partyBalance', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS,
  input: z.strictObject({ party_id: id(), as_of: day().optional() }),
  output: z.object({
    receivable_minor: money(), receivable_credit_minor: money(), receivable_overdue_minor: money(),
    payable_minor: money(), payable_credit_minor: money(), payable_overdue_minor: money(), net_minor: money(),
  }),
})

// Queries: set-up

export const accounts = query({
  name: 'accounting.accounts', permission: 'accounting.readSetup', scope: 'shared', reads: ['accounting_account', 'accounting_role'],
  input: z.strictObject({ leaves_only: flag().default(0), active_only: flag().default(0), manual_only: flag().default(0) }),
  output: z.object({
    rows: z.array(z.object({
      account_id: id(), code: z.string(), name_zh: z.string(), name_en: z.string(), class: z.enum(ACCOUNT_CLASSES),
      direction: z.enum(['debit', 'credit']),
      parent_id: textOrNull(), level: z.int(), is_leaf: flag(), control: textOrNull(), is_active: flag(), allows_manual: flag(),
      roles: z.array(role()),
    })),
  }),
})
export const paymentMethods = query({
  name: 'accounting.paymentMethods', permission: 'accounting.readSetup', scope: 'shared', reads: ['accounting_payment_method'],
  input: z.strictObject({ active_only: flag().default(0) }),
  output: z.object({ rows: z.array(z.object({ code: z.string(), name_zh: z.string(), name_en: z.string(), ...accountNames,
  is_active: flag(), position: z.int() })) }),
})
const draftHead = { draft_id: id(), day: day(), summary: z.string(), created_by: id(), created_at: instant() }
export const voucherDrafts = query({
  name: 'accounting.voucherDrafts', permission: 'accounting.read', scope: 'shared', reads: ['accounting_voucher_draft'],
  input: z.strictObject({ ...page }),
  output: z.object({
    rows: z.array(z.object({
      ...draftHead, attachments: z.int(), lines: z.array(z.object({ account_id: textOrNull(), summary: z.string().optional(), ...sides })),
    })),
    total: z.int(),
  }),
})
/** Months of the books, newest first, with what stands in the way of closing the next one. */
export const periods = query({
  name: 'accounting.periods', permission: 'accounting.read', scope: 'shared',
  reads: ['accounting_lock', 'accounting_lock_event', 'accounting_entry', 'accounting_voucher_draft', 'accounting_balance'],
  input: z.strictObject({}),
  output: z.object({
    locked_through: day(), first_open_day: day(), first_day: day(),
    /** The month end that could be locked next; empty when that month has not begun. */
    next_through: day().nullable(),
    blockers: z.object({ opening_clearing_minor: money(), drafts: z.array(z.object(draftHead)) }),
    rows: z.array(z.object({ period: month(), entries: z.int(), is_locked: flag(), unreviewed: z.int() })),
    events: z.array(z.object({ locked_through: day(), previous: day(), reason: textOrNull(), user_id: id(), user_name: textOrNull(),
    at: instant() })),
  }),
})
