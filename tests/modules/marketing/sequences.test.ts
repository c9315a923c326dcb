import { expect, test } from 'vitest'
import { walked } from '../../../db/schema/marketing.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { seesPlanted } from '../../support/planted.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const E6 = 1_000_000
const always = { condition: 'always' as const }

/** A campaign under way with two letters, and people of it with an e-mail address each. */
async function opened(names: readonly string[]) {
  const t = await testOffice()
  const { items } = await furnish(t)
  const { campaign_id } = await t.run(marketing.createCampaign, { name: '新客', channel: 'email', from_on: '2026-01-10', to_on: '2026-03-31' })
  const people: string[] = []
  for (const [i, name] of names.entries()) people.push((await t.run(parties.createParty, { name, email: `p${i}@x.example` })).party_id)
  if (people.length > 0) await t.run(marketing.addMembers, { campaign_id, party_ids: people })
  await t.run(marketing.moveCampaign, { campaign_id, state: 'running' })
  const letter = async (subject: string) => (await t.run(marketing.createLetter, { campaign_id, subject, body: '{{客户}}' })).letter_id
  return { t, campaign_id, people, items, welcome: await letter('欢迎'), offer: await letter('优惠') }
}
const account = async (t: TestOffice) => {
  for (const [key, value] of [['mail_host', 'localhost'], ['mail_from', 'shop@x.example']] as const) await t.run(setSetting, { key: `marketing.${key}`, value })
}
const buy = (t: TestOffice, { party_id, item_id }: { party_id: string; item_id: string }) => t.run(sales.deliverDirect, { party_id, lines: [{ item_id, quantity_e6: E6, price_e4: 100_000 }] })
const stateOf = async (t: TestOffice, { sequence_id, party_id }: { sequence_id: string; party_id: string }) => (await t.ask(marketing.listWalks, { sequence_id })).rows.find((w) => w.party_id === party_id)!

test('members are led step by step: letters, tasks and waits by condition, until they do what was hoped for', async () => {
  const { t, campaign_id, people, items, welcome, offer } = await opened(['安安', '贝贝', '晨晨', '丁丁'])
  const [a, b, c, d] = people as [string, string, string, string]
  const steps = [
    { what: { kind: 'letter' as const, letter_id: welcome }, when: always },
    { what: { kind: 'wait' as const, days: 3 }, when: always },
    { what: { kind: 'task' as const, title: '打电话问候' }, when: { condition: 'replied' as const }, is_not: 1 as const },
    { what: { kind: 'letter' as const, letter_id: offer }, when: { condition: 'ticket' as const }, is_not: 1 as const, otherwise: 'leave' as const },
    { what: { kind: 'wait' as const, days: 2 }, when: always },
  ]
  const { sequence_id } = await t.run(marketing.createSequence, { campaign_id, name: '迎新', goal: 'ordered', steps })
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 0, ended: 0, letters: 0, tasks: 0 })
  expect((await t.refused(marketing.moveSequence, { sequence_id, state: 'running' })).code).toBe('marketing.noAccount')
  await account(t)
  await t.run(marketing.moveSequence, { sequence_id, state: 'running' })
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 4, ended: 0, letters: 4, tasks: 0 })
  // A second run on the same day, and the letter sent to all by hand: nobody is told twice.
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 0, ended: 0, letters: 0, tasks: 0 })
  expect((await t.refused(marketing.queueLetter, { letter_id: welcome })).code).toBe('marketing.nobodyToWrite')
  expect((await t.ask(marketing.getSequence, { sequence_id })).steps.map((s) => [s.standing, s.done, s.passed])).toEqual([[0, 4, 0], [0, 4, 0], [4, 0, 0], [0, 0, 0], [0, 0, 0]])

  // One replies, one buys, one complains.
  const memberOf = async (party_id: string) => (await t.ask(marketing.listMembers, { campaign_id, party_id })).rows[0]!.member_id
  await t.run(marketing.recordResponse, { member_id: await memberOf(a), response: 'interested' })
  await buy(t, { party_id: b, item_id: items[0]! })
  await t.run(service.createTicket, { class_id: (await t.ask(service.listClasses, {})).rows[0]!.class_id, party_id: c, subject: '杯子碎了' })
  t.today = '2026-01-17'
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ ended: 1, letters: 0, tasks: 0 })
  expect(await stateOf(t, { sequence_id, party_id: b })).toMatchObject({ state: 'reached', why: null, ended_on: '2026-01-17' })
  t.today = '2026-01-18'
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 0, ended: 1, letters: 2, tasks: 2 })
  expect(await stateOf(t, { sequence_id, party_id: c })).toMatchObject({ state: 'left', why: 'condition' })
  expect((await t.ask(crm.listTasks, { party_id: d })).rows).toMatchObject([{ title: '打电话问候' }])
  expect((await t.ask(crm.listTasks, { party_id: a })).rows).toEqual([])
  t.today = '2026-01-20'
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 0, ended: 2, letters: 0, tasks: 0 })
  expect((await t.ask(marketing.getSequence, { sequence_id })).counts).toEqual([{ state: 'finished', why: null, count: 2 }, { state: 'left', why: 'condition', count: 1 }, { state: 'reached', why: null, count: 1 }])
  expect((await t.ask(marketing.listSequences, { campaign_id })).rows).toMatchObject([{ sequence_id, steps: 5, walking: 0, reached: 1, finished: 2, has_left: 1 }])
  await t.verify()
})

test('where nobody has an e-mail address its letters go by post, and no mail server is asked for', async () => {
  const { t, campaign_id, welcome } = await opened([])
  const { party_id } = await t.run(parties.createParty, { name: '老街坊', addresses: [{ region: '上海', street: '南京路 1 号', is_default: 1 }] })
  await t.run(marketing.addMembers, { campaign_id, party_ids: [party_id] })
  const { sequence_id } = await t.run(marketing.createSequence, { campaign_id, name: '信件', goal: 'none', steps: [{ what: { kind: 'letter', letter_id: welcome }, when: always }] })
  await t.run(marketing.moveSequence, { sequence_id, state: 'running' })
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ entered: 1, letters: 1 })
  expect((await t.ask(marketing.listPost, { letter_id: welcome })).rows).toMatchObject([{ name: '老街坊', address: '上海 南京路 1 号' }])
  await t.verify()
})

test('who wants no more, is frozen, merged or gone leaves; a segment leads in who joins it; paused and closed, nobody is led', async () => {
  const { t, campaign_id, people, items, welcome, offer } = await opened(['甲店', '乙店', '丙店', '丁店', '戊店', '己店'])
  const [no, frozen, double, gone, out, last] = people as [string, string, string, string, string, string]
  await t.run(setSetting, { key: 'credit.freezes', value: 1 })
  await account(t)
  const wait = { what: { kind: 'wait' as const, days: 1 }, when: always }
  const { sequence_id } = await t.run(marketing.createSequence, { campaign_id, name: '长跑', steps: [wait, { what: { kind: 'letter', letter_id: offer }, when: always }, wait] })
  await t.run(marketing.moveSequence, { sequence_id, state: 'running' })
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ entered: 6, letters: 0 })
  await t.run(marketing.unsubscribe, { party_id: no })
  await buy(t, { party_id: frozen, item_id: items[0]! })
  await t.run(parties.mergeParties, { winner_id: last, loser_id: double })
  await t.run(parties.deactivateParty, { party_id: gone })
  const { walk_id } = await stateOf(t, { sequence_id, party_id: out })
  await t.run(marketing.leaveSequence, { walk_id })
  expect((await t.refused(marketing.leaveSequence, { walk_id })).code).toBe('marketing.walkEnded')
  expect((await t.refused(marketing.leaveSequence, { walk_id: unknownId })).code).toBe('marketing.walkNotFound')
  t.today = '2026-04-20'
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ entered: 0, ended: 4, letters: 1 })
  const whys = Object.fromEntries((await t.ask(marketing.getSequence, { sequence_id })).counts.map((x) => [x.why ?? x.state, x.count]))
  expect(whys).toEqual({ unsubscribed: 1, frozen: 1, merged: 1, gone: 1, taken_out: 1, walking: 1 })
  expect((await t.ask(marketing.listMail, { letter_id: offer })).rows.map((m) => m.party_id)).toEqual([last])

  // By a segment, day by day; a segment that is taken away leads nobody in, and stops nobody.
  const { segment_id } = await t.run(insights.createSegment, { name: '买过水', conditions: [{ kind: 'bought', within_days: 30 }] })
  const second = await t.run(marketing.createSequence, { campaign_id, name: '回访', segment_id, steps: [{ what: { kind: 'letter', letter_id: welcome }, when: always }] })
  await t.run(marketing.moveSequence, { sequence_id: second.sequence_id, state: 'running' })
  await t.run(marketing.runSequences, {})
  const stranger = (await t.run(parties.createParty, { name: '新来的', email: 'new@x.example' })).party_id
  await buy(t, { party_id: stranger, item_id: items[0]! })
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ entered: 1, letters: 1 })
  expect(await stateOf(t, { sequence_id: second.sequence_id, party_id: stranger })).toMatchObject({ state: 'finished' })
  await t.run(insights.removeSegment, { segment_id })
  await t.run(marketing.runSequences, {})

  await t.run(marketing.moveSequence, { sequence_id, state: 'paused' })
  t.today = '2026-04-25'
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ ended: 0 })
  await t.run(marketing.moveSequence, { sequence_id, state: 'closed' })
  expect(await stateOf(t, { sequence_id, party_id: last })).toMatchObject({ state: 'left', why: 'closed' })
  expect((await t.refused(marketing.moveSequence, { sequence_id, state: 'running' })).code).toBe('marketing.sequenceStateForbids')
  // With its campaign closed nothing runs.
  await t.run(marketing.moveCampaign, { campaign_id, state: 'closed' })
  expect(await t.run(marketing.runSequences, {})).toEqual({ entered: 0, ended: 0, letters: 0, tasks: 0 })
  await t.verify()
})

test('a sequence that cannot be led is refused, and what was done stays', async () => {
  const { t, campaign_id, welcome, offer } = await opened(['甲店', '乙店'])
  await account(t)
  const other = await t.run(marketing.createCampaign, { name: '别的', channel: 'email', from_on: '2026-01-10', to_on: '2026-01-31' })
  const foreign = (await t.run(marketing.createLetter, { campaign_id: other.campaign_id, subject: 'x', body: 'x' })).letter_id
  const step = (letter_id: string) => ({ what: { kind: 'letter' as const, letter_id }, when: always })
  const wait = { what: { kind: 'wait' as const, days: 1 }, when: always }
  const form = { name: '一', steps: [step(welcome)] }
  const { sequence_id } = await t.run(marketing.createSequence, { campaign_id, ...form })
  const no = async (change: object) => (await t.refused(marketing.updateSequence, { sequence_id, ...form, ...change })).code
  expect((await t.refused(marketing.createSequence, { campaign_id, ...form })).code).toBe('marketing.sequenceKnown')
  expect((await t.refused(marketing.createSequence, { campaign_id: unknownId, ...form })).code).toBe('marketing.campaignNotFound')
  expect(await no({ sequence_id: unknownId })).toBe('marketing.sequenceNotFound')
  expect(await no({ steps: [step(unknownId)] })).toBe('marketing.letterNotFound')
  expect(await no({ steps: [step(foreign)] })).toBe('marketing.letterNotFound')
  expect(await no({ steps: [step(welcome), step(welcome)] })).toBe('marketing.letterTwice')
  expect(await no({ steps: [{ ...wait, when: { condition: 'tier', tier_id: unknownId } }] })).toBe('marketing.tierNotFound')
  expect(await no({ segment_id: unknownId })).toBe('parties.segmentNotFound')
  expect(await t.answer(marketing.updateSequence, { sequence_id, name: '一', steps: [] })).toMatchObject({ kind: 'invalid' })
  for (const contract of [marketing.getSequence, marketing.listWalks]) expect((await t.refused(contract, { sequence_id: unknownId })).code).toBe('marketing.sequenceNotFound')
  expect((await t.refused(marketing.moveSequence, { sequence_id: unknownId, state: 'running' })).code).toBe('marketing.sequenceNotFound')
  // Tiers part the members, as they stand now.
  const tiers = (await t.ask(insights.listTiers, {})).rows
  await t.run(marketing.updateSequence, { sequence_id, name: '二', steps: [{ ...step(welcome), when: { condition: 'tier', tier_id: tiers[0]!.tier_id }, is_not: 1 }, step(offer), wait] })
  await t.run(marketing.moveSequence, { sequence_id, state: 'running' })
  expect(await no({})).toBe('marketing.sequenceStateForbids')
  expect(await t.run(marketing.runSequences, {})).toMatchObject({ entered: 2, letters: 4 })
  const { member_id } = (await t.ask(marketing.listMembers, { campaign_id })).rows[0]!
  expect((await t.refused(marketing.removeMember, { member_id })).code).toBe('marketing.memberWasWritten')

  const { walk_id } = (await t.ask(marketing.listWalks, { sequence_id })).rows[0]!
  const elsewhere = await t.run(marketing.createSequence, { campaign_id: other.campaign_id, name: '三', steps: [step(foreign)] })
  const planted: Record<string, [string, string[]]> = {
    'marketing: a sequence writes the letters of its own campaign': ['update marketing_step set letter_id = ? where sequence_id = ? and position = 0', [foreign, sequence_id]],
    'marketing: a sequence leads members of its own campaign': ['update marketing_walk set sequence_id = ? where id = ?', [elsewhere.sequence_id, walk_id]],
    'marketing: nobody is led while a sequence is a draft, or after it was closed': [`update marketing_sequence set state = 'draft' where id = ?`, [sequence_id]],
    'marketing: what was done for a member is behind them': ['update marketing_walk set position = 0 where id = ?', [walk_id]],
  }
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant: [plant] }), invariant).toBe(true)
  for (const [sql, code] of [['delete from marketing_walked', 'marketing.walkedIsPermanent'], ['delete from marketing_sequence', 'marketing.sequenceIsPermanent']] as const)
    await expect(t.office.engine.write((db) => db.run(walked, sql)), sql).rejects.toThrow(code)
})
