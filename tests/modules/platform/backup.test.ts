import Database from 'better-sqlite3'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { backupBeside, backupCompany, restoreCompany } from '../../../src-main/app/backup.ts'
import { listBackups } from '../../../src-main/app/backups-folder.ts'
import { openOffice, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { isOnServer, storedText } from '../../support/files.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const opened: OpenOffice[] = []
afterEach(async () => {
  for (const office of opened.splice(0)) await office.close().catch(() => undefined)
})

async function open(data: string, options: { backup_on_close?: 0 | 1 } = {}): Promise<OpenOffice> {
  const office = await openOffice({ data, ...options })
  opened.push(office)
  return office
}

const partiesIn = (office: OpenOffice) => office.engine.read(async (db) => (await db.get<{ n: number }>('select count(*) as n from parties_party'))!.n)
const owner = async (office: OpenOffice) => ({ desk: 'test', userId: (await office.bus.people()).ownerId! })
const create = async (office: OpenOffice, name: string) =>
  office.run({ name: 'parties.createParty', input: { name, is_customer: 1 }, commandId: newCommandId() }, await owner(office))

/** The restored company opens, and every invariant holds. */
async function drill(t: TestOffice, from: string): Promise<OpenOffice> {
  const data = join(t.scratch, `drill-${readdirSync(t.scratch).length}`)
  await restoreCompany({ from, data })
  const office = await open(data)
  expect((await office.verify()).broken).toEqual([])
  return office
}

/** A company with a customer and a file on it. */
async function withAttachment(): Promise<{ t: TestOffice; attachment_id: string; stored: string }> {
  const t = await testOffice()
  const { party_id } = await t.run(parties.createParty, { name: '雪莲贸易', is_customer: 1 })
  const file = await storedText(t, { text: '营业执照', name: '执照.pdf' })
  const { attachment_id } = await t.run(platform.addAttachment, { source_kind: 'parties.party', source_id: party_id, ...file })
  return { t, attachment_id, stored: join(file.upload_sha256.slice(0, 2), file.upload_sha256.slice(2)) }
}

describe.skipIf(isOnServer)('a backup', () => {
  test('made while commands run is one moment of the books, and the work goes on', async () => {
    const t = await testOffice()
    for (let n = 0; n < 20; n++) await t.run(parties.createParty, { name: `before ${n}`, is_customer: 1 })
    const before = await partiesIn(t.office)
    let isDone = false
    const backup = backupCompany({ data: t.data, out: join(t.scratch, 'b.db') }).finally(() => (isDone = true))
    let during = 0
    while (!isDone) {
      await t.run(parties.createParty, { name: `during ${during++}`, is_customer: 1 })
      // Calls come in by messages, each in a turn of its own.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const made = await backup
    expect(during).toBeGreaterThan(0)
    const restored = await drill(t, made.file)
    const n = await partiesIn(restored)
    expect(n).toBeGreaterThanOrEqual(before)
    expect(n).toBeLessThanOrEqual(before + during)
    expect(await partiesIn(t.office)).toBe(before + during)
    expect(await create(restored, 'after')).toMatchObject({ ok: true })
  })

  test('takes its attachments along, and they come back', async () => {
    const { t, attachment_id, stored } = await withAttachment()
    const made = await backupCompany({ data: t.data, out: join(t.scratch, 'b.db') })
    expect(made).toMatchObject({ files: 1, missing_files: [] })
    const restored = await drill(t, made.file)
    expect(readFileSync(join(restored.place.kind === 'folder' ? restored.place.files : '', stored), 'utf8')).toBe('营业执照')
    const answer = await restored.ask({ name: 'platform.attachment', input: { attachment_id } }, await owner(restored))
    expect(answer).toMatchObject({ ok: true, output: { name: '执照.pdf' } })
    expect(readdirSync(t.scratch).filter((f) => f.includes('.part'))).toEqual([])
  })

  test('is made even where an attached file is gone, and says which', async () => {
    const { t, stored } = await withAttachment()
    const file = join(t.data, 'files', stored)
    const text = readFileSync(file)
    rmSync(file)
    const made = await backupCompany({ data: t.data, out: join(t.scratch, 'b.db') })
    expect(made).toMatchObject({ files: 0, missing_files: [stored.replace('/', '')] })
    await restoreCompany({ from: made.file, data: join(t.scratch, 'again') })
    writeFileSync(file, text)
  })

  test('never replaces a file that is there', async () => {
    const t = await testOffice()
    const out = join(t.scratch, 'b.db')
    writeFileSync(out, 'something else')
    await expect(backupCompany({ data: t.data, out })).rejects.toMatchObject({ code: 'platform.backupExists', details: { file: out } })
    expect(readFileSync(out, 'utf8')).toBe('something else')
  })
})

describe.skipIf(isOnServer)('a damaged backup is refused, and nothing is touched', () => {
  const cases: Record<string, (file: string, stored: string) => void> = {
    // In the middle of a page of text: SQLite itself would not notice.
    'one byte changed': (file) => {
      const bytes = readFileSync(file)
      const at = bytes.indexOf('雪莲贸易')
      bytes[at + 1] = bytes[at + 1]! ^ 1
      writeFileSync(file, bytes)
    },
    'cut short': (file) => truncateSync(file, 40_000),
    'its head gone': (file) => {
      const bytes = readFileSync(file)
      bytes.fill(0, 0, 100)
      writeFileSync(file, bytes)
    },
    'its note spoilt': (file) => writeFileSync(`${file}.json`, '{'),
    'an attachment gone': (file, stored) => rmSync(join(`${file}.files`, stored)),
    'an attachment changed': (file, stored) => writeFileSync(join(`${file}.files`, stored), 'forged'),
  }

  test.each(Object.keys(cases))('%s', async (name) => {
    const { t, stored } = await withAttachment()
    const made = await backupCompany({ data: t.data, out: join(t.scratch, 'b.db') })
    cases[name]!(made.file, stored)
    const data = join(t.scratch, 'restored')
    await expect(restoreCompany({ from: made.file, data })).rejects.toMatchObject({ code: 'platform.backupDamaged', details: { file: made.file } })
    expect(existsSync(data)).toBe(false)
  })

  test('what is no backup, or not there, is refused by name as well', async () => {
    const t = await testOffice()
    const other = join(t.scratch, 'other.db')
    new Database(other).exec('create table a (b)').close()
    const data = join(t.scratch, 'restored')
    await expect(restoreCompany({ from: other, data })).rejects.toMatchObject({ code: 'platform.notACompanyFile' })
    const bare = await backupCompany({ data: t.data, out: join(t.scratch, 'bare.db') })
    rmSync(`${bare.file}.json`)
    truncateSync(bare.file, 40_000)
    await expect(restoreCompany({ from: bare.file, data })).rejects.toMatchObject({ code: 'platform.notACompanyFile' })
    await expect(restoreCompany({ from: join(t.scratch, 'none.db'), data })).rejects.toMatchObject({ code: 'platform.backupMissing' })
    expect(existsSync(data)).toBe(false)
  })
})

describe.skipIf(isOnServer)('a restore', () => {
  test('never writes over a company, nor beside the log of one', async () => {
    const t = await testOffice()
    const made = await backupCompany({ data: t.data, out: join(t.scratch, 'b.db') })
    await t.run(parties.createParty, { name: '后来的', is_customer: 1 })
    const before = await partiesIn(t.office)
    await expect(restoreCompany({ from: made.file, data: t.data })).rejects.toMatchObject({ code: 'platform.companyFileExists' })
    expect(await partiesIn(t.office)).toBe(before)
    const data = join(t.scratch, 'crashed')
    mkdirSync(data)
    writeFileSync(join(data, 'company.db-wal'), 'left behind')
    await expect(restoreCompany({ from: made.file, data })).rejects.toMatchObject({ code: 'platform.companyFileExists' })
    expect(readdirSync(data)).toEqual(['company.db-wal'])
  })

  test('takes a bare file that was copied without its note', async () => {
    const t = await testOffice()
    const made = await backupCompany({ data: t.data, out: join(t.scratch, 'b.db') })
    cpSync(made.file, join(t.scratch, 'stick.db'))
    await drill(t, join(t.scratch, 'stick.db'))
  })
})

describe.skipIf(isOnServer)('backups by themselves', () => {
  const backups = (t: TestOffice) => listBackups(join(t.data, 'backups'))

  test('closing makes one only when something was written', async () => {
    const t = await testOffice()
    await (await open(t.data, { backup_on_close: 1 })).close()
    expect(backups(t)).toEqual([])
    const writing = await open(t.data, { backup_on_close: 1 })
    await create(writing, '写过')
    await writing.close()
    expect(backups(t)).toMatchObject([{ why: 'exit' }])
    await drill(t, backups(t)[0]!.file)
    const asking = await open(t.data, { backup_on_close: 1 })
    await asking.ask({ name: 'parties.list', input: {} }, await owner(asking))
    await asking.close()
    expect(backups(t)).toHaveLength(1)
  })

  test('the oldest beyond ten go with all that belongs to them; what somebody asked for stays', async () => {
    const { t } = await withAttachment()
    const day = (n: number) => Date.UTC(2026, 0, n)
    await backupBeside({ data: t.data, now: day(1), why: 'hand' })
    for (let n = 2; n <= 13; n++) await backupBeside({ data: t.data, now: day(n), why: n === 5 ? 'migration' : 'exit' })
    const kept = backups(t)
    expect(kept.map((b) => b.why)).toEqual([...Array.from({ length: 8 }, () => 'exit'), 'migration', 'exit', 'hand'])
    expect(kept.at(-2)!.file_name).toContain('2026-01-04')
    expect(readdirSync(join(t.data, 'backups'))).toHaveLength(11 * 3)
    await drill(t, kept.at(-2)!.file)
  })

  test('are made and listed for the owner, not for everybody', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const caller = await owner(t.office)
    expect(await t.office.backup(caller)).toMatchObject({ ok: true, output: { files: 0 } })
    expect(await t.office.backups(caller)).toMatchObject({ output: { rows: [{ why: 'hand' }] } })
    const amy = { desk: 'x', userId: await addUser(t, { login: 'amy', role: 'bookkeeper' }) }
    for (const asked of [t.office.backup(amy), t.office.backups(amy)]) {
      expect(await asked).toMatchObject({ code: 'platform.notPermitted', details: { permission: 'platform.settings' } })
    }
    expect(await t.office.backup({ desk: 'x' })).toMatchObject({ code: 'platform.notSignedIn' })
  })
})

test('a company on a server is refused by name', async () => {
  const data = 'postgres://li@db.example/shop'
  const named = { code: 'platform.notOnServerYet', details: { what: 'backup' } }
  await expect(backupCompany({ data, out: '/nowhere/b.db' })).rejects.toMatchObject(named)
  await expect(restoreCompany({ from: '/nowhere/b.db', data })).rejects.toMatchObject(named)
})
