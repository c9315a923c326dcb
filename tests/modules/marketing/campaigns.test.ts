import { expect, test } from 'vitest'
import { mail } from '../../../db/schema/marketing.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import { readReturnedText } from '../../../src-main/modules/marketing/returned.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { seesPlanted } from '../../support/planted.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const E6 = 1_000_000
const span = { from_on: '2026-01-10', to_on: '2026-01-31' }

test('a campaign is told by its members, its leads, what they bought and what it cost', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { customers, items } = await furnish(t)
  const { campaign_id, number } = await t.run(marketing.createCampaign, { name: '春茶节', channel: 'event', ...span, cost_minor: 10_000 })
  expect(number).toBe('MC2026-00001')
  expect((await t.refused(marketing.createCampaign, { name: ' 春茶节', channel: 'email', ...span })).code).toBe('marketing.campaignKnown')
  expect((await t.refused(marketing.createCampaign, { name: 'x', channel: 'email', ...span, owner_id: unknownId })).code).toBe('marketing.userNotFound')
  const before = (await t.ask(marketing.getCampaign, { campaign_id })).buyers
  expect(before).toBe(0)
  // A segment's customers as they are today; those who are in are passed over.
  const { segment_id } = await t.run(insights.createSegment, { name: '都买过', conditions: [{ kind: 'bought', within_days: 400 }] })
  const taken = await t.run(marketing.addMembers, { campaign_id, segment_id })
  expect(taken.added).toBeGreaterThan(0)
  expect((await t.run(marketing.addMembers, { campaign_id, segment_id })).added).toBe(0)
  expect((await t.refused(marketing.addMembers, { campaign_id, segment_id: unknownId })).code).toBe('parties.segmentNotFound')
  // A lead that names it, in its own words, and becomes a customer who buys.
  const { lead_id } = await t.run(crm.createLead, { company: '新茶楼', campaign: '春茶节 '.trim() })
  const won = await t.run(crm.convertLead, { lead_id })
  const sold = await t.run(sales.deliverDirect, { party_id: won.party_id, lines: [{ item_id: items[0]!, quantity_e6: 100 * E6, price_e4: 30_000 }] })
  const told = await t.ask(marketing.getCampaign, { campaign_id })
  expect(told).toMatchObject({ leads: 1, won_leads: 1, cost_minor: 10_000 })
  const rows = (await t.ask(sales.profit, { by: 'party', from: span.from_on, to: '2026-03-02' })).rows
  const reached = new Set([won.party_id, ...(await t.ask(marketing.listMembers, { campaign_id })).rows.map((m) => m.party_id)])
  const margin_minor = rows.filter((r) => reached.has(r.id)).reduce((sum, r) => sum + (r.margin_minor ?? 0), 0)
  expect(sold.gross_minor).toBe(30_000)
  expect(told.margin_minor).toBe(margin_minor)
  expect(told.roi_e8).toBe(Math.round(((margin_minor - 10_000) / 10_000) * 100_000_000))
  const list = await t.ask(marketing.listCampaigns, { text: '春茶' })
  expect(list.channels).toMatchObject([{ channel: 'event', campaigns: 1, margin_minor, roi_e8: told.roi_e8 }])
  // What is bought after the counted days does not count; the reader's own rows do, and costs only where they may be seen.
  await t.run(setSetting, { key: 'marketing.counted_days', value: 0 })
  t.today = '2026-02-15'
  await t.run(sales.deliverDirect, { party_id: won.party_id, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 30_000 }] })
  expect((await t.ask(marketing.getCampaign, { campaign_id })).margin_minor).toBe(margin_minor)
  for (const party_id of customers) await t.run(parties.assignParty, { party_id, user_id: (await t.office.bus.people()).ownerId! })
  expect(await t.ask(marketing.getCampaign, { campaign_id }, amy)).toMatchObject({ members: 0, margin_minor: null, roi_e8: null })
  expect((await t.ask(marketing.listMembers, { campaign_id }, amy)).total).toBe(0)

  await t.run(marketing.moveCampaign, { campaign_id, state: 'running' })
  await t.run(marketing.moveCampaign, { campaign_id, state: 'closed' })
  expect((await t.refused(marketing.moveCampaign, { campaign_id, state: 'planned' })).code).toBe('marketing.campaignStateForbids')
  expect((await t.refused(marketing.addMembers, { campaign_id, party_ids: [customers[0]!] })).code).toBe('marketing.campaignStateForbids')
  expect((await t.refused(marketing.updateCampaign, { campaign_id: unknownId, name: 'y', channel: 'email', ...span })).code).toBe('marketing.campaignNotFound')
  await t.run(marketing.updateCampaign, { campaign_id, name: '春茶节二', channel: 'store', ...span })
  expect(await t.ask(marketing.getCampaign, { campaign_id })).toMatchObject({ channel: 'store', roi_e8: null, cost_minor: 0, leads: 0 })
})

test('responses and surveys stay with the customer; letters know their fields and are shown as each gets them', async () => {
  const t = await testOffice()
  const { customers } = await furnish(t)
  const { campaign_id } = await t.run(marketing.createCampaign, { name: '问卷', channel: 'email', ...span })
  await t.run(marketing.addMembers, { campaign_id, party_ids: customers })
  const { rows } = await t.ask(marketing.listMembers, { campaign_id })
  const [one, two] = rows
  await t.run(marketing.recordResponse, { member_id: one!.member_id, response: 'answered', score: 4, answer: '包装再好些' })
  expect((await t.refused(marketing.recordResponse, { member_id: one!.member_id, response: 'answered', responded_on: '2026-01-16' })).code).toBe('marketing.responseInFuture')
  expect((await t.refused(marketing.recordResponse, { member_id: unknownId, response: 'answered' })).code).toBe('marketing.memberNotFound')
  expect((await t.ask(marketing.listMembers, { party_id: one!.party_id })).rows).toMatchObject([{ campaign_name: '问卷', score: 4, answer: '包装再好些', responded_on: '2026-01-15' }])
  expect((await t.ask(marketing.listMembers, { campaign_id, show: 'responded' })).total).toBe(1)
  expect(await t.ask(marketing.getCampaign, { campaign_id })).toMatchObject({ responded: 1, score_e2: 400, responses: [{ response: 'answered', count: 1 }] })

  expect((await t.refused(marketing.createLetter, { campaign_id, subject: '{{nme}}', body: 'x' })).code).toBe('marketing.fieldUnknown')
  expect((await t.refused(marketing.createLetter, { campaign_id: unknownId, subject: 'x', body: 'x' })).code).toBe('marketing.campaignNotFound')
  await t.run(setSetting, { key: 'marketing.mail_from', value: 'shop@zhanggui.example' })
  const { letter_id } = await t.run(marketing.createLetter, { campaign_id, subject: '{{客户}}：{{bought}}', body: '{{name}}，{{last_on}}' })
  const shown = await t.ask(marketing.previewLetter, { letter_id, position: rows.findIndex((r) => r.name === '鼎盛建材') })
  expect(shown).toMatchObject({ name: '鼎盛建材', members: rows.length })
  expect(shown.body).toContain('不想再收到')
  await t.run(marketing.updateLetter, { letter_id, subject: 'x', body: '{{退订}}' })
  expect((await t.refused(marketing.pauseLetter, { letter_id, paused: 1 })).code).toBe('marketing.letterNotQueued')
  for (const contract of [marketing.getLetter, marketing.previewLetter]) expect((await t.refused(contract, { letter_id: unknownId })).code).toBe('marketing.letterNotFound')
  const empty = await t.run(marketing.createCampaign, { name: '空', channel: 'email', ...span })
  const bare = await t.run(marketing.createLetter, { campaign_id: empty.campaign_id, subject: 'x', body: 'x' })
  expect((await t.refused(marketing.previewLetter, { letter_id: bare.letter_id })).code).toBe('marketing.nobodyToWrite')
  await t.run(marketing.removeMember, { member_id: two!.member_id })
  expect((await t.refused(marketing.removeMember, { member_id: two!.member_id })).code).toBe('marketing.memberNotFound')
})

test('what comes back by mail is read from its text', () => {
  const id = '01900000-0000-7000-8000-000000000001'
  const report = (status: string) => `Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: ${status}\n\n\nMessage-ID: <${id}@shop.example>`
  expect(readReturnedText(report('5.1.1'))).toEqual({ mail_ids: [id], bounced: ['a@x.example'], unsubscribed: [] })
  expect(readReturnedText(report('4.2.2')).bounced).toEqual([])
  expect(readReturnedText('Final-Recipient: rfc822; a@x.example\nStatus: 4.0.0\nFinal-Recipient: rfc822; B@x.example\nStatus: 5.0.0').bounced).toEqual(['b@x.example'])
  expect(readReturnedText('From: "A, B" <A@x.example>\nTo: shop\nSubject: Re: Unsubscribe').unsubscribed).toEqual(['a@x.example'])
  expect(readReturnedText('From: a@x.example\nSubject: hello')).toEqual({ mail_ids: [], bounced: [], unsubscribed: [] })
})

test('every invariant of marketing sees its violation, and what is for ever stays', async () => {
  const t = await testOffice()
  const { customers } = await furnish(t)
  for (const [key, value] of [['mail_host', 'localhost'], ['mail_from', 'a@b.example']] as const) await t.run(setSetting, { key: `marketing.${key}`, value })
  const make = async (name: string) => {
    const { campaign_id } = await t.run(marketing.createCampaign, { name, channel: 'email', ...span })
    const { party_id } = await t.run(parties.createParty, { name, email: `${campaign_id}@x.example` })
    const { party_id: other } = await t.run(parties.createParty, { name: `${name}二`, email: `b${campaign_id}@x.example`, accept_duplicate: 1 })
    await t.run(marketing.addMembers, { campaign_id, party_ids: [party_id, other, customers[0]!] })
    const { letter_id } = await t.run(marketing.createLetter, { campaign_id, subject: 'x', body: 'y' })
    await t.run(marketing.queueLetter, { letter_id })
    return { campaign_id, letter_id, party_id }
  }
  const [a, b] = [await make('甲乙'), await make('丙丁')]
  const { rows } = await t.ask(marketing.listMail, { letter_id: a.letter_id })
  const { member_id } = (await t.ask(marketing.listMembers, { campaign_id: a.campaign_id, show: 'without_email' })).rows[0]!
  const written = (await t.ask(marketing.listMembers, { campaign_id: a.campaign_id, text: '@x' })).rows[0]!
  expect((await t.refused(marketing.removeMember, { member_id: written.member_id })).code).toBe('marketing.memberWasWritten')
  expect((await t.refused(marketing.settleMail, { mail_id: unknownId, was: 'sent' })).code).toBe('marketing.mailNotFound')
  expect((await t.refused(marketing.tellMail, { mail_id: rows[0]!.mail_id, run: 'x', became: 'sent' })).code).toBe('marketing.mailNotFound')
  expect((await t.refused(marketing.unsubscribe, { party_id: unknownId })).code).toBe('parties.partyNotFound')
  expect(await t.run(marketing.unsubscribe, { party_id: a.party_id, email: 'Z@x.example' })).toEqual({ count: 2 })
  expect(await t.run(marketing.unsubscribe, { email: 'z@X.example' })).toEqual({ count: 0 })
  expect((await t.ask(marketing.listUnsubscribed, { text: 'z@x' })).rows).toMatchObject([{ email: 'z@x.example', party_id: null }])
  const planted: Record<string, [string, string[]][]> = {
    'marketing: a letter goes to members of its own campaign': [['update marketing_mail set letter_id = ? where id = ?', [b.letter_id, rows[0]!.mail_id]]],
    'marketing: only a queued letter is on its way': [[`update marketing_letter set state = 'draft' where id = ?`, [a.letter_id]]],
    'marketing: what left or was in hand was claimed, and what waits was not sent': [[`update marketing_mail set state = 'sent', sent_on = '2026-01-15' where id = ?`, [rows[0]!.mail_id]]],
    'marketing: one letter goes to one address once': [['update marketing_mail set email_key = ? where id = ?', [rows[0]!.email!.toLowerCase(), rows[1]!.mail_id]]],
    'marketing: an answer was given on a day': [['update marketing_member set score = 3 where id = ?', [member_id]]],
  }
  const names = t.office.registry.invariants.map((i) => i.name).filter((name) => name.startsWith('marketing:') && !/sequence|was done/.test(name))
  expect(Object.keys(planted).sort()).toEqual(names.sort())
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant }), invariant).toBe(true)
  for (const [sql, code] of [
    ['delete from marketing_unsubscribed', 'marketing.unsubscribedForEver'], ['delete from marketing_mail', 'marketing.mailIsPermanent'], ['delete from marketing_campaign', 'marketing.campaignIsPermanent'],
  ] as const) await expect(t.office.engine.write((db) => db.run(mail, sql)), sql).rejects.toThrow(code)
})
