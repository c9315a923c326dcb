import { describe, expect, test } from 'vitest'
import { wholeRegistry } from '../../../src-main/app/modules.ts'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as contracts from '../../../src-main/modules/contracts/contract.ts'
import * as credit from '../../../src-main/modules/credit/contract.ts'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import * as marketing from '../../../src-main/modules/marketing/contract.ts'
import * as insights from '../../../src-main/modules/insights/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { addComment, createField, erasePerson, erasurePreview, keepDraft, listErasures, searchAll } from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { letter, mail } from '../../../db/schema/marketing.ts'
import { attachment } from '../../../db/schema/platform.ts'
import { wholeSchema } from '../../../db/schema/index.ts'
import type { PersonalRows } from '../../../src-main/kernel/personal.ts'
import type { SqlValue } from '../../../src-main/storage/db.ts'
import { metaOf } from '../../../src-main/storage/table-meta.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const E6 = 1_000_000
/** Nobody and nothing else in the books is called so. */
const NAME = '欧阳若曦'
const [PHONE, OLD_PHONE, MAIL, WECHAT, STREET, TAX, FRIEND] = ['13912345678', '13700001111', 'ruoxi@example.com', 'ruoxi_tea88', '南山路二百一十八弄六号', '330102199003077777', '司徒小满']
const TOLD = [NAME, PHONE, OLD_PHONE, MAIL, WECHAT, STREET, TAX, FRIEND, '若曦', '过敏体质', '138-1234-0000']

const asked = { asked_by: 'self', asked_on: '2026-01-15', reference: '2026-003' } as const

/** Where in the whole company file one of the words stands: table, column and how often. */
async function mentions(t: TestOffice, words: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of wholeSchema.flatMap((m) => m.tables)) {
    const { name, columns } = metaOf(table)
    for (const row of await t.office.engine.read((db) => db.all<Record<string, unknown>>(`select ${columns.map((c) => `"${c}"`).join(', ')} from ${name}`))) {
      for (const column of columns) if (words.some((word) => String(row[column] ?? '').includes(word))) found[`${name}.${column}`] = (found[`${name}.${column}`] ?? 0) + 1
    }
  }
  return found
}

/** A customer who is a person, of whom every module knows something; all of it is finished. */
async function known(t: TestOffice) {
  const { items } = await furnish(t)
  await t.run(createField, { target: 'parties.party', label: '喜好', key: 'likes', kind: 'text' })
  const { party_id } = await t.run(parties.createParty, {
    name: NAME, short_name: '若曦', kind: 'person', phone: OLD_PHONE, email: MAIL, tax_title: NAME, tax_no: TAX, tax_phone: '138-1234-0000', note: '过敏体质', aliases: ['若曦姐'], tags: ['过敏体质'], extra: { likes: '过敏体质' },
    contacts: [{ name: FRIEND, phone: '138-1234-0000' }], handles: [{ kind: 'wechat', value: WECHAT }], addresses: [{ street: STREET, recipient: NAME, phone: PHONE }],
  })
  await t.run(parties.updateParty, { party_id, phone: PHONE, contacts: [{ name: FRIEND, phone: '138-1234-0000', note: '过敏体质' }] })
  const twin = await t.run(parties.createParty, { name: `${NAME}（旧）`, kind: 'person', phone: OLD_PHONE, accept_duplicate: 1 })
  await t.run(parties.mergeParties, { winner_id: party_id, loser_id: twin.party_id, reason: `都是${NAME}` })
  const { lead_id } = await t.run(crm.createLead, { name: NAME, phone: PHONE, note: '过敏体质', accept_duplicate: 1 })
  await t.run(crm.logActivity, { lead_id, kind: 'call', text: `${NAME}说过敏体质` })
  await t.run(crm.convertLead, { lead_id, party_id })
  const { activity_id } = await t.run(crm.logActivity, { party_id, kind: 'visit', text: '过敏体质，送到南山路', next_step: `给${NAME}寄样` })
  await t.run(crm.correctActivity, { activity_id, kind: 'visit', text: '过敏体质，改约周五' })
  await t.run(addComment, { source_kind: 'crm.activity', source_id: activity_id, text: '过敏体质要注意' })
  await t.run(addComment, { source_kind: 'parties.party', source_id: party_id, text: `电话 ${PHONE}` })
  const { opportunity_id } = await t.run(crm.createOpportunity, { name: `${NAME}年单`, party_id })
  await t.run(crm.loseOpportunity, { opportunity_id, close_reason: '过敏体质' })
  const quote = await t.run(sales.createQuote, { party_id, note: '过敏体质', lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
  await t.run(sales.sendQuote, { quote_id: quote.quote_id })
  const { order_id } = await t.run(sales.createOrder, { party_id, ship_to: STREET, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
  await t.run(sales.confirmOrder, { order_id })
  await t.run(sales.deliver, { order_id, invoice: 'with' })
  const { ticket_id } = await t.run(service.createTicket, { class_id: (await t.ask(service.listClasses, {})).rows[0]!.class_id, party_id, subject: `${NAME}的投诉`, text: '过敏体质', contact_name: FRIEND, contact_phone: '138-1234-0000' })
  await t.run(service.answerTicket, { ticket_id, text: `回电 ${PHONE}，过敏体质` })
  const { campaign_id } = await t.run(marketing.createCampaign, { name: '春茶', channel: 'email', from_on: '2026-01-10', to_on: '2026-02-10' })
  await t.run(marketing.addMembers, { campaign_id, party_ids: [party_id] })
  return { party_id, quote_id: quote.quote_id, order_id, ticket_id, campaign_id, items }
}

/** Nothing of theirs is open any more. */
async function settle(t: TestOffice, { party_id, quote_id, ticket_id }: Awaited<ReturnType<typeof known>>): Promise<void> {
  await t.run(sales.loseQuote, { quote_id, lost_reason: '过敏体质' })
  const { rows } = await t.ask(accounting.openItems, { party_id, side: 'receivable' })
  await t.run(accounting.receivePayment, { party_id, day: t.today, method: 'cash', amount_minor: rows.reduce((sum, r) => sum + r.open_minor, 0), note: NAME, allocations: rows.map((r) => ({ open_item_id: r.open_item_id, amount_minor: r.open_minor })) })
  await t.run(service.solveTicket, { ticket_id, solution: '过敏体质，已换货' })
  await t.run(service.closeTicket, { ticket_id, closing_reason: 'solved' })
}

describe('data of a person are erased at their wish', () => {
  test('nothing is left in the whole company file but what is posted, and the record says who did it without saying of whom', async () => {
    const t = await testOffice()
    const all = await known(t)
    const { party_id } = all
    await settle(t, all)
    await t.run(keepDraft, { address: '/sales/orders/new', subject: NAME, body: JSON.stringify({ party_id, phone: PHONE }), writer: 'page-1', revision: 0 })
    await t.office.engine.write((db) => db.insert(attachment, { id: '01900000-0000-7000-8000-0000000000aa', source_kind: 'parties.party', source_id: party_id, sha256: 'x', name: `${NAME}身份证.jpg`, mime: 'image/jpeg', size: 1, added_by: 'x', added_at: 1 }))
    expect(Object.keys(await mentions(t, TOLD)).length).toBeGreaterThan(20)
    const preview = await t.ask(erasurePreview, { subject_kind: 'parties.party', subject_id: party_id })
    expect(preview).toMatchObject({ extent: 'whole', label: expect.stringContaining('已删除') as string, obstacles: [] })
    expect(preview.known_by).toEqual(expect.arrayContaining([NAME, PHONE, MAIL, WECHAT]))
    const countOf = (rows: typeof preview.goes, kind: string) => rows.find((r) => r.kind === kind)?.count
    expect(countOf(preview.goes, 'crm.activity')).toBe(2)
    expect(countOf(preview.goes, 'platform.comments')).toBe(2)
    expect(countOf(preview.goes, 'platform.files')).toBe(1)
    expect(countOf(preview.stays, 'sales.invoice')).toBe(1)
    const done = await t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })
    expect(done.kept).toBeGreaterThanOrEqual(4)
    const left = await mentions(t, TOLD)
    // Orders, deliveries, invoices, payments and vouchers as they were posted.
    expect(Object.keys(left).sort()).toEqual(['accounting_entry.summary', 'accounting_payment.note', 'accounting_payment.party_name', 'sales_delivery.party_snapshot', 'sales_delivery.ship_to', 'sales_invoice.party_snapshot', 'sales_order.party_snapshot', 'sales_order.ship_to'])
    const { rows } = await t.ask(listErasures, {})
    expect(rows).toMatchObject([{ subject_kind: 'parties.party', asked_by: 'self', asked_on: '2026-01-15', reference: '2026-003', erased: done.erased, kept: done.kept }])
    for (const word of [NAME, PHONE, FRIEND]) expect((await t.ask(searchAll, { text: word })).rows).toEqual([])
    expect((await t.ask(parties.duplicatePairs, {})).total).toBe(0)
    expect(await t.ask(parties.getParty, { party_id })).toMatchObject({ name: expect.stringMatching(/^已删除/) as string, phone: null, is_active: 0, contacts: [], addresses: [], handles: [] })
  })

  test('nothing new is written down of somebody erased, nor are they erased twice', async () => {
    const t = await testOffice()
    const all = await known(t)
    const { party_id } = all
    await settle(t, all)
    await t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })
    for (const [contract, input] of [
      [parties.updateParty, { party_id, phone: PHONE }],
      [parties.reactivateParty, { party_id }],
      [crm.logActivity, { party_id, kind: 'call', text: 'x' }],
      [crm.createOpportunity, { party_id, name: 'x' }],
      [insights.raiseCall, { party_id }],
      [crm.protect, { party_id, until_on: '2026-12-31', reason: PHONE }],
      [credit.setLimit, { party_id, limit_minor: 1, reason: PHONE, holds_until: '2026-12-31' }],
      [service.createTicket, { party_id, subject: 'x', class_id: (await t.ask(service.listClasses, {})).rows[0]!.class_id }],
      [contracts.createContract, { party_id, title: 'x', amount_minor: 100, starts_on: '2026-01-01', ends_on: '2026-12-31', plan: [{ due_on: '2026-06-01', amount_minor: 100 }] }],
    ] as const) expect(await t.refused(contract, input)).toMatchObject({ code: 'parties.personErased' })
    const one = async (table: string) => (await t.office.engine.read((db) => db.get<{ id: string }>(`select id from ${table} where party_id = ? order by id`, [party_id])))!.id
    expect(await t.refused(crm.withdrawActivity, { activity_id: await one('crm_activity'), reason: PHONE })).toMatchObject({ code: 'parties.personErased' })
    expect(await t.refused(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })).toMatchObject({ code: 'platform.alreadyErased' })
    const { rows } = await t.ask(parties.listMerges, {})
    expect(await t.refused(parties.partParties, { merge_id: rows[0]!.merge_id })).toMatchObject({ code: 'parties.personErased' })
    await expect(t.office.engine.write((db) => db.run(wholeSchema[0]!.tables[0]!, 'delete from platform_erasure'))).rejects.toMatchObject({ code: 'platform.erasureIsPermanent' })
    await expect(t.office.engine.write((db) => db.run(wholeSchema[0]!.tables[0]!, `update platform_audit set input = '{}'`))).rejects.toMatchObject({ code: 'platform.auditIsPermanent' })
  })

  test('what is still going on stands against it, one after the other', async () => {
    const t = await testOffice()
    const all = await known(t)
    const { party_id, items } = all
    const erase = () => t.refused(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })
    const codes = (await t.ask(erasurePreview, { subject_kind: 'parties.party', subject_id: party_id })).obstacles.map((o) => o.refusal)
    expect(codes.sort()).toEqual(['accounting.stillOwed', 'sales.quotesOpen', 'service.ticketsOpen'])
    expect(codes).toContain((await erase()).code)
    await settle(t, all)
    const { opportunity_id } = await t.run(crm.createOpportunity, { party_id, name: '再来一单' })
    expect(await erase()).toMatchObject({ code: 'crm.opportunitiesOpen', details: { count: 1 } })
    await t.run(crm.loseOpportunity, { opportunity_id, close_reason: '算了' })
    const { order_id } = await t.run(sales.createOrder, { party_id, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
    expect(await erase()).toMatchObject({ code: 'sales.ordersOpen' })
    await t.run(sales.cancelOrder, { order_id, reason: '算了' })
    await t.run(contracts.createContract, { party_id, title: '年约', amount_minor: 100, starts_on: '2026-01-01', ends_on: '2026-12-31', plan: [{ due_on: '2026-06-01', amount_minor: 100 }] })
    expect(await erase()).toMatchObject({ code: 'contracts.contractsRunning' })
  })

  test('only a person, of those whom one may see, with the right, and not on a day to come', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const clerk = await addUser(t, { login: 'clerk', role: 'bookkeeper' })
    const company = await t.run(parties.createParty, { name: '甲公司' })
    const person = await t.run(parties.createParty, { name: '张三丰', kind: 'person' })
    const at = (subject_id: string) => ({ subject_kind: 'parties.party', subject_id, ...asked })
    expect(await t.refused(erasePerson, at(company.party_id))).toMatchObject({ code: 'parties.notAPerson' })
    expect(await t.refused(erasePerson, at(person.party_id), clerk)).toMatchObject({ code: 'platform.notPermitted' })
    expect(await t.refused(erasePerson, { ...at(person.party_id), asked_on: '2026-01-16' })).toMatchObject({ code: 'platform.erasureAskedLater' })
    expect(await t.refused(erasePerson, { ...at(person.party_id), subject_kind: 'sales.order' })).toMatchObject({ code: 'platform.noSuchPerson' })
    expect(await t.refused(erasePerson, at((await t.ask(parties.listParties, { text: 'CASH' })).rows[0]!.party_id))).toMatchObject({ code: 'parties.cashPartyIsNeeded' })
  })

  test('a contact goes out of a business whose history stays', async () => {
    const t = await testOffice()
    const { items } = await furnish(t)
    const { party_id } = await t.run(parties.createParty, {
      name: '若曦茶行', contacts: [{ name: NAME, phone: PHONE, email: MAIL, note: '过敏体质' }, { name: '王芳', phone: '13600000000' }], addresses: [{ street: '河坊街1号', recipient: NAME, phone: PHONE }],
    })
    const { activity_id } = await t.run(crm.logActivity, { party_id, kind: 'call', contact_name: NAME, text: `${NAME}要十箱，电话 ${PHONE}` })
    await t.run(sales.createOrder, { party_id, lines: [{ item_id: items[0]!, quantity_e6: E6, price_e4: 100_000 }] })
    const { contacts } = await t.ask(parties.getParty, { party_id })
    const contact = contacts.find((c) => c.name === NAME)!
    expect(await t.ask(erasurePreview, { subject_kind: 'parties.contact', subject_id: contact.id })).toMatchObject({ extent: 'part', obstacles: [] })
    await t.run(erasePerson, { subject_kind: 'parties.contact', subject_id: contact.id, ...asked })
    expect(await mentions(t, [NAME, PHONE, MAIL])).toEqual({})
    const after = await t.ask(parties.getParty, { party_id })
    expect(after).toMatchObject({ name: '若曦茶行', is_active: 1, contacts: [{ name: '王芳', is_primary: 1 }], addresses: [{ street: '河坊街1号', recipient: '***' }] })
    expect((await t.ask(crm.listActivities, { party_id })).rows).toMatchObject([{ activity_id, text: '***要十箱，电话 ***' }])
    expect(await t.refused(erasurePreview, { subject_kind: 'parties.contact', subject_id: contact.id })).toMatchObject({ code: 'platform.alreadyErased' })
  })

  test('a lead is erased as a lead, and as the customer once it is one', async () => {
    const t = await testOffice()
    const { lead_id } = await t.run(crm.createLead, { name: NAME, phone: PHONE, email: MAIL, note: '过敏体质' })
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: `${NAME}：过敏体质`, next_step: '回电' })
    await t.run(erasePerson, { subject_kind: 'crm.lead', subject_id: lead_id, ...asked, asked_by: 'company' })
    expect(await mentions(t, TOLD)).toEqual({})
    expect(await t.ask(crm.getLead, { lead_id })).toMatchObject({ state: 'lost', phone: null })
    expect(await t.refused(crm.reviveLead, { lead_id })).toMatchObject({ code: 'crm.leadErased' })
    const other = await t.run(crm.createLead, { name: '张三丰' })
    await t.run(crm.convertLead, { lead_id: other.lead_id })
    expect(await t.refused(erasePerson, { subject_kind: 'crm.lead', subject_id: other.lead_id, ...asked })).toMatchObject({ code: 'crm.leadIsConverted' })
  })
})

/** Where a row hangs that names nobody itself: the column, and rows of the one that was erased. */
const HANGS_ON: Readonly<Record<string, string>> = {
  merge_id: 'select id from parties_merge where winner_id = ? order by id',
  opportunity_id: 'select id from crm_opportunity where party_id = ? order by id',
  ticket_id: 'select id from service_ticket where party_id = ? order by id',
  feedback_id: 'select f.feedback_id as id from service_feedback_ticket f join service_ticket k on k.id = f.ticket_id where k.party_id = ? order by f.feedback_id',
  member_id: 'select id from marketing_member where party_id = ? order by id',
  contract_id: 'select id from contracts_contract where party_id = ? and number is null order by id',
}

describe('one gate: of somebody erased the books take nothing, whoever forgot to ask', () => {
  const gated = wholeRegistry().personalRows.filter((rows) => rows.becomes !== 'kept')
  /** Columns of a row by which it is about somebody. */
  const naming = ({ of }: PersonalRows): string[] => [...new Set([...of.ids.matchAll(/\br\.(\w+)/g)].map((found) => found[1]!))]
  const columnsOf = (rows: PersonalRows): string[] => [...(typeof rows.becomes === 'string' ? [] : Object.keys(rows.becomes)), ...(rows.still ?? [])]

  /** What none of their rows says. */
  const other = (column: string): SqlValue => (/^is_|_at$|^score$/.test(column) ? 7 : 'x')

  async function erased() {
    const t = await testOffice()
    const all = await known(t)
    const { party_id, ticket_id } = all
    await t.run(crm.protect, { party_id, until_on: '2026-12-31', reason: '老客户' })
    await t.run(credit.setLimit, { party_id, limit_minor: 100, reason: '熟人', holds_until: '2026-12-31' })
    const { contract_id } = await t.run(contracts.createContract, { party_id, title: '年约', note: '过敏体质', amount_minor: 100, starts_on: '2026-01-01', ends_on: '2026-12-31', plan: [{ due_on: '2026-06-01', amount_minor: 100, note: '现金' }] })
    await t.run(contracts.terminateContract, { contract_id, reason: '算了' })
    await t.run(service.createFeedback, { ticket_id, title: '少放糖', text: '过敏体质', priority: 2 })
    await settle(t, all)
    const { lead_id } = await t.run(crm.createLead, { name: '甲某', phone: '13500001111' })
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: '过敏体质', next_step: '回电' })
    await t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })
    await t.run(erasePerson, { subject_kind: 'crm.lead', subject_id: lead_id, ...asked })
    const write = (table: PersonalRows['table'], sql: string, params: SqlValue[]) => t.office.engine.write((db) => db.run(table, sql, params))
    /** The code of the refusal, or whatever else came of it: other errors are the engine's own. */
    const said = (done: Promise<unknown>) => done.then(() => 'written', (error: { code?: string }) => error.code)
    return { t, party_id, lead_id, write, said }
  }

  test('no row that is about them goes into any table that tells of persons', async () => {
    const { t, party_id, lead_id, write, said } = await erased()
    const tried: string[] = []
    for (const rows of gated) {
      const { name, key } = metaOf(rows.table)
      for (const column of naming(rows)) {
        const isOwn = column === 'id' || /^(?:party|lead|winner|loser)_id$/.test(column)
        const isLead = column === 'lead_id' || (name === 'crm_lead' && column === 'id')
        const id = isLead ? lead_id : isOwn ? party_id : (await t.office.engine.read((db) => db.get<{ id: string }>(HANGS_ON[column]!, [party_id])))?.id
        // Feedback is about who said so once it is linked to their ticket; a contact's own row goes with it; what a merge did is gone.
        if (rows.extent === 'record' || (name === 'service_feedback' && column === 'id')) continue
        expect(id, `${name}.${column}`).toBeDefined()
        const personal = columnsOf(rows).filter((c) => c !== 'is_active')
        const given = new Map<string, SqlValue>([[key[0]!, '01900000-0000-7000-8000-0000000000bb'], ...personal.map((c) => [c, other(c)] as const), [column, id!]])
        const sql = `insert into ${name} (${[...given.keys()].join(', ')}) values (${[...given.keys()].map(() => '?').join(', ')})`
        expect(await said(write(rows.table, sql, [...given.values()])), `${name}.${column}`).toBe(isLead ? 'crm.leadErased' : 'parties.personErased')
        tried.push(name)
      }
    }
    expect(new Set(tried)).toEqual(new Set(gated.map((rows) => metaOf(rows.table).name).filter((name) => name !== 'service_feedback')))
  })

  test('nothing that was erased is written again, nothing finished taken up, and no row of others is made to be theirs', async () => {
    const { t, party_id, lead_id, write, said } = await erased()
    const person = { code: '', label: '', party_ids: [party_id], lead_ids: [lead_id], contact_ids: [], words: [], own_words: [], extent: 'whole' as const }
    const tried: string[] = []
    for (const rows of gated) {
      const { name, key } = metaOf(rows.table)
      const of = rows.of.rows(person)
      const found = await t.office.engine.read((db) => db.get<Record<string, SqlValue>>(`select ${key.map((c) => `r.${c}`).join(', ')} from ${name} r where ${of.sql}${rows.kept === undefined ? '' : ` and not (${rows.kept})`} order by ${key.map((c) => `r.${c}`).join(', ')}`, of.params))
      if (!found) continue
      const permanent = wholeSchema.flatMap((m) => m.guards).filter((g) => g.table === rows.table && 'never' in g && g.never.includes('update')).map((g) => g.code)
      for (const column of columnsOf(rows)) {
        const sql = `update ${name} set ${column} = ? where ${key.map((c) => `${c} = ?`).join(' and ')}`
        expect(['parties.personErased', 'crm.leadErased', ...permanent], `${name}.${column}`).toContain(await said(write(rows.table, sql, [other(column), ...Object.values(found)])))
      }
      tried.push(name)
    }
    // Theirs went with them, or was kept as books are.
    const gone = ['parties_contact', 'parties_address', 'parties_handle', 'parties_alias', 'parties_tag', 'parties_merge_row', 'sales_order']
    const never = ['crm_rival', 'crm_pool_move', 'credit_release', 'credit_interest', 'credit_dunning', 'credit_promise', 'service_labour', 'service_feedback_ticket', 'marketing_mail', 'marketing_unsubscribed']
    expect(gated.map((rows) => metaOf(rows.table).name).filter((name) => !tried.includes(name) && !gone.includes(name) && !never.includes(name))).toEqual([])
    const { task_id } = await t.run(crm.createTask, { title: '问价', kind: 'call', due_on: t.today })
    expect(await t.refused(crm.updateTask, { task_id, title: '问价', kind: 'call', due_on: t.today, party_id })).toMatchObject({ code: 'parties.personErased', details: { name: expect.stringMatching(/^已删除/) as string } })
  })

  test('words and files at what was erased are refused, at what the law keeps they are not', async () => {
    const { t, party_id, lead_id } = await erased()
    const at = async (source_kind: string, table: string) => ({ source_kind, source_id: (await t.office.engine.read((db) => db.get<{ id: string }>(`select id from ${table} where party_id = ? order by id`, [party_id])))!.id, text: PHONE })
    expect(await t.refused(addComment, { source_kind: 'parties.party', source_id: party_id, text: PHONE })).toMatchObject({ code: 'parties.personErased' })
    expect(await t.refused(addComment, { source_kind: 'crm.lead', source_id: lead_id, text: PHONE })).toMatchObject({ code: 'crm.leadErased' })
    expect(await t.refused(addComment, await at('crm.activity', 'crm_activity'))).toMatchObject({ code: 'parties.personErased' })
    await t.run(addComment, await at('sales.invoice', 'sales_invoice'))
    const file = { id: '01900000-0000-7000-8000-0000000000ab', source_kind: 'service.ticket', source_id: (await at('service.ticket', 'service_ticket')).source_id, sha256: 'x', name: 'x.jpg', mime: 'image/jpeg', size: 1, added_by: 'x', added_at: 1 }
    await expect(t.office.engine.write((db) => db.insert(attachment, file))).rejects.toMatchObject({ code: 'parties.personErased' })
  })

  test('a letter that waits is left out, and of one that is just being sent nobody says any more what became of it', async () => {
    const t = await testOffice()
    const all = await known(t)
    const { party_id, campaign_id } = all
    await settle(t, all)
    const member_id = (await t.office.engine.read((db) => db.get<{ id: string }>('select id from marketing_member where party_id = ? order by id', [party_id])))!.id
    const idOf = (n: number) => `01900000-0000-7000-8000-00000000000${n}`
    const told = { member_id, way: 'email', email: MAIL, email_key: MAIL, name: NAME, subject: 'x', body: NAME, next_at: 1 }
    await t.office.engine.write(async (db) => {
      for (const n of [1, 2]) await db.insert(letter, { id: idOf(n), campaign_id, subject: 'x', body: 'x', state: 'queued', created_by: 'x', created_at: 1, queued_at: 1 })
      await db.insert(mail, { ...told, id: idOf(3), letter_id: idOf(1), state: 'waiting' })
      await db.insert(mail, { ...told, id: idOf(4), letter_id: idOf(2), state: 'claimed', claimed_at: 1, claimed_by: 'run' })
    })
    await t.run(erasePerson, { subject_kind: 'parties.party', subject_id: party_id, ...asked })
    const states = await t.office.engine.read((db) => db.all<{ state: string; email: string }>('select state, email from marketing_mail order by id'))
    expect(states).toEqual([{ state: 'skipped', email: expect.stringMatching(/^已删除/) as string }, { state: 'unknown', email: expect.stringMatching(/^已删除/) as string }])
    expect(await t.refused(marketing.tellMail, { mail_id: idOf(4), run: 'run', became: 'bounced', reply: `550 ${MAIL}` })).toMatchObject({ code: 'marketing.mailNotFound' })
    expect(await t.refused(marketing.settleMail, { mail_id: idOf(4), was: 'not_sent' })).toMatchObject({ code: 'parties.personErased' })
  })

  test('what goes over many at once goes on: a hand-over takes them along without a word', async () => {
    const { t, party_id } = await erased()
    await openToOthers(t)
    const [one, two] = [await addUser(t, { login: 'one', role: 'sales' }), await addUser(t, { login: 'two', role: 'sales' })]
    await t.run(parties.assignParty, { party_id, user_id: one })
    expect(await t.run(crm.handOver, { from_user_id: one, to_user_id: two, reason: `${NAME}的老同事` })).toMatchObject({ parties: 1 })
    expect(await mentions(t, ['老同事'])).toEqual({ 'platform_audit.input': 1 })
  })
})

/** Tables that name a party or lead and hold nothing personal: figures, ids, words of the program. */
const NOTHING_PERSONAL = [
  'parties_assignment', 'parties_likeness', 'crm_lead_likeness', 'parties_unweighed', 'parties_distinct', 'accounting_line', 'accounting_open_item', 'promotions_claim', 'promotions_coupon', 'promotions_coupon_use',
  'insights_score', 'insights_tier_move', 'insights_raised', 'credit_collection_task',
]

test('whatever table names a party or a lead says what of it is personal', () => {
  const told = new Set(wholeRegistry().personalRows.map((rows) => metaOf(rows.table).name))
  const names = wholeSchema.flatMap((m) => m.tables).map(metaOf).filter(({ columns }) => columns.includes('party_id') || columns.includes('lead_id')).map((m) => m.name)
  expect(names.filter((name) => !told.has(name) && !NOTHING_PERSONAL.includes(name))).toEqual([])
})
