import process from 'node:process'

// `npm run -s bench -- NAME [options]`: one JSON line a figure, each against a yardstick of the same run. Never part of a test.

const benches: Record<string, () => Promise<{ bench(args: readonly string[]): Promise<void> }>> = {
  'order-to-cash': () => import('./order-to-cash.ts'),
  reports: () => import('./reports.ts'),
  search: () => import('./search.ts'),
  duplicates: () => import('./duplicates.ts'),
  import: () => import('./import.ts'),
  workbench: () => import('./workbench.ts'),
  memory: () => import('./memory.ts'),
  customers: () => import('./customers.ts'),
  insights: () => import('./insights.ts'),
  cdnow: () => import('./cdnow.ts'),
  print: () => import('./print.ts'),
}

const [name, ...args] = process.argv.slice(2)
const load = name === undefined ? undefined : benches[name]
if (!load) {
  process.stderr.write(`bench NAME, one of: ${Object.keys(benches).join(', ')}\n`)
  process.exitCode = 2
} else await (await load()).bench(args)
