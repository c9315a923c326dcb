import { expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
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
