import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

export type Figure = { readonly name: string; readonly figure: number; readonly unit: string; readonly yardstick?: number; readonly ratio?: number; readonly bar: string; readonly ok: boolean } & Record<string, unknown>

const rounded = (value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)

/** Prints one figure as one JSON line. */
export const say = (figure: Figure): void =>
  void process.stdout.write(`${JSON.stringify(Object.fromEntries(Object.entries(figure).map(([k, v]) => [k, rounded(v)])))}\n`)

/** A progress line that does not disturb the JSON. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)

const TMPFS = 0x01021994

/** A folder on a real disk (ZHANGGUI_BENCH_DIR, or the project's own cache folder); tmpfs is refused, it knows no fsync. */
export function benchFolder(): { folder: string; remove: () => void } {
  const parent = process.env['ZHANGGUI_BENCH_DIR'] ?? '/var/tmp'
  if (statfsSync(parent).type === TMPFS) throw new Error(`${parent} is tmpfs: name a folder on a real disk in ZHANGGUI_BENCH_DIR`)
  const folder = mkdtempSync(join(parent, 'zhanggui-bench-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Median time of one 4 KiB write with fsync in that folder, ms. */
export function fsyncMs(folder: string): number {
  const file = openSync(join(folder, 'fsync'), 'w')
  const times: number[] = []
  const page = Buffer.alloc(4096, 1)
  for (let i = 0; i < 50; i++) {
    const start = performance.now()
    writeSync(file, page, 0, page.length, i * 4096)
    fsyncSync(file)
    times.push(performance.now() - start)
  }
  closeSync(file)
  return percentile(times, 50)
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0
}

/** `--name value` out of the arguments. */
export const option = (args: readonly string[], name: string, fallback: number): number => {
  const at = args.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(args[at + 1])
}
