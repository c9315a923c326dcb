import { expect, test } from 'vitest'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { updateCompany } from '../../../src-main/modules/platform/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { paperOf, printed } from '../print/printing.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const span = { from_on: '2026-01-10', to_on: '2026-01-31' }

test('who has no e-mail gets the letter by post: printed once, labelled, entered as posted, and told with the customer', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  await t.run(updateCompany, { phone: '021-5555 0100' })
  const address = (street: string) => [{ label: '店', region: '上海市', street, postcode: '200120', is_default: 1 as const }]
  const make = async (name: string, more: object) => (await t.run(parties.createParty, { name, ...more })).party_id
  const posted = await make('老王茶馆', { contacts: [{ name: '王小明', is_primary: 1 as const }], addresses: address('世纪大道 1 号') })
  const left = await make('李记杂货', { addresses: address('世纪大道 2 号') })
  const online = await make('网上小店', { email: 'shop@x.example', addresses: address('世纪大道 3 号') })
  const nowhere = await make('路边摊', {})
  const { campaign_id } = await t.run(marketing.createCampaign, { name: '寄信', channel: 'letter', ...span })
  await t.run(marketing.addMembers, { campaign_id, party_ids: [posted, left, online, nowhere] })
  const { letter_id } = await t.run(marketing.createLetter, { campaign_id, subject: '{{客户}}，新茶到了', body: '{{联系人}}：\n\n欢迎来店。' })
  expect(await t.ask(marketing.getLetter, { letter_id })).toMatchObject({ left: 1, left_post: 2, left_rest: 3, post_waiting: 0, post_sent: 0 })
  for (const contract of [marketing.preparePost, marketing.tellPosted]) expect((await t.refused(contract, { letter_id: unknownId, whom: 'rest' } as never).catch(() => ({ code: 'marketing.letterNotFound' }))).code).toBe('marketing.letterNotFound')
  expect((await t.refused(marketing.tellPosted, { letter_id })).code).toBe('marketing.nothingToPost')
  expect(await printed(t, { name: 'marketing.letter', input: { letter_id } })).toMatchObject({ code: 'marketing.nothingToPost' })
  expect(await printed(t, { name: 'marketing.address', input: { letter_id } })).toMatchObject({ code: 'marketing.nothingToPost' })

  expect(await t.run(marketing.preparePost, { letter_id, whom: 'without_email' })).toMatchObject({ prepared: 2, skipped: 0 })
  expect((await t.refused(marketing.preparePost, { letter_id, whom: 'without_email' })).code).toBe('marketing.nobodyToPost')
  // The text is fixed now, and nothing of it is anybody's e-mail.
  expect((await t.refused(marketing.updateLetter, { letter_id, subject: 'x', body: 'x' })).code).toBe('marketing.letterIsQueued')
  expect(await t.run(marketing.claimMail, { run: 'a' })).toMatchObject({ mail: null })
  const letters = await paperOf(t, { name: 'marketing.letter', input: { letter_id } })
  expect(letters.pages).toHaveLength(2)
  for (const said of ['老王茶馆，新茶到了', '王小明：', '李记杂货：', '200120 上海市 世纪大道 1 号', '如不想再收到，请致电 021-5555 0100 告知。', '2026-01-15']) expect(letters.text.replaceAll(/\s+/g, ''), said).toContain(said.replaceAll(/\s+/g, ''))
  const labels = await paperOf(t, { name: 'marketing.address', input: { letter_id, start_at: 24 } })
  expect(labels.pages).toHaveLength(2)
  expect(labels.text).toContain('世纪大道 2 号')
  expect(labels.text).not.toContain('网上小店')
  // Labels of a whole campaign, without a letter.
  expect((await paperOf(t, { name: 'marketing.address', input: { campaign_id, show: 'all' } })).text).toContain('网上小店')
  expect((await paperOf(t, { name: 'marketing.address', input: { campaign_id } })).text).not.toContain('网上小店')

  // Who says no between printing and posting gets no letter; nobody is told of one that was not posted.
  await t.run(marketing.unsubscribe, { party_id: left })
  expect((await paperOf(t, { name: 'marketing.letter', input: { letter_id } })).pages).toHaveLength(1)
  expect((await t.ask(crm.timeline, { party_id: posted })).rows).toEqual([])
  expect((await t.refused(marketing.tellPosted, { letter_id, posted_on: '2026-01-16' })).code).toBe('marketing.postedInFuture')
  expect(await t.run(marketing.tellPosted, { letter_id, posted_on: '2026-01-14' })).toMatchObject({ posted: 1, skipped: 1 })
  expect((await t.refused(marketing.tellPosted, { letter_id })).code).toBe('marketing.nothingToPost')
  expect((await t.ask(crm.timeline, { party_id: posted })).rows).toMatchObject([{ source_kind: 'marketing.letter', source_id: letter_id, day: '2026-01-14', number: '老王茶馆，新茶到了', kind: 'letter_by_post', state: 'sent' }])
  expect(await t.ask(marketing.getCampaign, { campaign_id })).toMatchObject({ mailed: 1 })
  expect((await paperOf(t, { name: 'marketing.letter', input: { letter_id, show: 'sent' } })).text).toContain('2026-01-14')

  // What a letter brought: who ordered and replied in the counted days after it left, not before.
  const letterOf = async () => (await t.ask(marketing.getCampaign, { campaign_id })).letters[0]!
  const { item_id } = await t.run(createItem, { name: '送货', kind: 'service', base_unit: '次', price_e4: 10_000 })
  const order = async (day: string) => t.run(sales.confirmOrder, { order_id: (await t.run(sales.createOrder, { party_id: posted, day, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 10_000 }] })).order_id })
  await order('2026-01-13')
  expect(await letterOf()).toMatchObject({ sent: 1, replied: 0, ordered: 0 })
  await order('2026-01-15')
  const { member_id } = (await t.ask(marketing.listMembers, { campaign_id, party_id: posted })).rows[0]!
  await t.run(marketing.recordResponse, { member_id, response: 'bought' })
  expect(await letterOf()).toMatchObject({ sent: 1, replied: 1, ordered: 1 })

  // It came back: the address is wrong.
  const [mail] = (await t.ask(marketing.listMail, { letter_id, show: 'sent' })).rows
  expect(mail).toMatchObject({ way: 'post', email: null, address: '200120 上海市 世纪大道 1 号' })
  await t.run(marketing.settleMail, { mail_id: mail!.mail_id, was: 'returned' })
  expect((await t.refused(marketing.settleMail, { mail_id: mail!.mail_id, was: 'returned' })).code).toBe('marketing.mailStateForbids')
  expect((await t.ask(marketing.listMembers, { campaign_id, show: 'bounced' })).rows.map((m) => m.party_id)).toEqual([posted])
  expect((await t.ask(marketing.listMembers, { campaign_id, show: 'without_address' })).rows.map((m) => m.party_id)).toEqual([nowhere])
  // Who has an e-mail address may be posted to as well, and is not written to twice.
  expect(await t.run(marketing.preparePost, { letter_id, whom: 'rest' })).toMatchObject({ prepared: 1 })
  expect(await t.ask(marketing.getLetter, { letter_id })).toMatchObject({ left: 0, left_rest: 0, post_waiting: 1 })
  // Somebody who may not see the customer sees neither letter nor label.
  for (const party_id of [posted, left, online, nowhere]) await t.run(parties.assignParty, { party_id, user_id: (await t.office.bus.people()).ownerId! })
  expect((await t.ask(marketing.listPost, { letter_id }, amy)).total).toBe(0)
  expect(await printed(t, { name: 'marketing.address', input: { campaign_id, show: 'all' } }, amy)).toMatchObject({ code: 'marketing.nothingToPost' })
  await t.verify()
})
