import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium } from '../src-main/app/browser.ts'
import { serverPrograms } from './support/postgres-suite.ts'

// `npm test`: everything, in the order in which it is cheapest to fail. Says aloud what it had to skip, and ends with one line of counts.

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }
type Step = { readonly name: string; readonly run: () => Promise<Counts> }

const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'zhanggui-run-'))
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const inModules = (path: string): string => join(root, 'node_modules', path)
const none: Counts = { passed: 0, failed: 0, skipped: 0 }
const ended = (code: number): Counts => (code === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 })

/** Runs a program in this Node with the output shown; gives its exit code and what it wrote. */
function node(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
    let output = ''
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString()
      process.stdout.write(part)
    })
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

const read = <T>(file: string): T | undefined => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined)

/** Vitest's counts from its report; a run that ends badly without a failed test (a crash, no report) counts as one failure. */
async function vitest(script: readonly string[], report: string): Promise<Counts> {
  const file = join(scratch, report)
  const { code } = await node([...script, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const seen = read<{ numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }>(file)
  if (!seen) return ended(code)
  const failed = seen.numFailedTests === 0 && code !== 0 ? 1 : seen.numFailedTests
  return { passed: seen.numPassedTests, failed, skipped: seen.numPendingTests + seen.numTodoTests }
}

async function browserSpecs(): Promise<Counts> {
  const file = join(scratch, 'e2e.json')
  const { code } = await node([join(root, 'tests/e2e/run.ts')], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const stats = read<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(file)?.stats
  if (!stats) return ended(code)
  const failed = stats.unexpected === 0 && code !== 0 ? 1 : stats.unexpected
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped }
}

async function walls(): Promise<Counts> {
  const { code, output } = await node([join(root, 'tests/house/check.ts')])
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? []
  if (passed === undefined) return ended(code)
  return { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1), skipped: 0 }
}

const types = async (project: string): Promise<Counts> => {
  const { code } = await node([inModules('typescript/bin/tsc'), '--noEmit', '-p', project])
  return ended(code)
}
const skipped = async (why: string): Promise<Counts> => {
  say(`SKIPPED: ${why}`)
  return { ...none, skipped: 1 }
}

const steps: readonly Step[] = [
  { name: 'types', run: () => types('tsconfig.json') },
  { name: 'types of the kernel, without Node and DOM', run: () => types('src-main/kernel/tsconfig.json') },
  { name: 'walls', run: walls },
  { name: 'linter', run: async () => ended((await node([inModules('oxlint/bin/oxlint')])).code) },
  { name: 'stories and modules', run: () => vitest([inModules('vitest/vitest.mjs'), 'run'], 'stories.json') },
  {
    name: 'browser specs',
    run: () => (findChromium() ? browserSpecs() : skipped('no Chromium was found, so no browser specs ran; install one or set CHROMIUM')),
  },
  {
    name: 'the domain on PostgreSQL',
    run: () =>
      process.env['ZHANGGUI_TEST_POSTGRES'] || serverPrograms()
        ? vitest([join(root, 'tests/support/postgres-suite.ts')], 'postgres.json')
        : skipped('no PostgreSQL 15 was found, so the domain ran on SQLite only; install one or set ZHANGGUI_TEST_POSTGRES'),
  },
]

const results: { readonly name: string; readonly counts: Counts; readonly seconds: number }[] = []
for (const { name, run } of steps) {
  say(`\n=== ${name}`)
  const began = performance.now()
  const counts = await run()
  results.push({ name, counts, seconds: Math.round((performance.now() - began) / 100) / 10 })
}
rmSync(scratch, { recursive: true, force: true })

say('\n=== summary')
for (const { name, counts, seconds } of results) {
  const mark = counts.failed === 0 ? 'ok  ' : 'FAIL'
  say(`${mark} ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`)
}
const sum = (key: keyof Counts): number => results.reduce((total, { counts }) => total + counts[key], 0)
say(`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
