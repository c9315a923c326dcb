import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium } from '../src-main/app/browser.ts'
import { serverPrograms } from './support/postgres-suite.ts'

// `npm test`: everything, in the order in which it is cheapest to fail. Says aloud what it had to skip, and ends with one line of counts.

/** `named`: the tests that failed, and those that passed only when they were tried again, each with the first line of what went wrong. */
type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly named?: readonly string[] }
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

const line = (what: string, test: string, why: string | undefined): string => `${what} ${test}: ${(why ?? '').replaceAll(/\u001B\[\d+m/g, '').slice(0, 300)}`

type VitestReport = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[] }[]
}

type PlaywrightReport = {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number }
  readonly suites: readonly PlaywrightSuite[]
}
type PlaywrightSuite = {
  readonly title: string
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs: readonly { readonly title: string; readonly tests: readonly { readonly status: string; readonly results: readonly { readonly error?: { readonly message?: string } }[] }[] }[]
}

/** The tests of a browser spec that did not pass the first time. */
function notAtOnce(suite: PlaywrightSuite, above = ''): string[] {
  const path = `${above}${suite.title} › `
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests
      .filter((t) => t.status === 'unexpected' || t.status === 'flaky')
      .map((t) => line(t.status === 'flaky' ? 'PASSED AT THE SECOND TRY' : 'FAILED', `${path}${title}`, t.results.find((r) => r.error)?.error?.message)),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => notAtOnce(inner, path))]
}

/** Vitest's counts from its report; a run that ends badly without a failed test (a crash, no report) counts as one failure. */
async function vitest(script: readonly string[], report: string): Promise<Counts> {
  const file = join(scratch, report)
  const { code } = await node([...script, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const seen = read<VitestReport>(file)
  if (!seen) return ended(code)
  const failed = seen.numFailedTests === 0 && code !== 0 ? 1 : seen.numFailedTests
  const named = seen.testResults.flatMap((f) => f.assertionResults.filter((t) => t.status === 'failed').map((t) => line('FAILED', t.fullName, t.failureMessages[0])))
  return { passed: seen.numPassedTests, failed, skipped: seen.numPendingTests + seen.numTodoTests, named }
}

async function browserSpecs(): Promise<Counts> {
  const file = join(scratch, 'e2e.json')
  const { code } = await node([join(root, 'tests/e2e/run.ts')], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const report = read<PlaywrightReport>(file)
  if (!report) return ended(code)
  const { stats, suites } = report
  const failed = stats.unexpected === 0 && code !== 0 ? 1 : stats.unexpected
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped, named: suites.flatMap((suite) => notAtOnce(suite)) }
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
  for (const name of counts.named ?? []) say(`     ${name}`)
}
const sum = (key: 'passed' | 'failed' | 'skipped'): number => results.reduce((total, { counts }) => total + counts[key], 0)
say(`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
