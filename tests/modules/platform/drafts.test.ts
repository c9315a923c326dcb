import { expect, test } from 'vitest'
import { newCommandId } from '../../../src-main/app/world.ts'
import type { DraftRef } from '../../../src-main/modules/platform/contract-drafts.ts'
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

const answerAs = async (t: TestOffice, { desk, ...envelope }: { desk: string; name: string; input: unknown; draft?: DraftRef; commandId?: string }) =>
  t.office.run({ commandId: newCommandId(), ...envelope }, { desk, userId: (await t.office.bus.people()).ownerId! })
const post = (t: TestOffice, { desk, revision, name = '宏达五金' }: { desk: string; revision: number; name?: string }) =>
  answerAs(t, { desk, name: parties.createParty.name, input: { name, is_customer: 1 }, draft: { address, revision, writer: desk } })
const keep = (t: TestOffice, { desk, revision, body = 'x' }: { desk: string; revision: number; body?: string }) =>
  answerAs(t, { desk, name: platform.keepDraft.name, input: { ...draft, body, writer: desk, revision } })
const customers = async (t: TestOffice): Promise<number> => (await t.office.engine.read((db) => db.get<{ n: number }>('select count(*) as n from parties_party where is_customer = 1')))!.n

test('the command that makes a draft real takes it away in the same step, and only when it succeeds', async () => {
  const t = await testOffice()
  await t.run(platform.keepDraft, draft)
  expect(await post(t, { desk: 'desk-1', revision: 1, name: '' })).toMatchObject({ ok: false })
  expect(await bodyAt(t, address)).toBe(draft.body)
  expect(await post(t, { desk: 'desk-1', revision: 1 })).toMatchObject({ ok: true })
  expect(await bodyAt(t, address)).toBeUndefined()
  expect((await t.ask(platform.listDrafts, {})).rows).toEqual([])
})

test('open on two desks, a draft is posted once: the second learns what was made of it, by whichever key it comes', async () => {
  const t = await testOffice()
  const before = await customers(t)
  await keep(t, { desk: 'desk-1', revision: 0 })
  const made = await post(t, { desk: 'desk-1', revision: 1 })
  const taken = { ok: false, kind: 'refusal', code: 'platform.draftTaken', details: { command: 'parties.createParty', made: made.ok && made.output } }
  // Desk 2 had followed to the same revision.
  expect(await post(t, { desk: 'desk-2', revision: 1 })).toMatchObject(taken)
  // Typing on does not bring the draft back to life, nor does throwing it away forget what became of it.
  expect(await keep(t, { desk: 'desk-2', revision: 1 })).toMatchObject(taken)
  await t.run(platform.dropDraft, { address })
  expect(await post(t, { desk: 'desk-2', revision: 1 })).toMatchObject(taken)
  expect(await customers(t)).toBe(before + 1)
  // Entered anew at the same address it is a draft like any other, and its revisions go on, so that nobody mistakes it for the old one.
  expect(await keep(t, { desk: 'desk-1', revision: 0, body: 'again' })).toMatchObject({ output: { revision: 2 } })
  expect(await post(t, { desk: 'desk-2', revision: 1 })).toMatchObject({ code: 'platform.draftChanged' })
  expect(await post(t, { desk: 'desk-1', revision: 2, name: '第二家' })).toMatchObject({ ok: true })
})

test('two desks post at the same moment: one of them wins', async () => {
  const t = await testOffice()
  const before = await customers(t)
  await keep(t, { desk: 'desk-1', revision: 0 })
  const answers = await Promise.all(['desk-1', 'desk-2', 'desk-3'].map((desk) => post(t, { desk, revision: 1 })))
  expect(answers.filter((one) => one.ok)).toHaveLength(1)
  expect(answers.filter((one) => !one.ok && one.code === 'platform.draftTaken')).toHaveLength(2)
  expect(await customers(t)).toBe(before + 1)
})

test('a draft that another desk changed or threw away is not posted from what this one still shows', async () => {
  const t = await testOffice()
  await keep(t, { desk: 'desk-1', revision: 0 })
  await keep(t, { desk: 'desk-2', revision: 1, body: 'newer' })
  expect(await post(t, { desk: 'desk-1', revision: 1 })).toMatchObject({ code: 'platform.draftChanged' })
  expect(await bodyAt(t, address)).toBe('newer')
  await t.run(platform.dropDraft, { address })
  expect(await post(t, { desk: 'desk-1', revision: 1 })).toMatchObject({ code: 'platform.draftGone' })
  expect(await keep(t, { desk: 'desk-1', revision: 1 })).toMatchObject({ code: 'platform.draftGone' })
  // What was never kept, nobody else can have.
  expect(await post(t, { desk: 'desk-1', revision: 0 })).toMatchObject({ ok: true })
})

test('an answer that was lost on the way: the same command said again is no second desk', async () => {
  const t = await testOffice()
  await keep(t, { desk: 'desk-1', revision: 0 })
  const said = { desk: 'desk-1', name: parties.createParty.name, input: { name: '宏达五金', is_customer: 1 }, draft: { address, revision: 1, writer: 'desk-1' }, commandId: newCommandId() }
  const first = await answerAs(t, said)
  expect(first).toMatchObject({ ok: true })
  expect(await answerAs(t, said)).toEqual(first)
})

test('what is too large or too many is refused by its name', async () => {
  const t = await testOffice()
  expect(await t.refused(platform.keepDraft, { ...draft, body: 'x'.repeat(8_000_001) })).toEqual({ code: 'platform.draftTooLarge', details: { limit: 8_000_000 } })
  for (let i = 0; i < 100; i++) await t.run(platform.keepDraft, { ...draft, address: `/items/new?d=${i}` })
  expect(await t.refused(platform.keepDraft, draft)).toEqual({ code: 'platform.tooManyDrafts', details: { limit: 100 } })
  expect(await t.run(platform.keepDraft, { ...draft, address: '/items/new?d=7', revision: 1 })).toMatchObject({ revision: 2 })
  expect(await t.answer(platform.keepDraft, { ...draft, address: 'javascript:alert(1)' })).toMatchObject({ ok: false, kind: 'invalid' })
})
