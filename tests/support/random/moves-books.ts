import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import { customer, dayOf, move, supplier, type Move, type Walk } from './walk.ts'

type Id = { id: string }
type Item = { id: string; party_id: string; open_minor: number }

const METHODS = ['cash', 'bank', 'wechat', 'alipay', 'card']
/** Open items of one sign on one side, newest first. */
const open = (w: Walk, side: string, sign: '>' | '<', more = '') =>
  w.pick<Item>(
    `select id, party_id, amount_minor - settled_minor as open_minor from accounting_open_item
      where side = '${side}' and amount_minor ${sign} 0 and amount_minor <> settled_minor ${more} order by id desc`,
  )

async function money(w: Walk, side: 'receivable' | 'payable', party_id: string) {
  const item = w.chance(2) ? await open(w, side, '>') : undefined
  const base = { day: w.t.today, method: w.one(METHODS) }
  if (!item) return { ...base, party_id, amount_minor: 1 + w.roll(100_000) }
  const amount_minor = w.chance(3) && item.open_minor > 1 ? Math.ceil(item.open_minor / 2) : item.open_minor
  return { ...base, party_id: item.party_id, amount_minor, allocations: [{ open_item_id: item.id, amount_minor }] }
}

/** Money back: out of a credit that is open. */
async function moneyBack(w: Walk, side: 'receivable' | 'payable') {
  const item = await open(w, side, '<')
  if (!item) return undefined
  const amount_minor = w.chance(2) ? -item.open_minor : Math.ceil(-item.open_minor / 2)
  return { party_id: item.party_id, day: w.t.today, method: w.one(METHODS), amount_minor, allocations: [{ open_item_id: item.id, amount_minor }] }
}

const leaf = (w: Walk) =>
  w.pick<Id>(
    `select id from accounting_account a where is_active = 1 and allows_manual = 1 and control is null and not exists (select 1 from accounting_account c where c.parent_id = a.id)
       and not exists (select 1 from accounting_role r where r.account_id = a.id) order by code`,
  )

async function twoLines(w: Walk) {
  const [a, b] = [(await leaf(w))!.id, (await leaf(w))!.id]
  const amount = 1 + w.roll(500_000)
  return [{ account_id: a, debit_minor: amount }, { account_id: b, credit_minor: amount }]
}

const lastOfMonth = (month: string): string => {
  const [y, m] = month.split('-').map(Number)
  return `${month}-${String(new Date(Date.UTC(y!, m!, 0)).getUTCDate()).padStart(2, '0')}`
}

const lockedThrough = async (w: Walk): Promise<string> => (await w.rows<{ d: string }>('select locked_through as d from accounting_lock'))[0]!.d
const nextMonth = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 7)

/** Somebody else than the owner who may review. */
async function bookkeeper(w: Walk): Promise<string | undefined> {
  const sql = `select u.id from platform_user u join platform_user_role ur on ur.user_id = u.id join platform_role r on r.id = ur.role_id
    where r.code = 'bookkeeper' and u.is_active = 1 order by u.id`
  return (await w.rows<Id>(sql))[0]?.id
}

/** Clears away what stops a month from being locked: drafts in it, and an opening that does not come to nothing. */
async function readyToLock(w: Walk, { locked, through }: { locked: string; through: string }): Promise<void> {
  for (const draft of await w.rows<Id>('select id from accounting_voucher_draft where day <= ? order by id', [through])) {
    await w.t.run(accounting.deleteVoucherDraft, { draft_id: draft.id })
  }
  if (locked >= '2026-01-01') return
  const sum = `select coalesce(sum(l.debit_minor - l.credit_minor), 0) as v from accounting_line l join accounting_role r on r.account_id = l.account_id where r.role = 'opening_clearing' and l.day <= ?`
  const v = (await w.rows<{ v: number }>(sum, [through]))[0]!.v
  const account_id = (await leaf(w))!.id
  if (v !== 0) await w.t.run(accounting.postOpeningBalances, { lines: [v > 0 ? { account_id, debit_minor: v } : { account_id, credit_minor: -v }] })
}

export const booksMoves: readonly Move[] = [
  move(accounting.receivePayment, async (w) => money(w, 'receivable', await customer(w))),
  move(accounting.paySupplier, async (w) => money(w, 'payable', await supplier(w))),
  move(accounting.refundCustomer, (w) => moneyBack(w, 'receivable')),
  move(accounting.receiveSupplierRefund, (w) => moneyBack(w, 'payable')),
  move(accounting.reversePayment, async (w) => {
    const row = await w.pick<Id>(`select id from accounting_payment p where reverses_id is null and not exists (select 1 from accounting_payment r where r.reverses_id = p.id) order by id desc`)
    return row && { payment_id: row.id, day: w.t.today, reason: 'wrong amount' }
  }),
  move(accounting.allocateItems, async (w) => {
    const side = w.one(['receivable', 'receivable', 'payable'])
    const plus = await open(w, side, '>', `and exists (select 1 from accounting_open_item n where n.party_id = accounting_open_item.party_id and n.side = accounting_open_item.side and n.amount_minor < 0 and n.amount_minor <> n.settled_minor)`)
    if (!plus) return undefined
    const minus = await open(w, side, '<', `and party_id = '${plus.party_id}'`)
    if (!minus) return undefined
    return { party_id: plus.party_id, day: w.t.today, pairs: [{ positive_id: plus.id, negative_id: minus.id, amount_minor: Math.min(plus.open_minor, -minus.open_minor) }] }
  }),
  move(accounting.undoAllocation, async (w) => {
    const row = await w.pick<Id>('select id from accounting_allocation a where undoes_id is null and not exists (select 1 from accounting_allocation u where u.undoes_id = a.id) order by id desc')
    return row && { allocation_id: row.id, day: w.t.today }
  }),
  move(accounting.writeOffBadDebt, async (w) => {
    const item = await open(w, 'receivable', '>')
    return item && { party_id: item.party_id, day: w.t.today, reason: 'will not pay', items: [{ open_item_id: item.id, amount_minor: 1 + w.roll(item.open_minor) }] }
  }),
  move(accounting.postVoucher, async (w) => ({ day: dayOf(w), summary: 'rent', lines: await twoLines(w) })),
  move(accounting.reverseVoucher, async (w) => {
    const row = await w.pick<Id>(`select id from accounting_entry e where kind = 'manual' and not exists (select 1 from accounting_entry r where r.reverses_id = e.id) order by id desc`)
    return row && { entry_id: row.id, day: w.t.today }
  }),
  move(accounting.saveVoucherDraft, async (w) => ({ day: w.t.today, summary: 'draft', lines: await twoLines(w) })),
  move(accounting.deleteVoucherDraft, async (w) => {
    const row = await w.pick<Id>('select id from accounting_voucher_draft order by id')
    return row && { draft_id: row.id }
  }),
  {
    ...move(accounting.reviewEntry, async (w) => {
      const row = await w.pick<Id>('select id from accounting_entry e where not exists (select 1 from accounting_review r where r.entry_id = e.id) order by id desc')
      return row && (await bookkeeper(w)) !== undefined ? { entry_ids: [row.id] } : undefined
    }),
    as: bookkeeper,
  },
  move(accounting.lockPeriod, async (w) => {
    const locked = await lockedThrough(w)
    const through = lastOfMonth(nextMonth(locked))
    if (through >= w.t.today) return undefined
    await readyToLock(w, { locked, through })
    return { through }
  }),
  move(accounting.unlockPeriod, async (w) => {
    const locked = await lockedThrough(w)
    return locked < '2026-01-01' ? undefined : { period: locked.slice(0, 7), reason: 'forgot a bill' }
  }),
  move(accounting.postOpeningBalances, async (w) => ({ lines: [{ account_id: (await leaf(w))!.id, debit_minor: 1 + w.roll(1000) }] })),
  move(accounting.postOpeningItems, async (w) => ({
    items: [{ side: 'receivable' as const, party_id: await customer(w), number: w.fresh('OPEN-'), day: '2025-12-01', due_on: '2025-12-31', amount_minor: 1 + w.roll(10_000) }],
  })),
  move(accounting.createAccount, async (w) => {
    const parent = await w.pick<{ id: string; code: string }>(
      `select a.id, a.code from accounting_account a where a.parent_id is null and length(a.code) = 4 and a.is_active = 1
          and exists (select 1 from accounting_account c where c.parent_id = a.id) order by a.code`,
    )
    if (!parent) return undefined
    const taken = new Set((await w.rows<{ code: string }>('select code from accounting_account where parent_id = ?', [parent.id])).map((r) => r.code))
    const code = Array.from({ length: 99 }, (_, i) => `${parent.code}${String(i + 1).padStart(2, '0')}`).find((c) => !taken.has(c))
    return code === undefined ? undefined : { code, parent_id: parent.id, name_zh: w.fresh('科目'), name_en: 'Account' }
  }),
  move(accounting.updateAccount, async (w) => {
    const row = await leaf(w)
    return row && { account_id: row.id, name_en: w.fresh('Account ') }
  }),
  move(accounting.setAccountRole, async (w) => {
    const row = await w.pick<Id>(`select account_id as id from accounting_role where role = 'rounding' order by role`)
    return row && { role: 'rounding' as const, account_id: row.id }
  }),
  move(accounting.createPaymentMethod, async (w) => {
    const row = await w.pick<Id>(`select account_id as id from accounting_payment_method order by code`)
    return row && { code: w.fresh('method-'), name_zh: w.fresh('方式'), account_id: row.id }
  }),
  move(accounting.updatePaymentMethod, async (w) => {
    const row = await w.pick<{ code: string }>(`select code from accounting_payment_method where code like 'method-%' order by code`)
    return row && { code: row.code, name_en: w.fresh('Method '), is_active: w.roll(2) as 0 | 1 }
  }),
]
