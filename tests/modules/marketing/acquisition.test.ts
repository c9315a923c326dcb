import { expect, test } from 'vitest'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import { costWithin } from '../../../src-main/modules/marketing/acquisition.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const E6 = 1_000_000
const sell = (t: TestOffice, { party_id, item_id }: { party_id: string; item_id: string }) => t.run(sales.deliverDirect, { party_id, lines: [{ item_id, quantity_e6: 10 * E6, price_e4: 300_000 }] })

test('a cost is spread over its days so that the parts make the whole', () => {
  const campaign = { from_on: '2026-01-30', to_on: '2026-02-02', cost_minor: 1001 }
  const parts = [{ from: '2025-12-01', to: '2026-01-29' }, { from: '2026-01-01', to: '2026-01-31' }, { from: '2026-02-01', to: '2026-02-01' }, { from: '2026-02-02', to: '2026-03-31' }].map((span) => costWithin(campaign, span))
  expect(parts).toEqual([0, 500, 250, 251])
  expect(costWithin({ ...campaign, to_on: campaign.from_on }, { from: '2026-01-30', to: '2026-01-30' })).toBe(1001)
})

test('new customers count once, for the campaign that won them, against what it cost', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { items } = await furnish(t)
  const [item_id] = items as [string]
  const campaign = (name: string, channel: 'event' | 'online', cost_minor: number, from_on = '2026-02-01') => t.run(marketing.createCampaign, { name, channel, from_on, to_on: '2026-02-20', cost_minor })
  // Taken in after they had bought: that campaign did not win them, though they bought in its days.
  const late = (await t.run(parties.createParty, { name: '后店' })).party_id
  await t.run(sales.deliverDirect, { party_id: late, day: '2026-01-14', lines: [{ item_id, quantity_e6: 10 * E6, price_e4: 300_000 }] })
  const early = await campaign('早市', 'online', 0, '2026-01-10')
  await t.run(marketing.addMembers, { campaign_id: early.campaign_id, party_ids: [late] })
  t.today = '2026-02-01'
  await campaign('茶博会', 'event', 20_000)
  const advert = await campaign('线上推广', 'online', 6_000)
  // One by a lead that names it, one taken in before the first purchase, one by nothing at all; the lead's word counts before the letter's.
  const { lead_id } = await t.run(crm.createLead, { company: '新茶楼', campaign: '茶博会', source: '展会' })
  const one = (await t.run(crm.convertLead, { lead_id })).party_id
  const two = (await t.run(parties.createParty, { name: '二店' })).party_id
  const three = (await t.run(parties.createParty, { name: '三店' })).party_id
  await t.run(marketing.addMembers, { campaign_id: advert.campaign_id, party_ids: [one, two] })
  for (const party_id of [one, two, three]) await sell(t, { party_id, item_id })
  t.today = '2026-02-25'
  await sell(t, { party_id: two, item_id })
  expect((await t.ask(marketing.listWon, { from: '2026-01-01', to: '2026-01-31', via: 'campaign' })).total).toBe(0)
  expect((await t.ask(marketing.listWon, { from: '2026-01-01', to: '2026-01-31' })).rows.map((r) => r.name)).toContain('后店')
  const span = { from: '2026-02-01', to: '2026-02-28' }
  const by = async (way: 'month' | 'channel' | 'campaign' | 'source', who?: string) => t.ask(marketing.acquisition, { ...span, by: way }, who)
  const month = await by('month')
  const cost = (await t.ask(sales.profit, { by: 'party', from: '2026-02-01', to: '2026-02-28' })).rows
  const margin = (...ids: string[]) => cost.filter((r) => ids.includes(r.id)).reduce((sum, r) => sum + r.margin_minor!, 0)
  expect(month.rows).toHaveLength(1)
  expect(month.rows[0]).toMatchObject({
    month: '2026-02', customers: 3, won: 2, cost_minor: 26_000, cost_each_minor: 13_000, margin_minor: margin(one, two, three), left_minor: margin(one, two) - 26_000,
    payback_e8: Math.round(((margin(one, two) - 26_000) * 100_000_000) / 26_000),
  })
  expect((await by('channel')).rows.map((r) => [r.key, r.customers, r.cost_minor, r.cost_each_minor])).toEqual([['online', 1, 6_000, 6_000], ['event', 1, 20_000, 20_000], ['none', 1, null, null]])
  expect((await by('campaign')).rows.map((r) => [r.campaign_name, r.won, r.margin_minor])).toEqual([['茶博会', 1, margin(one)], ['线上推广', 1, margin(two)], [null, 0, margin(three)]])
  expect((await by('source')).rows.map((r) => [r.source, r.customers, r.cost_minor])).toEqual([['展会', 1, null], [null, 2, null]])
  const names = async (input: object) => (await t.ask(marketing.listWon, { ...span, ...input })).rows.map((r) => r.name).sort()
  expect(await names({ campaign_id: advert.campaign_id })).toEqual(['二店'])
  expect(await names({ channel: 'event' })).toEqual(['新茶楼'])
  expect(await names({ via: 'none' })).toEqual(['三店'])
  expect(await names({ source: '展会' })).toEqual(['新茶楼'])
  expect(await names({ source: '' })).toEqual(['三店', '二店'])
  // The books' side: the accounts that the settings name, beside and not on top of the campaigns' cost.
  const { rows: accounts } = await t.ask(accounting.accounts, {})
  const codeOf = (code: string) => accounts.find((a) => a.code === code)!.account_id
  await t.run(accounting.postVoucher, { day: '2026-02-10', summary: '展位费', lines: [{ account_id: codeOf('560102'), debit_minor: 21_000 }, { account_id: codeOf('100201'), credit_minor: 21_000 }] } as never)
  expect((await by('month')).rows[0]).toMatchObject({ booked_minor: 21_000, booked_each_minor: 7_000, cost_minor: 26_000 })
  expect((await by('month')).accounts.map((a) => a.account_code)).toEqual(['560102'])
  await t.run(setSetting, { key: 'marketing.expense_accounts', value: '5601' })
  expect((await by('month')).whole.booked_minor).toBe(21_000)
  await t.run(setSetting, { key: 'marketing.expense_accounts', value: 'nowhere' })
  expect((await by('month')).whole).toMatchObject({ booked_minor: null, booked_each_minor: null })
  // A salesperson: own customers, no costs of goods, no books, and nothing compared with the whole company's cost.
  for (const party_id of [one, three]) await t.run(parties.assignParty, { party_id, user_id: (await t.office.bus.people()).ownerId! })
  const own = await by('month', amy)
  expect(own).toMatchObject({ sees_all: 0, accounts: [], rows: [{ customers: 1, won: 1, cost_minor: 26_000, cost_each_minor: null, margin_minor: null, left_minor: null, payback_e8: null, booked_minor: null }] })
  expect((await t.ask(marketing.listWon, span, amy)).rows.map((r) => [r.name, r.margin_minor]).sort()).toEqual([['二店', null]])
  expect((await t.answer(marketing.acquisition, { from: '2026-03-01', to: '2026-02-28' })).ok).toBe(false)
})
