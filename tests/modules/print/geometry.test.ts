import { expect, test } from 'vitest'
import { compose } from '../../../src-main/app/print/compose.ts'
import type { PaperData } from '../../../src-main/app/print/paper.ts'
import { renderPdf } from '../../../src-main/app/print/pdf.ts'
import { paperWords } from '../../../src-main/app/print/words.ts'
import { PAPERS, SHEETS, paperNames, type PaperName } from '../../../src-main/kernel/papers.ts'
import { readyMade, type PrintDefinition } from '../../../src-main/modules/platform/print-ready.ts'
import { labelPrintable } from '../../../src-main/modules/catalog/labels.ts'
import { printables } from '../../../src-main/modules/sales/printables.ts'
import { describeMeasured, measured, type Word } from '../../support/paper-facts.ts'

/** As exact as goal U7 wants it. */
const EXACT_MM = 0.5

const invoice = printables.find((p) => p.kind === 'sales.invoice')!

/** An invoice of many lines, with numbers that are found again on the paper. */
const invoiceOf = (lines: number): PaperData => ({
  title: '销售单',
  number: 'IN-2026-00042',
  locale: 'zh-CN',
  company: { name: '掌柜测试商行', lines: ['税号 91310000MA1K000000', '上海市静安区南京西路 1 号'] },
  facts: { customer: '华美贸易有限公司', day: '2026-01-15', due_on: '2026-02-14', salesperson: '王小明' },
  rows: Array.from({ length: lines }, (_, i) => ({
    cells: { no: `L${i + 1}`, item_code: `W-${i + 1}`, item: '矿泉水 550ml', unit: '瓶', quantity: '1,200', price: '1.50', amount: '1,800.00' },
  })),
  totals: [{ label: '合计 CNY', value: '90,000.00', is_strong: 1 }],
  words: { label: '大写金额', value: '玖万元整' },
  signers: { made_by: '李会计' },
})

/** By their text and place: what reads a PDF has its own mind about the order. */
const inOrder = (words: readonly Word[]): Word[] =>
  [...words].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.top_mm - b.top_mm || a.left_mm - b.left_mm))

async function print({ paper, lines = 3, change = {} }: { paper: PaperName; lines?: number; change?: Partial<PrintDefinition> }) {
  const template = { ...readyMade(invoice, { paper, locale: 'zh-CN' }), ...change }
  return measured(await renderPdf(compose({ data: invoiceOf(lines), template, printable: invoice, logo: null, t: paperWords('zh-CN') })))
}

describeMeasured('papers, measured', () => {
  test.each(paperNames.map((paper) => [paper]))('%s is as large as it says, on every page', async (paper) => {
    const { pages } = await print({ paper, lines: 40 })
    const { width_mm, height_mm } = PAPERS[paper]
    for (const page of pages) {
      expect(Math.abs(page.width_mm - width_mm)).toBeLessThan(EXACT_MM)
      if (height_mm > 0) expect(Math.abs(page.height_mm - height_mm)).toBeLessThan(EXACT_MM)
    }
    if (height_mm === 0) expect(pages).toHaveLength(1)
  })

  test('a free size is kept to the tenth of a millimetre', async () => {
    const { pages } = await print({ paper: 'a5', change: { paper: { width_mm: 190.5, height_mm: 127.3 } } })
    expect(pages[0]!.width_mm).toBeCloseTo(190.5, 1)
    expect(pages[0]!.height_mm).toBeCloseTo(127.3, 1)
  })

  test('a roll ends below its last line, whatever it holds', async () => {
    const [short, long] = [await print({ paper: 'receipt-80', lines: 2 }), await print({ paper: 'receipt-80', lines: 60 })]
    for (const { pages, words } of [short, long]) {
      const end = Math.max(...words.map((w) => w.bottom_mm))
      expect(pages[0]!.height_mm - end).toBeGreaterThan(5)
      expect(pages[0]!.height_mm - end).toBeLessThan(14)
    }
    expect(long.pages[0]!.height_mm).toBeGreaterThan(short.pages[0]!.height_mm + 58 * 5)
  })

  test.each([['a4'], ['continuous-140'], ['receipt-80']] as const)('an offset moves everything on %s, and nothing else', async (paper) => {
    const plain = await print({ paper })
    const moved = await print({ paper, change: { offset: { x_mm: 3.5, y_mm: 2 } } })
    const [before, after] = [inOrder(plain.words), inOrder(moved.words)]
    expect(after.map((w) => w.text)).toEqual(before.map((w) => w.text))
    for (const [i, word] of after.entries()) {
      expect(Math.abs(word.left_mm - before[i]!.left_mm - 3.5), word.text).toBeLessThan(EXACT_MM)
      expect(Math.abs(word.top_mm - before[i]!.top_mm - 2), word.text).toBeLessThan(EXACT_MM)
    }
  })

  test('50 forms of continuous paper: each is exactly one form, with its head, its number and its lines where the first has them', async () => {
    let lines = 340
    let paper = await print({ paper: 'continuous-140', lines })
    // As many lines as make 50 forms.
    while (paper.pages.length < 50) paper = await print({ paper: 'continuous-140', lines: (lines = Math.ceil((lines * 50) / paper.pages.length)) })
    const { pages, words } = paper
    expect(pages.length).toBeGreaterThanOrEqual(50)
    let drift = 0
    for (const page of pages) drift += page.height_mm - 140
    expect(Math.abs(drift)).toBeLessThan(EXACT_MM)
    const on = (page: number) => words.filter((w) => w.page === page)
    const place = (page: number, text: string) => on(page).find((w) => w.text.includes(text))!
    for (let page = 1; page <= pages.length; page++) {
      for (const mark of ['IN-2026-00042', '销售单', '掌柜测试商行', '①存根']) {
        const [first, here] = [place(1, mark), place(page, mark)]
        expect(Math.hypot(here.left_mm - first.left_mm, here.top_mm - first.top_mm), `${mark} on form ${page}`).toBeLessThan(EXACT_MM)
      }
      expect(on(page).map((w) => w.text).join(''), `form ${page}`).toContain(`第${page}页，共${pages.length}页`)
      expect(Math.max(...on(page).map((w) => w.bottom_mm))).toBeLessThan(140)
    }
    // Every form says for whom it is, and how to put them together.
    for (let page = 2; page <= pages.length; page++) expect(on(page).some((w) => w.text.includes('华美贸易')), `form ${page}`).toBe(true)
    // From the second form on, the table begins at the same height, and no line is lost.
    const heads = words.filter((w) => w.text === '序号' && w.page > 1).map((w) => w.top_mm)
    expect(heads.length).toBeGreaterThanOrEqual(48)
    expect(Math.max(...heads) - Math.min(...heads)).toBeLessThan(EXACT_MM)
    expect(words.filter((w) => /^L\d+$/.test(w.text))).toHaveLength(lines)
  })

  test('copies on pages of their own count their own pages', async () => {
    const { pages, words } = await print({ paper: 'a5-wide', lines: 30, change: { copies: ['存根联', '客户联'], copies_as: 'pages' } })
    const half = pages.length / 2
    expect(half).toBeGreaterThan(1)
    for (let page = 1; page <= pages.length; page++) {
      const text = words.filter((w) => w.page === page).map((w) => w.text).join('')
      expect(text).toContain(page <= half ? '存根联' : '客户联')
      expect(text).toContain(`第${((page - 1) % half) + 1}页，共${half}页`)
    }
  })
})

const LONG = '上海市浦东新区世纪大道一百号环球金融中心七十二层东侧国际贸易办公室收发处转采购部王小明先生收'
const ROAD = 'Suite 1204, International Commerce Centre, 1 Austin Road West, West Kowloon, Hong Kong Special Administrative Region'

/** Labels that are numbered, with more to say than they hold. */
async function onSheet({ paper, labels, start_at = 1, change = {} }: { paper: PaperName; labels: number; start_at?: number; change?: Partial<PrintDefinition> }) {
  const data: PaperData = {
    title: '标签', number: '', locale: 'zh-CN', company: { name: '', lines: [] }, start_at,
    labels: Array.from({ length: labels }, (_, i) => ({ code: '', facts: { item_name: `N${i + 1}`, spec: i % 2 === 0 ? LONG : ROAD, item_code: i % 2 === 0 ? ROAD : LONG, price: LONG } })),
  }
  const template = { ...readyMade(labelPrintable, { paper, locale: 'zh-CN' }), ...change }
  return measured(await renderPdf(compose({ data, template, printable: labelPrintable, logo: null, t: paperWords('zh-CN') })))
}

describeMeasured('labels on sheets, measured', () => {
  test.each(Object.keys(SHEETS) as PaperName[])('%s: every label lies in its own place, and what one says reaches into no other', async (paper) => {
    const sheet = SHEETS[paper]!
    const label = PAPERS[paper]
    const places = sheet.columns * sheet.rows
    const { pages, words } = await onSheet({ paper, labels: places * 2, start_at: 5 })
    expect(pages).toHaveLength(3)
    for (const page of pages) expect([page.width_mm, page.height_mm]).toEqual([expect.closeTo(210, 1), expect.closeTo(297, 1)])
    const boxOf = (place: number) => {
      const left_mm = sheet.left_mm + (place % sheet.columns) * (label.width_mm + sheet.gap_x_mm)
      const top_mm = sheet.top_mm + Math.floor(place / sheet.columns) * (label.height_mm + sheet.gap_y_mm)
      return { left_mm, top_mm, right_mm: left_mm + label.width_mm, bottom_mm: top_mm + label.height_mm }
    }
    const heads = words.filter((w) => /^N\d+$/.test(w.text))
    expect(heads).toHaveLength(places * 2)
    for (const head of heads) {
      const at = Number(head.text.slice(1)) - 1 + 4
      expect(head.page, head.text).toBe(Math.floor(at / places) + 1)
      const box = boxOf(at % places)
      expect(Math.abs(head.left_mm - box.left_mm - 5), head.text).toBeLessThan(EXACT_MM)
      expect(head.top_mm - box.top_mm, head.text).toBeLessThan(5)
    }
    const isInside = (w: Word): boolean =>
      Array.from({ length: places }, (_, place) => boxOf(place)).some((b) => w.left_mm >= b.left_mm && w.right_mm <= b.right_mm && w.top_mm >= b.top_mm && w.bottom_mm <= b.bottom_mm)
    expect(words.filter((w) => !isInside(w))).toEqual([])
  })

  test('a sheet is shifted as a whole, to the left and up too', async () => {
    const [plain, moved] = [await onSheet({ paper: 'sheet-70x37', labels: 24 }), await onSheet({ paper: 'sheet-70x37', labels: 24, change: { offset: { x_mm: -1.5, y_mm: -1 } } })]
    const [before, after] = [inOrder(plain.words), inOrder(moved.words)]
    expect(after.map((w) => w.text)).toEqual(before.map((w) => w.text))
    for (const [i, word] of after.entries()) {
      expect(Math.abs(word.left_mm - before[i]!.left_mm + 1.5), word.text).toBeLessThan(EXACT_MM)
      expect(Math.abs(word.top_mm - before[i]!.top_mm + 1), word.text).toBeLessThan(EXACT_MM)
    }
  })
})
