import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepFile, sha256Of } from '../../../src-main/app/stored-files.ts'
import { COMPANY_FILES_ID } from '../../../src-main/kernel/papers.ts'
import { paperWords } from '../../../src-main/app/print/words.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { deliverDirect } from '../../../src-main/modules/sales/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { describeMeasured } from '../../support/paper-facts.ts'
import { printed } from './printing.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { E6, openShop, price } from '../sales/shop.ts'

const kind = 'sales.invoice'
/** The smallest PNG: one pixel. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
const unknownId = '01900000-0000-7000-8000-000000000000'

const templates = async (t: TestOffice, of = kind) => (await t.ask(platform.listPrintTemplates, { kind: of })).rows
const ready = async (t: TestOffice, template: string) => (await templates(t)).find((r) => r.template === template)!.definition

describe('print templates', () => {
  test('each kind of paper comes with ready-made ones, the first of which is the usual', async () => {
    const t = await testOffice()
    const { rows, printables } = await t.ask(platform.listPrintTemplates, {})
    for (const printable of printables) {
      const own = rows.filter((r) => r.kind === printable.kind)
      expect(own.filter((r) => r.is_default === 1), printable.kind).toHaveLength(1)
      expect(own[0]!.is_default).toBe(1)
      // What is offered ready-made must be something that may be kept.
      for (const { paper, definition } of own) await t.run(platform.savePrintTemplate, { kind: printable.kind, name: `${paper}`, definition })
    }
    expect((await templates(t)).map((r) => r.template).slice(0, 3)).toEqual(['a4', 'a5-wide', 'continuous-140'])
  })

  test('are copied, changed, made the usual one, and removed', async () => {
    const t = await testOffice()
    const definition = { ...(await ready(t, 'continuous-140')), title: '送货销售单', copies: ['存根', '客户'] }
    const { template_id } = await t.run(platform.savePrintTemplate, { kind, name: '三联针打', definition })
    expect((await templates(t)).at(-1)).toEqual({ template: template_id, kind, name: '三联针打', paper: null, is_default: 0, definition })
    await t.run(platform.savePrintTemplate, { template_id, kind, name: '两联针打', definition })
    await t.run(platform.setPrintDefault, { kind, template: template_id })
    expect((await templates(t)).filter((r) => r.is_default === 1)).toMatchObject([{ template: template_id, name: '两联针打' }])
    await t.run(platform.removePrintTemplate, { template_id })
    expect((await templates(t)).filter((r) => r.is_default === 1)).toMatchObject([{ template: 'a4' }])
    await t.run(platform.setPrintDefault, { kind, template: 'receipt-80' })
    expect((await templates(t)).filter((r) => r.is_default === 1)).toMatchObject([{ template: 'receipt-80' }])
  })

  test('what cannot be printed is not kept, and says why', async () => {
    const t = await testOffice()
    const definition = await ready(t, 'a4')
    const no = async (change: object, more: object = {}) => (await t.refused(platform.savePrintTemplate, { kind, name: '不行', definition: { ...definition, ...change }, ...more })).code
    expect(await no({}, { kind: 'sales.nothing' })).toBe('platform.printKindUnknown')
    expect(await no({}, { template_id: unknownId })).toBe('platform.printTemplateNotFound')
    expect(await no({ columns: [{ key: 'cost', caption: '', width_mm: 20 }] })).toBe('platform.printFieldUnknown')
    expect(await no({ facts: [{ key: 'packs', caption: '' }] })).toBe('platform.printFieldUnknown')
    expect(await no({ columns: [{ key: 'item', caption: '', width_mm: 190 }] })).toBe('platform.printTooWide')
    expect(await no({ margins: { top_mm: 100, bottom_mm: 100, left_mm: 100, right_mm: 100 } })).toBe('platform.printTooWide')
    expect(await no({ paper: { width_mm: 200, height_mm: 100 }, margins: { top_mm: 50, bottom_mm: 45, left_mm: 5, right_mm: 5 } })).toBe('platform.printTooHigh')
    const sheet = { width_mm: 210, height_mm: 297, columns: 3, rows: 8, left_mm: 0, top_mm: 0.5, gap_x_mm: 0, gap_y_mm: 0 }
    const offSheet = (change: object) =>
      t.refused(platform.savePrintTemplate, { kind: 'catalog.label', name: '不行', definition: { ...definition, facts: [], columns: [], signatures: [], paper: { width_mm: 70, height_mm: 37 }, sheet: { ...sheet, ...change } } })
    expect(await offSheet({ columns: 4 })).toMatchObject({ code: 'platform.labelsOffSheet', details: { wanted_mm: 280, paper_mm: 210 } })
    expect(await offSheet({ top_mm: 1.1 })).toMatchObject({ code: 'platform.labelsOffSheet', details: { wanted_mm: 297.1, paper_mm: 297 } })
    expect(await offSheet({ gap_y_mm: 1 })).toMatchObject({ code: 'platform.labelsOffSheet', details: { wanted_mm: 303.5, paper_mm: 297 } })
    await t.run(platform.savePrintTemplate, { kind, name: '常用', definition })
    expect(await no({}, { name: '常用' })).toBe('platform.printTemplateNameTaken')
    // The same name for another kind is another template; and a template never changes its kind.
    const other = (await templates(t, 'sales.delivery'))[0]!
    const { template_id } = await t.run(platform.savePrintTemplate, { kind: 'sales.delivery', name: '常用', definition: other.definition })
    expect(await no({}, { template_id })).toBe('platform.printTemplateNotFound')
    expect((await t.refused(platform.setPrintDefault, { kind, template: template_id })).code).toBe('platform.printTemplateNotFound')
    expect((await t.refused(platform.setPrintDefault, { kind, template: 'label-40x30' })).code).toBe('platform.printTemplateNotFound')
    expect((await t.refused(platform.setPrintDefault, { kind: 'sales.nothing', template: 'a4' })).code).toBe('platform.printKindUnknown')
    expect((await t.refused(platform.removePrintTemplate, { template_id: unknownId })).code).toBe('platform.printTemplateNotFound')
    for (const bad of [{ columns: [{ key: 'item', caption: '' }, { key: 'item', caption: '' }] }, { font_pt: 200 }, { paper: { width_mm: 5, height_mm: 5 } }, { parts: ['everything'] }]) {
      expect((await t.answer(platform.savePrintTemplate, { kind, name: '错', definition: { ...definition, ...bad } })), JSON.stringify(bad)).toMatchObject({ kind: 'invalid' })
    }
    for (let i = 1; i < 50; i++) await t.run(platform.savePrintTemplate, { kind, name: `模板 ${i}`, definition })
    expect(await no({})).toBe('platform.tooManyPrintTemplates')
  })

  test('are designed by who may, and used by everybody', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const definition = await ready(t, 'a4')
    for (const [contract, input] of [
      [platform.savePrintTemplate, { kind, name: '我的', definition }],
      [platform.removePrintTemplate, { template_id: unknownId }],
      [platform.setPrintDefault, { kind, template: 'a4' }],
    ] as const) {
      expect(await t.refused(contract, input, amy)).toEqual({ code: 'platform.notPermitted', details: { permission: 'platform.printTemplates' } })
    }
    expect((await t.ask(platform.listPrintTemplates, {}, amy)).rows.length).toBeGreaterThan(5)
  })
})

describeMeasured('printing by a template', () => {
  test('captions, order, terms and copies are on the paper; what is left out is not', async () => {
    const { t, water, customer } = await openShop()
    const { invoice_id } = await t.run(deliverDirect, { party_id: customer, lines: [{ item_id: water, quantity_e6: 24 * E6, price_e4: price(10) }] })
    const usual = await printed(t, { name: kind, input: { id: invoice_id } })
    expect(usual).toMatchObject({ ok: true, file_name: '销售单 IN2026-00001.pdf', pages: [{}] })
    expect(usual.ok && usual.text).toMatch(/华美贸易[^]*矿泉水[^]*240\.00[^]*贰佰肆拾元整/)
    const base = await ready(t, 'a5-wide')
    const definition = {
      ...base,
      title: '出货单',
      parts: base.parts.filter((p) => p !== 'words'),
      facts: [{ key: 'customer', caption: '收货单位' }],
      columns: [{ key: 'quantity', caption: '件数', width_mm: 30 }, { key: 'item', caption: '', width_mm: 0 }],
      signatures: [{ key: 'received_by', caption: '仓库签收' }],
      copies: ['存根联', '客户联'],
      copies_as: 'pages' as const,
      terms: '货物当面点清。',
    }
    const asked = await printed(t, { name: kind, input: { id: invoice_id }, template: definition })
    if (!asked.ok) throw new Error(JSON.stringify(asked))
    expect(asked.pages).toHaveLength(2)
    for (const said of ['出货单', '收货单位', '件数', '仓库签收', '货物当面点清。', '存根联', '客户联']) expect(asked.text).toContain(said)
    for (const left of ['贰佰肆拾元整', '单价', '付款到期日', '制单']) expect(asked.text).not.toContain(left)
    const at = (text: string) => asked.words.find((w) => w.text.includes(text))!.left_mm
    expect(at('件数')).toBeLessThan(at('品名规格'))
    // Kept, it prints the same.
    const { template_id } = await t.run(platform.savePrintTemplate, { kind, name: '出货', definition })
    expect(await printed(t, { name: kind, input: { id: invoice_id }, template: template_id })).toMatchObject({ text: asked.text, words: asked.words })
    expect(await printed(t, { name: kind, input: { id: invoice_id }, template: 'continuous-140', language: 'en' })).toMatchObject({ text: expect.stringContaining('Two hundred') })
  })

  test('every ready-made template prints an example of its kind, with a word for each field', async () => {
    const t = await testOffice()
    const { rows, printables } = await t.ask(platform.listPrintTemplates, {})
    for (const locale of ['zh-CN', 'en'] as const) {
      const word = paperWords(locale)
      const keys = printables.flatMap((p) => [`kind.${p.kind}`, ...p.facts, ...p.columns.map((c) => c.key), ...p.signatures])
      expect(keys.filter((key) => word(key) === key), locale).toEqual([])
    }
    for (const { kind: name, template, definition } of rows) {
      const paper = await printed(t, { name, input: { example: 2 }, template })
      expect(paper.ok && paper.pages[0]!.width_mm, `${name} ${template}`).toBeCloseTo((definition.sheet ?? definition.paper).width_mm, 1)
    }
    // What may not be kept is not laid out either.
    const definition = await ready(t, 'a4')
    const wide = { ...definition, columns: [{ key: 'item', caption: '', width_mm: 250 }] }
    expect(await printed(t, { name: kind, input: { example: 2 }, template: wide })).toMatchObject({ code: 'platform.printTooWide', details: { wanted_mm: 250 } })
    expect(await printed(t, { name: kind, input: { example: 5000 } })).toMatchObject({ kind: 'invalid' })
  }, 120_000)

  // Files are kept beside a company of this PC only.
  test.skipIf(process.env['ZHANGGUI_TEST_POSTGRES'])('the logo is the newest picture of the company, and only who designs may set it', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const source = { source_kind: 'platform.company', source_id: COMPANY_FILES_ID }
    const attach = async (bytes: Buffer, { name, mime }: { name: string; mime: string }, as?: string) => {
      const from = join(t.scratch, name)
      writeFileSync(from, bytes)
      const upload_sha256 = await sha256Of(from)
      await keepFile({ from, folder: join(t.data, 'files'), sha256: upload_sha256 })
      return t.answer(platform.addAttachment, { ...source, upload_sha256, name, mime, size: bytes.length }, as)
    }
    const bare = await printed(t, { name: kind, input: { example: 1 } })
    expect(await attach(DOT, { name: 'amy.png', mime: 'image/png' }, amy)).toMatchObject({ code: 'platform.attachmentSourceUnknown' })
    expect(await attach(DOT, { name: 'logo.png', mime: 'image/png' })).toMatchObject({ ok: true })
    expect(await attach(Buffer.from('no picture'), { name: 'contract.txt', mime: 'text/plain' })).toMatchObject({ ok: true })
    const withLogo = await printed(t, { name: kind, input: { example: 1 } })
    const name = (paper: typeof bare) => (paper.ok ? paper.words.find((w) => w.text === '测试商行')!.left_mm : Number.NaN)
    expect(name(withLogo)).toBeGreaterThan(name(bare) + 10)
    // A picture that is none does not keep anybody from printing.
    expect(await attach(Buffer.from('not a picture at all'), { name: 'bad.png', mime: 'image/png' })).toMatchObject({ ok: true })
    expect(await printed(t, { name: kind, input: { example: 1 } })).toMatchObject({ ok: true })
  })

  test('refuses by name', async () => {
    const { t } = await openShop()
    expect(await printed(t, { name: 'sales.nothing' })).toMatchObject({ code: 'platform.printKindUnknown' })
    expect(await printed(t, { name: kind, input: { id: unknownId } })).toMatchObject({ code: 'sales.invoiceNotFound' })
    expect(await printed(t, { name: kind, input: { id: unknownId }, template: unknownId })).toMatchObject({ code: 'platform.printTemplateNotFound' })
    expect(await printed(t, { name: kind, input: { id: 'x' } })).toMatchObject({ kind: 'invalid' })
    expect(await printed(t, { name: kind, input: { id: unknownId }, template: { title: '半个模板' } })).toMatchObject({ kind: 'invalid', code: 'platform.invalidInput' })
  })
})
