import type { TimelinePart } from '../../kernel/operation.ts'
import type { PrintColumn, Printable } from '../../kernel/papers.ts'

const column = (key: string, width_mm: number, align: PrintColumn['align'] = 'right'): PrintColumn => ({ key, width_mm, align, use: 'sheets' })

/** Letters by post, and the addresses to stick on what they come in; and what winning customers cost. */
export const printables: readonly Printable[] = [
  { kind: 'marketing.letter', facts: [], columns: [], signatures: [], parts: ['logo', 'company', 'company_lines'], papers: ['a4', 'a5'] },
  { kind: 'marketing.address', facts: ['recipient', 'contact', 'address'], columns: [], signatures: [], parts: [], papers: ['sheet-70x37', 'sheet-63x38', 'sheet-99x38', 'label-100x70', 'label-60x40'] },
  {
    kind: 'marketing.acquisition',
    facts: ['period'],
    columns: [column('acquired_by', 0, 'left'), column('new_customers', 14), column('won', 14), column('campaign_cost', 22), column('cost_each', 20), column('booked', 22), column('net_sales', 25), column('margin', 24), column('payback', 15)],
    signatures: [],
    parts: ['logo', 'company', 'company_lines', 'title', 'captions', 'rules', 'note', 'page'],
    papers: ['a4'],
  },
]

/** Letters that left stand with their customer, whichever way they went. */
export const sentLetters: TimelinePart = {
  kind: 'marketing.letter',
  permission: 'marketing.read',
  select: `d.subject as number, d.kind, d.state, null as amount_minor, null as created_by
    from (select x.letter_id as id, x.sent_on as day, x.subject, case when x.way = 'post' then 'letter_by_post' else 'letter_by_email' end as kind, x.state, m.party_id
            from marketing_mail x join marketing_member m on m.id = x.member_id where x.sent_on is not null) d`,
}
