import { check, foreignKey, index, integer, primaryKey, sqliteTable, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { item } from './catalog.ts'
import { count, day, e6, flag, id, instant, minor, oneOf, optional, ref, schema, txt } from './columns.ts'
import { posted } from './documents.ts'
import { warehouse } from './inventory.ts'
import { party } from './parties.ts'
import { team, user } from './platform.ts'
import { invoice } from './sales.ts'
import { LABEL, among, ofParties, ofPartiesOf, type PersonalRows } from '../../src-main/kernel/personal.ts'

const kinds = ['complaint', 'service']
const states = ['new', 'working', 'waiting', 'solved', 'closed', 'merged']

/** What tickets are about, as the company sorts them, and who gets the new ones. */
export const ticketClass = sqliteTable(
  'service_class',
  {
    id: id(),
    name_zh: txt(),
    name_en: txt(),
    kind: txt(),
    /** 1 high, 2 usual, 3 low: how a new ticket begins. */
    priority: integer().notNull(),
    rule: txt(),
    /** Among whom a new ticket is given out; empty: all who do tickets. */
    team_id: ref().references(() => team.id),
    is_active: flag(),
  },
  (t) => [
    check('class_kind', oneOf(t.kind, kinds)),
    check('class_rule', oneOf(t.rule, ['none', 'round_robin', 'least_load', 'owner'])),
    check('class_priority', sql`priority between 1 and 3`),
    index('class_team').on(t.team_id).where(sql`team_id is not null`),
  ],
)

/** A complaint, or something to be done after the sale. */
export const ticket = sqliteTable(
  'service_ticket',
  {
    id: id(),
    number: txt(),
    class_id: ref().notNull().references(() => ticketClass.id),
    subject: txt(),
    text: optional(),
    party_id: ref().notNull().references(() => party.id),
    contact_name: optional(),
    contact_phone: optional(),
    item_id: ref().references(() => item.id),
    priority: integer().notNull(),
    state: txt(),
    assignee_id: ref().references(() => user.id),
    /** Until when somebody has to answer, and to solve it, on the company's working hours. */
    respond_due_at: instant().notNull(),
    resolve_due_at: instant().notNull(),
    responded_at: instant(),
    resolved_at: instant(),
    /** Since when it waits for the customer: the clock stands. */
    waiting_since: instant(),
    /** Working minutes for which the clock stood so far. */
    waited_minutes: count(),
    solution: optional(),
    closing_reason: optional(),
    closed_at: instant(),
    /** Who of the customer said that it is well. */
    confirmed_by: optional(),
    confirmed_at: instant(),
    /** 1 to 5, and what they said. */
    score: integer(),
    score_text: optional(),
    escalated_at: instant(),
    escalated_to_id: ref().references(() => user.id),
    merged_into_id: ref(),
    created_by: ref().notNull().references(() => user.id),
    created_on: day().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.merged_into_id], foreignColumns: [t.id] }),
    check('ticket_state', oneOf(t.state, states)),
    check('ticket_priority', sql`priority between 1 and 3`),
    check('ticket_score', sql`score between 1 and 5`),
    uniqueIndex('ticket_number').on(t.number),
    index('ticket_party').on(t.party_id, t.created_at),
    index('ticket_item').on(t.item_id).where(sql`item_id is not null`),
    index('ticket_class').on(t.class_id, t.state),
    index('ticket_assignee').on(t.assignee_id, t.state),
    index('ticket_state').on(t.state, t.resolve_due_at),
    index('ticket_created').on(t.created_on, t.id),
    index('ticket_created_by').on(t.created_by),
    index('ticket_merged').on(t.merged_into_id).where(sql`merged_into_id is not null`),
    index('ticket_escalated').on(t.escalated_to_id).where(sql`escalated_to_id is not null`),
  ],
)

/** Everything that happened to a ticket, in order: what was done, said, noted. */
export const step = sqliteTable(
  'service_step',
  {
    ticket_id: ref().notNull().references(() => ticket.id),
    seq: count(),
    kind: txt(),
    state: txt(),
    /** Who has it from then on. */
    assignee_id: ref().references(() => user.id),
    text: optional(),
    at: instant().notNull(),
    by_id: ref().notNull().references(() => user.id),
  },
  (t) => [
    primaryKey({ columns: [t.ticket_id, t.seq] }),
    check('step_kind', oneOf(t.kind, ['open', 'dealt', 'assign', 'change', 'answer', 'note', 'wait', 'resume', 'solve', 'close', 'reopen', 'escalate', 'merge'])),
    index('step_by').on(t.by_id),
    index('step_assignee').on(t.assignee_id).where(sql`assignee_id is not null`),
  ],
)

/** The documents of sales and money that a ticket is about or that came of it: those modules do not know of it. */
export const ticketDocument = sqliteTable(
  'service_document',
  { ticket_id: ref().notNull().references(() => ticket.id), source_kind: txt(), source_id: txt() },
  (t) => [
    primaryKey({ columns: [t.ticket_id, t.source_kind, t.source_id] }),
    check('document_kind', oneOf(t.source_kind, ['sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment'])),
    index('document_source').on(t.source_kind, t.source_id),
  ],
)

/** Parts that went into a repair, out of stock at their cost; undone by another one. */
export const parts = sqliteTable(
  'service_parts',
  {
    ...posted,
    ticket_id: ref().notNull().references(() => ticket.id),
    warehouse_id: ref().notNull().references(() => warehouse.id),
    engineer_id: ref().notNull().references(() => user.id),
    note: optional(),
  },
  (t) => [
    foreignKey({ columns: [t.reverses_id], foreignColumns: [t.id] }),
    check('parts_kind', oneOf(t.kind, ['use', 'reversal'])),
    uniqueIndex('parts_number').on(t.number),
    index('parts_ticket').on(t.ticket_id),
    index('parts_warehouse').on(t.warehouse_id),
    index('parts_engineer').on(t.engineer_id),
    index('parts_entry').on(t.entry_id).where(sql`entry_id is not null`),
    uniqueIndex('parts_reverses').on(t.reverses_id).where(sql`reverses_id is not null`),
  ],
)

export const partsLine = sqliteTable(
  'service_parts_line',
  {
    parts_id: ref().notNull().references(() => parts.id),
    line_no: count(),
    item_id: ref().notNull().references(() => item.id),
    unit: txt(),
    quantity_e6: e6(),
    /** In the item's base unit; negative where a reversal takes the part back. */
    base_quantity_e6: e6(),
  },
  (t) => [primaryKey({ columns: [t.parts_id, t.line_no] }), index('parts_line_item').on(t.item_id)],
)

/** Time somebody spent on a ticket, at the cost of an hour as it was then. Wages are booked by payroll, not from here. */
export const labour = sqliteTable(
  'service_labour',
  {
    id: id(),
    ticket_id: ref().notNull().references(() => ticket.id),
    user_id: ref().notNull().references(() => user.id),
    day: day().notNull(),
    minutes: count(),
    cost_minor: minor(),
    note: optional(),
    is_withdrawn: flag(),
    created_by: ref().notNull(),
    created_at: instant().notNull(),
  },
  (t) => [check('labour_minutes', sql`minutes > 0`), index('labour_ticket').on(t.ticket_id), index('labour_user').on(t.user_id, t.day)],
)

/** Money that a customer is to get back: asked for at the ticket, posted by who keeps the money. */
export const refund = sqliteTable(
  'service_refund',
  {
    id: id(),
    ticket_id: ref().notNull().references(() => ticket.id),
    invoice_id: ref().notNull().references(() => invoice.id),
    state: txt(),
    reason: txt(),
    asked_by: ref().notNull().references(() => user.id),
    asked_at: instant().notNull(),
    decided_by: ref().references(() => user.id),
    decided_at: instant(),
    decline_reason: optional(),
    credit_note_id: ref().references(() => invoice.id),
    /** The money that went back with it; empty where the credit note stands against what is still owed. */
    payment_id: ref(),
  },
  (t) => [
    check('refund_state', oneOf(t.state, ['asked', 'posted', 'declined'])),
    index('refund_ticket').on(t.ticket_id),
    index('refund_invoice').on(t.invoice_id),
    index('refund_state').on(t.state, t.asked_at),
    index('refund_asked_by').on(t.asked_by),
    index('refund_decided_by').on(t.decided_by).where(sql`decided_by is not null`),
    uniqueIndex('refund_credit_note').on(t.credit_note_id).where(sql`credit_note_id is not null`),
    index('refund_credit_note_all').on(t.credit_note_id),
  ],
)

/** Which lines of the invoice, and how much of each. */
export const refundLine = sqliteTable(
  'service_refund_line',
  { refund_id: ref().notNull().references(() => refund.id), invoice_line_no: count(), amount_minor: minor() },
  (t) => [primaryKey({ columns: [t.refund_id, t.invoice_line_no] })],
)

/** An answer that is written often: its fields in braces are filled from the ticket. */
export const answerTemplate = sqliteTable(
  'service_template',
  { id: id(), name: txt(), class_id: ref().references(() => ticketClass.id), text: txt(), is_active: flag() },
  (t) => [index('template_class').on(t.class_id).where(sql`class_id is not null`)],
)

/** What customers would have better, for those who design and make it. */
export const feedback = sqliteTable(
  'service_feedback',
  {
    id: id(),
    number: txt(),
    item_id: ref().references(() => item.id),
    title: txt(),
    text: optional(),
    priority: integer().notNull(),
    state: txt(),
    /** What became of it, as they say who decided. */
    outcome: optional(),
    decided_by: ref().references(() => user.id),
    decided_on: day(),
    created_by: ref().notNull(),
    created_on: day().notNull(),
  },
  (t) => [
    check('feedback_state', oneOf(t.state, ['open', 'planned', 'done', 'declined'])),
    check('feedback_priority', sql`priority between 1 and 3`),
    uniqueIndex('feedback_number').on(t.number),
    index('feedback_item').on(t.item_id).where(sql`item_id is not null`),
    index('feedback_state').on(t.state, t.id),
    index('feedback_decided_by').on(t.decided_by).where(sql`decided_by is not null`),
  ],
)

/** The tickets that said the same. */
export const feedbackTicket = sqliteTable(
  'service_feedback_ticket',
  { feedback_id: ref().notNull().references(() => feedback.id), ticket_id: ref().notNull().references(() => ticket.id) },
  (t) => [primaryKey({ columns: [t.feedback_id, t.ticket_id] }), index('feedback_ticket_ticket').on(t.ticket_id)],
)

const ofTickets = ofPartiesOf({ column: 'r.ticket_id', table: 'service_ticket', party: 'x.party_id' })

/** Parts went out of stock and refunds out of the till: their papers stay. */
const personal: readonly PersonalRows[] = [
  { kind: 'service.step', table: step, of: ofTickets, becomes: { text: LABEL } },
  { kind: 'service.labour', table: labour, of: ofTickets, becomes: { note: null }, still: ['is_withdrawn'] },
  { kind: 'service.parts', table: parts, of: ofTickets, becomes: 'kept' },
  { kind: 'service.refund', table: refund, of: ofTickets, becomes: 'kept' },
  { kind: 'service.feedback', table: feedbackTicket, of: ofTickets, becomes: {} },
  {
    kind: 'service.feedback',
    table: feedback,
    of: {
      rows: (person) => {
        const of = among('t.party_id', person.party_ids)
        return { sql: `r.id in (select f.feedback_id from service_feedback_ticket f join service_ticket t on t.id = f.ticket_id where ${of.sql})`, params: of.params }
      },
      ids: 'select t.party_id from service_feedback_ticket f join service_ticket t on t.id = f.ticket_id where f.feedback_id = r.id',
    },
    becomes: { text: null },
  },
  {
    kind: 'service.ticket',
    table: ticket,
    of: ofParties('r.party_id'),
    becomes: { subject: LABEL, text: null, contact_name: null, contact_phone: null, solution: LABEL, confirmed_by: LABEL, score_text: null },
    still: ['state', 'assignee_id', 'score'],
  },
]

export const serviceSchema = schema({
  module: 'service',
  tables: [ticketClass, ticket, step, ticketDocument, parts, partsLine, labour, refund, refundLine, answerTemplate, feedback, feedbackTicket],
  guards: [
    { table: ticket, never: ['delete'], code: 'service.ticketIsPermanent' },
    { table: step, never: ['update', 'delete'], code: 'service.ticketIsPermanent', yieldsTo: 'erasure' },
    { table: parts, never: ['update', 'delete'], code: 'service.partsArePermanent' },
    { table: partsLine, never: ['update', 'delete'], code: 'service.partsArePermanent' },
    { table: refund, never: ['delete'], code: 'service.refundIsPermanent' },
    { table: refund, on: 'update', when: `old.state <> 'asked'`, code: 'service.refundIsPermanent' },
    { table: refundLine, never: ['update', 'delete'], code: 'service.refundIsPermanent' },
  ],
  unlogged: [step, ticketDocument, partsLine, refundLine, feedbackTicket],
  bornWithParent: [],
  reference: [],
  clustered: [step, ticketDocument, partsLine, refundLine, feedbackTicket],
  personal,
})
