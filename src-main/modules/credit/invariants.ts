import type { Invariant } from '../../kernel/operation.ts'

/** Truths about credit; each query must return no rows. */
export const creditInvariants: readonly Invariant[] = [
  {
    name: 'credit: a release reaches at least to the day on which it was given',
    sql: `select id from credit_release where until_on < released_on`,
  },
  {
    name: 'credit: a letter asks for what its lines come to',
    sql: `select d.id from credit_dunning d left join credit_dunning_line l on l.dunning_id = d.id
           group by d.id, d.total_minor having coalesce(sum(l.open_minor), 0) <> d.total_minor`,
  },
  {
    name: 'credit: a charge of interest is the sum of its lines, and no day of an invoice is charged twice',
    sql: `select c.id from credit_interest c left join credit_interest_line l on l.interest_id = c.id
           group by c.id, c.gross_minor having coalesce(sum(l.interest_minor), 0) <> c.gross_minor
          union all select a.interest_id from credit_interest_line a join credit_interest x on x.id = a.interest_id and x.reversed_on is null
            join credit_interest_line b on b.open_item_id = a.open_item_id and (b.interest_id <> a.interest_id or b.line_no <> a.line_no)
            join credit_interest y on y.id = b.interest_id and y.reversed_on is null
           where a.from_on <= b.through_on and b.from_on <= a.through_on`,
  },
  {
    name: 'credit: a promise is the sum of its parts, and one of each customer runs',
    sql: `select p.id from credit_promise p left join credit_promise_part l on l.promise_id = p.id
           group by p.id, p.total_minor having coalesce(sum(l.amount_minor), 0) <> p.total_minor
          union all select party_id from credit_promise where ended_on is null group by party_id having count(*) > 1`,
  },
]
