import * as service from '../../../src-main/modules/service/contract.ts'
import { anyItem, customer, E6, inStock, move, often, type Move, type Walk } from './walk.ts'

type Id = { id: string }
type Row = Id & { party_id: string; class_id: string; subject: string }
const ticketIn = (w: Walk, ...states: string[]) => w.pick<Row>(`select id, party_id, class_id, subject from service_ticket where state in (${states.map((s) => `'${s}'`).join(', ')}) order by id desc`)
const openTicket = (w: Walk) => ticketIn(w, 'new', 'working', 'waiting')
const classIn = async (w: Walk) => (await w.pick<Id>('select id from service_class where is_active = 1 order by id'))!.id
const colleague = async (w: Walk) => (await w.pick<Id>('select id from platform_user where is_active = 1 order by id desc'))!.id
const feedbackIn = (w: Walk, ...states: string[]) => w.pick<Id>(`select id from service_feedback where state in (${states.map((s) => `'${s}'`).join(', ')}) order by id desc`)
const names = (w: Walk) => ({ name_zh: w.fresh('分类'), kind: w.one(service.ticketKinds), rule: w.one(service.dealRules), priority: w.one([1, 2, 3] as const) })

const onTicket = <C extends Move['contract']>(contract: C, find: (w: Walk) => Promise<Row | undefined>, more: (w: Walk, row: Row) => Promise<object | undefined> = async () => ({})): Move => ({
  contract,
  make: async (w) => {
    const row = await find(w)
    const rest = row && (await more(w, row))
    return row && rest && { ticket_id: row.id, ...rest }
  },
})

type Source = { source_kind: (typeof service.sourceKinds)[number]; source_id: string }
/** A document of a customer, or of this one. */
async function documentOf(w: Walk, party_id?: string): Promise<Source | undefined> {
  const [source_kind, table] = w.one([['sales.order', 'sales_order'], ['sales.delivery', 'sales_delivery'], ['sales.invoice', 'sales_invoice'], ['accounting.payment', 'accounting_payment']] as const)
  const row = await w.pick<Id>(`select id from ${table} ${party_id === undefined ? '' : 'where party_id = ?'} order by id desc`, party_id === undefined ? [] : [party_id])
  return row && { source_kind, source_id: row.id }
}

export const serviceMoves: readonly Move[] = [
  often(4, move(service.createTicket, async (w) => {
    const source = w.chance(4) ? await documentOf(w) : undefined
    return {
      class_id: await classIn(w),
      subject: w.fresh(w.one(['不加热 ', '漏水 ', '少配件 ', 'Broken '])),
      item_id: w.chance(2) ? await anyItem(w) : null,
      ...(source ? { source } : { party_id: await customer(w) }),
      ...(w.chance(4) ? { assignee_id: w.chance(3) ? null : await colleague(w) } : {}),
    }
  })),
  onTicket(service.updateTicket, openTicket, async (w, row) => ({ class_id: row.class_id, subject: row.subject, priority: w.one([1, 2, 3]) })),
  onTicket(service.assignTicket, openTicket, async (w) => ({ assignee_id: w.chance(4) ? null : await colleague(w) })),
  onTicket(service.takeTicket, (w) => w.pick<Row>(`select id, party_id, class_id, subject from service_ticket where assignee_id is null and state in ('new', 'working', 'waiting') order by id desc`)),
  often(2, onTicket(service.answerTicket, openTicket, async (w) => ({ text: w.fresh('答复 '), waits: w.chance(4) ? 0 : 1 }))),
  onTicket(service.noteTicket, (w) => ticketIn(w, 'new', 'working', 'waiting', 'solved', 'closed', 'merged'), async (w) => ({ text: w.fresh('备注 ') })),
  onTicket(service.resumeTicket, (w) => ticketIn(w, 'waiting')),
  onTicket(service.solveTicket, openTicket, async (w) => ({ solution: w.fresh('换了 ') })),
  onTicket(service.closeTicket, (w) => ticketIn(w, 'solved', 'working'), async (w) => ({ closing_reason: w.one(service.closingReasons), score: w.chance(2) ? null : 1 + w.roll(5), confirmed_by: w.chance(2) ? '陈姐' : null })),
  onTicket(service.rateTicket, (w) => ticketIn(w, 'solved', 'closed'), async (w) => ({ score: 1 + w.roll(5), score_text: w.chance(2) ? '好' : null })),
  onTicket(service.reopenTicket, (w) => ticketIn(w, 'solved', 'closed'), async () => ({ reason: 'again' })),
  onTicket(service.mergeTickets, (w) => ticketIn(w, 'new', 'working', 'waiting', 'solved'), async (w, row) => {
    const other = await w.pick<Id>(`select id from service_ticket where party_id = ? and id <> ? and state in ('new', 'working', 'waiting', 'solved') order by id desc`, [row.party_id, row.id])
    return other && { into_id: other.id }
  }),
  onTicket(service.linkDocument, openTicket, (w, row) => documentOf(w, row.party_id)),
  move(service.unlinkDocument, async (w) => w.pick<Source & { ticket_id: string }>('select ticket_id, source_kind, source_id from service_document order by ticket_id desc, source_kind, source_id')),
  move(service.escalateDue, async (w) => {
    w.t.pass(w.roll(600))
    return {}
  }),
  onTicket(service.useParts, openTicket, async (w) => {
    const item_id = await inStock(w)
    return item_id === undefined ? undefined : { lines: [{ item_id, quantity_e6: (1 + w.roll(3)) * E6 }] }
  }),
  move(service.returnParts, async (w) => {
    const row = await w.pick<Id>(`select p.id from service_parts p where p.kind = 'use' and not exists (select 1 from service_parts r where r.reverses_id = p.id) order by p.id desc`)
    return row && { parts_id: row.id, reason: 'not needed' }
  }),
  onTicket(service.logLabour, openTicket, async (w) => ({ minutes: 1 + w.roll(300) })),
  move(service.withdrawLabour, async (w) => {
    const row = await w.pick<Id>('select id from service_labour where is_withdrawn = 0 order by id desc')
    return row && { labour_id: row.id }
  }),
  often(3, onTicket(service.askRefund, openTicket, async (w, row) => {
    const line = await w.pick<{ invoice_id: string; line_no: number; gross_minor: number }>(
      `select l.invoice_id, l.line_no, l.gross_minor from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id where i.kind = 'invoice' and i.party_id = ? and l.gross_minor > 10 order by i.id desc, l.line_no`,
      [row.party_id],
    )
    return line && { invoice_id: line.invoice_id, reason: 'broken', lines: [{ invoice_line_no: line.line_no, amount_minor: 1 + w.roll(Math.max(1, Math.floor(line.gross_minor / 4))) }] }
  })),
  move(service.postRefund, async (w) => {
    const row = await w.pick<Id>(`select id from service_refund where state = 'asked' order by id desc`)
    return row && { refund_id: row.id, method: w.chance(2) ? 'cash' : null }
  }),
  move(service.declineRefund, async (w) => {
    const row = await w.pick<Id>(`select id from service_refund where state = 'asked' order by id desc`)
    return row && { refund_id: row.id, reason: 'no' }
  }),
  move(service.createClass, async (w) => names(w)),
  move(service.updateClass, async (w) => ({ class_id: await classIn(w), ...names(w), is_active: w.chance(8) ? (0 as const) : (1 as const) })),
  move(service.createTemplate, async (w) => ({ name: w.fresh('模板'), text: w.chance(4) ? '{{nobody}}' : '{{customer}} {{number}}' })),
  move(service.updateTemplate, async (w) => {
    const row = await w.pick<Id>('select id from service_template order by id desc')
    return row && { template_id: row.id, name: w.fresh('模板'), text: '{{contact}}', is_active: 1 as const }
  }),
  move(service.createFeedback, async (w) => {
    const ticket = w.chance(2) ? await openTicket(w) : undefined
    return { title: w.fresh('改进'), item_id: w.chance(2) ? await anyItem(w) : null, ...(ticket ? { ticket_id: ticket.id } : {}) }
  }),
  move(service.updateFeedback, async (w) => {
    const row = await feedbackIn(w, 'open', 'planned', 'done', 'declined')
    return row && { feedback_id: row.id, title: w.fresh('改进') }
  }),
  move(service.joinFeedback, async (w) => {
    const [row, ticket] = [await feedbackIn(w, 'open', 'planned'), await openTicket(w)]
    return row && ticket && { feedback_id: row.id, ticket_id: ticket.id }
  }),
  move(service.decideFeedback, async (w) => {
    const row = await feedbackIn(w, 'open', 'planned', 'done', 'declined')
    return row && { feedback_id: row.id, state: w.one(service.feedbackStateNames), outcome: '好' }
  }),
]
