import { expect, test } from 'vitest'
import { step } from '../../../db/schema/service.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { setSetting } from '../../../src-main/modules/platform/contract.ts'
import * as service from '../../../src-main/modules/service/contract.ts'
import { furnish } from '../../support/furnish.ts'
import { testOffice } from '../../support/office.ts'
import { seesPlanted } from '../../support/planted.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

test('classes are arranged, the last one stays, and templates know their fields', async () => {
  const t = await testOffice()
  const { customers } = await furnish(t)
  const { rows } = await t.ask(service.listClasses, {})
  expect(rows.map((r) => r.name_zh)).toEqual(['产品质量', '发货与物流', '服务态度', '维修', '安装与使用', '咨询'])
  const { class_id } = await t.run(service.createClass, { name_en: 'Spare parts', kind: 'service', priority: 3, rule: 'round_robin' })
  expect((await t.refused(service.createClass, { name_zh: 'x', kind: 'service', team_id: unknownId })).code).toBe('service.teamNotFound')
  expect((await t.refused(service.updateClass, { class_id: unknownId, name_zh: 'x', kind: 'service', is_active: 1 })).code).toBe('service.classNotFound')
  for (const row of rows) await t.run(service.updateClass, { class_id: row.class_id, name_zh: row.name_zh, kind: row.kind, is_active: 0 })
  expect((await t.refused(service.updateClass, { class_id, name_en: 'Spare parts', kind: 'service', is_active: 0 })).code).toBe('service.classNeeded')
  expect((await t.refused(service.createTicket, { class_id: rows[0]!.class_id, party_id: customers[0]!, subject: 'x' })).code).toBe('service.classNotFound')

  const { item_id } = await t.run(createItem, { name: '茶炉', kind: 'service', base_unit: '台' })
  const { ticket_id } = await t.run(service.createTicket, { class_id, party_id: customers[0]!, item_id, subject: '不加热', contact_name: '陈姐' })
  const refused = await t.refused(service.createTemplate, { name: '收到', text: '{{custmer}} 您好' })
  expect(refused).toMatchObject({ code: 'service.fieldUnknown', details: { field: 'custmer' } })
  expect((await t.refused(service.createTemplate, { name: '收到', text: 'x', class_id: unknownId })).code).toBe('service.classNotFound')
  const { template_id } = await t.run(service.createTemplate, { name: '收到', class_id, text: '{{联系人}}您好，{{customer}}的{{item}}（{{number}} {{subject}}）{{engineer}}将在 {{due}} 前处理。{{company}}' })
  // A copied company's clock goes a minute ahead.
  expect((await t.ask(service.filledTemplate, { ticket_id, template_id })).text).toMatch(/^陈姐您好，华美贸易的茶炉（TK2026-00001 不加热）老板将在 2026-01-22 09:0\d 前处理。测试商行$/)
  expect((await t.refused(service.filledTemplate, { ticket_id, template_id: unknownId })).code).toBe('service.templateNotFound')
  expect((await t.refused(service.updateTemplate, { template_id: unknownId, name: 'x', text: 'x', is_active: 1 })).code).toBe('service.templateNotFound')
  expect((await t.refused(service.updateTemplate, { template_id, name: 'x', text: '{{x}}', is_active: 1 })).code).toBe('service.fieldUnknown')
  await t.run(service.updateTemplate, { template_id, name: '收到了', text: '好', is_active: 0 })
  expect((await t.ask(service.listTemplates, {})).rows).toMatchObject([{ name: '收到了', is_active: 0, class_id: null }])
})

test('working hours are settings that are checked', async () => {
  const t = await testOffice()
  const invalid = async (key: string, value: unknown) => expect(await t.answer(setSetting, { key, value }), key).toMatchObject({ ok: false })
  await invalid('service.work_weekdays', '0,8')
  await invalid('service.work_from', '25:00')
  await invalid('service.holidays', '2026-02-30')
  await invalid('service.time_zone', 'Mars/Olympus')
  await t.run(setSetting, { key: 'service.holidays', value: '2026-01-16, 2026-01-19' })
  await t.run(setSetting, { key: 'service.extra_work', value: '2026-01-17' })
  const { customers } = await furnish(t)
  const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
  const { ticket_id } = await t.run(service.createTicket, { class_id, party_id: customers[0]!, subject: 'x', priority: 1 })
  const { resolve_due_at } = await t.ask(service.getTicket, { ticket_id })
  // A whole working day after 9:00 and some seconds of Thursday the 15th: a moment into the Saturday that is worked.
  expect(new Date(resolve_due_at).toISOString().slice(0, 15)).toBe('2026-01-17T01:0')
})

test('what customers would have better is gathered from tickets and decided', async () => {
  const t = await testOffice()
  const { customers, items } = await furnish(t)
  const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
  const make = async (party_id: string) => (await t.run(service.createTicket, { class_id, party_id, item_id: items[0]!, subject: '瓶盖难开' })).ticket_id
  const [a, b] = [await make(customers[0]!), await make(customers[1]!)]
  const { feedback_id, number } = await t.run(service.createFeedback, { title: '换易开瓶盖', ticket_id: a })
  expect(number).toBe('FB00001')
  await t.run(service.joinFeedback, { feedback_id, ticket_id: b })
  expect((await t.refused(service.joinFeedback, { feedback_id, ticket_id: b })).code).toBe('service.alreadyJoined')
  expect((await t.refused(service.joinFeedback, { feedback_id: unknownId, ticket_id: b })).code).toBe('service.feedbackNotFound')
  expect((await t.refused(service.createFeedback, { title: 'x', item_id: unknownId })).code).toBe('catalog.itemNotFound')
  await t.run(service.createFeedback, { title: '大瓶装', priority: 3 })
  expect((await t.ask(service.listFeedback, {})).rows.map((r) => [r.title, r.ticket_count, r.item_name])).toEqual([['换易开瓶盖', 2, '矿泉水'], ['大瓶装', 0, null]])
  for (const input of [{ text: '矿泉' }, { text: '瓶盖' }, { item_id: items[0]! }] as const) expect((await t.ask(service.listFeedback, input)).total, JSON.stringify(input)).toBe(1)
  await t.run(service.updateFeedback, { feedback_id, title: '换拉环瓶盖', item_id: items[0]!, priority: 1 })
  await t.run(service.decideFeedback, { feedback_id, state: 'planned', outcome: '三月试产' })
  expect((await t.refused(service.decideFeedback, { feedback_id, state: 'planned' })).code).toBe('service.feedbackStateForbids')
  await t.run(service.decideFeedback, { feedback_id, state: 'done', outcome: '已换' })
  expect(await t.ask(service.getFeedback, { feedback_id })).toMatchObject({ state: 'done', outcome: '已换', decided_on: '2026-01-15', tickets: [{ ticket_id: b }, { ticket_id: a }] })
  expect((await t.ask(service.listFeedback, {})).total).toBe(1)
  expect((await t.ask(service.getTicket, { ticket_id: a })).feedback).toMatchObject([{ number: 'FB00001' }])
  expect((await t.refused(service.getFeedback, { feedback_id: unknownId })).code).toBe('service.feedbackNotFound')
})

test('every invariant of service sees its violation', async () => {
  const t = await testOffice()
  const { customers, items } = await furnish(t)
  const class_id = (await t.ask(service.listClasses, {})).rows[0]!.class_id
  const make = async (party_id = customers[0]!) => (await t.run(service.createTicket, { class_id, party_id, subject: '坏了' })).ticket_id
  const [open, solved, loser, other] = [await make(), await make(), await make(), await make(customers[1]!)]
  await t.run(service.solveTicket, { ticket_id: solved, solution: '好了' })
  await t.run(service.mergeTickets, { ticket_id: loser, into_id: open })
  const { parts_id } = await t.run(service.useParts, { ticket_id: open, lines: [{ item_id: items[0]!, quantity_e6: 1_000_000 }] })
  const back = await t.run(service.returnParts, { parts_id, reason: 'x' })
  const third = await make(customers[2]!)
  const invoice = (await t.office.engine.read((db) => db.get<{ id: string }>(`select id from sales_invoice where party_id = ?`, [customers[2]!])))!
  const { refund_id } = await t.run(service.askRefund, { ticket_id: third, invoice_id: invoice.id, reason: 'x', lines: [{ invoice_line_no: 1, amount_minor: 1 }] })
  const { feedback_id } = await t.run(service.createFeedback, { title: 'x' })
  const set = (column: string, id: string): [string, string[]] => [`update service_ticket set ${column} where id = ?`, [id]]
  const planted: Record<string, [string, string[]][]> = {
    'service: a ticket stands where its last step left it': [set(`state = 'working'`, open)],
    'service: who has a ticket is who got it last': [set('assignee_id = created_by', open)],
    'service: the clock stands while a ticket waits, and only then': [set('waiting_since = 1', open)],
    'service: what is solved or closed was answered and ended, and what is open was not': [set('resolved_at = null', solved)],
    'service: a solution was found where one is said to be': [set('solution = null', solved)],
    'service: only who was served says how they liked it': [set('score = 3', open)],
    'service: a merged ticket lives on in one of the same customer that is not merged itself': [[`update service_ticket set merged_into_id = ? where id = ?`, [other, loser]]],
    'service: escalated means to somebody at some time': [set('escalated_to_id = created_by', open)],
    'service: every ticket can be found under its subject and number, and nothing else': [[`update platform_search_doc set title = 'x' where kind = 'ticket' and ref_id = ?`, [open]]],
    'service: what leads from a ticket to a document leads to one that is there': [[`insert into service_document (ticket_id, source_kind, source_id) values (?, 'sales.order', ?)`, [open, customers[0]!]]],
    'service: parts moved in stock as they are written down, line by line': [[`insert into service_parts_line (parts_id, line_no, item_id, unit, quantity_e6, base_quantity_e6) values (?, 2, ?, 'x', 1, 1)`, [parts_id, items[0]!]]],
    'service: parts that came back are those that were used': [
      [`insert into service_parts (id, number, kind, day, reverses_id, ticket_id, warehouse_id, engineer_id, created_by, created_at) select ?, 'x', 'reversal', day, ?, ticket_id, warehouse_id, engineer_id, created_by, created_at from service_parts where id = ?`, [other, back.parts_id, back.parts_id]],
    ],
    'service: a refund says of which lines': [
      [`insert into service_refund (id, ticket_id, invoice_id, state, reason, asked_by, asked_at) select ?, ticket_id, invoice_id, state, reason, asked_by, asked_at from service_refund where id = ?`, [other, refund_id]],
    ],
    'service: feedback that is planned, done or declined was decided by somebody on a day': [[`update service_feedback set state = 'done' where id = ?`, [feedback_id]]],
  }
  // Guards of the database: what happened stays, past the program too.
  await t.run(service.declineRefund, { refund_id, reason: 'no' })
  for (const [sql, code] of [
    ['delete from service_ticket', 'service.ticketIsPermanent'], ['delete from service_step', 'service.ticketIsPermanent'], [`update service_step set text = 'x'`, 'service.ticketIsPermanent'],
    ['delete from service_parts', 'service.partsArePermanent'], ['update service_parts_line set quantity_e6 = 1', 'service.partsArePermanent'],
    ['delete from service_refund', 'service.refundIsPermanent'], [`update service_refund set reason = 'x'`, 'service.refundIsPermanent'], ['delete from service_refund_line', 'service.refundIsPermanent'],
  ] as const) await expect(t.office.engine.write((db) => db.run(step, sql)), sql).rejects.toThrow(code)
  planted['service: a posted refund has its credit note on the same invoice, and one that is not posted has none'] = [[`insert into service_refund (id, ticket_id, invoice_id, state, reason, asked_by, asked_at, decided_by, decided_at) select ?, ticket_id, invoice_id, 'posted', reason, asked_by, asked_at, asked_by, 1 from service_refund where id = ?`, [other, refund_id]]]
  const names = t.office.registry.invariants.map((i) => i.name).filter((name) => name.startsWith('service:'))
  expect(Object.keys(planted).sort()).toEqual(names.sort())
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant }), invariant).toBe(true)
})
