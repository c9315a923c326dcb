import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { say } from './figure.ts'

const KB = 1024

/** What the built workbench weighs: what comes before the first screen can stand, and what is loaded later or in idle moments. */
export function sayBundle(pages: string): void {
  const html = readFileSync(join(pages, 'index.html'), 'utf8')
  const assets = readdirSync(join(pages, 'assets')).filter((name) => /\.(js|css)$/.test(name))
  const isFirst = (name: string): boolean => html.includes(`/assets/${name}`) || name.startsWith('texts-en-')
  const kbOf = (names: readonly string[], sizeOf: (path: string) => number): number => Math.round(names.reduce((sum, name) => sum + sizeOf(join(pages, 'assets', name)), 0) / KB)
  const plain = (path: string): number => statSync(path).size
  const packed = (path: string): number => gzipSync(readFileSync(path)).length
  const [first, later] = [assets.filter(isFirst), assets.filter((name) => !isFirst(name))]
  const largest = [...later].sort((a, b) => plain(join(pages, 'assets', b)) - plain(join(pages, 'assets', a))).slice(0, 5)
  say({
    name: 'workbench: bundle',
    figure: kbOf(first, plain),
    unit: 'KB before the first screen',
    packed_kb: kbOf(first, packed),
    files: first.length,
    later_kb: kbOf(later, plain),
    later_packed_kb: kbOf(later, packed),
    later_files: later.length,
    largest_later: largest.map((name) => `${name.replace(/-[^-]{8}\.\w+$/, '')} ${kbOf([name], plain)}`),
    bar: 'none',
    ok: true,
  })
}
