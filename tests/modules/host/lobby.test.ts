import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { homeFolder } from '../../../src-main/app/home.ts'
import { Lobby } from '../../../src-main/app/lobby.ts'
import type { CompanyAnswers } from '../../../src-main/app/office-door.ts'
import { StubDoor, temporaryHome } from './stub-office.ts'

const answers: CompanyAnswers = {
  name: '老王超市',
  profile: 'cn-small',
  currency: 'CNY',
  first_day: '2026-01-01',
  taxpayer: 'small',
  locale: 'zh-CN',
}
let door: StubDoor
let place: ReturnType<typeof temporaryHome>
let lobby: Lobby

beforeEach(() => {
  door = new StubDoor()
  place = temporaryHome()
  lobby = new Lobby({ home: place.home, door, now: () => Date.UTC(2026, 10, 22, 12) })
})

describe('the lobby', () => {
  it('knows nothing at the first start and suggests by language', () => {
    expect(lobby.state('zh-CN')).toMatchObject({
      companies: [],
      open: null,
      work: null,
      suggestions: { profile: 'cn-small', currency: 'CNY', taxpayer: 'small', first_day: '2026-11-01' },
    })
    expect(lobby.state('en').suggestions).toMatchObject({ profile: 'international', taxpayer: 'none' })
  })

  it('remembers what was opened, the latest first, by folder or by file', async () => {
    await lobby.create(answers)
    await lobby.open(join(place.company, 'company.db'))
    const { companies, open } = lobby.state('zh-CN')
    expect(open).toMatchObject({ data: place.company, name: 'shop' })
    expect(companies.map((c) => [c.name, c.is_missing])).toEqual([['shop', 0], ['老王超市', 0]])
    expect(new Lobby({ home: place.home, door }).state('en').companies).toEqual(companies)
  })

  it('refuses a company that is missing, by its name, and makes nothing in its place', async () => {
    await lobby.open(place.company)
    rmSync(place.company, { recursive: true })
    expect(lobby.state('en').companies[0]).toMatchObject({ is_missing: 1 })
    const named = { code: 'host.companyMissing', details: { name: 'shop', data: place.company } }
    await expect(lobby.open(place.company)).rejects.toMatchObject(named)
    expect(existsSync(place.company)).toBe(false)
  })

  it('never makes a company where something is', async () => {
    for (const name of ['老王超市', '老王超市', 'a/b\\c:d', '..', ' . ', 'x'.repeat(100)]) await lobby.create({ ...answers, name })
    const folders = door.created.map((c) => c.data)
    expect(new Set(folders).size).toBe(6)
    for (const folder of folders) expect(join(folder, '..')).toBe(join(place.home, 'companies'))
    expect(folders.slice(0, 3).map((f) => f.split('/').at(-1))).toEqual(['老王超市', '老王超市 2', 'a b c d'])
  })

  it('closes the company before, when another one is entered', async () => {
    await lobby.open(place.company)
    await lobby.create(answers)
    expect(door.offices.map((o) => o.isClosed)).toEqual([true, false])
    await lobby.close()
    expect(lobby.state('en').open).toBeNull()
    expect(door.offices.map((o) => o.isClosed)).toEqual([true, true])
  })

  it('leaves nothing of a company that could not be founded', async () => {
    door.refusing = 'platform.profileNeedsCny'
    await expect(lobby.create({ ...answers, currency: 'EUR' })).rejects.toMatchObject({ code: 'platform.profileNeedsCny' })
    expect(readdirSync(join(place.home, 'companies'))).toEqual([])
    expect(lobby.state('en')).toMatchObject({ open: null, companies: [], work: null })
  })

  it('brings a backup back in a new folder, and leaves nothing of one that is refused', async () => {
    await lobby.restore({ from: '/backups/one.db', name: '老王超市' })
    expect(door.restored).toEqual([{ from: '/backups/one.db', data: join(place.home, 'companies', '老王超市') }])
    expect(lobby.state('en').open).toMatchObject({ data: join(place.home, 'companies', '老王超市') })
    door.refusing = 'platform.backupDamaged'
    await expect(lobby.restore({ from: '/backups/two.db', name: '老王超市' })).rejects.toMatchObject({ code: 'platform.backupDamaged' })
    expect(readdirSync(join(place.home, 'companies'))).toEqual(['老王超市'])
  })

  it('starts the sample afresh in its own place, and no company that is not marked as the sample', async () => {
    await lobby.openSample('zh-CN')
    const data = lobby.current()!.data
    door.offices.at(-1)!.card.is_sample = 1
    writeFileSync(join(data, 'tried-out'), 'x')
    await lobby.renewSample('en')
    expect(door.sampleLocales).toEqual(['zh-CN', 'zh-CN'])
    expect(lobby.current()!.data).toBe(data)
    expect(existsSync(join(data, 'tried-out'))).toBe(false)
    expect(readdirSync(join(place.home, 'sample'))).toEqual(['zh-CN'])
    expect(door.offices.map((o) => o.isClosed)).toEqual([true, false])
    // A real company stays as it is, and so does the sample whose successor could not be made.
    await lobby.open(place.company)
    await expect(lobby.renewSample('zh-CN')).rejects.toMatchObject({ code: 'host.notTheSample', details: { name: 'shop' } })
    expect(existsSync(place.company)).toBe(true)
    await lobby.openSample('zh-CN')
    door.offices.at(-1)!.card.is_sample = 1
    writeFileSync(join(data, 'kept'), 'x')
    door.failing = true
    await expect(lobby.renewSample('zh-CN')).rejects.toMatchObject({ code: 'host.noSample' })
    expect(existsSync(join(data, 'kept'))).toBe(true)
    expect(door.offices.at(-1)!.isClosed).toBe(false)
    await lobby.close()
    await expect(lobby.renewSample('zh-CN')).rejects.toMatchObject({ code: 'host.noCompanyOpen' })
  })

  it('shows and remembers no password of a server', async () => {
    await lobby.open('postgres://li:secret@db.example:5432/shop')
    expect(lobby.state('en')).toMatchObject({ open: { data: 'postgres://li@db.example:5432/shop' }, companies: [] })
    await lobby.open('postgres://li@db.example/shop')
    expect(lobby.state('en').companies.map((c) => [c.data, c.is_missing])).toEqual([['postgres://li@db.example/shop', 0]])
  })

  it('makes the sample once and never opens half of one', async () => {
    door.failing = true
    await expect(lobby.openSample('zh-CN')).rejects.toMatchObject({ code: 'host.noSample' })
    expect(readdirSync(join(place.home, 'sample'))).toEqual(['zh-CN.new'])
    door.failing = false
    await lobby.openSample('zh-CN')
    await lobby.openSample('zh-CN')
    expect(door.samples).toBe(2)
    expect(readdirSync(join(place.home, 'sample'))).toEqual(['zh-CN'])
    expect(lobby.state('zh-CN').work).toBeNull()
  })

  it('does one thing at a time', async () => {
    const first = lobby.create(answers)
    expect(lobby.state('en').work).toMatchObject({ kind: 'create' })
    await expect(lobby.open(place.company)).rejects.toMatchObject({ code: 'host.busy' })
    await first
  })

  it('takes a company off the list without touching its books', async () => {
    await lobby.open(place.company)
    lobby.forget(place.company)
    expect(lobby.state('en').companies).toEqual([])
    expect(existsSync(join(place.company, 'company.db'))).toBe(true)
    expect(JSON.parse(readFileSync(join(place.home, 'recent.json'), 'utf8'))).toEqual({ companies: [] })
  })
})

describe('the home folder', () => {
  it('is the user’s, never the program’s', () => {
    expect(homeFolder({ ZHANGGUI_HOME: '/books' }, 'linux')).toBe('/books')
    expect(homeFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/zhanggui')
    expect(homeFolder({}, 'linux')).toMatch(/\.local\/share\/zhanggui$/)
    expect(homeFolder({ LOCALAPPDATA: 'C:/Users/a/AppData/Local' }, 'win32')).toMatch(/Local.Zhanggui$/)
    expect(homeFolder({}, 'darwin')).toMatch(/Application Support\/Zhanggui$/)
  })
})
