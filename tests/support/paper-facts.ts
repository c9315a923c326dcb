import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'

const MM = 72 / 25.4

function isThere(tool: string): boolean {
  try {
    execFileSync(tool, ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Tests that measure PDFs with poppler: skipped, and said so, where it is not installed. */
export function describeMeasured(name: string, body: () => void): void {
  if (isThere('pdfinfo') && isThere('pdftotext')) return void describe(name, body)
  process.stdout.write(`SKIPPED: ${name}: poppler (pdfinfo, pdftotext) is not installed\n`)
  describe.skip(name, () => test('needs poppler', () => undefined))
}

export type Word = { readonly page: number; readonly text: string; readonly left_mm: number; readonly top_mm: number; readonly right_mm: number; readonly bottom_mm: number }
export type PaperFacts = { readonly pages: readonly { readonly width_mm: number; readonly height_mm: number }[]; readonly words: readonly Word[]; readonly text: string; /** What the file calls itself. */ readonly title: string }

/** The size of every page and the place of every word, in millimetres from the page's upper left corner. */
export function measured(pdf: Uint8Array): PaperFacts {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-paper-'))
  try {
    const file = join(folder, 'paper.pdf')
    writeFileSync(file, pdf)
    const tool = (name: string, ...args: string[]): string => execFileSync(name, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
    const boxes = [...tool('pdfinfo', '-box', '-f', '1', '-l', '9999', file).matchAll(/^Page +\d+ MediaBox: +(\S+) +(\S+) +(\S+) +(\S+)/gm)]
    const pages = boxes.map(([, x1, y1, x2, y2]) => ({ width_mm: (Number(x2) - Number(x1)) / MM, height_mm: (Number(y2) - Number(y1)) / MM }))
    const html = tool('pdftotext', '-bbox', file, '-')
    const words = html.split('<page ').slice(1).flatMap((page, i) =>
      [...page.matchAll(/<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)<\/word>/g)].map(([, x1, y1, x2, y2, text]): Word => ({
        page: i + 1, text: text!, left_mm: Number(x1) / MM, top_mm: Number(y1) / MM, right_mm: Number(x2) / MM, bottom_mm: Number(y2) / MM,
      })),
    )
    return { pages, words, text: tool('pdftotext', '-layout', file, '-'), title: /^Title: +(.*)$/m.exec(tool('pdfinfo', file))?.[1] ?? '' }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
