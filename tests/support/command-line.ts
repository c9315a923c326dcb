import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { builtFile } from '../../src-main/start/build-part.ts'
import { projectRoot } from '../house/tree.ts'

// The command line as scripts meet it: every verb in a process of its own, judged by its output and its exit code alone.

export type Said = { readonly code: number | null; readonly out: string; readonly errors: string }
export type Json = Record<string, unknown>

/** Every verb starts a process, which takes seconds on a machine that is busy with other tests. */
export const SLOW = 300_000

type Listening = { readonly input?: string; readonly onError?: (text: string, interrupt: () => void) => void }

export class CommandLine {
  private readonly home: string
  constructor(home: string) {
    this.home = home
  }

  /** Runs a verb to its end. `onError` hears what it complains on the way and may interrupt it as Ctrl+C does. */
  run(args: readonly string[], { input = '', onError }: Listening = {}): Promise<Said> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [join(projectRoot, 'src-main/launch.mjs'), builtFile(projectRoot, 'cli'), ...args], { env: { ...process.env, ZHANGGUI_HOME: this.home } })
      let [out, errors] = ['', '']
      child.stdout.on('data', (part: Buffer) => (out += part.toString()))
      child.stderr.on('data', (part: Buffer) => {
        errors += part.toString()
        onError?.(part.toString(), () => void child.kill('SIGINT'))
      })
      child.on('close', (code) => resolve({ code, out, errors }))
      child.stdin.end(input)
    })
  }

  /** One verb that answers with one line of JSON. */
  async said(...args: string[]): Promise<{ code: number | null; answer: Json }> {
    const { code, out, errors } = await this.run(args)
    const lines = out.trimEnd().split('\n')
    if (lines.length !== 1 || lines[0] === '') throw new Error(`not one line: ${out}\n${errors}`)
    return { code, answer: JSON.parse(lines[0]!) as Json }
  }
}

export const hasHledger = spawnSync('hledger', ['--version']).status === 0

/** What hledger makes of an exported journal: its complaints, and its balances other than zero, sorted, as text. */
export function hledger(file: string): { readonly complaints: string; readonly balances: string[] } {
  const say = (...args: string[]) => spawnSync('hledger', [...args, '-f', file], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const checks = [say('check'), say('check', '--strict')]
  const complaints = checks.map((c) => (c.status === 0 ? c.stderr : `${c.status} ${c.stderr}`)).join('')
  const rows = say('balance', '--flat', '--no-total', '-O', 'csv').stdout.trimEnd().split('\n').slice(1)
  const balances = rows.map((row) => Number(/"(-?[\d.]+) ?[A-Z]{3}"$/.exec(row)![1]).toFixed(2))
  return { complaints, balances: balances.filter((n) => Number(n) !== 0).sort() }
}

type TrialBalance = { readonly rows: readonly Record<string, number>[] }

/** The closing balances of a trial balance other than zero, sorted, as text: what hledger's should be. */
export const closingBalances = ({ rows }: TrialBalance): string[] =>
  rows
    .filter((r) => r['is_leaf'] !== 0)
    .map((r) => ((r['closing_debit_minor']! - r['closing_credit_minor']!) / 100).toFixed(2))
    .filter((n) => Number(n) !== 0)
    .sort()
