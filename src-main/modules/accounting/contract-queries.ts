import { z } from 'zod'
import { day, flag, id, instant, line, page, query } from '../../kernel/contract.ts'
import {
  ACCOUNT_CLASSES, ENTRY_KINDS, PAYMENT_KINDS, SIDES, accountNames, methodCode, month, role, sides, textOrNull, total,
} from './contract-words.ts'

// Queries: books

const BOOKS = ['accounting_entry', 'accounting_line', 'accounting_account', 'accounting_balance']
const entryHead = {
  entry_id: id(), word: z.string(), period: month(), number: z.int(), day: day(), kind: z.enum(ENTRY_KINDS), summary: z.string(),
  total_minor: total(),
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
  output: z.object({
    rows: z.array(z.object({
      ...entryHead,
      /** The accounts of each side, in both languages, as one text: for tables and files. */
      debit_accounts_zh: z.string(), debit_accounts_en: z.string(), credit_accounts_zh: z.string(), credit_accounts_en: z.string(),
      lines: z.array(entryLine),
    })),
    total: z.int(),
    /** What all of them come to. */
    amount_minor: total(),
  }),
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
const standing = { direction: z.enum(['debit', 'credit', 'flat']), balance_minor: total() }
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
    periods: z.array(z.object({ period: month(), ...sides, year_debit_minor: total(), year_credit_minor: total(), ...standing })),
  }),
})
const sixColumns = {
  opening_debit_minor: total(), opening_credit_minor: total(), ...sides, closing_debit_minor: total(), closing_credit_minor: total(),
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
const nobodysNames = { account_id: textOrNull(), account_code: textOrNull(), account_name_zh: textOrNull(), account_name_en: textOrNull() }
/** Income and expense by month, from maintained balances. Amounts follow the order of `periods`. */
export const profitAndLoss = query({
  name: 'accounting.profitAndLoss', permission: 'accounting.read', scope: 'shared', reads: BOOKS, long: true,
  input: z.strictObject({ from_period: month(), to_period: month() }),
  output: z.object({
    periods: z.array(month()),
    /** As they stand below each other: the accounts of income, what they come to, those of expense, what they come to, and the profit. Sums have no account. */
    rows: z.array(z.object({ line: z.enum(['account', 'income', 'expense', 'profit']), ...nobodysNames, amounts_minor: z.array(total()), total_minor: total() })),
    income_minor: z.array(total()), expense_minor: z.array(total()), profit_minor: z.array(total()), total_profit_minor: total(),
  }),
})
/** What is in the bank and the till: the accounts that ways of payment lead to, today and at the end of each of the last days. */
export const cash = query({
  name: 'accounting.cash', permission: 'accounting.read', scope: 'shared', reads: [...BOOKS, 'accounting_payment_method'],
  input: z.strictObject({ days: z.int().min(2).max(366).default(30) }),
  output: z.object({
    from: day(), to: day(), balance_minor: total(),
    /** Debit less credit at the end of the last day. */
    accounts: z.array(z.object({ ...accountNames, balance_minor: total() })),
    days: z.array(z.object({ day: day(), ...sides, balance_minor: total() })),
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
      party_id: id(), party_code: z.string(), party_name: z.string(), not_due_minor: total(), overdue_minor: z.array(total()),
      credit_minor: total(), total_minor: total(),
    })),
    totals: z.object({ not_due_minor: total(), overdue_minor: z.array(total()), credit_minor: total(), total_minor: total() }),
    total: z.int(),
  }),
})
const itemRow = z.object({
  open_item_id: id(), side: z.enum(SIDES), party_id: id(), party_name: z.string(), source_kind: z.string(), source_id: z.string(),
  number: z.string(), day: day(), due_on: day(),
  amount_minor: total(), settled_minor: total(), open_minor: total(), overdue_days: z.int(), account_code: z.string(),
})
export const openItems = query({
  name: 'accounting.openItems', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS,
  input: z.strictObject({
    side: z.enum(SIDES).optional(), party_id: id().optional(), source_kind: line(60).optional(), source_id: id().optional(),
    as_of: day().optional(),
    include_settled: flag().default(0), ...page,
  }),
  output: z.object({ rows: z.array(itemRow), total: z.int(), open_minor: total() }),
})
const paymentHead = {
  payment_id: id(), number: z.string(), kind: z.enum(PAYMENT_KINDS), party_id: id(), party_name: z.string(), day: day(),
  method: z.string(), method_name_zh: z.string(),
  method_name_en: z.string(), amount_minor: total(), allocated_minor: total(), discount_minor: total(), open_minor: total(),
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
  output: z.object({ rows: z.array(z.object(paymentHead)), total: z.int(), amount_minor: total() }),
})
export const payment = query({
  name: 'accounting.payment', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS, refusals: ['accounting.paymentNotFound'],
  input: z.strictObject({ payment_id: id() }),
  output: z.object({
    ...paymentHead, open_item_id: id(), entry: z.object({ word: z.string(), period: month(), number: z.int() }),
    allocations: z.array(z.object({
      allocation_id: id(), day: day(), amount_minor: total(), discount_minor: total(), open_item_id: id(), number: z.string(),
      source_kind: z.string(), source_id: z.string(),
      entry_id: textOrNull(), undoes_id: textOrNull(), undone_by_id: textOrNull(), is_final: flag(),
    })),
  }),
})
export const partyBalance = query({
  name: 'accounting.partyBalance', permission: 'accounting.readMoney', scope: 'rows', reads: ITEMS,
  input: z.strictObject({ party_id: id(), as_of: day().optional() }),
  output: z.object({
    receivable_minor: total(), receivable_credit_minor: total(), receivable_overdue_minor: total(),
    payable_minor: total(), payable_credit_minor: total(), payable_overdue_minor: total(), net_minor: total(),
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
    blockers: z.object({ opening_clearing_minor: total(), drafts: z.array(z.object(draftHead)) }),
    rows: z.array(z.object({ period: month(), entries: z.int(), is_locked: flag(), unreviewed: z.int() })),
    events: z.array(z.object({ locked_through: day(), previous: day(), reason: textOrNull(), user_id: id(), user_name: textOrNull(),
    at: instant() })),
  }),
})
