import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { appRoot } from '../../src-main/app/places.ts'
import { buildPart, builtFile } from '../../src-main/start/build-part.ts'
import { knowCustomers } from '../support/known-customers.ts'
import { benchFolder, note, say } from './figure.ts'

// What is known of 4,372 real customers, worked out and asked. `--data DIR` takes books that are there; else they are made.

const FILE = join(process.env['ZHANGGUI_DATA_SETS'] ?? join(import.meta.dirname, '../../../shared/data'), 'online_retail/online_retail.csv.xz')
const BAR_MS = 5_000

function verb(...args: string[]): void {
  const done = spawnSync(process.execPath, [join(appRoot(), 'src-main/launch.mjs'), builtFile(appRoot(), 'cli'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`zhanggui ${args.join(' ')}: ${done.stdout}`)
}

export async function bench(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--data')
  const { folder, remove } = benchFolder()
  try {
    const data = at < 0 ? join(folder, 'books') : args[at + 1]!
    if (at < 0) {
      if (!existsSync(FILE)) throw new Error(`${FILE} is missing: name the folder of data sets in ZHANGGUI_DATA_SETS`)
      await buildPart({ root: appRoot(), part: 'main' })
      verb('create', '--data', data, '--profile', 'international', '--name', 'Online Retail', '--currency', 'GBP', '--first-day', '2010-11-30', '--taxpayer', 'none', '--locale', 'en')
      verb('import', '--data', data, 'online-retail', FILE)
    }
    const { ms, run, overview, stories } = await knowCustomers(data)
    note(stories.join('\n'))
    note(JSON.stringify({ run, tiers: overview.tiers.map((t) => [t.name_en, t.customers]), standings: overview.standings, models: overview.models }))
    const whole = Object.values(ms).reduce((sum, x) => sum + x, 0)
    const customers = run.scored + run.quiet + run.not_positive + run.no_invoice
    say({ name: 'insights', figure: whole, unit: 'ms: tiers, segment, next purchases and lifetime value', bar: `<= ${BAR_MS} ms`, ok: whole <= BAR_MS, customers, no_invoice: run.no_invoice, not_positive: run.not_positive, ...ms })
  } finally {
    remove()
  }
}
