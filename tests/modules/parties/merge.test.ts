import { describe, expect, test } from 'vitest'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as merging from '../../../src-main/modules/parties/contract-merge.ts'
import { addComment, createField } from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { wholeSchema } from '../../../db/schema/index.ts'
import { metaOf } from '../../../src-main/storage/table-meta.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { booksWithDuplicates } from '../../support/duplicates.ts'
import { stageRows } from '../../support/staging.ts'

const E6 = 1_000_000
const unknownId = '01900000-0000-7000-8000-000000000000'

/** What happened is told in these, and only grows. */
const LOGS = ['platform_audit', 'platform_change', 'platform_reference_count', 'parties_merge', 'parties_merge_row']

/** Every row of every table but the logs, as text. */
async function everything(t: TestOffice): Promise<Map<string, string[]>> {
  const dump = new Map<string, string[]>()
  for (const table of wholeSchema.flatMap((m) => m.tables)) {
    const { name, columns } = metaOf(table)
    if (LOGS.includes(name)) continue
    // The place of a record in the index of the search says nothing.
    const told = columns.filter((c) => !(name === 'platform_search_doc' && c === 'doc'))
    const rows = await t.office.engine.read((db) => db.all<object>(`select ${told.map((c) => `"${c}"`).join(', ')} from ${name}`))
    dump.set(name, rows.map((r) => JSON.stringify(r)).sort())
  }
  return dump
}

/** Two records of one customer, each with all that there can be: documents of every state, money, leads, tasks, contacts, files. */
async function twice(t: TestOffice) {
  const { items } = await furnish(t)
  await t.run(createField, { target: 'parties.party', label: '来源', key: 'channel', kind: 'text' })
  const contact = { name: '王芳', phone: '13800138000', is_primary: 1 as const }
  const a = await t.run(parties.createParty, {
    name: '杭州半日茶馆有限公司', phone: '0571-88881234', terms_days: 30, credit_limit_minor: 1_000_000, aliases: ['半日'], tags: ['茶'], contacts: [contact], addresses: [{ street: '河坊街1号' }], extra: { channel: '展会' },
  })
  const b = await t.run(parties.createParty, {
    name: '半日茶馆', short_name: '半日茶', phone: '+86 571 88881234', tax_no: '91330106MA27XYZ1', is_supplier: 1, price_level: '批发', aliases: ['半日', '半日茶楼'], tags: ['茶', 'VIP'], email: 'tea@example.com',
    contacts: [contact, { name: '李强' }], handles: [{ kind: 'wechat', value: 'banri' }], addresses: [{ street: '河坊街1号' }, { street: '仓库路2号', is_default: 1 }], accept_duplicate: 1,
  })
  const sale = async (party_id: string, quantity: number) => {
    const { order_id } = await t.run(sales.createOrder, { party_id, lines: [{ item_id: items[0]!, quantity_e6: quantity * E6, price_e4: 100_000 }] })
    await t.run(sales.confirmOrder, { order_id })
    await t.run(sales.deliver, { order_id, invoice: 'with' })
    return order_id
  }
  await sale(a.party_id, 3)
  await sale(b.party_id, 5)
  const draft = await t.run(sales.createOrder, { party_id: b.party_id, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
  const quote = await t.run(sales.createQuote, { party_id: b.party_id, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
  const { lead_id } = await t.run(crm.createLead, { company: '半日连锁', name: '赵六' })
  await t.run(crm.convertLead, { lead_id, party_id: b.party_id })
  const { activity_id } = await t.run(crm.logActivity, { party_id: b.party_id, kind: 'call', text: '想要样品', next_step: '寄样' })
  const { opportunity_id } = await t.run(crm.createOpportunity, { name: '年单', party_id: b.party_id })
  await t.run(addComment, { source_kind: 'parties.party', source_id: b.party_id, text: '老板娘管钱' })
  return { a: a.party_id, b: b.party_id, items, draft: draft.order_id, quote: quote.quote_id, lead_id, activity_id, opportunity_id, sale }
}

test('who is new waits to be compared, and is shown meanwhile; compared, the list is the same', async () => {
  const t = await testOffice()
  const { a, b } = await twice(t)
  const before = await t.ask(merging.duplicatePairs, {})
  expect(await t.office.engine.read((db) => db.all('select one_id from parties_alike'))).toEqual([])
  const { weighed, unweighed } = await t.run(merging.weighDuplicates, {})
  expect({ weighed: weighed > 2, unweighed }).toEqual({ weighed: true, unweighed: 0 })
  expect(await t.run(merging.weighDuplicates, {})).toEqual({ weighed: 0, unweighed: 0 })
  expect(await t.ask(merging.duplicatePairs, {})).toEqual(before)
  await t.run(parties.updateParty, { party_id: b, name: '完全不同的店', phone: '13900000000', tax_no: '', aliases: [], short_name: '', contacts: [], accept_duplicate: 1 })
  expect((await t.ask(merging.duplicatePairs, {})).total).toBe(0)
  await t.run(merging.weighDuplicates, {})
  await t.run(parties.updateParty, { party_id: b, name: '杭州半日茶馆', phone: '0571-88881234', accept_duplicate: 1 })
  expect((await t.ask(merging.duplicatePairs, {})).rows).toMatchObject([{ one: { party_id: a }, other: { party_id: b } }])
  await t.run(merging.mergeParties, { winner_id: a, loser_id: b })
  await t.run(merging.weighDuplicates, {})
  expect((await t.ask(merging.duplicatePairs, {})).total).toBe(0)
})

describe('two that are one', () => {
  test('the pair is shown with its reasons; told apart, it is not shown again', async () => {
    const t = await testOffice()
    const { a, b } = await twice(t)
    const { rows } = await t.ask(merging.duplicatePairs, {})
    expect(rows).toMatchObject([{ score: 100, because: ['alias', 'phone'], one: { party_id: a }, other: { party_id: b } }])
    await t.run(merging.tellApart, { party_ids: [b, a] })
    expect((await t.ask(merging.duplicatePairs, {})).total).toBe(0)
  })

  test('merged: one customer in every list, balance and statement; posted rows stay as posted', async () => {
    const t = await testOffice()
    const { a, b, items, draft, quote, opportunity_id } = await twice(t)
    const posted = await t.office.engine.read((db) => db.all<object>('select id, party_id, party_snapshot from sales_invoice order by id'))
    const { merge_id, moved } = await t.run(merging.mergeParties, { winner_id: a, loser_id: b, take: ['tax_no', 'email'], reason: '同一家店' })
    expect(moved).toBeGreaterThan(10)
    const party = await t.ask(parties.getParty, { party_id: b })
    expect(party).toMatchObject({ party_id: a, name: '杭州半日茶馆有限公司', tax_no: '91330106MA27XYZ1', email: 'tea@example.com', price_level: null, is_customer: 1, is_supplier: 1, extra: { channel: '展会' } })
    expect(party.aliases).toEqual(['半日', '半日茶', '半日茶楼', '半日茶馆'].sort())
    expect(party.contacts.map((c) => [c.name, c.is_primary])).toEqual([['王芳', 1], ['李强', 0], ['赵六', 0]])
    expect(party.addresses.map((x) => [x.street, x.is_default])).toEqual([['河坊街1号', 1], ['仓库路2号', 0]])
    expect([party.tags, party.handles.length]).toEqual([['VIP', '茶'], 1])
    // Found by the loser's names, as the winner, once.
    expect((await t.ask(parties.searchParties, { text: '半日茶楼' })).rows.map((r) => r.party_id)).toEqual([a])
    expect((await t.ask(parties.listParties, { text: '半日' })).rows.map((r) => r.party_id)).toEqual([a])
    expect((await t.ask(merging.duplicatePairs, {})).total).toBe(0)
    // Money: 3 and 5 at 10 yuan are one debt, by either id.
    for (const party_id of [a, b]) {
      expect((await t.ask(accounting.partyBalance, { party_id })).receivable_minor).toBe(8000)
      expect((await t.ask(sales.customerStatement, { party_id, from: '2026-01-01', to: '2026-01-31' })).closing_minor).toBe(8000)
      expect((await t.ask(sales.customerHistory, { party_id })).owed_minor).toBe(8000)
      expect((await t.ask(accounting.openItems, { party_id, side: 'receivable' })).total).toBe(2)
    }
    const aged = (await t.ask(accounting.ageing, { side: 'receivable', as_of: '2026-01-31' })).rows.filter((r) => [a, b].includes(r.party_id))
    expect(aged).toMatchObject([{ party_id: a, total_minor: 8000 }])
    const earned = (await t.ask(sales.profit, { by: 'party', from: '2026-01-01', to: '2026-01-31' })).rows.filter((r) => [a, b].includes(r.id))
    expect(earned).toMatchObject([{ id: a, gross_minor: 8000 }])
    expect(await t.office.engine.read((db) => db.all<object>('select id, party_id, party_snapshot from sales_invoice order by id'))).toEqual(posted)
    // What may still change has gone along.
    expect((await t.ask(sales.getOrder, { order_id: draft })).party_id).toBe(a)
    expect((await t.ask(sales.getQuote, { quote_id: quote })).party_id).toBe(a)
    expect((await t.ask(crm.getOpportunity, { opportunity_id })).party_id).toBe(a)
    expect((await t.ask(crm.listTasks, { party_id: b })).rows).toHaveLength(1)
    expect((await t.ask(merging.listMerges, { party_id: b })).rows).toMatchObject([{ merge_id, winner_id: a, loser_id: b, reason: '同一家店', moved, parted_at: null }])
    // One payment settles what both bought.
    const open = (await t.ask(accounting.openItems, { party_id: a, side: 'receivable' })).rows
    await t.run(accounting.receivePayment, { party_id: a, day: t.today, method: 'bank', amount_minor: 8000, allocations: open.map((i) => ({ open_item_id: i.open_item_id, amount_minor: i.open_minor })) })
    expect((await t.ask(accounting.partyBalance, { party_id: b })).net_minor).toBe(0)
    // One customer's money has settled the other's debt: they are two again only when that is undone.
    expect(await t.refused(merging.partParties, { merge_id })).toMatchObject({ code: 'parties.settledAcross' })
    // What was merged is not written to any more.
    expect(await t.refused(sales.createOrder, { party_id: b, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 1 }] })).toMatchObject({ code: 'sales.partyInactive' })
    for (const [contract, input] of [[parties.updateParty, { party_id: b, note: 'x' }], [parties.reactivateParty, { party_id: b }]] as const) {
      expect(await t.refused(contract, input)).toMatchObject({ code: 'parties.partyIsMerged', details: { winner_id: a, winner_name: '杭州半日茶馆有限公司' } })
    }
    await t.run(crm.logActivity, { party_id: b, kind: 'call', text: '改口了' })
    expect((await t.ask(crm.timeline, { party_id: a })).rows.some((r) => JSON.stringify(r).includes('改口了'))).toBe(true)
  })

  test('taken back: every row of every table is as it was', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const { a, b } = await twice(t)
    await t.run(parties.assignParty, { party_id: b, user_id: amy })
    const before = await everything(t)
    const { merge_id } = await t.run(merging.mergeParties, { winner_id: a, loser_id: b, take: [...merging.mergeFields], take_extra: ['channel'] })
    // The winner had nobody: who looked after the loser looks after it.
    expect((await t.ask(parties.getParty, { party_id: a })).assigned_to).toBe(amy)
    await t.verify()
    const between = await everything(t)
    expect([...before].filter(([name, rows]) => JSON.stringify(rows) !== JSON.stringify(between.get(name))).map(([name]) => name).sort()).toEqual([
      'crm_activity', 'crm_lead', 'crm_opportunity', 'crm_task', 'parties_address', 'parties_alias', 'parties_assignment', 'parties_contact', 'parties_handle', 'parties_likeness',
      'parties_party', 'parties_tag', 'parties_unweighed', 'platform_comment', 'platform_search_doc', 'sales_order', 'sales_quote',
    ])
    await t.run(merging.partParties, { merge_id })
    const after = await everything(t)
    for (const [name, rows] of before) expect(after.get(name), name).toEqual(rows)
    expect((await t.ask(merging.listMerges, {})).rows).toMatchObject([{ merge_id, parted_by_name: expect.any(String) }])
    expect(await t.refused(merging.partParties, { merge_id })).toMatchObject({ code: 'parties.mergeAlreadyParted' })
  })

  test('what happened since stays where it happened; later merges are taken back first', async () => {
    const t = await testOffice()
    const { a, b, lead_id, sale } = await twice(t)
    const { party_id: c } = await t.run(parties.createParty, { name: '半日茶馆河坊店', phone: '0571-99991234' })
    const first = await t.run(merging.mergeParties, { winner_id: a, loser_id: b })
    await t.run(parties.updateParty, { party_id: a, note: '新备注', contacts: [] })
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: '又来电', next_step: '回电' })
    await sale(a, 2)
    const second = await t.run(merging.mergeParties, { winner_id: c, loser_id: a })
    expect((await t.ask(accounting.partyBalance, { party_id: b })).receivable_minor).toBe(10_000)
    expect((await t.ask(parties.getParty, { party_id: b })).party_id).toBe(c)
    expect(await t.refused(merging.partParties, { merge_id: first.merge_id })).toMatchObject({ code: 'parties.mergeOvertaken' })
    await t.run(merging.partParties, { merge_id: second.merge_id })
    await t.verify()
    await t.run(merging.partParties, { merge_id: first.merge_id })
    await t.verify()
    expect((await t.ask(parties.getParty, { party_id: a })).note).toBe('新备注')
    expect((await t.ask(accounting.partyBalance, { party_id: a })).receivable_minor).toBe(5000)
    expect((await t.ask(accounting.partyBalance, { party_id: b })).receivable_minor).toBe(5000)
  })

  test('not with itself, not the cash customer, not out of sight, not who is merged already', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const clerk = await addUser(t, { login: 'amy', role: 'sales' })
    const { a, b } = await twice(t)
    const cash = (await t.ask(parties.listParties, { text: 'CASH' })).rows[0]!.party_id
    const no = async (winner_id: string, loser_id: string) => (await t.refused(merging.mergeParties, { winner_id, loser_id })).code
    expect(await no(a, a)).toBe('parties.mergeWithItself')
    expect(await no(a, cash)).toBe('parties.cashPartyIsNeeded')
    expect(await no(a, unknownId)).toBe('parties.partyNotFound')
    expect(await t.refused(merging.tellApart, { party_ids: [a, a] })).toMatchObject({ code: 'parties.mergeWithItself' })
    expect(await t.refused(merging.partParties, { merge_id: unknownId })).toMatchObject({ code: 'parties.mergeNotFound' })
    expect(await t.answer(merging.mergeParties, { winner_id: a, loser_id: b }, clerk)).toMatchObject({ ok: false, kind: 'refusal', code: 'platform.notPermitted' })
    await t.run(merging.mergeParties, { winner_id: a, loser_id: b })
    expect(await no(a, b)).toBe('parties.partyIsMerged')
    const { mergeRow } = await import('../../../db/schema/parties.ts')
    await expect(t.office.engine.write((db) => db.run(mergeRow, 'delete from parties_merge_row'))).rejects.toThrow('parties.mergeIsPermanent')
  })
})

test('the books show the pairs that the generator hid, through import and the index of keys', { timeout: 120_000 }, async () => {
  const t = await testOffice()
  const books = booksWithDuplicates({ seed: 1, count: 2000, duplicates: 200 })
  const rows = books.map((p, i) => ({ code: `G${10_000 + i}`, name: p.name, short_name: p.short_name ?? '', kind: p.kind, phone: p.phone ?? '', tax_no: p.tax_no ?? '', aliases: p.aliases.join(';') }))
  await t.run(parties.importParties, { staging_id: stageRows(t, { command: 'parties.importParties', rows }), accept_duplicates: 1 })
  const truth = new Set(books.flatMap((p, i) => (p.of === undefined ? [] : [`G${10_000 + p.of} G${10_000 + i}`])))
  const shown: string[] = []
  while ((await t.run(merging.weighDuplicates, {})).unweighed > 0);
  for (let offset = 0; ; offset += 500) {
    const page = await t.ask(merging.duplicatePairs, { limit: 500, offset })
    shown.push(...page.rows.map((r) => [r.one.code, r.other.code].sort().join(' ')))
    if (offset + 500 >= page.total) break
  }
  const right = shown.filter((pair) => truth.has(pair)).length
  process.stderr.write(`books of ${books.length}: ${shown.length} pairs shown, recall ${((right / truth.size) * 100).toFixed(1)} %, precision ${((right / shown.length) * 100).toFixed(1)} %\n`)
  expect(right / truth.size).toBeGreaterThanOrEqual(0.95)
  expect(right / shown.length).toBeGreaterThanOrEqual(0.95)
})
