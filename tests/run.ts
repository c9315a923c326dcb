import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium } from '../src-main/app/browser.ts'
import { serverPrograms } from './support/postgres-suite.ts'
import { newScratch } from './support/scratch.ts'

// `npm test`: everything, in the order in which it is cheapest to fail. Says aloud what it had to skip, and ends with one line of counts.

/** `named`: the tests that failed, and those that passed only when they were tried again, each with the first line of what went wrong. */
type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly named?: readonly string[] }
/** `tell` shows what a step writes: at once, or when it has ended, where it runs beside others. */
type Tell = (text: string) => void
type Step = { readonly name: string; readonly run: (tell: Tell) => Promise<Counts> }

const root = join(import.meta.dirname, '..')
const scratch = newScratch()
const tellAtOnce: Tell = (text) => void process.stdout.write(text)
const say = (line: string): void => tellAtOnce(`${line}\n`)
const inModules = (path: string): string => join(root, 'node_modules', path)
const none: Counts = { passed: 0, failed: 0, skipped: 0 }
const ended = (code: number): Counts => (code === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 })

/** Runs a program in this Node with the output shown; gives its exit code and what it wrote. What it leaves in temporary folders goes with the run. */
function node(args: readonly string[], tell: Tell, env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: scratch, ...env } })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part
      tell(part)
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
async function vitest(script: readonly string[], { tell, report }: { tell: Tell; report: string }): Promise<Counts> {
  const file = join(scratch, report)
  const { code } = await node([...script, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], tell)
  const seen = read<VitestReport>(file)
  if (!seen) return ended(code)
  const failed = seen.numFailedTests === 0 && code !== 0 ? 1 : seen.numFailedTests
  const named = seen.testResults.flatMap((f) => f.assertionResults.filter((t) => t.status === 'failed').map((t) => line('FAILED', t.fullName, t.failureMessages[0])))
  return { passed: seen.numPassedTests, failed, skipped: seen.numPendingTests + seen.numTodoTests, named }
}

async function browserSpecs(tell: Tell): Promise<Counts> {
  const file = join(scratch, 'e2e.json')
  const { code } = await node([join(root, 'tests/e2e/run.ts')], tell, { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const report = read<PlaywrightReport>(file)
  if (!report) return ended(code)
  const { stats, suites } = report
  const failed = stats.unexpected === 0 && code !== 0 ? 1 : stats.unexpected
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped, named: suites.flatMap((suite) => notAtOnce(suite)) }
}

async function walls(tell: Tell): Promise<Counts> {
  const { code, output } = await node([join(root, 'tests/house/check.ts')], tell)
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? []
  if (passed === undefined) return ended(code)
  return { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1), skipped: 0 }
}

const program = (...args: readonly string[]) => async (tell: Tell): Promise<Counts> => ended((await node(args, tell)).code)
const skipped = async (tell: Tell, why: string): Promise<Counts> => {
  tell(`SKIPPED: ${why}\n`)
  return { ...none, skipped: 1 }
}

/** One after the other; what stands together runs at the same time, because each alone leaves a processor idle. */
const phases: readonly (readonly Step[])[] = [
  [
    // A checker for each processor: more of them look at the same files again.
    { name: 'types', run: program(inModules('typescript/bin/tsc'), '--noEmit', '--checkers', '2', '-p', 'tsconfig.json') },
    { name: 'types of the kernel, without Node and DOM', run: program(inModules('typescript/bin/tsc'), '--noEmit', '-p', 'src-main/kernel/tsconfig.json') },
    { name: 'walls', run: walls },
    { name: 'linter', run: program(inModules('oxlint/bin/oxlint')) },
  ],
  [{ name: 'stories and modules', run: (tell) => vitest([inModules('vitest/vitest.mjs'), 'run'], { tell, report: 'stories.json' }) }],
  [
    {
      name: 'browser specs',
      run: (tell) => (findChromium() ? browserSpecs(tell) : skipped(tell, 'no Chromium was found, so no browser specs ran; install one or set CHROMIUM')),
    },
  ],
  [
    {
      name: 'the domain on PostgreSQL',
      run: (tell) =>
        process.env['ZHANGGUI_TEST_POSTGRES'] || serverPrograms()
          ? vitest([join(root, 'tests/support/postgres-suite.ts')], { tell, report: 'postgres.json' })
          : skipped(tell, 'no PostgreSQL 15 was found, so the domain ran on SQLite only; install one or set ZHANGGUI_TEST_POSTGRES'),
    },
  ],
]

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10
const results: { readonly name: string; readonly counts: Counts; readonly seconds: number }[] = []
const begun = performance.now()
for (const phase of phases) {
  const began = performance.now()
  const ran = phase.map(async ({ name, run }) => {
    let held = ''
    const title = `\n=== ${name}\n`
    if (phase.length === 1) say(title.trimEnd())
    const counts = await run(phase.length === 1 ? tellAtOnce : (text) => void (held += text))
    if (phase.length > 1) tellAtOnce(title + held)
    return { name, counts, seconds: secondsSince(began) }
  })
  results.push(...(await Promise.all(ran)))
}
rmSync(scratch, { recursive: true, force: true })

say('\n=== summary')
for (const { name, counts, seconds } of results) {
  const mark = counts.failed === 0 ? 'ok  ' : 'FAIL'
  say(`${mark} ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`)
  for (const name of counts.named ?? []) say(`     ${name}`)
}
const sum = (key: 'passed' | 'failed' | 'skipped'): number => results.reduce((total, { counts }) => total + counts[key], 0)
say(`all of it took ${secondsSince(begun)} s`)
say(`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
