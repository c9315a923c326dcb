import { expect, test } from 'vitest'
import { createParty, listParties } from '../../src-main/modules/parties/contract.ts'
import { setting } from '../../db/schema/platform.ts'
import { askPostgres, onPostgres } from '../support/postgres.ts'
import { testOffice, type TestOffice } from '../support/office.ts'

const databaseOf = (t: TestOffice): string => new URL(t.data).pathname.slice(1)

/** Ends every connection of the company's programs, as a server that restarts does; gives how many there were. */
const cutAll = async (server: string, t: TestOffice): Promise<number> =>
  (await askPostgres(server, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [databaseOf(t)])).length

const locksOf = (t: TestOffice): Promise<unknown[]> =>
  askPostgres(
    t.data,
    `select l.pid from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()`,
  )

const insertSetting = 'insert into platform_setting (key, value) values (?, ?)'

onPostgres('a server that goes away', (server) => {
  test('between commands is not noticed: connections are made anew', async () => {
    const t = await testOffice()
    await t.run(createParty, { name: 'Bird & Co', is_customer: 1 })
    expect(await cutAll(server, t)).toBeGreaterThanOrEqual(2)
    await t.run(createParty, { name: 'Fish & Co', is_customer: 1 })
    await cutAll(server, t)
    expect((await t.ask(listParties, { text: 'Co' })).total).toBe(2)
  })

  test('in the middle of a command is refused by name and leaves nothing, no lock either; the next command works', async () => {
    const t = await testOffice()
    const lost = t.office.engine.write(async (db) => {
      await db.run(setting, insertSetting, ['half', '1'])
      await cutAll(server, t)
      await db.run(setting, insertSetting, ['other half', '2'])
    })
    await expect(lost).rejects.toMatchObject({ code: 'platform.serverUnreachable' })
    expect(await askPostgres(t.data, 'select key from platform_setting where key like $1', ['%half'])).toEqual([])
    await expect.poll(() => locksOf(t)).toEqual([])
    await t.run(createParty, { name: 'Bird & Co', is_customer: 1 })
  })

  test('in the middle of a command reaches the caller as that refusal, and the same commandId may come again', async () => {
    const t = await testOffice()
    const userId = (await t.office.bus.people()).ownerId!
    const commandId = '019bbf2a-ae20-7000-8000-5e133770f809'
    const envelope = { name: createParty.name, input: { name: 'Bird & Co', is_customer: 1 }, commandId }
    const cut = cutWhile(server, t, () => t.office.run(envelope, { desk: 'test', userId }))
    expect(await cut).toMatchObject({ ok: false, kind: 'refusal', code: 'platform.serverUnreachable' })
    expect(await t.office.run(envelope, { desk: 'test', userId })).toMatchObject({ ok: true })
    expect((await t.ask(listParties, { text: 'Bird' })).total).toBe(1)
  })

  test('in the middle of a question is refused by name; the next question is answered', async () => {
    const t = await testOffice()
    const lost = t.office.engine.read(async (db) => {
      await db.all('select seq from platform_audit order by seq')
      await cutAll(server, t)
      return db.all('select seq from platform_audit order by seq')
    })
    await expect(lost).rejects.toMatchObject({ code: 'platform.serverUnreachable' })
    expect((await t.ask(listParties, {})).total).toBeGreaterThan(0)
  })

  test('after the commit takes nothing back', async () => {
    const t = await testOffice()
    await t.run(createParty, { name: 'Bird & Co', is_customer: 1 })
    await cutAll(server, t)
    expect(await askPostgres(t.data, 'select name from platform_audit order by seq desc limit 1')).toEqual([{ name: createParty.name }])
  })
})

/** Holds the table that every command writes last, so that the work stands still there, and cuts it off. */
async function cutWhile<T>(server: string, t: TestOffice, work: () => Promise<T>): Promise<T> {
  const waiting = (on: string) =>
    askPostgres(server, 'select 1 from pg_stat_activity where datname = $1 and $2 in (wait_event, wait_event_type)', [databaseOf(t), on])
  const holding = 'do $$ begin lock table platform_audit in access exclusive mode; perform pg_sleep(30); end $$'
  const holder = askPostgres(t.data, holding).catch(() => undefined)
  await expect.poll(() => waiting('PgSleep')).toHaveLength(1)
  const result = work()
  await expect.poll(() => waiting('Lock')).toHaveLength(1)
  await cutAll(server, t)
  await holder
  return result
}
