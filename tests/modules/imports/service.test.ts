import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImportService } from '../../../src-main/app/import-service.ts'
import { assertRoom } from '../../../src-main/app/imports/disk-room.ts'
import { paceOf } from '../../../src-main/app/imports/pace.ts'
import { openStaged } from '../../../src-main/app/imports/staged.ts'
import { writeTemplate } from '../../../src-main/app/imports/template.ts'
import { importRefusals, rowReasons } from '../../../src-main/app/imports/reasons.ts'
import { textsOf } from '../../../src-main/app/texts.ts'
import type { Answer } from '../../../src-main/app/office-types.ts'
import type { Importer } from '../../../src-main/kernel/operation.ts'
import { openTable } from '../../../src-main/files/read-table.ts'

const importer: Importer = {
  kind: 'items',
  permission: 'catalog.import',
  command: 'catalog.importItems',
  fields: [
    { key: 'code', form: 'text', is_required: true, headers: ['编码', 'Code'] },
    { key: 'price_e4', form: 'price', is_required: false, headers: ['单价', 'Price'] },
    { key: 'from_day', form: 'day', is_required: false, headers: ['日期', 'From'] },
  ],
}
const caller = { desk: 'test' }

let folder: string
let staging: string
let answer: (input: unknown) => Promise<Answer>
let cancelled: string[]
let service: ImportService

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhanggui-imports-'))
  staging = join(folder, 'staging')
  cancelled = []
  answer = async () => ({ ok: true, output: { created: 2 } })
  service = new ImportService({
    office: { run: ({ input }) => answer(input), progressOf: () => ({ done: 1, total: 2, phase: 'posting' }), cancel: (id) => void cancelled.push(id) },
    importers: new Map([[importer.kind, importer]]),
    staging,
    digits: async () => 2,
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (content: string | Buffer, name = 'items.csv'): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const checked = async (content: string | Buffer) => {
  const { job_id } = await service.start({ path: file(content), kind: 'items' })
  await service.check(job_id)
  return service.settled(job_id)
}
const left = (): string[] => readdirSync(staging).filter((name) => name.endsWith('.staging'))

describe('an import job', () => {
  it('shows what the file is, proposes its mapping and previews its rows', async () => {
    const job = await service.start({ path: file('编码,单价,日期\nA-1,2.55,2026/3/5\nA-2,,\n'), kind: 'items' })
    expect(job).toMatchObject({
      state: 'mapping',
      file: { format: 'csv', encoding: 'utf-8', delimiter: ',', header_row: 1 },
      mapping: { code: '编码', price_e4: '单价', from_day: '日期' },
      preview: [
        { source_row: 2, cells: ['A-1', '2.55', '2026/3/5'] },
        { source_row: 3, cells: ['A-2', '', ''] },
      ],
    })
  })

  it('hands checked rows to the one command, whose input holds the hash of the file', async () => {
    let seen: unknown[] = []
    answer = async (input) => {
      const { staging_id } = input as { staging_id: string }
      const staged = await openStaged({ folder: staging, stagingId: staging_id, command: 'catalog.importItems' })
      expect(staging_id.startsWith(staged.sha256)).toBe(true)
      expect(staged.sha256).toMatch(/^[0-9a-f]{64}$/)
      seen = []
      for await (const row of staged.rows()) seen.push(row)
      return { ok: true, output: { created: staged.count } }
    }
    const { job_id } = await checked('Code;Price;From\nA-1;2,000.5;5 Mar 2026\n\nA-2;;\n')
    await service.post({ job_id, caller })
    expect(await service.settled(job_id)).toMatchObject({ state: 'posted', output: { created: 2 }, counts: { rows: 2, problems: 0 } })
    expect(seen).toEqual([
      { source_row: 2, values: { code: 'A-1', price_e4: 20005000, from_day: '2026-03-05' } },
      { source_row: 4, values: { code: 'A-2' } },
    ])
    expect(left()).toEqual([])
  })

  it('names every bad row by row, column and reason, and posts nothing', async () => {
    const job = await checked('Code,Price,From\nA-1,2.55,2026-03-05\n,abc,05/03/2026\nA-3,1.23456,\n')
    expect(job.problems).toEqual([
      { source_row: 3, column: 'Code', reason_code: 'import.cellRequired', details: {} },
      { source_row: 3, column: 'Price', reason_code: 'import.amountUnknown', details: { found: 'abc', decimals: 4 } },
      { source_row: 3, column: 'From', reason_code: 'import.dayAmbiguous', details: { found: '05/03/2026' } },
      { source_row: 4, column: 'Price', reason_code: 'import.tooManyDecimals', details: { found: '1.23456', decimals: 4 } },
    ])
    expect(job.counts).toEqual({ rows: 3, problems: 4 })
    await expect(service.post({ job_id: job.job_id, caller })).rejects.toMatchObject({ code: 'import.hasProblems', details: { problems: 4 } })
    const stagingId = left()[0]!.replace('.staging', '')
    await expect(openStaged({ folder: staging, stagingId, command: 'catalog.importItems' })).rejects.toMatchObject({ code: 'platform.stagingHasProblems' })
  })

  it('takes a mapping by hand and another way of reading', async () => {
    const { job_id } = await service.start({ path: file('Listing\nx,y\n1,A\n2,B\n'), kind: 'items' })
    const read = await service.read({ job_id, reading: { headerRow: 2 } })
    expect(read.headers).toEqual(['x', 'y'])
    await expect(service.check(job_id)).rejects.toMatchObject({ code: 'import.fieldUnmapped' })
    await service.setMapping({ job_id, mapping: { code: 'y', price_e4: 'x' } })
    await service.check(job_id)
    expect((await service.settled(job_id)).counts).toEqual({ rows: 2, problems: 0 })
  })

  it('is cancelled while it reads: nothing stays', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `A-${i},1\n`).join('')
    const { job_id } = await service.start({ path: file(`Code,Price\n${rows}`), kind: 'items' })
    await service.check(job_id)
    await service.cancel(job_id)
    expect(await service.settled(job_id)).toMatchObject({ state: 'cancelled', no: { code: 'platform.cancelled' } })
    expect(left()).toEqual([])
  })

  it('is cancelled while it posts by asking the office, and may be posted again', async () => {
    let give: (value: Answer) => void = () => undefined
    answer = () => new Promise((resolve) => (give = resolve))
    const { job_id } = await checked('Code\nA\n')
    await service.post({ job_id, caller })
    expect(service.job(job_id)).toMatchObject({ state: 'posting', pace: { phase: 'posting', done: 1, total: 2 } })
    await expect(service.post({ job_id, caller })).rejects.toMatchObject({ code: 'import.jobBusy' })
    await service.cancel(job_id)
    expect(cancelled).toHaveLength(1)
    give({ ok: false, kind: 'refusal', code: 'platform.cancelled', details: {} })
    expect(await service.settled(job_id)).toMatchObject({ state: 'cancelled' })
    answer = async () => ({ ok: true, output: { created: 1 } })
    await service.post({ job_id, caller })
    expect(await service.settled(job_id)).toMatchObject({ state: 'posted' })
  })

  it('keeps the checked rows when the command refuses', async () => {
    const problem = { source_row: 2, reason_code: 'catalog.codeTaken', details: { code: 'A' } }
    answer = async () => ({ ok: false, kind: 'refusal', code: 'catalog.importRejected', details: { count: 1, problems: [{ ...problem, field: 'code' }] } })
    const { job_id } = await checked('Code\nA\n')
    await service.post({ job_id, caller })
    const failed = await service.settled(job_id)
    expect(failed).toMatchObject({ state: 'failed', no: { code: 'catalog.importRejected', details: { count: 1 } } })
    expect(failed.problems).toEqual([{ ...problem, column: 'Code' }])
    expect(left()).toHaveLength(1)
    await service.drop(job_id)
    expect(left()).toEqual([])
    expect(() => service.job(job_id)).toThrow(expect.objectContaining({ code: 'import.jobUnknown' }))
  })

  it('takes the good rows alone, and gives the others as a file that says what is wrong; mended there, it is imported as it is', async () => {
    const taken: string[] = []
    let isMended = false
    answer = async (input) => {
      const staged = await openStaged({ folder: staging, stagingId: (input as { staging_id: string }).staging_id, command: 'catalog.importItems' })
      const codes: string[] = []
      const problems: object[] = []
      for await (const { source_row, values } of staged.rows()) {
        codes.push(String(values['code']))
        if (values['code'] === 'TAKEN' && !isMended) problems.push({ source_row, field: 'code', reason_code: 'catalog.codeTaken', details: { code: 'TAKEN', name: '绿茶' } })
      }
      if (problems.length > 0) return { ok: false, kind: 'refusal', code: 'catalog.importRejected', details: { count: problems.length, problems } }
      taken.push(...codes)
      return { ok: true, output: { created: codes.length } }
    }
    const { job_id } = await service.start({ path: file('Nummer,Price,Note,Code\nA-1,1,x,\nA-2,abc,y,\nTAKEN,2,z,\nA-4,3,,\n'), kind: 'items' })
    await service.setMapping({ job_id, mapping: { code: 'Nummer', price_e4: 'Price' } })
    await service.check(job_id)
    expect(await service.settled(job_id)).toMatchObject({ faulty_rows: 1, may_leave_out: 1 })
    await service.postGood({ job_id, caller })
    expect(await service.settled(job_id)).toMatchObject({ state: 'posted', output: { created: 2 }, faulty_rows: 2 })
    expect(taken).toEqual(['A-1', 'A-4'])
    expect(left()).toEqual([])
    const path = join(folder, 'faulty.xlsx')
    await service.writeFaulty({ job_id, locale: 'en', path })
    const again = await service.start({ path, kind: 'items' })
    // The column that was matched by hand bears a name that is known; the empty one of that name stands aside.
    expect(again.headers).toEqual(['Code', 'Price', 'Note', 'Code *4', 'What is wrong (ignored on import)'])
    expect(again.mapping).toEqual({ code: 'Code', price_e4: 'Price' })
    expect(again.preview.map((r) => r.cells)).toEqual([
      ['A-2', 'abc', 'y', '', expect.stringContaining('Price: ')],
      ['TAKEN', '2', 'z', '', 'Nummer: The item code “TAKEN” is that of “绿茶”. Choose another, or leave it empty to have one made.'],
    ])
    // Imported as it is, it gives the same rows back, with one column of messages.
    await service.check(again.job_id)
    await service.settled(again.job_id)
    await service.writeFaulty({ job_id: again.job_id, locale: 'zh-CN', path: join(folder, 'again.xlsx') })
    expect((await service.start({ path: join(folder, 'again.xlsx'), kind: 'items' })).headers.at(-1)).toBe('问题（再导入时忽略此列）')
    isMended = true
    await service.postGood({ job_id: again.job_id, caller })
    expect((await service.settled(again.job_id)).state).toBe('posted')
    expect(taken).toEqual(['A-1', 'A-4', 'TAKEN'])
  })

  it('leaves nothing out where no row is good, rows make up documents, or nothing is wrong', async () => {
    const bad = await checked('Code,Price\nA,abc\n')
    await expect(service.postGood({ job_id: bad.job_id, caller })).rejects.toMatchObject({ code: 'import.noGoodRows' })
    const good = await checked('Code\nA\n')
    await expect(service.writeFaulty({ job_id: good.job_id, locale: 'en', path: join(folder, 'none.xlsx') })).rejects.toMatchObject({ code: 'import.noFaultyRows' })
    service = new ImportService({ office: { run: ({ input }) => answer(input), progressOf: () => undefined, cancel: () => undefined }, importers: new Map([['sales-orders', { ...importer, kind: 'sales-orders' }]]), staging, digits: async () => 2 })
    const { job_id } = await service.start({ path: file('Code\nA\n'), kind: 'sales-orders' })
    await service.check(job_id)
    await service.settled(job_id)
    await expect(service.postGood({ job_id, caller })).rejects.toMatchObject({ code: 'import.rowsBelongTogether' })
  })

  it('refuses to leave out what it cannot name row by row', async () => {
    const many = await checked(`Code,Price\nA,1\n${'A,abc\n'.repeat(10_001)}`)
    await expect(service.postGood({ job_id: many.job_id, caller })).rejects.toMatchObject({ code: 'import.tooManyFaulty' })
  })

  it('refuses by name what it cannot begin', async () => {
    await expect(service.start({ path: file('Code\nA\n'), kind: 'recipes' })).rejects.toMatchObject({ code: 'import.kindUnknown' })
    await expect(service.start({ path: join(folder, 'nowhere.csv'), kind: 'items' })).rejects.toMatchObject({ code: 'files.notFound' })
    const { job_id } = await service.start({ path: file('Code\nA\n'), kind: 'items' })
    await expect(service.post({ job_id, caller })).rejects.toMatchObject({ code: 'import.notChecked' })
    const empty = await checked('Code,Price\n')
    await expect(service.post({ job_id: empty.job_id, caller })).rejects.toMatchObject({ code: 'import.noRows' })
  })

  it('unpacks .xz beside the staging files and refuses a damaged one', async () => {
    await expect(service.start({ path: file('no xz at all', 'items.csv.xz'), kind: 'items' })).rejects.toMatchObject({ code: /^import\.xz(Broken|Missing)$/ })
    expect(readdirSync(staging)).toEqual([])
  })

  it('asks the disk first', async () => {
    await expect(assertRoom({ folder: staging, bytes: 2 ** 60, factor: 3 })).rejects.toMatchObject({ code: 'import.diskFull' })
    await expect(assertRoom({ folder: staging, bytes: 1000, factor: 3 })).resolves.toBeUndefined()
  })
})

describe('staged rows', () => {
  it('are only for the command they were checked for, and only under the id that was given', async () => {
    await checked('Code\nA\n')
    const stagingId = left()[0]!.replace('.staging', '')
    const open = (command: string, id = stagingId) => openStaged({ folder: staging, stagingId: id, command })
    await expect(open('parties.importParties')).rejects.toMatchObject({ code: 'platform.stagingForAnother' })
    await expect(open('catalog.importItems', `../${stagingId}`)).rejects.toMatchObject({ code: 'platform.stagingMissing' })
    await expect(open('catalog.importItems', `${'0'.repeat(64)}-00000000`)).rejects.toMatchObject({ code: 'platform.stagingMissing' })
    expect((await open('catalog.importItems')).count).toBe(1)
  })
})

describe('the pace of an import', () => {
  it('gives a rate at once and the time left when it can be known', () => {
    expect(paceOf({ phase: 'reading', done: 1000, total: null, share: 0.25, elapsedMs: 2000 })).toEqual({ phase: 'reading', done: 1000, total: null, rate: 500, seconds_left: 6 })
    expect(paceOf({ phase: 'posting', done: 10, total: 100, share: 0.1, elapsedMs: 500 }).seconds_left).toBeNull()
  })
})

describe('templates and texts', () => {
  it.each(['zh-CN', 'en'] as const)('a template in %s maps by itself when it comes back', async (locale) => {
    const path = join(folder, 'template.xlsx')
    await writeTemplate({ importer, locale, path })
    const table = await openTable(path)
    expect(table.headers).toEqual(locale === 'en' ? ['Code*', 'Price', 'From'] : ['编码*', '单价', '日期'])
    const { job_id, mapping } = await service.start({ path, kind: 'items' })
    expect(Object.keys(mapping)).toEqual(['code', 'price_e4', 'from_day'])
    await service.drop(job_id)
  })

  it.each(['zh-CN', 'en'] as const)('every reason has a text in %s', (locale) => {
    const texts = textsOf(locale, 'import')
    for (const code of [...importRefusals, ...rowReasons]) expect(texts(`refusal.${code}`), code).not.toBe(`refusal.${code}`)
  })
})
