import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Tickets: complaints, and what is to be done after a sale.

export const ticketStateNames = ['new', 'working', 'waiting', 'solved', 'closed', 'merged'] as const
export type TicketState = (typeof ticketStateNames)[number]
/** `waiting` is for the customer, and the clock stands. What was solved or closed goes on when it was not. Merged ones live on in another. */
export const ticketStates: StateTable<TicketState> = {
  new: ['working', 'waiting', 'solved', 'closed', 'merged'],
  working: ['waiting', 'solved', 'closed', 'merged'],
  waiting: ['working', 'solved', 'closed', 'merged'],
  solved: ['working', 'closed', 'merged'],
  closed: ['working'],
  merged: [],
}

export const ticketKinds = ['complaint', 'service'] as const
export const stepKinds = ['open', 'dealt', 'assign', 'change', 'answer', 'note', 'wait', 'resume', 'solve', 'close', 'reopen', 'escalate', 'merge'] as const
/** Why a ticket was closed. `solved`, `repaired`, `replaced` and `refunded` ask for a solution in words. */
export const closingReasons = ['solved', 'repaired', 'replaced', 'refunded', 'no_fault', 'withdrawn', 'no_answer', 'other'] as const
export const solvedReasons: readonly (typeof closingReasons)[number][] = ['solved', 'repaired', 'replaced', 'refunded']

const state = z.enum(ticketStateNames)
const kind = z.enum(ticketKinds)
/** 1 high, 2 usual, 3 low. */
export const priority = z.union([z.literal(1), z.literal(2), z.literal(3)])
/** 1 very bad, 5 very good. */
const score = z.int().min(1).max(5)
const one = z.strictObject({ ticket_id: id() })
const ticketId = z.object({ ticket_id: id() })

export const sourceKinds = ['sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment'] as const
const source = z.strictObject({ source_kind: z.enum(sourceKinds), source_id: id() })

const ticketForm = {
  class_id: id(),
  subject: name(200),
  text: text(4000).nullable().default(null),
  contact_name: line(100).nullable().default(null),
  contact_phone: line(60).nullable().default(null),
  item_id: id().nullable().default(null),
}
const formRefusals = ['service.classNotFound', 'catalog.itemNotFound'] as const
const inHand = ['parties.personErased', 'service.ticketNotFound', 'service.ticketStateForbids'] as const

/** A new ticket of a customer, or of the customer of a document; its number, its clock and, by the rule of its class, who does it. */
export const createTicket = command({
  name: 'service.createTicket',
  permission: 'service.work',
  input: z
    .strictObject({
      ...ticketForm,
      /** Left out where a document says it. */
      party_id: id().optional(),
      source: source.optional(),
      /** Left out: as the class begins. */
      priority: priority.optional(),
      /** Left out: by the rule of the class; null: nobody yet. */
      assignee_id: id().nullable().optional(),
    })
    .refine((f) => f.party_id !== undefined || f.source !== undefined, { path: ['party_id'], message: 'a customer or a document' }),
  output: ticketId.extend({ number: z.string(), assignee_id: id().nullable() }),
  refusals: [...formRefusals, 'parties.partyNotFound', 'service.documentNotFound', 'service.otherCustomer', 'service.cannotWork'],
})

/** What it is about, and how urgent: another priority sets the clock anew from its beginning. */
export const updateTicket = command({
  name: 'service.updateTicket',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), ...ticketForm, priority }),
  output: ticketId,
  refusals: [...inHand, ...formRefusals],
})

/** To a colleague who may do tickets; null: back to nobody. */
export const assignTicket = command({
  name: 'service.assignTicket',
  permission: 'service.assign',
  input: z.strictObject({ ticket_id: id(), assignee_id: id().nullable(), note: line(500).nullable().default(null) }),
  output: ticketId,
  refusals: [...inHand, 'service.cannotWork'],
})

/** One of nobody's becomes one's own. */
export const takeTicket = command({ name: 'service.takeTicket', permission: 'service.work', input: one, output: ticketId, refusals: [...inHand, 'service.alreadyTaken'] })

/** What the customer was told: the first answer stops the response clock. */
export const answerTicket = command({
  name: 'service.answerTicket',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), text: text(4000).min(1), /** Then wait for the customer: the clock stands. */ waits: flag().default(0) }),
  output: ticketId,
  refusals: inHand,
})
/** A note among colleagues. */
export const noteTicket = command({
  name: 'service.noteTicket',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), text: text(4000).min(1) }),
  output: ticketId,
  refusals: ['service.ticketNotFound'],
})
/** The customer has answered: the clock goes on, later by what it stood. */
export const resumeTicket = command({ name: 'service.resumeTicket', permission: 'service.work', input: one, output: ticketId, refusals: inHand })
export const solveTicket = command({
  name: 'service.solveTicket', permission: 'service.work', input: z.strictObject({ ticket_id: id(), solution: text(4000).min(1) }), output: ticketId, refusals: inHand,
})

/** The end: why, who of the customer said that it is well, and how they liked it. */
export const closeTicket = command({
  name: 'service.closeTicket',
  permission: 'service.work',
  input: z.strictObject({
    ticket_id: id(),
    closing_reason: z.enum(closingReasons),
    /** Left out: what was said when it was solved. */
    solution: text(4000).nullable().default(null),
    confirmed_by: line(100).nullable().default(null),
    score: score.nullable().default(null),
    score_text: line(500).nullable().default(null),
  }),
  output: ticketId,
  refusals: [...inHand, 'service.solutionNeeded', 'service.refundWaits'],
})
/** The customer says afterwards how they liked it; the last word counts. */
export const rateTicket = command({
  name: 'service.rateTicket',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), score, score_text: line(500).nullable().default(null), confirmed_by: line(100).nullable().default(null) }),
  output: ticketId,
  refusals: inHand,
})
export const reopenTicket = command({
  name: 'service.reopenTicket', permission: 'service.work', input: z.strictObject({ ticket_id: id(), reason: name(500) }), output: ticketId, refusals: inHand,
})

/** The same thing twice: the first lives on in the second, with all that hangs on it. */
export const mergeTickets = command({
  name: 'service.mergeTickets',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), into_id: id() }),
  output: z.object({ ticket_id: id() }),
  refusals: [...inHand, 'service.mergeWithItself', 'service.otherCustomer'],
})

/** A document of the customer that the ticket is about, or that came of it. */
export const linkDocument = command({
  name: 'service.linkDocument',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), ...source.shape }),
  output: ticketId,
  refusals: [...inHand, 'service.documentNotFound', 'service.otherCustomer', 'service.alreadyLinked'],
})
export const unlinkDocument = command({
  name: 'service.unlinkDocument',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), ...source.shape }),
  output: ticketId,
  refusals: [...inHand, 'service.notLinked'],
})

/** Those whose clock has run out go to the manager, once each, by the clock of now. The program does it by itself too; the ticket's own steps say when. */
export const escalateDue = command({
  name: 'service.escalateDue', permission: 'service.assign', audit: 'none', input: z.strictObject({}), output: z.object({ count: z.int() }), refusals: [],
})

const ticketRow = z.object({
  ticket_id: id(),
  number: z.string(),
  class_id: id(),
  class_name_zh: z.string(),
  class_name_en: z.string(),
  kind,
  subject: z.string(),
  party_id: id(),
  party_name: z.string(),
  item_id: id().nullable(),
  item_name: z.string().nullable(),
  priority: z.int(),
  state,
  assignee_id: id().nullable(),
  assignee_name: z.string().nullable(),
  respond_due_at: instant(),
  resolve_due_at: instant(),
  responded_at: instant().nullable(),
  resolved_at: instant().nullable(),
  /** What its clock says next: the answer while there is none, then the solution. Null once it is solved, or while it waits. */
  due_at: instant().nullable(),
  /** The clock ran out: the answer, or the solution, is late or came late. */
  is_respond_late: flag(),
  is_resolve_late: flag(),
  /** Somebody still has to do something, and is late. */
  is_overdue: flag(),
  is_escalated: flag(),
  closing_reason: z.enum(closingReasons).nullable(),
  score: z.int().nullable(),
  created_on: day(),
  created_at: instant(),
})
const reads = ['service_ticket', 'service_class', 'parties_party', 'parties_assignment', 'catalog_item', 'platform_user'] as const

export const listTickets = query({
  name: 'service.tickets',
  permission: 'service.read',
  input: z.strictObject({
    text: line(100).default(''),
    show: z.enum(['open', 'mine', 'unassigned', 'overdue', 'escalated', 'waiting', 'solved', 'closed', 'all']).default('open'),
    kind: kind.optional(),
    class_id: id().optional(),
    party_id: id().optional(),
    item_id: id().optional(),
    assignee_id: id().optional(),
    sort: z.enum(['created_at', 'due_at', 'priority']).default('due_at'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({ rows: z.array(ticketRow), total: z.int() }),
  reads: [...reads, 'platform_search_doc'],
  scope: 'rows',
})

export const linkKinds = ['order', 'delivery', 'return', 'invoice', 'credit_note', 'reversal', 'receipt', 'refund', 'payment', 'parts', 'entry'] as const
const link = z.object({
  source_kind: z.enum([...sourceKinds, 'service.parts', 'accounting.entry']),
  source_id: id(),
  kind: z.enum(linkKinds),
  number: z.string().nullable(),
  day: day(),
  amount_minor: z.int().nullable(),
  /** 1: linked by hand, so that the link can be taken away. */
  is_own: flag(),
})

export const getTicket = query({
  name: 'service.ticket',
  permission: 'service.read',
  input: one,
  output: ticketRow.extend({
    text: z.string().nullable(),
    contact_name: z.string().nullable(),
    contact_phone: z.string().nullable(),
    waiting_since: instant().nullable(),
    solution: z.string().nullable(),
    closed_at: instant().nullable(),
    confirmed_by: z.string().nullable(),
    confirmed_at: instant().nullable(),
    score_text: z.string().nullable(),
    escalated_at: instant().nullable(),
    escalated_to_name: z.string().nullable(),
    created_name: z.string(),
    /** Working minutes it took, without what it waited for the customer; null while it is not done. */
    respond_minutes: z.int().nullable(),
    resolve_minutes: z.int().nullable(),
    merged_into: z.object({ ticket_id: id(), number: z.string() }).nullable(),
    merged: z.array(z.object({ ticket_id: id(), number: z.string(), subject: z.string() })),
    steps: z.array(z.object({
      ticket_id: id(),
      /** Of a ticket merged into this one: its number. */
      number: z.string().nullable(),
      seq: z.int(),
      kind: z.enum(stepKinds),
      state,
      assignee_name: z.string().nullable(),
      text: z.string().nullable(),
      at: instant(),
      by_name: z.string(),
    })),
    documents: z.array(link),
    feedback: z.array(z.object({ feedback_id: id(), number: z.string(), title: z.string() })),
  }),
  reads: [
    ...reads, 'service_step', 'service_document', 'service_parts', 'service_refund', 'service_feedback', 'service_feedback_ticket', 'sales_order', 'sales_delivery', 'sales_invoice', 'accounting_payment',
    'accounting_entry',
  ],
  refusals: ['service.ticketNotFound'],
  scope: 'rows',
})

/** Solved tickets like the one being written, the likest first: how they were solved. */
export const similarTickets = query({
  name: 'service.similar',
  permission: 'service.read',
  input: z.strictObject({
    text: line(500),
    item_id: id().nullable().default(null),
    class_id: id().nullable().default(null),
    party_id: id().nullable().default(null),
    except_id: id().optional(),
    limit: z.int().min(1).max(20).default(5),
  }),
  output: z.object({
    rows: z.array(z.object({
      ticket_id: id(),
      number: z.string(),
      subject: z.string(),
      party_name: z.string(),
      item_name: z.string().nullable(),
      state,
      solution: z.string().nullable(),
      closing_reason: z.enum(closingReasons).nullable(),
      score: z.int().nullable(),
      created_on: day(),
      /** How alike, 0 to 100 %. */
      likeness_e8: z.int(),
    })),
  }),
  reads: ['service_ticket', 'parties_assignment', 'catalog_item', 'platform_search_doc'],
  scope: 'rows',
})

/** The tickets that a document leads to; parts lead to the one they were used for. */
export const ticketsOfDocument = query({
  name: 'service.ticketsOfDocument',
  permission: 'service.read',
  input: z.strictObject({ source_kind: z.enum([...sourceKinds, 'service.parts']), source_id: id() }),
  output: z.object({ rows: z.array(z.object({ ticket_id: id(), number: z.string(), subject: z.string(), state, created_on: day() })) }),
  reads: ['service_ticket', 'service_document', 'service_refund', 'service_parts', 'parties_assignment'],
  scope: 'rows',
})

/** What waits for the reader, in numbers: for the tray. */
export const ticketsWaiting = query({
  name: 'service.waiting',
  permission: 'service.read',
  input: z.strictObject({}),
  output: z.object({
    /** One's own: open, not answered yet, late. */
    mine: z.int(),
    mine_new: z.int(),
    mine_overdue: z.int(),
    /** Late ones that came to oneself as manager, and are still open. */
    escalated: z.int(),
    /** Of nobody, and late ones of everybody one sees; null for who does not give out tickets. */
    unassigned: z.int().nullable(),
    overdue: z.int().nullable(),
    /** Refunds that wait for a decision; null for who posts none. */
    refunds: z.int().nullable(),
  }),
  reads: ['service_ticket', 'service_refund', 'parties_assignment'],
  scope: 'rows',
})
