import type { TimelinePart } from '../../kernel/operation.ts'
import type { Printable } from '../../kernel/papers.ts'

/** Letters by post, and the addresses to stick on what they come in. */
export const printables: readonly Printable[] = [
  { kind: 'marketing.letter', facts: [], columns: [], signatures: [], parts: ['logo', 'company', 'company_lines'], papers: ['a4', 'a5'] },
  { kind: 'marketing.address', facts: ['recipient', 'contact', 'address'], columns: [], signatures: [], parts: [], papers: ['sheet-70x37', 'sheet-63x38', 'sheet-99x38', 'label-100x70', 'label-60x40'] },
]

/** Letters that left stand with their customer, whichever way they went. */
export const sentLetters: TimelinePart = {
  kind: 'marketing.letter',
  permission: 'marketing.read',
  select: `d.subject as number, d.kind, d.state, null as amount_minor, null as created_by
    from (select x.letter_id as id, x.sent_on as day, x.subject, case when x.way = 'post' then 'letter_by_post' else 'letter_by_email' end as kind, x.state, m.party_id
            from marketing_mail x join marketing_member m on m.id = x.member_id where x.sent_on is not null) d`,
}
