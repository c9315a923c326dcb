import Database from 'better-sqlite3'
import { ageing, ledger, profitAndLoss, trialBalance } from '../../src-main/modules/accounting/contract.ts'
import { valuation } from '../../src-main/modules/inventory/contract.ts'
import type { SqlValue } from '../../src-main/storage/db.ts'
import { dice } from '../../src-main/app/sample.ts'
import { benchCompany, benchOffice } from './company.ts'
import { benchFolder, note, option, percentile, say } from './figure.ts'

// P3: the reports of a bookkeeper on a million journal lines, against the plain aggregate over the same rows.

const DAY = '2026-12-31'
const PARTIES = 5000
const ITEMS = 5000

/** Fills the books by raw SQL: entries of three lines over a year, open items, stock. Balances are kept as the program keeps them. */
function fill(file: string, lines: number): { receivable: string } {
  const db = new Database(file)
  db.pragma('synchronous = OFF')
  for (const name of db.prepare(`select name from sqlite_schema where type = 'trigger'`).pluck().all()) db.exec(`drop trigger "${String(name)}"`)
  const roll = dice(42)
  const id = (kind: number, no: number): string => `019b0000-000${kind}-7000-8000-${no.toString(16).padStart(12, '0')}`
  const accounts = db.prepare(`select a.id from accounting_account a where not exists (select 1 from accounting_account c where c.parent_id = a.id) order by code`).pluck().all() as string[]
  const receivable = db.prepare(`select account_id from accounting_role where role = 'receivable'`).pluck().get() as string
  const user = db.prepare('select id from platform_user').pluck().get() as string
  db.exec('begin')
  const party = db.prepare(`insert into parties_party (id, same_as, code, name, name_key, kind, is_customer, is_supplier, is_active, created_at) values (@id, @id, @code, @name, '', 'company', 1, 0, 1, 0)`)
  for (let i = 0; i < PARTIES; i++) party.run({ id: id(1, i), code: `B${i}`, name: `Customer ${i}` })
  const item = db.prepare(`insert into catalog_item (id, code, name, kind, base_unit, costing, is_active, created_at) values (?, ?, ?, 'stocked', 'pc', 'average', 1, 0)`)
  const pool = db.prepare('insert into inventory_pool (item_id, quantity_e6, value_minor, last_day, last_seq) values (?, ?, ?, ?, 0)')
  for (let i = 0; i < ITEMS; i++) {
    item.run(id(2, i), `IT${i}`, `Item ${i}`)
    pool.run(id(2, i), (1 + roll(500)) * 1_000_000, 100 + roll(500_000), '2026-12-31')
  }
  const entry = db.prepare(`insert into accounting_entry (id, word, period, number, day, kind, summary, source_kind, source_id, posted_by, posted_at) values (?, '记', ?, ?, ?, 'document', 'Sale', 'sales.invoice', ?, '${user}', 0)`)
  const line = db.prepare('insert into accounting_line (entry_id, line_no, day, account_id, party_id, debit_minor, credit_minor) values (?, ?, ?, ?, ?, ?, ?)')
  const open = db.prepare(`insert into accounting_open_item (id, side, party_id, account_id, source_kind, source_id, number, day, due_on, amount_minor, settled_minor) values (?, 'receivable', ?, '${receivable}', 'sales.invoice', ?, ?, ?, ?, ?, ?)`)
  for (let e = 0; e * 3 < lines; e++) {
    const day = `2026-${String(1 + Math.floor((e * 36) / lines)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`
    const [entryId, partyId, amount] = [id(3, e), id(1, roll(PARTIES)), 100 + roll(1_000_000)]
    const tax = Math.floor(amount / 10)
    entry.run(entryId, day.slice(0, 7), e + 1, day, id(4, e))
    line.run(entryId, 1, day, receivable, partyId, amount, 0)
    line.run(entryId, 2, day, accounts[roll(accounts.length)]!, null, 0, amount - tax)
    line.run(entryId, 3, day, accounts[roll(accounts.length)]!, null, 0, tax)
    if (e % 3 === 0) open.run(id(5, e), partyId, id(4, e), `N${e}`, day, day, amount, e % 9 === 0 ? 0 : amount)
  }
  db.exec(`insert into accounting_balance (account_id, period, debit_minor, credit_minor)
    select account_id, substr(day, 1, 7), sum(debit_minor), sum(credit_minor) from accounting_line where true group by 1, 2
    on conflict (account_id, period) do update set debit_minor = excluded.debit_minor, credit_minor = excluded.credit_minor`)
  db.exec('commit')
  db.exec('analyze')
  db.close()
  return { receivable }
}

const WARM = 5
const RUNS = 20

async function median(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < WARM + RUNS; i++) {
    const start = performance.now()
    await work()
    if (i >= WARM) times.push(performance.now() - start)
  }
  return percentile(times, 50)
}

export async function bench(args: readonly string[]): Promise<void> {
  const lines = option(args, 'lines', 1_000_000)
  const { folder, remove } = benchFolder()
  try {
    await benchCompany(folder, DAY)
    note(`filling the books with ${lines} lines`)
    const file = `${folder}/company.db`
    const { receivable } = fill(file, lines)
    const { office, ask } = await benchOffice(folder, DAY)
    const raw = new Database(file, { readonly: true })
    const plain = (sql: string, ...params: SqlValue[]) => () => raw.prepare(sql).all(...params)
    const year = { from: '2026-01-01', to: '2026-12-31' }
    const report = async (name: string, bar: number, work: () => unknown, yardstick: () => unknown): Promise<void> => {
      const [figure, stick] = [await median(work), await median(yardstick)]
      say({ name: `reports/${name}`, figure, unit: 'ms', yardstick: stick, ratio: stick / figure, bar: `<= ${bar} ms warm`, ok: figure <= bar, lines })
    }
    const sums = 'select account_id, sum(debit_minor), sum(credit_minor) from accounting_line where day between ? and ? group by account_id'
    await report('trial-balance', 5, () => ask(trialBalance, year), plain(sums, year.from, year.to))
    await report('trial-balance-part-month', 50, () => ask(trialBalance, { from: '2026-03-10', to: '2026-03-20' }), plain(sums, '2026-03-10', '2026-03-20'))
    await report('profit-and-loss', 5, () => ask(profitAndLoss, { from_period: '2026-01', to_period: '2026-12' }), plain(`select account_id, substr(day, 1, 7), sum(debit_minor - credit_minor) from accounting_line group by 1, 2`))
    const page = { account_id: receivable, from: '2026-06-01', to: '2026-06-30', limit: 100, offset: 2000 }
    await report('ledger-page', 50, () => ask(ledger, page), plain('select entry_id, line_no, debit_minor, credit_minor from accounting_line where account_id = ? and day between ? and ? order by day, entry_id, line_no limit 100 offset 2000', receivable, page.from, page.to))
    await report('aged-receivables', 50, () => ask(ageing, { side: 'receivable', as_of: '2026-12-31' }), plain(`select party_id, sum(amount_minor - settled_minor) from accounting_open_item where side = 'receivable' and amount_minor <> settled_minor group by party_id`))
    await report('stock-valuation', 50, () => ask(valuation, {}), plain('select item_id, quantity_e6, value_minor from inventory_pool order by item_id limit 50'))
    raw.close()
    await office.close()
  } finally {
    remove()
  }
}
