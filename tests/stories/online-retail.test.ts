import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cohortsOfFile } from '../support/cohorts-of-file.ts'
import { isOnServer } from '../support/files.ts'
import { knowCustomers } from '../support/known-customers.ts'
import { CommandLine, closingBalances, hasHledger, hledger, type Json } from '../support/command-line.ts'

// Acceptance: 541,909 real order lines (UCI 352, Online Retail) become posted books, whose figures are known from the file itself.

const FILE = join(process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../shared/data'), 'online_retail/online_retail.csv.xz')
const isMissing = !existsSync(FILE)
const LONG = 1_800_000
type ProfitRow = { readonly total_minor: number }
const say = (text: string): void => void process.stdout.write(`${text}\n`)
if (isMissing) say(`SKIPPED: ${FILE} is missing, so the Online Retail books were not made; name the folder of data sets in ZHANGGUI_DATA_SETS`)
else if (isOnServer) say('SKIPPED: the Online Retail books are made in a company file; on PostgreSQL tests/modules/migration imports a few lines')

describe.skipIf(isMissing || isOnServer)('the Online Retail data set', { timeout: LONG }, () => {
  const home = mkdtempSync(join(tmpdir(), 'zhanggui-online-retail-'))
  const data = join(home, 'books')
  const line = new CommandLine(home)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const ask = async (name: string, input: Json): Promise<Json> => {
    const { answer } = await line.said('call', '--data', data, name, JSON.stringify(input))
    if (answer['ok'] !== true) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    return answer['output'] as Json
  }
  const wholeTime = { from: '2010-11-30', to: '2011-12-31' }
  const trialBalance = () => ask('accounting.trialBalance', wholeTime)
  const imports = ['import', '--data', data, 'online-retail', FILE]

  beforeAll(async () => {
    const founding = ['--profile', 'international', '--name', 'Online Retail', '--currency', 'GBP', '--first-day', '2010-11-30', '--taxpayer', 'none', '--locale', 'en']
    expect(await line.said('create', '--data', data, ...founding)).toMatchObject({ code: 0 })
  }, LONG)

  test('a cancel in the middle of posting leaves nothing', async () => {
    let posted = 0
    const { code, out } = await line.run(imports, {
      onError: (text, interrupt) => {
        const [, done] = /"phase":"posting","done":(\d+)/.exec(text) ?? []
        if (done === undefined || Number(done) < 100 || posted > 0) return
        posted = Number(done)
        interrupt()
      },
    })
    expect(posted).toBeGreaterThan(0)
    expect({ code, out: JSON.parse(out) as Json }).toMatchObject({ code: 1, out: { ok: false, code: 'platform.cancelled' } })
    expect(closingBalances((await trialBalance()) as never)).toEqual([])
    for (const list of ['sales.invoices', 'sales.deliveries', 'catalog.items']) expect(await ask(list, { limit: 1 })).toMatchObject({ rows: [] })
    // The cash customer is there from the first day.
    expect(await ask('parties.list', { limit: 2 })).toMatchObject({ rows: [{ is_cash: 1 }] })
    expect(await line.said('verify', '--data', data)).toMatchObject({ code: 0, answer: { ok: true } })
    say(`cancelled at ${posted} documents: nothing stayed`)
  })

  test('is posted to the penny', async () => {
    const { code, out } = await line.run(imports)
    const { output } = JSON.parse(out) as { output: [{ rows: number; seconds: number; rate: number; peak_rss_bytes: number; output: Json }] }
    const [{ rows, seconds, rate, peak_rss_bytes, output: counts }] = output
    say(`${rows} lines in ${seconds.toFixed(1)} s, ${Math.round(rate)} a second, at most ${Math.round(peak_rss_bytes / 1e6)} MB`)
    expect({ code, rows }).toEqual({ code: 0, rows: 541_909 })
    expect(counts).toMatchObject({
      invoices: 19_963,
      deliveries: 19_785,
      credit_notes: 3_836,
      returns: 3_422,
      adjustments: 2_089,
      memos: 9,
      bad_debt_entries: 3,
      revenue_minor: 975_880_999,
      bad_debt_minor: 1_106_206,
    })
  })

  test('the books say so too, and hold', async () => {
    const invoices = (kind: string) => ask('sales.invoices', { kind, limit: 1 })
    const [sold, back] = [await invoices('invoice'), await invoices('credit_note')]
    expect({ sold: sold['total'], back: back['total'] }).toEqual({ sold: 19_963, back: 3_836 })
    expect(Number(sold['gross_minor']) + Number(back['gross_minor'])).toBe(975_880_999)
    const { rows } = (await ask('accounting.profitAndLoss', { from_period: '2010-11', to_period: '2011-12' })) as { rows: ProfitRow[] }
    const totals = rows.map((r) => r.total_minor)
    expect(totals).toContain(975_880_999)
    expect(totals).toContain(1_106_206)
    const { answer } = await line.said('verify', '--data', data)
    expect(answer).toMatchObject({ ok: true, broken: [] })
  })

  test('tell of 4,372 customers who is worth what, who comes next, and of whom nothing can be told', async () => {
    const { run, overview, stories } = await knowCustomers(data)
    // Of 4,372 the net of 55 is not positive, and 33 of these have no invoice at all: only credits for what was bought before the books begin.
    expect(run).toMatchObject({ scored: 4_317, quiet: 0, not_positive: 22, no_invoice: 33, moved: 4_317 })
    expect(overview.tiers.reduce((sum, tier) => sum + tier.customers, 0)).toBe(4_317)
    expect(overview.models?.buying).toMatchObject({ r: expect.closeTo(0.826, 2), alpha: expect.closeTo(9.84, 1), b: expect.closeTo(6.75, 1) })
    expect(stories.length).toBe(5)
    say(stories.join('\n'))
  })

  test('cohorts, what they brought and who came back are those of the file', async () => {
    type Cells = { rows: { cohort: string; back: number; cells: { month: string; customers: number; net_minor: number }[] }[] }
    const { rows } = (await ask('insights.retention', { from: '2010-12-01', to: '2011-12-31', within_days: 90 })) as unknown as Cells
    const file = await cohortsOfFile(FILE)
    const some = [['2010-12', '2010-12'], ['2010-12', '2011-01'], ['2010-12', '2011-11'], ['2011-03', '2011-06'], ['2011-07', '2011-12'], ['2011-12', '2011-12']] as const
    for (const [cohort, month] of some) {
      const { customers, net_minor } = rows.find((r) => r.cohort === cohort)!.cells.find((c) => c.month === month)!
      expect({ customers, net_minor }, `${cohort} in ${month}`).toEqual(file.cell(cohort, month))
      expect(customers).toBeGreaterThan(0)
    }
    for (const { cohort, back } of rows) expect(back, cohort).toBe(file.back(cohort, 90))
    const { rows: months } = (await ask('insights.returning', { from: '2011-06-01', to: '2011-06-30' })) as unknown as { rows: { new_customers: number; returning_customers: number }[] }
    const before = rows.map((r) => r.cohort).filter((cohort) => cohort < '2011-06').reduce((sum, cohort) => sum + file.cell(cohort, '2011-06').customers, 0)
    expect(months).toMatchObject([{ new_customers: file.cell('2011-06', '2011-06').customers, returning_customers: before }])
  })

  if (!hasHledger) say('SKIPPED: hledger is not installed, so it did not read the Online Retail books')

  test.skipIf(!hasHledger)('hledger checks them and agrees to the penny', async () => {
    const out = join(home, 'books.journal')
    expect(await line.said('export', '--data', data, 'journal', '--format', 'hledger', '--out', out)).toMatchObject({ code: 0 })
    const { complaints, balances } = hledger(out)
    expect(complaints).toBe('')
    expect(balances).toEqual(closingBalances((await trialBalance()) as never))
    expect(balances.length).toBeGreaterThan(4)
  })
})
