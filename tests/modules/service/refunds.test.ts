import { describe, expect, test } from 'vitest'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import * as inventory from '../../../src-main/modules/inventory/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const E6 = 1_000_000

async function shop() {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const eve = await addUser(t, { login: 'eve', role: 'warehouse' })
  const kim = await addUser(t, { login: 'kim', role: 'bookkeeper' })
  const { party_id } = await t.run(parties.createParty, { name: '甲茶庄', assigned_to: amy })
  const { item_id } = await t.run(createItem, { name: '发热管', kind: 'stocked', base_unit: '支', price_e4: 500_000, units: [{ name: '盒', numerator: 10, denominator: 1 }] })
  await t.run(inventory.postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 50 * E6, value_minor: 100_000 }] })
  const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
  const sold = await t.run(sales.deliverDirect, { party_id, lines: [{ item_id, quantity_e6: 4 * E6, price_e4: 500_000 }], payments: [{ method: 'cash', amount_minor: 20_000 }] })
  const source = { source_kind: 'sales.invoice', source_id: sold.invoice_id! } as const
  const { ticket_id, number } = await t.run(service.createTicket, { class_id, source, subject: '用了就坏' }, amy)
  return { t, amy, eve, kim, party_id, item_id, class_id, invoice_id: sold.invoice_id!, ticket_id, number }
}

describe('a refund', () => {
  test('is asked for at the ticket and posted with its credit note and money, and every link leads both ways', async () => {
    const { t, amy, kim, invoice_id, ticket_id, number } = await shop()
    const lines = [{ invoice_line_no: 1, amount_minor: 5_000 }]
    const { refund_id } = await t.run(service.askRefund, { ticket_id, invoice_id, reason: '一支坏了', lines }, amy)
    expect((await t.refused(service.askRefund, { ticket_id, invoice_id, reason: 'x', lines }, amy)).code).toBe('service.refundWaits')
    expect((await t.refused(service.closeTicket, { ticket_id, closing_reason: 'other' }, amy)).code).toBe('service.refundWaits')
    expect((await t.refused(service.postRefund, { refund_id, method: 'cash' }, amy)).code).toBe('platform.notPermitted')
    expect(await t.ask(service.ticketsWaiting, {}, kim)).toMatchObject({ refunds: 1 })
    const waiting = (await t.ask(service.listRefunds, {}, kim)).rows
    expect(waiting).toMatchObject([{ ticket_number: number, party_name: '甲茶庄', amount_minor: 5_000, paid_minor: 20_000, credited_minor: 0, invoice_gross_minor: 20_000, asked_name: 'amy', state: 'asked' }])
    const before = (await t.ask(accounting.trialBalance, { from: '2026-01-01', to: '2026-01-31' })).rows
    const cashOf = (rows: typeof before) => rows.find((r) => r.account_code === '1001')!.closing_debit_minor
    const posted = await t.run(service.postRefund, { refund_id, method: 'cash' }, kim)
    expect(await t.ask(sales.getInvoice, { invoice_id: posted.credit_note_id }, kim)).toMatchObject({ kind: 'credit_note', gross_minor: -5_000, open_minor: 0 })
    expect(cashOf((await t.ask(accounting.trialBalance, { from: '2026-01-01', to: '2026-01-31' })).rows)).toBe(cashOf(before) - 5_000)
    const ticket = await t.ask(service.getTicket, { ticket_id })
    expect(ticket.documents.map((d) => [d.kind, d.is_own])).toEqual([['invoice', 1], ['credit_note', 0], ['refund', 0], ['entry', 0]])
    for (const [source_kind, source_id] of [['sales.invoice', invoice_id], ['sales.invoice', posted.credit_note_id], ['accounting.payment', posted.payment_id!]] as const) {
      expect((await t.ask(service.ticketsOfDocument, { source_kind, source_id }, amy)).rows.map((r) => r.number)).toEqual([number])
    }
    expect(await t.ask(service.listRefunds, { show: 'posted', ticket_id }, amy)).toMatchObject({ total: 1, amount_minor: 5_000, rows: [{ credit_note_number: posted.credit_note_number, payment_number: posted.payment_number, credited_minor: 5_000 }] })
    for (const [contract, more] of [[service.postRefund, { method: null }], [service.declineRefund, { reason: 'x' }]] as const) {
      expect((await t.refused(contract, { refund_id, ...more }, kim)).code).toBe('service.refundStateForbids')
      expect((await t.refused(contract, { refund_id: unknownId, ...more }, kim)).code).toBe('service.refundNotFound')
    }
    // A second one, without money: it stands against what they owe next.
    const second = await t.run(service.askRefund, { ticket_id, invoice_id, reason: '再让一点', lines: [{ invoice_line_no: 1, amount_minor: 1_000 }] }, amy)
    expect(await t.run(service.postRefund, { refund_id: second.refund_id, method: null }, kim)).toMatchObject({ payment_id: null })
    await t.run(service.closeTicket, { ticket_id, closing_reason: 'refunded', solution: '退了一支', score: 3 }, amy)
  })

  test('is never more than is left of the invoice, of another customer, or posted by who may not', async () => {
    const { t, amy, kim, party_id, invoice_id, ticket_id, item_id } = await shop()
    const ask = (more: object) => t.refused(service.askRefund, { ticket_id, invoice_id, reason: 'x', lines: [{ invoice_line_no: 1, amount_minor: 1 }], ...more }, amy)
    expect((await ask({ lines: [{ invoice_line_no: 1, amount_minor: 20_001 }] })).code).toBe('sales.moreThanInvoiced')
    expect((await ask({ lines: [{ invoice_line_no: 1, amount_minor: 15_000 }, { invoice_line_no: 1, amount_minor: 15_000 }] })).code).toBe('sales.moreThanInvoiced')
    expect((await ask({ lines: [{ invoice_line_no: 9, amount_minor: 1 }] })).code).toBe('sales.lineUnknown')
    expect((await ask({ invoice_id: unknownId })).code).toBe('service.documentNotFound')
    const other = await t.run(parties.createParty, { name: '乙茶庄', assigned_to: amy })
    const theirs = await t.run(sales.deliverDirect, { party_id: other.party_id, lines: [{ item_id, quantity_e6: E6, price_e4: 500_000 }] })
    expect((await ask({ invoice_id: theirs.invoice_id })).code).toBe('service.otherCustomer')
    const credit = await t.run(sales.creditNote, { invoice_id, lines: [{ invoice_line_no: 1, amount_minor: 100 }] })
    expect((await ask({ invoice_id: credit.invoice_id })).code).toBe('sales.notAnInvoice')
    const { refund_id } = await t.run(service.askRefund, { ticket_id, invoice_id, reason: 'x', lines: [{ invoice_line_no: 1, amount_minor: 100 }] }, amy)
    const role = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'warehouse')!
    await t.run(platform.setGrants, { role_id: role.role_id, grants: [...role.grants, { permission: 'service.refund', scope: 'all' }] })
    const dan = await addUser(t, { login: 'dan', role: 'warehouse' })
    expect((await t.refused(service.postRefund, { refund_id, method: null }, dan)).code).toBe('service.creditNotPermitted')
    await t.run(service.declineRefund, { refund_id, reason: '人为损坏' }, kim)
    expect((await t.ask(service.listRefunds, { show: 'declined' }, kim)).rows).toMatchObject([{ decline_reason: '人为损坏', decided_name: 'kim', party_id }])
    // Without sales there is nothing to see of it.
    await t.run(platform.setGrants, { role_id: role.role_id, grants: role.grants.filter((g) => g.permission !== 'sales.read') })
    await t.run(service.assignTicket, { ticket_id, assignee_id: dan })
    expect(await t.ask(service.listRefunds, { show: 'all' }, dan)).toEqual({ rows: [], total: 0, amount_minor: 0 })
  })
})

describe('parts and labour', () => {
  test('leave stock at their cost against the costs of repairs, follow later corrections, and go back whole', async () => {
    const { t, amy, eve, item_id, ticket_id } = await shop()
    await t.run(service.assignTicket, { ticket_id, assignee_id: eve })
    const used = await t.run(service.useParts, { ticket_id, lines: [{ item_id, quantity_e6: 3 * E6 }], note: '上门' }, eve)
    expect(used.number).toBe('SP2026-00001')
    const repairs = async () => (await t.ask(accounting.trialBalance, { from: '2026-01-01', to: '2026-01-31' })).rows.find((r) => r.account_code === '560101')?.debit_minor ?? 0
    expect(await repairs()).toBe(6_000)
    await t.run(platform.setSetting, { key: 'service.hour_cost_minor', value: 4_000 })
    const { labour_id, cost_minor } = await t.run(service.logLabour, { ticket_id, minutes: 50 }, eve)
    expect(cost_minor).toBe(3_333)
    expect(await t.ask(service.ticketEffort, { ticket_id })).toMatchObject({ parts_minor: 6_000, labour_minor: 3_333, minutes: 50, parts: [{ engineer_name: 'eve', is_returned: 0, lines: [{ item_name: '发热管', unit: '支', quantity_e6: 3 * E6 }] }] })
    expect(await t.ask(service.ticketEffort, { ticket_id }, eve)).toMatchObject({ parts_minor: null, labour_minor: null, parts: [{ cost_minor: null }] })
    expect((await t.ask(service.getTicket, { ticket_id })).documents.map((d) => d.kind)).toEqual(['invoice', 'parts', 'entry'])
    for (const [lines, code] of [
      [[{ item_id, quantity_e6: 500 * E6 }], 'inventory.notEnoughStock'],
      [[{ item_id: unknownId, quantity_e6: E6 }], 'catalog.itemNotFound'],
      [[{ item_id, unit: '箱', quantity_e6: E6 }], 'catalog.unitUnknown'],
    ] as const) expect((await t.refused(service.useParts, { ticket_id, lines }, eve)).code).toBe(code)
    t.today = '2026-01-20'
    expect((await t.refused(service.returnParts, { parts_id: used.parts_id, day: '2026-01-10', reason: 'x' }, eve)).code).toBe('service.beforeParts')
    const back = await t.run(service.returnParts, { parts_id: used.parts_id, reason: '没用上' }, eve)
    expect(await repairs()).toBe(0)
    expect((await t.refused(service.returnParts, { parts_id: used.parts_id, reason: 'x' }, eve)).code).toBe('service.partsReturned')
    for (const parts_id of [back.parts_id, unknownId]) expect((await t.refused(service.returnParts, { parts_id, reason: 'x' }, eve)).code).toBe('service.partsNotFound')
    expect((await t.refused(service.logLabour, { ticket_id, minutes: 5, day: '2026-01-21' }, eve)).code).toBe('service.labourInFuture')
    await t.run(service.withdrawLabour, { labour_id }, eve)
    expect((await t.refused(service.withdrawLabour, { labour_id }, eve)).code).toBe('service.labourNotFound')
    expect(await t.ask(service.ticketEffort, { ticket_id })).toMatchObject({ parts_minor: 0, minutes: 0, parts: [{ is_returned: 1 }] })
    await t.run(service.closeTicket, { ticket_id, closing_reason: 'no_fault' }, amy)
    expect((await t.refused(service.useParts, { ticket_id, lines: [{ item_id, quantity_e6: E6 }] }, eve)).code).toBe('service.ticketStateForbids')
    expect((await t.refused(service.useParts, { ticket_id, engineer_id: unknownId, lines: [{ item_id, quantity_e6: E6 }] }, eve)).code).toBe('service.ticketStateForbids')
  })

  test('the report says how soon, how well and what it took, by whom, about what and when', async () => {
    const { t, amy, eve, kim, item_id, invoice_id, ticket_id } = await shop()
    await t.run(service.assignTicket, { ticket_id, assignee_id: eve })
    t.pass(30)
    await t.run(service.answerTicket, { ticket_id, text: '在看' }, eve)
    await t.run(service.useParts, { ticket_id, lines: [{ item_id, quantity_e6: E6 }] }, eve)
    await t.run(service.logLabour, { ticket_id, minutes: 45 }, eve)
    const { refund_id } = await t.run(service.askRefund, { ticket_id, invoice_id, reason: 'x', lines: [{ invoice_line_no: 1, amount_minor: 500 }] }, amy)
    await t.run(service.postRefund, { refund_id, method: 'cash' }, kim)
    t.pass(60)
    await t.run(service.closeTicket, { ticket_id, closing_reason: 'repaired', solution: '换了', score: 4 }, eve)
    const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
    const party_id = (await t.ask(service.getTicket, { ticket_id })).party_id
    await t.run(service.createTicket, { class_id, party_id, subject: '第二张', assignee_id: amy })
    t.pass(10_000)
    const span = { from: '2026-01-01', to: '2026-01-31' }
    const whole = { count: 2, open: 1, closed: 1, respond_minutes: 30, resolve_minutes: 90, respond_kept_e8: 50_000_000, resolve_kept_e8: 50_000_000, score_e2: 400, scored: 1, minutes: 45, cost_minor: 2_000, refunded_minor: 500 }
    const byEngineer = await t.ask(service.serviceReport, span)
    expect(byEngineer.whole).toMatchObject(whole)
    expect(byEngineer.rows.map((r) => [r.name_zh, r.count, r.score_e2])).toEqual(expect.arrayContaining([['eve', 1, 400], ['amy', 1, null]]))
    expect(byEngineer.reasons).toEqual([{ closing_reason: 'repaired', count: 1 }])
    for (const by of ['class', 'item', 'customer', 'month'] as const) expect((await t.ask(service.serviceReport, { by, ...span })).rows.reduce((n, r) => n + r.count, 0)).toBe(2)
    expect((await t.ask(service.serviceReport, { by: 'month', ...span })).rows.map((r) => r.name_zh)).toEqual(['2026-01'])
    expect((await t.ask(service.serviceReport, span, eve)).whole).toMatchObject({ count: 1, cost_minor: null })
    expect((await t.ask(service.serviceReport, { ...span, kind: 'service' })).whole.count + (await t.ask(service.serviceReport, { ...span, kind: 'complaint' })).whole.count).toBe(2)
    expect((await t.ask(service.serviceReport, { from: '2026-02-01', to: '2026-02-28' })).whole).toMatchObject({ count: 0, respond_minutes: null, respond_kept_e8: null, score_e2: null })
  })
})
