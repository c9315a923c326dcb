import { describe, expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const MINUTE = 60_000

async function shop() {
  const t = await testOffice()
  await openToOthers(t)
  const { team_id } = await t.run(platform.createTeam, { name: '售后组' })
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const eve = await addUser(t, { login: 'eve', role: 'warehouse', team_id })
  const fay = await addUser(t, { login: 'fay', role: 'warehouse', team_id })
  const boss = await addUser(t, { login: 'boss', role: 'sales' })
  await t.run(platform.updateTeam, { team_id, manager_id: boss })
  const { party_id } = await t.run(parties.createParty, { name: '甲茶庄', assigned_to: amy })
  const { item_id } = await t.run(createItem, { name: '电茶炉', kind: 'service', base_unit: '台', price_e4: 880_000 })
  const classes = (await t.ask(service.listClasses, {})).rows
  const repair = classes.find((c) => c.name_zh === '维修')!
  const class_id = repair.class_id
  const rule = (rule: service.DealRule) => t.run(service.updateClass, { class_id, name_zh: '维修', kind: 'service', rule, team_id, is_active: 1 })
  return { t, amy, eve, fay, boss, team_id, party_id, item_id, classes, class_id, rule }
}

describe('a ticket', () => {
  test('is numbered, answered, waits with its clock, is solved, closed by the customer and opened again', async () => {
    const { t, amy, party_id, item_id, class_id } = await shop()
    const { ticket_id, number } = await t.run(service.createTicket, { class_id, party_id, item_id, subject: '不加热', contact_name: '陈姐' }, amy)
    expect(number).toBe('TK2026-00001')
    const read = () => t.ask(service.getTicket, { ticket_id }, amy)
    const fresh = await read()
    // 9:00 in the morning; 240 working minutes to answer, 1620 to solve.
    expect(fresh).toMatchObject({ state: 'new', priority: 2, assignee_id: null, due_at: fresh.respond_due_at, is_overdue: 0, kind: 'service', item_name: '电茶炉', created_name: 'amy' })
    expect((fresh.respond_due_at - fresh.created_at) / MINUTE).toBe(240)
    expect(new Date(fresh.resolve_due_at).toISOString().slice(0, 10)).toBe('2026-01-20')
    t.pass(30)
    await t.run(service.answerTicket, { ticket_id, text: '请拍张照片', waits: 1 }, amy)
    expect(await read()).toMatchObject({ state: 'waiting', respond_minutes: 30, due_at: null, is_overdue: 0 })
    t.pass(120)
    await t.run(service.resumeTicket, { ticket_id }, amy)
    const resumed = await read()
    expect((resumed.resolve_due_at - fresh.resolve_due_at) / MINUTE).toBe(120)
    t.pass(60)
    await t.run(service.noteTicket, { ticket_id, text: '像是发热管' }, amy)
    expect((await t.refused(service.closeTicket, { ticket_id, closing_reason: 'repaired' }, amy)).code).toBe('service.solutionNeeded')
    await t.run(service.solveTicket, { ticket_id, solution: '换了发热管' }, amy)
    // 30 minutes to the answer, 60 after the customer replied; the two hours between do not count.
    expect(await read()).toMatchObject({ state: 'solved', resolve_minutes: 90, solution: '换了发热管', due_at: null, is_resolve_late: 0 })
    await t.run(service.closeTicket, { ticket_id, closing_reason: 'repaired', confirmed_by: '陈姐', score: 4, score_text: '挺快' }, amy)
    expect(await read()).toMatchObject({ state: 'closed', confirmed_by: '陈姐', score: 4, score_text: '挺快', closing_reason: 'repaired' })
    for (const contract of [service.closeTicket, service.resumeTicket, service.solveTicket, service.answerTicket]) {
      const input = { ticket_id, closing_reason: 'other', solution: 'x', text: 'x' }
      const { shape } = contract.input
      const fitting = Object.fromEntries(Object.entries(input).filter(([key]) => key in shape))
      expect((await t.refused(contract, fitting, amy)).code).toBe('service.ticketStateForbids')
    }
    t.pass(600)
    await t.run(service.reopenTicket, { ticket_id, reason: '又坏了' }, amy)
    expect(await read()).toMatchObject({ state: 'working', score: null, confirmed_by: null, closing_reason: null, resolved_at: null })
    expect((await t.refused(service.rateTicket, { ticket_id, score: 5 }, amy)).code).toBe('service.ticketStateForbids')
    await t.run(service.closeTicket, { ticket_id, closing_reason: 'withdrawn' }, amy)
    await t.run(service.rateTicket, { ticket_id, score: 5, score_text: '好', confirmed_by: '陈姐' }, amy)
    const done = await read()
    expect(done).toMatchObject({ score: 5, confirmed_by: '陈姐', is_resolve_late: 0 })
    expect(done.steps.map((s) => s.kind).toReversed()).toEqual(['open', 'answer', 'wait', 'resume', 'note', 'solve', 'close', 'reopen', 'close', 'change'])
    expect((await t.refused(service.reopenTicket, { ticket_id: unknownId, reason: 'x' }, amy)).code).toBe('service.ticketNotFound')
  })

  test('is late when its clock has run out, and goes to the manager once', async () => {
    const { t, amy, eve, boss, party_id, class_id, rule } = await shop()
    await rule('least_load')
    const { ticket_id, assignee_id } = await t.run(service.createTicket, { class_id, party_id, subject: '漏水', priority: 1 }, amy)
    expect(assignee_id).toBe(eve)
    expect((await t.run(service.escalateDue, {})).count).toBe(0)
    t.pass(61)
    expect(await t.ask(service.ticketsWaiting, {}, eve)).toEqual({ mine: 1, mine_new: 1, mine_overdue: 1, escalated: 0, unassigned: null, overdue: null, refunds: null })
    expect((await t.ask(service.listTickets, { show: 'overdue' }, eve)).rows.map((r) => [r.ticket_id, r.is_respond_late, r.is_resolve_late, r.is_overdue])).toEqual([[ticket_id, 1, 0, 1]])
    expect(await t.run(service.escalateDue, {})).toEqual({ count: 1 })
    expect(await t.run(service.escalateDue, {})).toEqual({ count: 0 })
    // The manager sees it now, though the customer is amy's.
    expect(await t.ask(service.ticketsWaiting, {}, boss)).toMatchObject({ mine: 0, escalated: 1 })
    expect(await t.ask(service.getTicket, { ticket_id }, boss)).toMatchObject({ is_escalated: 1, escalated_to_name: 'boss' })
    expect(await t.ask(service.ticketsWaiting, {})).toMatchObject({ unassigned: 0, overdue: 1, refunds: 0 })
    // What is more urgent has less time; less urgent, more.
    await t.run(service.updateTicket, { ticket_id, class_id, subject: '漏水', priority: 3 }, eve)
    expect((await t.ask(service.listTickets, { show: 'overdue' }, eve)).rows).toEqual([])
  })

  test('is given out by the rule of its class: in turn, to who has fewest, to who looks after the customer', async () => {
    const { t, amy, eve, fay, party_id, class_id, rule } = await shop()
    const make = async (more: object = {}) => (await t.run(service.createTicket, { class_id, party_id, subject: '报修', ...more })).assignee_id
    expect(await make()).toBeNull()
    await rule('round_robin')
    expect([await make(), await make(), await make(), await make({ assignee_id: fay }), await make()]).toEqual([eve, fay, eve, fay, fay])
    await rule('least_load')
    // eve has two, fay has three.
    expect([await make(), await make()]).toEqual([eve, eve])
    await rule('owner')
    expect(await make()).toBe(amy)
    expect(await make({ assignee_id: null })).toBeNull()
    const viewer = await addUser(t, { login: 'vic', role: 'viewer' })
    for (const assignee_id of [viewer, unknownId]) expect((await t.refused(service.createTicket, { class_id, party_id, subject: 'x', assignee_id })).code).toBe('service.cannotWork')
  })

  test('of nobody is taken; the one who gives out work assigns it and takes it back', async () => {
    const { t, amy, eve, party_id, class_id } = await shop()
    const { ticket_id } = await t.run(service.createTicket, { class_id, party_id, subject: '报修' }, amy)
    // eve does not look after the customer: she sees the ticket only once it is hers.
    expect((await t.refused(service.takeTicket, { ticket_id }, eve)).code).toBe('service.ticketNotFound')
    await t.run(service.takeTicket, { ticket_id }, amy)
    expect((await t.refused(service.takeTicket, { ticket_id }, amy)).code).toBe('service.alreadyTaken')
    expect((await t.refused(service.assignTicket, { ticket_id, assignee_id: eve }, amy)).code).toBe('platform.notPermitted')
    await t.run(service.assignTicket, { ticket_id, assignee_id: eve, note: '上门' })
    expect((await t.ask(service.listTickets, { show: 'mine' }, eve)).rows.map((r) => [r.party_name, r.state])).toEqual([['甲茶庄', 'working']])
    await t.run(service.assignTicket, { ticket_id, assignee_id: null })
    expect((await t.ask(service.listTickets, {}, eve)).total).toBe(0)
    expect((await t.ask(service.listTickets, { show: 'unassigned' }, amy)).total).toBe(1)
    expect((await t.refused(service.assignTicket, { ticket_id, assignee_id: unknownId })).code).toBe('service.cannotWork')
  })

  test('comes from a document, leads to it and back; only documents of its customer', async () => {
    const { t, amy, eve, party_id, item_id, class_id } = await shop()
    const sold = await t.run(sales.deliverDirect, { party_id, lines: [{ item_id, quantity_e6: 1_000_000, price_e4: 880_000 }] })
    const other = await t.run(parties.createParty, { name: '乙茶庄', assigned_to: amy })
    const source = { source_kind: 'sales.invoice', source_id: sold.invoice_id! } as const
    expect((await t.refused(service.createTicket, { class_id, source, party_id: other.party_id, subject: 'x' }, amy)).code).toBe('service.otherCustomer')
    expect((await t.refused(service.createTicket, { class_id, source: { ...source, source_id: unknownId }, subject: 'x' }, amy)).code).toBe('service.documentNotFound')
    const { ticket_id } = await t.run(service.createTicket, { class_id, source, subject: '少配件' }, amy)
    expect(await t.ask(service.getTicket, { ticket_id }, amy)).toMatchObject({ party_id, documents: [{ kind: 'invoice', source_id: sold.invoice_id, is_own: 1 }] })
    expect((await t.ask(service.ticketsOfDocument, source, amy)).rows.map((r) => r.ticket_id)).toEqual([ticket_id])
    expect((await t.refused(service.linkDocument, { ticket_id, ...source }, amy)).code).toBe('service.alreadyLinked')
    const second = await t.run(service.createTicket, { class_id, party_id: other.party_id, subject: 'y' }, amy)
    expect((await t.refused(service.linkDocument, { ticket_id: second.ticket_id, ...source }, amy)).code).toBe('service.otherCustomer')
    await t.run(service.unlinkDocument, { ticket_id, ...source }, amy)
    expect((await t.refused(service.unlinkDocument, { ticket_id, ...source }, amy)).code).toBe('service.notLinked')
    expect((await t.ask(service.ticketsOfDocument, source, amy)).rows).toEqual([])
    expect((await t.refused(service.createTicket, { class_id: unknownId, party_id, subject: 'x' }, amy)).code).toBe('service.classNotFound')
    // Who may not read sales sees the ticket given to them without its documents.
    await t.run(service.linkDocument, { ticket_id, ...source }, amy)
    const { rows } = await t.ask(platform.listRoles, {})
    const role = rows.find((r) => r.code === 'warehouse')!
    await t.run(platform.setGrants, { role_id: role.role_id, grants: role.grants.filter((g) => g.permission !== 'sales.read') })
    await t.run(service.assignTicket, { ticket_id, assignee_id: eve })
    expect((await t.ask(service.getTicket, { ticket_id }, eve)).documents).toEqual([])
  })

  test('told twice lives on in one: all that hangs on the first is seen with the second', async () => {
    const { t, amy, party_id, class_id } = await shop()
    const make = async (subject: string, party = party_id) => (await t.run(service.createTicket, { class_id, party_id: party, subject }, amy)).ticket_id
    const [a, b, c] = [await make('不加热'), await make('还是不加热'), await make('加热器')]
    const other = await t.run(parties.createParty, { name: '乙茶庄', assigned_to: amy })
    expect((await t.refused(service.mergeTickets, { ticket_id: a, into_id: await make('x', other.party_id) }, amy)).code).toBe('service.otherCustomer')
    expect((await t.refused(service.mergeTickets, { ticket_id: a, into_id: a }, amy)).code).toBe('service.mergeWithItself')
    await t.run(service.answerTicket, { ticket_id: a, text: '等零件', waits: 1 }, amy)
    await t.run(service.logLabour, { ticket_id: a, minutes: 30 }, amy)
    await t.run(service.mergeTickets, { ticket_id: a, into_id: b }, amy)
    expect((await t.refused(service.noteTicket, { ticket_id: unknownId, text: 'x' }, amy)).code).toBe('service.ticketNotFound')
    expect((await t.refused(service.mergeTickets, { ticket_id: c, into_id: a }, amy)).code).toBe('service.ticketStateForbids')
    await t.run(service.mergeTickets, { ticket_id: b, into_id: c }, amy)
    // Both lead to the last.
    for (const ticket_id of [a, b]) expect(await t.ask(service.getTicket, { ticket_id }, amy)).toMatchObject({ state: 'merged', merged_into: { ticket_id: c } })
    const whole = await t.ask(service.getTicket, { ticket_id: c }, amy)
    expect(whole.merged.map((m) => m.ticket_id)).toEqual([a, b])
    expect(whole.steps.filter((s) => s.kind === 'answer').map((s) => [s.number, s.text])).toEqual([['TK2026-00001', '等零件']])
    expect(await t.ask(service.ticketEffort, { ticket_id: c }, amy)).toMatchObject({ minutes: 30, labour_minor: null })
    expect((await t.ask(service.listTickets, {}, amy)).rows.map((r) => r.ticket_id)).not.toContain(a)
  })

  test('goes along when its customer is merged, and back when they are parted', async () => {
    const { t, amy, party_id, class_id } = await shop()
    const twin = (await t.run(parties.createParty, { name: '甲茶庄（老店）', assigned_to: amy, accept_duplicate: 1 })).party_id
    const make = async (party: string) => (await t.run(service.createTicket, { class_id, party_id: party, subject: '漏水' }, amy)).ticket_id
    const [own, theirs, third] = [await make(party_id), await make(twin), await make(twin)]
    const { merge_id } = await t.run(parties.mergeParties, { winner_id: party_id, loser_id: twin })
    for (const of of [party_id, twin]) expect((await t.ask(service.listTickets, { party_id: of }, amy)).total).toBe(3)
    const later = await make(twin)
    await t.run(service.mergeTickets, { ticket_id: theirs, into_id: own }, amy)
    await t.run(parties.partParties, { merge_id })
    const of = async (ticket_id: string) => (await t.ask(service.getTicket, { ticket_id })).party_id
    expect([await of(own), await of(theirs), await of(third), await of(later)]).toEqual([party_id, party_id, twin, party_id])
  })

  test('finds how others like it were solved, while it is being written', async () => {
    const { t, amy, party_id, item_id, class_id } = await shop()
    const make = async (subject: string, more: object = {}) => (await t.run(service.createTicket, { class_id, party_id, subject, ...more }, amy)).ticket_id
    const solved = await make('电茶炉不加热，指示灯亮', { item_id })
    await t.run(service.solveTicket, { ticket_id: solved, solution: '发热管坏了，换发热管' }, amy)
    const same = await make('通电以后茶炉不加热')
    await make('包装破损要求补发')
    await make('发票抬头开错了')
    const { rows } = await t.ask(service.similarTickets, { text: '客户说茶炉不加热', item_id }, amy)
    expect(rows.map((r) => r.ticket_id)).toEqual([solved, same])
    expect(rows[0]).toMatchObject({ solution: '发热管坏了，换发热管', number: 'TK2026-00001' })
    expect(rows[0]!.likeness_e8).toBeGreaterThan(rows[1]!.likeness_e8)
    expect((await t.ask(service.similarTickets, { text: '客户说茶炉不加热', except_id: solved }, amy)).rows.map((r) => r.ticket_id)).toEqual([same])
    expect((await t.ask(service.similarTickets, { text: '你' }, amy)).rows).toEqual([])
    // Solutions are searched too; colleagues' customers are not.
    expect((await t.ask(service.similarTickets, { text: '换发热管' }, amy)).rows.map((r) => r.ticket_id)).toEqual([solved])
    const bob = await addUser(t, { login: 'bob', role: 'sales' })
    expect((await t.ask(service.similarTickets, { text: '换发热管' }, bob)).rows).toEqual([])
    expect((await t.ask(platform.searchAll, { text: '不加热', kinds: ['ticket'] }, amy)).rows.map((r) => r.ref_id).toSorted()).toEqual([solved, same].toSorted())
    expect((await t.ask(platform.searchAll, { text: '不加热', kinds: ['ticket'] }, bob)).rows).toEqual([])
  })

  test('is seen with its customer, and lists find it by customer, number and text', async () => {
    const { t, amy, party_id, item_id, class_id, classes } = await shop()
    const bob = await addUser(t, { login: 'bob', role: 'sales' })
    const { ticket_id } = await t.run(service.createTicket, { class_id, party_id, item_id, subject: '不加热' }, amy)
    for (const input of [{ text: '甲茶' }, { text: 'tk2026-00001' }, { text: '加热' }, { kind: 'service' }, { class_id }, { party_id }, { item_id }, { sort: 'priority' }, { sort: 'created_at' }, { show: 'all' }] as const) {
      expect((await t.ask(service.listTickets, input, amy)).rows.map((r) => r.ticket_id), JSON.stringify(input)).toEqual([ticket_id])
      expect((await t.ask(service.listTickets, input, bob)).rows, JSON.stringify(input)).toEqual([])
    }
    for (const input of [{ text: '乙' }, { kind: 'complaint' }, { class_id: classes[0]!.class_id }, { show: 'waiting' }, { assignee_id: amy }] as const) expect((await t.ask(service.listTickets, input, amy)).total).toBe(0)
    expect((await t.refused(service.getTicket, { ticket_id }, bob)).code).toBe('service.ticketNotFound')
    expect((await t.refused(service.createTicket, { class_id, party_id, subject: 'x' }, bob)).code).toBe('parties.partyNotFound')
  })
})
