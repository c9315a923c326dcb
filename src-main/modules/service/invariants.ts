import type { Invariant } from '../../kernel/operation.ts'

/** Truths about tickets; each query must return no rows. */
export const serviceInvariants: readonly Invariant[] = [
  {
    name: 'service: a ticket stands where its last step left it',
    sql: `select t.id, t.number from service_ticket t left join service_step s on s.ticket_id = t.id and s.seq = (select max(x.seq) from service_step x where x.ticket_id = t.id)
           where s.ticket_id is null or (t.state <> s.state and t.merged_into_id is null)`,
  },
  {
    name: 'service: who has a ticket is who got it last',
    sql: `select t.id, t.number from service_ticket t join service_step s on s.ticket_id = t.id and s.seq = (select max(x.seq) from service_step x where x.ticket_id = t.id and x.kind in ('open', 'dealt', 'assign'))
           where coalesce(t.assignee_id, '') <> coalesce(s.assignee_id, '')`,
  },
  {
    name: 'service: the clock stands while a ticket waits, and only then',
    sql: `select id, number from service_ticket where (state = 'waiting') <> (waiting_since is not null)`,
  },
  {
    name: 'service: what is solved or closed was answered and ended, and what is open was not',
    sql: `select id, number from service_ticket where (state in ('solved', 'closed') and (responded_at is null or resolved_at is null))
            or (state in ('new', 'working', 'waiting') and resolved_at is not null) or (state = 'new' and responded_at is not null)
            or (state = 'closed') <> (closed_at is not null) or (state = 'closed') <> (closing_reason is not null)`,
  },
  {
    name: 'service: a solution was found where one is said to be',
    sql: `select id, number from service_ticket where solution is null and (state = 'solved' or closing_reason in ('solved', 'repaired', 'replaced', 'refunded'))`,
  },
  {
    name: 'service: only who was served says how they liked it',
    sql: `select id, number from service_ticket where (state not in ('solved', 'closed', 'merged') and score is not null) or (score is null and score_text is not null) or (confirmed_by is null) <> (confirmed_at is null)`,
  },
  {
    name: 'service: a merged ticket lives on in one of the same customer that is not merged itself',
    sql: `select t.id, t.number from service_ticket t left join service_ticket w on w.id = t.merged_into_id
           where (t.state = 'merged') <> (t.merged_into_id is not null) or (t.merged_into_id is not null and (w.state = 'merged' or w.party_id <> t.party_id))`,
  },
  {
    name: 'service: escalated means to somebody at some time',
    sql: `select id, number from service_ticket where escalated_at is null and escalated_to_id is not null`,
  },
  {
    name: 'service: every ticket can be found under its subject and number, and nothing else',
    sql: `select t.id from service_ticket t left join platform_search_doc d on d.kind = 'ticket' and d.ref_id = t.id where d.doc is null or d.title <> t.subject
          union all select d.ref_id as id from platform_search_doc d left join service_ticket t on t.id = d.ref_id where d.kind = 'ticket' and t.id is null`,
  },
  {
    name: 'service: what leads from a ticket to a document leads to one that is there',
    sql: `select d.source_id from service_document d left join sales_order o on d.source_kind = 'sales.order' and o.id = d.source_id
            left join sales_delivery v on d.source_kind = 'sales.delivery' and v.id = d.source_id left join sales_invoice i on d.source_kind = 'sales.invoice' and i.id = d.source_id
            left join accounting_payment y on d.source_kind = 'accounting.payment' and y.id = d.source_id
           where coalesce(o.id, v.id, i.id, y.id) is null`,
  },
  {
    name: 'service: parts moved in stock as they are written down, line by line',
    sql: `select l.parts_id, l.line_no from service_parts_line l left join inventory_move m on m.source_kind = 'service.parts' and m.source_id = l.parts_id and m.source_line_no = l.line_no and m.kind <> 'adjustment'
           where m.seq is null or m.item_id <> l.item_id or m.quantity_e6 <> abs(l.base_quantity_e6) or (m.kind = 'out') <> (l.base_quantity_e6 > 0)
          union all select m.source_id as parts_id, m.source_line_no as line_no from inventory_move m left join service_parts_line l on l.parts_id = m.source_id and l.line_no = m.source_line_no
           where m.source_kind = 'service.parts' and m.kind <> 'adjustment' and l.parts_id is null`,
  },
  {
    name: 'service: parts that came back are those that were used',
    sql: `select r.id, r.number from service_parts r left join service_parts p on p.id = r.reverses_id
           where (r.kind = 'reversal') <> (r.reverses_id is not null) or (r.reverses_id is not null and (p.kind <> 'use' or p.ticket_id <> r.ticket_id or r.day < p.day))`,
  },
  {
    name: 'service: a posted refund has its credit note on the same invoice, and one that is not posted has none',
    sql: `select r.id from service_refund r left join sales_invoice c on c.id = r.credit_note_id
           where (r.state = 'posted') <> (c.id is not null) or (c.id is not null and (c.original_id <> r.invoice_id or c.kind <> 'credit_note'))
              or (r.state = 'asked') <> (r.decided_at is null) or (r.state = 'declined') <> (r.decline_reason is not null) or (r.payment_id is not null and r.state <> 'posted')`,
  },
  {
    name: 'service: a refund says of which lines',
    sql: `select r.id from service_refund r where not exists (select 1 from service_refund_line l where l.refund_id = r.id and l.amount_minor > 0)`,
  },
  {
    name: 'service: feedback that is planned, done or declined was decided by somebody on a day',
    sql: `select id, number from service_feedback where (state = 'open') <> (decided_on is null) or (decided_on is null) <> (decided_by is null)`,
  },
]
