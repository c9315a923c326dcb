import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { threadedDoor } from '../../../src-main/app/office-client.ts'
import type { HostedOffice, OfficeDoor } from '../../../src-main/app/office-door.ts'
import type { Change, Progress } from '../../../src-main/app/office-types.ts'

const worker = new URL('./stub-worker.ts', import.meta.url)
const caller = { desk: 'PC-01' }
let logged: string[]
let door: OfficeDoor
let office: HostedOffice | undefined

beforeEach(() => {
  logged = []
  office = undefined
  door = threadedDoor({ worker, lookAfterMs: 0, logIncident: (error, where) => `incident ${logged.push(`${where}: ${(error as Error).message}`)}` })
})
afterEach(() => office?.close())

const opened = async (): Promise<HostedOffice> => (office = await door.open({ data: '/shop' }))

describe('an office in worker threads', () => {
  it('answers from the first thread, long queries from the second, which only reads', async () => {
    const it = await opened()
    expect(it.card).toEqual({ name: '/shop', is_sample: 0, currency: 'CNY' })
    expect([it.kindOf('write'), it.kindOf('long'), it.kindOf('toString')]).toEqual(['command', 'query', undefined])
    expect(await it.run({ name: 'write', input: 1, commandId: 'c' }, caller)).toMatchObject({ output: { access: 'write' } })
    expect(await it.ask({ name: 'short', input: 1 }, caller)).toMatchObject({ output: { access: 'write' } })
    expect(await it.ask({ name: 'long', input: 1 }, caller)).toMatchObject({ output: { access: 'read' } })
  })

  it('tells pages what was written', async () => {
    const it = await opened()
    const stop = new AbortController()
    const heard: Change[] = []
    const listening = (async () => {
      for await (const change of it.changes(stop.signal)) {
        heard.push(change)
        stop.abort()
      }
    })()
    // Listening begins some time after the stream was asked for.
    while (heard.length === 0) await it.run({ name: 'write', input: 1, commandId: 'c' }, caller)
    await listening
    expect(heard[0]).toEqual({ tables: ['sales_order'] })
  })

  it('lets others read from the second thread while a long command runs', async () => {
    const it = await opened()
    const long = it.run({ name: 'write', input: 'long', commandId: 'c' }, caller)
    await expect.poll(() => it.ask({ name: 'short', input: 1 }, caller)).toMatchObject({ output: { access: 'read' } })
    await long
    expect(await it.ask({ name: 'short', input: 1 }, caller)).toMatchObject({ output: { access: 'write' } })
  })

  it('knows how far a command is', async () => {
    const it = await opened()
    await it.run({ name: 'write', input: 1, commandId: 'the-import' }, caller)
    // Progress comes by another way than the answer, so it may come after it.
    await expect.poll(() => it.progressOf('the-import')).toEqual({ done: 2, total: 5, phase: 'posting' })
    expect(it.progressOf('another')).toBeUndefined()
  })

  it('answers a defect with an incident when the thread fails, and goes on', async () => {
    const it = await opened()
    const answer = await it.run({ name: 'write', input: 'throw', commandId: 'c' }, caller)
    expect(answer).toMatchObject({ ok: false, kind: 'defect', code: 'defect', details: { incident: 'incident 1' } })
    expect(await it.run({ name: 'write', input: 1, commandId: 'c' }, caller)).toMatchObject({ ok: true })
  })

  it('opens the office again when its thread dies, once', async () => {
    const it = await opened()
    expect(await it.run({ name: 'write', input: 'die', commandId: 'c' }, caller)).toMatchObject({ kind: 'defect' })
    await expect.poll(() => logged.some((l) => l.includes('ended with 3; it is opened again'))).toBe(true)
    expect(await it.run({ name: 'write', input: 1, commandId: 'c' }, caller)).toMatchObject({ ok: true })
    expect(await it.run({ name: 'write', input: 'die', commandId: 'c' }, caller)).toMatchObject({ kind: 'defect' })
    await expect.poll(() => it.run({ name: 'write', input: 1, commandId: 'c' }, caller)).toMatchObject({ kind: 'defect' })
  })

  it('opens the second thread again as well', async () => {
    const it = await opened()
    expect(await it.ask({ name: 'long', input: 'die' }, caller)).toMatchObject({ kind: 'defect' })
    await expect.poll(() => it.ask({ name: 'long', input: 1 }, caller)).toMatchObject({ output: { access: 'read' } })
    expect(await it.ask({ name: 'short', input: 1 }, caller)).toMatchObject({ ok: true })
  })

  it('passes refusals of opening and founding on by name', async () => {
    const missing = { code: 'platform.companyFileMissing', details: { file: '/missing' } }
    await expect(door.open({ data: '/missing' })).rejects.toMatchObject(missing)
    await expect(door.open({ data: '/broken' })).rejects.toThrow(/a defect while opening/)
    const books = { profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01', taxpayer: 'small' } as const
    const answers = { ...books, name: 'x', locale: 'zh-CN' } as const
    await expect(door.create({ ...answers, data: '/taken' })).rejects.toMatchObject({ code: 'platform.companyFileExists' })
    await door.create({ ...answers, data: '/free' })
  })

  it('backs up and lists backups in the thread that only reads, and restores in one of its own', async () => {
    const it = await opened()
    expect(await it.backup(caller)).toMatchObject({ output: { name: 'backup', access: 'read' } })
    expect(await it.backups(caller)).toMatchObject({ output: { name: 'backups', access: 'read' } })
    await door.restore({ from: '/good', data: '/new' })
    await expect(door.restore({ from: '/damaged', data: '/new' })).rejects.toMatchObject({ code: 'platform.backupDamaged' })
  })

  it('does what a day brings soon after opening, in the thread that writes', async () => {
    office = await door.open({ data: '/dutiful' })
    await expect.poll(() => logged).toEqual(['daily: Internal server error'])
  })

  it('looks through the books after opening, and tells what is broken', async () => {
    const sound = await opened()
    await expect.poll(() => sound.brokenInvariants).toEqual([])
    expect(logged).toEqual([])
    await sound.close()
    const unsound = (office = await door.open({ data: '/unsound' }))
    await expect.poll(() => unsound.brokenInvariants).toEqual(['a truth'])
    expect(logged).toEqual(['verify: the books break: a truth'])
  })

  it('reports the progress of the sample', async () => {
    const seen: Progress[] = []
    await door.buildSample({ data: '/sample', locale: 'en', onProgress: (p) => seen.push(p) })
    expect(seen).toEqual([{ done: 12, total: 12, phase: 'sample' }])
  })
})
