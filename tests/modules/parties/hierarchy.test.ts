import { expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import { chainReport } from '../../../src-main/modules/insights/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { twoSalespeople } from '../../support/people.ts'

const E6 = 1_000_000
const YEAR = { from_day: '2026-01-01', to_day: '2026-12-31' }

/** Head office, two dealers below it, an end below one of them. */
async function chain(t: TestOffice) {
  const make = async (name: string, more: object = {}) => (await t.run(parties.createParty, { name, ...more })).party_id
  const head = await make('总部', { chain_role: 'head' })
  const east = await make('华东经销', { chain_role: 'dealer', parent_id: head })
  const west = await make('西部经销', { chain_role: 'dealer', parent_id: head })
  const shop = await make('河坊街店', { chain_role: 'end', parent_id: east })
  return { head, east, west, shop, alone: await make('散户甲') }
}

const namesIn = async (t: TestOffice, input: object, as?: string): Promise<string[]> => (await t.ask(parties.listParties, input, as)).rows.map((r) => r.name).sort()

test('the chain is shown from any of its members, and the list narrows to one and all below', async () => {
  const t = await testOffice()
  const { head, east, shop, alone } = await chain(t)
  const tree = await t.ask(parties.partyTree, { party_id: shop })
  expect(tree.rows.map((r) => [r.name, r.parent_id]).sort()).toEqual([['华东经销', head], ['总部', null], ['河坊街店', east], ['西部经销', head]])
  expect((await t.ask(parties.partyTree, { party_id: alone })).rows).toHaveLength(1)
  expect(await namesIn(t, { below: east })).toEqual(['华东经销', '河坊街店'])
  expect(await namesIn(t, { below: head, chain_role: 'dealer' })).toEqual(['华东经销', '西部经销'])
})

test('nobody stands above themselves, nor below the cash customer or who is not there', async () => {
  const t = await testOffice()
  const { head, east, shop } = await chain(t)
  const under = (party_id: string, parent_id: string) => t.refused(parties.updateParty, { party_id, parent_id })
  expect(await under(head, shop)).toMatchObject({ code: 'parties.parentBelowItself', details: { name: '总部', parent_name: '河坊街店' } })
  expect((await under(head, head)).code).toBe('parties.parentBelowItself')
  const cash = (await t.ask(parties.listParties, { text: 'CASH' })).rows[0]!.party_id
  expect((await under(shop, cash)).code).toBe('parties.parentNotFound')
  expect((await t.refused(parties.createParty, { name: '新店', parent_id: '01900000-0000-7000-8000-000000000000' })).code).toBe('parties.parentNotFound')
  await t.run(parties.updateParty, { party_id: shop, parent_id: null })
  expect(await namesIn(t, { below: east })).toEqual(['华东经销'])
})

test('merged: who stood below goes along, whichever of the two was above the other; parted, they stand as they did', async () => {
  const t = await testOffice()
  const { head, east, west, shop } = await chain(t)
  const { merge_id } = await t.run(parties.mergeParties, { winner_id: west, loser_id: east })
  expect(await namesIn(t, { below: west })).toEqual(['河坊街店', '西部经销'])
  await t.run(parties.partParties, { merge_id })
  expect(await namesIn(t, { below: east })).toEqual(['华东经销', '河坊街店'])
  await t.run(parties.mergeParties, { winner_id: shop, loser_id: head })
  // The shop takes the place of the head: over the other dealer, below its own, who has nobody above.
  expect(await namesIn(t, { below: east })).toEqual(['华东经销', '河坊街店', '西部经销'])
  expect(await namesIn(t, { below: shop })).toEqual(['河坊街店', '西部经销'])
})

test('sales, receivables and opportunities: own, and with all below; the heads first, then who stands below one', async () => {
  const t = await testOffice()
  const { items } = await furnish(t)
  const { head, east, shop } = await chain(t)
  const sell = async (party_id: string, pieces: number): Promise<void> => {
    const { order_id } = await t.run(sales.createOrder, { party_id, lines: [{ item_id: items[0]!, quantity_e6: pieces * E6, price_e4: 1_000_000 }] })
    await t.run(sales.confirmOrder, { order_id })
    await t.run(sales.deliver, { order_id, invoice: 'with' })
  }
  await sell(head, 1)
  await sell(shop, 2)
  await t.run(crm.createOpportunity, { name: '年单', party_id: east, amount_minor: 500_000 })
  const { rows } = await t.ask(chainReport, YEAR)
  expect(rows).toMatchObject([{ name: '总部', below: 2 }])
  const [top] = rows
  expect(top!.net_minor).toBe(top!.own_net_minor! * 3)
  expect(top!.open_minor).toBe(top!.own_open_minor! * 3)
  expect([top!.own_deals_minor, top!.deals_minor]).toEqual([0, 500_000])
  const below = (await t.ask(chainReport, { parent_id: head, ...YEAR })).rows
  expect(below.map((r) => [r.name, r.own_net_minor, r.net_minor])).toEqual([
    ['总部', top!.own_net_minor, top!.net_minor], ['华东经销', 0, top!.own_net_minor! * 2], ['西部经销', 0, 0],
  ])
  expect((await t.ask(chainReport, { from_day: '2025-01-01', to_day: '2025-12-31' })).rows[0]!.net_minor).toBe(0)
})

test('a salesperson sees of a chain, and sums, only their own', async () => {
  const { t, amy, bob } = await twoSalespeople()
  const mine = (await t.run(parties.createParty, { name: '总部' }, amy)).party_id
  const theirs = (await t.run(parties.createParty, { name: '华东经销', parent_id: null }, bob)).party_id
  await t.run(parties.updateParty, { party_id: theirs, parent_id: mine })
  await t.run(crm.createOpportunity, { name: '年单', party_id: theirs, amount_minor: 500_000 })
  expect((await t.ask(parties.partyTree, { party_id: mine }, amy)).rows.map((r) => r.name)).toEqual(['总部'])
  expect((await t.ask(parties.partyTree, { party_id: theirs }, bob)).rows).toMatchObject([{ name: '华东经销', parent_id: null }])
  expect((await t.ask(chainReport, YEAR, amy)).rows).toMatchObject([{ name: '总部', deals_minor: 0 }])
  expect(await namesIn(t, { below: mine }, amy)).toEqual(['总部'])
  expect((await t.refused(parties.createParty, { name: '另一家', parent_id: mine }, bob)).code).toBe('parties.parentNotFound')
})
