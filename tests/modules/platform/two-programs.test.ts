import { setting } from '../../../db/schema/platform.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { openOffice, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import type { CommandContract, SentInputOf } from '../../../src-main/kernel/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

// Two programs on the same books (the command line beside a running host, two hosts on one server, the thread that only reads): what one of
// them changes about company, settings, people and sessions holds in the other at its next call, for each keeps them in memory.

const PASSWORD = 'correct horse'
const others: OpenOffice[] = []
afterEach(async () => {
  for (const office of others.splice(0)) await office.close()
})

async function beside(t: TestOffice, options: { readonly?: 0 | 1 } = {}): Promise<OpenOffice> {
  const office = await openOffice({ data: t.data, now: () => Date.UTC(2026, 0, 16), today: () => t.today, ...options })
  others.push(office)
  return office
}

type Who = { userId?: string; session?: string }
const ask = (office: OpenOffice, name: string, who: Who = {}) => office.ask({ name, input: {} }, { desk: 'other', ...who })
const run = <C extends CommandContract>(office: OpenOffice, contract: C, { input, who = {} }: { input: SentInputOf<C>; who?: Who }) =>
  office.run({ name: contract.name, input, commandId: newCommandId() }, { desk: 'other', ...who })

async function roleIds(t: TestOffice): Promise<Map<string, string>> {
  return new Map((await t.ask(platform.listRoles, {})).rows.map((r) => [r.code, r.role_id]))
}

test('while one program writes for long the other is refused by name, and both go on', { timeout: 60_000 }, async () => {
  const t = await testOffice()
  const second = await beside(t)
  const create = { input: { name: 'Bird & Co', is_customer: 1 as const } }
  const answer = await t.office.engine.write(async (db) => {
    await db.run(setting, 'insert into platform_setting (key, value) values (?, ?)', ['half', '1'])
    return run(second, parties.createParty, create)
  })
  expect(answer).toMatchObject({ ok: false, kind: 'refusal', code: 'platform.booksBusy' })
  expect(await run(second, parties.createParty, create)).toMatchObject({ ok: true })
  await t.office.engine.write((db) => db.removeWhere(setting, { key: 'half' }))
})

describe('what one program changes holds in the other at once', () => {
  test('roles and grants, for commands and queries, in the reading thread too', async () => {
    const t = await testOffice()
    const roles = await roleIds(t)
    await t.run(platform.setOwnPassword, { password: PASSWORD })
    const amy = { login: 'amy', name: 'Amy', password: PASSWORD, role_ids: [roles.get('viewer')!] }
    const { user_id } = await t.run(platform.createUser, amy)
    const [second, reader] = [await beside(t), await beside(t, { readonly: 1 })]
    const create = { input: { name: 'Bird & Co', is_customer: 1 as const }, who: { userId: user_id } }
    expect(await run(second, parties.createParty, create)).toMatchObject({ ok: false, code: 'platform.notPermitted' })
    expect(await ask(reader, 'platform.audit', { userId: user_id })).toMatchObject({ ok: false, code: 'platform.notPermitted' })

    await t.run(platform.assignRoles, { user_id, role_ids: [roles.get('sales')!, roles.get('bookkeeper')!] })
    expect(await run(second, parties.createParty, create)).toMatchObject({ ok: true })
    expect(await ask(reader, 'platform.audit', { userId: user_id })).toMatchObject({ ok: true })

    await run(second, platform.deactivateUser, { input: { user_id }, who: { userId: (await second.bus.people()).ownerId! } })
    expect(await t.answer(platform.me, {}, user_id)).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
    expect(await ask(reader, 'platform.me', { userId: user_id })).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
  })

  test('the company and its settings', async () => {
    const t = await testOffice()
    const second = await beside(t)
    expect((await second.bus.company()).name).toBe('测试商行')
    await t.run(platform.updateCompany, { name: '新商行' })
    expect((await second.bus.company()).name).toBe('新商行')
    await run(second, platform.setSetting, { input: { key: 'accounting.voucherWord', value: '转' } })
    const settings = (await t.ask(platform.listSettings, {})).rows
    expect(settings.find((s) => s.key === 'accounting.voucherWord')).toMatchObject({ value: '转', is_set: 1 })
  })

  test('the end of one-person mode, of a session, and of a password', async () => {
    const t = await testOffice()
    const second = await beside(t)
    expect(await ask(second, 'platform.me')).toMatchObject({ ok: true })
    await t.run(platform.setOwnPassword, { password: PASSWORD })
    expect(await ask(second, 'platform.me')).toMatchObject({ ok: false, code: 'platform.notSignedIn' })

    const signedIn = await second.signIn({ login: 'owner', password: PASSWORD, desk: 'other' })
    if (!signedIn.ok) throw new Error(JSON.stringify(signedIn))
    const { session } = signedIn.output as { session: string }
    expect(await ask(second, 'platform.me', { session })).toMatchObject({ ok: true })
    expect(await ask(t.office, 'platform.me', { session })).toMatchObject({ ok: true })
    await t.office.signOut(session)
    expect(await ask(second, 'platform.me', { session })).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
  })
})
