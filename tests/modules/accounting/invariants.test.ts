import { expect, test } from 'vitest'
import { connect } from '../../../src-main/storage/sqlite.ts'
import {
  allocateItems, lockPeriod, postOpeningBalances, postOpeningItems, postVoucher, receivePayment, reversePayment, reverseVoucher,
} from '../../../src-main/modules/accounting/contract.ts'
import { invariants } from '../../../src-main/modules/accounting/invariants.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { codes, party } from './books.ts'

// Every invariant must see the damage it is there for. The books are tampered with behind the program's back: the triggers
// are dropped and foreign keys switched off, as somebody with a database tool would do.

const damages: readonly (readonly [what: string, sql: string, sees: string])[] = [
  [
    'an amount changed on one side', "update accounting_line set debit_minor = debit_minor + 1 where debit_minor = 5000",
    'every entry has lines, balances',
  ],
  ['a total changed', 'update accounting_entry set total_minor = total_minor + 1 where number = 2', 'every entry has lines, balances'],
  [
    'an entry without its lines', 'delete from accounting_line where entry_id = (select min(id) from accounting_entry)',
    'every entry has lines, balances',
  ],
  [
    'a line moved to another day', "update accounting_line set day = '2026-01-30' where debit_minor = 5000",
    'lines bear the day of their entry',
  ],
  [
    'an entry moved to another month',
    "update accounting_entry set period = '2026-02', number = 99 where number = 2 and period = '2026-01'",
    'lines bear the day of their entry',
  ],
  [
    'a balance changed', 'update accounting_balance set debit_minor = debit_minor + 1, credit_minor = credit_minor + 1',
    'balances are the sums of the lines',
  ],
  ['a balance lost', "delete from accounting_balance where period = '0000-00'", 'balances are the sums of the lines'],
  [
    'an opening entry on another day', "update accounting_entry set day = '2026-01-02' where kind = 'opening'",
    'opening entries stand on the first day',
  ],
  ['a voucher number skipped', "update accounting_entry set number = 100 where number = 3", 'vouchers are numbered from 1'],
  [
    'a counter moved', "update platform_counter set last_no = last_no + 1 where key like 'accounting.voucher:%'",
    'vouchers are numbered from 1',
  ],
  [
    'a settled amount changed', 'update accounting_open_item set settled_minor = settled_minor - 1 where settled_minor > 0',
    'what allocations settled',
  ],
  [
    'an item settled beyond its amount', 'update accounting_open_item set settled_minor = amount_minor + 1 where amount_minor > 0',
    'no item is settled beyond',
  ],
  ['an item of the other sign', 'update accounting_open_item set settled_minor = 1 where amount_minor < 0', 'no item is settled beyond'],
  ['an allocation before its items', "update accounting_allocation set day = '2025-01-01'", 'allocations join one party'],
  [
    'an allocation across parties', 'update accounting_open_item set party_id = (select min(id) from parties_party) where amount_minor > 0',
    'allocations join one party',
  ],
  [
    'an undoing of another amount', 'update accounting_allocation set amount_minor = amount_minor + 1 where undoes_id is not null',
    'an undoing takes back',
  ],
  [
    'a receivable moved to another party',
    "update accounting_line set party_id = (select min(id) from parties_party) where party_id is not null",
    'receivables, payables and advances agree',
  ],
  [
    'a reversal that is no mirror', 'update accounting_line set debit_minor = -800 where debit_minor = -700',
    'a reversal mirrors its original',
  ],
  [
    'a reversal made twice',
    "update accounting_entry set reverses_id = (select reverses_id from accounting_entry where kind = 'reversal' and source_kind = 'accounting.voucher') where kind = 'manual'",
    'a reversal mirrors its original',
  ],
  [
    'a sub-account under an account with lines',
    "update accounting_account set parent_id = (select id from accounting_account where code = '5001') where code = '5051'",
    'lines stand on accounts that have none below',
  ],
  [
    'a method on an account switched off', "update accounting_account set is_active = 0 where code = '1001'",
    'roles and payment methods lead to accounts',
  ],
  [
    'a payment of another amount', 'update accounting_payment set amount_minor = 301 where amount_minor = 300',
    'the entry of a payment holds its amount',
  ],
  [
    'a reversal of another amount', 'update accounting_payment set amount_minor = -199 where amount_minor = -200',
    'a reversed payment and its reversal',
  ],
  [
    'a payment whose item is gone', "delete from accounting_open_item where source_kind = 'accounting.payment'",
    'every payment opened one item',
  ],
  [
    'an opening difference in closed books',
    "update accounting_line set debit_minor = 0 where account_id = (select id from accounting_account where code = '310499') and debit_minor > 0",
    'balances are the sums of the lines',
  ],
  [
    'an opening balance never cleared',
    "update accounting_balance set debit_minor = debit_minor + 5 where account_id = (select id from accounting_account where code = '310499')",
    'the opening clearing account is clear',
  ],
]

/** A little of everything, so that every damage has something to damage. */
async function books(): Promise<TestOffice> {
  const t = await testOffice({}, { today: '2026-02-10' })
  const id = await codes(t)
  const wang = await party(t, '王记')
  const voucher = (debit_minor: number) => ({
    day: '2026-01-05', summary: 'x',
    lines: [{ account_id: id('1001'), debit_minor }, { account_id: id('5001'), credit_minor: debit_minor }],
  })
  await t.run(postVoucher, voucher(5000))
  const { entry_id } = await t.run(postVoucher, voucher(700))
  await t.run(reverseVoucher, { entry_id, day: '2026-01-06' })
  await t.run(
    postOpeningItems,
    { items: [{ side: 'receivable', party_id: wang, number: 'A-1', day: '2025-12-01', due_on: '2025-12-31', amount_minor: 1000 }] },
  )
  await t.run(postOpeningBalances, { lines: [{ account_id: id('3001'), credit_minor: 1000 }] })
  const item = await t.office.engine.read((db) => db.get<{ id: string }>('select id from accounting_open_item'))
  const receipt = (amount_minor: number) => ({ party_id: wang, day: '2026-01-07', method: 'cash', amount_minor })
  const bounced = await t.run(receivePayment, { ...receipt(200), allocations: [{ open_item_id: item!.id, amount_minor: 150 }] })
  await t.run(reversePayment, { payment_id: bounced.payment_id, day: '2026-01-08', reason: 'x' })
  const kept = await t.run(receivePayment, receipt(300))
  await t.run(
    allocateItems,
    { party_id: wang, day: '2026-01-09', pairs: [{ positive_id: item!.id, negative_id: kept.open_item_id, amount_minor: 250 }] },
  )
  await t.run(lockPeriod, { through: '2026-01-31' })
  return t
}

// One company file serves all: each damage happens in a transaction that is rolled back.
test.skipIf(process.env['ZHANGGUI_TEST_POSTGRES'])('every invariant sees the damage it is there for', async () => {
  const t = await books()
  await t.verify()
  if (t.office.place.kind !== 'folder') throw new Error('a folder was expected')
  const db = connect(t.office.place.file, 'write')
  const seen = new Set<string>()
  try {
    db.pragma('foreign_keys = OFF')
    for (const [what, sql, sees] of damages) {
      db.exec('begin immediate')
      for (const name of db.prepare("select name from sqlite_schema where type = 'trigger'").pluck().all() as string[]) db.exec(`drop trigger "${name}"`)
      db.exec('drop index accounting_payment_payment_reverses')
      expect(db.prepare(sql).run().changes, `${what}: changed nothing`).toBeGreaterThan(0)
      const broken = invariants.filter((i) => 'sql' in i && db.prepare(i.sql).all().length > 0).map((i) => i.name)
      db.exec('rollback')
      expect(broken.filter((name) => name.includes(sees)), `${what}: only seen by ${broken.join('; ')}`).toHaveLength(1)
      for (const name of broken) if (name.includes(sees)) seen.add(name)
    }
  } finally {
    db.close()
  }
  expect(invariants.map((i) => i.name).filter((name) => !seen.has(name))).toEqual([])
})
