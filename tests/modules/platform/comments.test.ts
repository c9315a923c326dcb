import { expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { mentionedIn } from '../../../src-renderer/ui/record/mentioned.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

test('people talk about a record beside it; the own words can be taken back, never those of others', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '华美', assigned_to: amy })
  const record = { source_kind: 'parties.party', source_id: party_id }
  const read = async (as?: string) => (await t.ask(platform.listComments, record, as)).rows.map((c) => [c.user_name, c.is_own, c.text])
  const { comment_id } = await t.run(platform.addComment, { ...record, text: '  月底结账，\n找王会计  ' })
  await t.run(platform.addComment, { ...record, text: '已电话确认' }, amy)
  const [owner] = (await read())[0]!
  expect(await read(amy)).toEqual([[owner, 0, '月底结账，\n找王会计'], ['amy', 1, '已电话确认']])
  expect(await t.refused(platform.retractComment, { comment_id }, amy)).toEqual({ code: 'platform.commentOfOthers', details: { name: owner } })
  await t.run(platform.retractComment, { comment_id })
  expect(await read()).toEqual([[owner, 1, null], ['amy', 0, '已电话确认']])
  expect((await t.refused(platform.retractComment, { comment_id })).code).toBe('platform.commentNotFound')
  for (const text of ['', '  ', 'x'.repeat(2001)]) expect(await t.answer(platform.addComment, { ...record, text })).toMatchObject({ kind: 'invalid' })
})

test('who may not see the record neither reads nor writes there', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '华美', assigned_to: amy })
  const record = { source_kind: 'parties.party', source_id: party_id }
  const { comment_id } = await t.run(platform.addComment, { ...record, text: '底价八折' }, amy)
  expect((await t.ask(platform.listComments, record, bob)).rows).toEqual([])
  expect((await t.refused(platform.addComment, { ...record, text: '看看' }, bob)).code).toBe('platform.commentSourceUnknown')
  expect((await t.refused(platform.retractComment, { comment_id }, bob)).code).toBe('platform.commentNotFound')
  expect((await t.refused(platform.addComment, { source_kind: 'parties.nothing', source_id: party_id, text: 'x' })).code).toBe('platform.commentSourceUnknown')
})

test('who is called by name finds it in the tray until the record was looked at; taken back, it is gone', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const owner = (await t.office.bus.people()).ownerId!
  const { party_id } = await t.run(parties.createParty, { name: '华美', assigned_to: amy })
  const record = { source_kind: 'parties.party', source_id: party_id }
  const tray = async (as?: string) => (await t.ask(platform.listMentions, {}, as)).rows.map((m) => [m.user_name, m.source_id, m.text])
  // Bob may not see the customer: nobody offers him, and calling him is refused by name.
  expect((await t.ask(platform.listMentionable, record)).rows).toEqual([{ user_id: amy, name: 'amy' }])
  expect((await t.ask(platform.listMentionable, record, bob)).rows).toEqual([])
  expect(await t.refused(platform.addComment, { ...record, text: '@bob 看看', mentions: [bob] })).toEqual({ code: 'platform.mentionCannotSee', details: { name: 'bob' } })
  expect((await t.refused(platform.addComment, { ...record, text: '@谁', mentions: [party_id] })).code).toBe('platform.mentionUnknown')
  // Calling oneself, or somebody twice, makes no more of it.
  const { comment_id } = await t.run(platform.addComment, { ...record, text: '@amy 这家月底结账', mentions: [amy, amy, owner] })
  await t.run(platform.addComment, { ...record, text: '@amy 底价八折', mentions: [amy] })
  const [name] = (await tray(amy))[0]!
  expect(await tray(amy)).toEqual([[name, party_id, '@amy 底价八折'], [name, party_id, '@amy 这家月底结账']])
  expect(await tray()).toEqual([])
  await t.run(platform.retractComment, { comment_id })
  expect(await tray(amy)).toEqual([[name, party_id, '@amy 底价八折']])
  // Others cannot read it away; who was called reads it, once.
  await t.run(platform.seeMentions, record, bob)
  expect(await tray(amy)).toHaveLength(1)
  expect(await t.run(platform.seeMentions, record, amy)).toEqual({ count: 2 })
  expect(await t.run(platform.seeMentions, record, amy)).toEqual({ count: 0 })
  expect(await tray(amy)).toEqual([])
})

test('what was said about a record leaves the tray of who may not see it any more', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const { party_id } = await t.run(parties.createParty, { name: '华美', assigned_to: amy })
  await t.run(platform.addComment, { source_kind: 'parties.party', source_id: party_id, text: '@amy 催款', mentions: [amy] })
  await t.run(parties.assignParty, { party_id, user_id: bob })
  expect((await t.ask(platform.listMentions, {}, amy)).rows).toEqual([])
})

test('a text calls whom it names, of names that begin alike the longest', () => {
  const people = [{ user_id: '1', name: '王' }, { user_id: '2', name: '王明' }, { user_id: '3', name: 'Amy Lee' }]
  expect(mentionedIn('@王明 请看，@Amy Lee 也看', people)).toEqual(['2', '3'])
  expect(mentionedIn('@王明和@王', people)).toEqual(['2', '1'])
  expect(mentionedIn('发到 wang@example.com，@nobody', people)).toEqual([])
})
