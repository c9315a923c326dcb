import { expect, test } from 'vitest'
import { newCommandId } from '../../../src-main/app/world.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const address = '/sales/orders/new?d=a1'
const draft = { address, subject: '宏达', body: '{"lines":[]}', writer: 'desk-1', revision: 0 }
const audits = async (t: TestOffice): Promise<number> => (await t.office.engine.read((db) => db.get<{ n: number }>('select count(*) as n from platform_audit')))!.n
const bodyAt = async (t: TestOffice, at: string): Promise<string | undefined> => (await t.ask(platform.getDraft, { address: at })).draft?.body

test('a draft is kept for its writer alone, leaves no audit row, and is thrown away', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const before = await audits(t)
  expect(await t.run(platform.keepDraft, draft)).toEqual({ address, revision: 1 })
  expect(await t.run(platform.keepDraft, { ...draft, body: '{"lines":[1]}', revision: 1 })).toEqual({ address, revision: 2 })
  expect((await t.ask(platform.listDrafts, {})).rows).toMatchObject([{ address, subject: '宏达', writer: 'desk-1', revision: 2 }])
  expect(await bodyAt(t, address)).toBe('{"lines":[1]}')
  expect(await t.ask(platform.getDraft, { address }, amy)).toEqual({ draft: null })
  expect(await t.ask(platform.listDrafts, {}, amy)).toEqual({ rows: [] })
  await t.run(platform.dropDraft, { address }, amy)
  expect(await bodyAt(t, address)).toBe('{"lines":[1]}')
  await t.run(platform.dropDraft, { address })
  await t.run(platform.dropDraft, { address })
  expect(await bodyAt(t, address)).toBeUndefined()
  expect(await audits(t)).toBe(before)
})

test('two desks write at once: neither loses a word', async () => {
  const t = await testOffice()
  await t.run(platform.keepDraft, { ...draft, body: 'first' })
  // Desk 2 opened the draft and goes on from there; desk 1 does not know of it yet.
  await t.run(platform.keepDraft, { ...draft, body: 'second', writer: 'desk-2', revision: 1 })
  const apart = await t.run(platform.keepDraft, { ...draft, body: 'third', revision: 1 })
  expect(apart.address).not.toBe(address)
  expect(apart.address).toMatch(/^\/sales\/orders\/new\?d=/)
  expect([await bodyAt(t, address), await bodyAt(t, apart.address)]).toEqual(['second', 'third'])
  // From then on each has its own.
  await t.run(platform.keepDraft, { ...draft, ...apart, body: 'third and more' })
  expect([await bodyAt(t, address), await bodyAt(t, apart.address)]).toEqual(['second', 'third and more'])
  // An answer that was lost on the way: the same page says it again and stays where it is.
  expect(await t.run(platform.keepDraft, { ...draft, body: 'second', writer: 'desk-2', revision: 1 })).toMatchObject({ address })
})

test('the command that makes a draft real takes it away in the same step, and only when it succeeds', async () => {
  const t = await testOffice()
  const caller = { desk: 'test', userId: (await t.office.bus.people()).ownerId! }
  const create = (input: object) => t.office.run({ name: parties.createParty.name, input, commandId: newCommandId(), draft: address }, caller)
  await t.run(platform.keepDraft, draft)
  expect(await create({ name: '' })).toMatchObject({ ok: false })
  expect(await bodyAt(t, address)).toBe(draft.body)
  expect(await create({ name: '宏达五金', is_customer: 1 })).toMatchObject({ ok: true })
  expect(await bodyAt(t, address)).toBeUndefined()
})

test('what is too large or too many is refused by its name', async () => {
  const t = await testOffice()
  expect(await t.refused(platform.keepDraft, { ...draft, body: 'x'.repeat(8_000_001) })).toEqual({ code: 'platform.draftTooLarge', details: { limit: 8_000_000 } })
  for (let i = 0; i < 100; i++) await t.run(platform.keepDraft, { ...draft, address: `/items/new?d=${i}` })
  expect(await t.refused(platform.keepDraft, draft)).toEqual({ code: 'platform.tooManyDrafts', details: { limit: 100 } })
  expect(await t.run(platform.keepDraft, { ...draft, address: '/items/new?d=7', revision: 1 })).toMatchObject({ revision: 2 })
  expect(await t.answer(platform.keepDraft, { ...draft, address: 'javascript:alert(1)' })).toMatchObject({ ok: false, kind: 'invalid' })
})
