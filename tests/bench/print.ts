import { monitorEventLoopDelay } from 'node:perf_hooks'
import { compose } from '../../src-main/app/print/compose.ts'
import { examplePaper } from '../../src-main/app/print/example-paper.ts'
import { wholeRegistry } from '../../src-main/app/modules.ts'
import { renderPdf } from '../../src-main/app/print/pdf.ts'
import { paperWords } from '../../src-main/app/print/words.ts'
import type { PaperName } from '../../src-main/kernel/papers.ts'
import { readyMade } from '../../src-main/modules/platform/print-ready.ts'
import { note, option, percentile, say } from './figure.ts'

// P8: a one-page invoice in Chinese from a warm thread, and a ledger of 200 pages while this thread goes on. The yardstick is an empty paper.

const company = {
  name: '掌柜测试商行', tax_no: '91310000MA1K000000', address: '上海市静安区南京西路 1 号', phone: '021-5555 0100', bank_name: '工商银行静安支行',
  bank_account: '6222 0200 0000 0001', is_sample: 0,
} as never

function sheetOf(kind: string, { paper, lines }: { paper: PaperName; lines: number }) {
  const printable = wholeRegistry().printables.get(kind)!
  const data = examplePaper({ printable, company, locale: 'zh-CN', lines: Math.max(1, lines) })
  const template = readyMade(printable, { paper, locale: 'zh-CN' })
  return compose({ data: lines === 0 ? { ...data, rows: [] } : data, template, printable, logo: null, t: paperWords('zh-CN') })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const pagesOf = (pdf: Uint8Array): number => (Buffer.from(pdf).toString('latin1').match(/\/Type \/Page\b/g) ?? []).length

export async function bench(args: readonly string[]): Promise<void> {
  const rounds = option(args, 'rounds', 30)
  // The thread does not keep a program alive by itself.
  const alive = setInterval(() => undefined, 1000)
  const empty = sheetOf('sales.delivery', { paper: 'a5-wide', lines: 0 })
  const cold = await timed(() => renderPdf(empty))
  const yardsticks: number[] = []
  for (const [name, kind, paper, lines] of [
    ['invoice-a4', 'sales.invoice', 'a4', 12],
    ['invoice-form', 'sales.invoice', 'continuous-140', 8],
    ['receipt-80', 'sales.invoice', 'receipt-80', 8],
    ['label', 'catalog.label', 'label-60x40', 1],
  ] as const) {
    const sheet = sheetOf(kind, { paper, lines })
    await renderPdf(sheet)
    const times: number[] = []
    for (let i = 0; i < rounds; i++) {
      yardsticks.push(await timed(() => renderPdf(empty)))
      times.push(await timed(() => renderPdf(sheet)))
    }
    const [figure, yardstick] = [percentile(times, 50), percentile(yardsticks, 50)]
    say({ name: `print/${name}`, figure, unit: 'ms p50 warm', yardstick, ratio: figure / yardstick, bar: '<= 150 ms', ok: figure <= 150, p95: percentile(times, 95), first_of_all_ms: cold })
  }
  const lines = option(args, 'lines', 9_000)
  note(`a ledger of ${lines} lines`)
  const ledger = sheetOf('accounting.ledger', { paper: 'a4', lines })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const start = performance.now()
  const pdf = await renderPdf(ledger)
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  const pages = pagesOf(pdf)
  say({
    name: 'print/ledger', figure: seconds, unit: 's', bar: '>= 200 pages in <= 20 s', ok: seconds <= 20 && pages >= 200, pages, mb: pdf.length / 1e6,
    yardstick: percentile(yardsticks, 50), ms_a_page: (seconds * 1000) / pages, others_waited_ms_worst: delay.max / 1e6, others_waited_ms_p99: delay.percentile(99) / 1e6,
  })
  clearInterval(alive)
}
