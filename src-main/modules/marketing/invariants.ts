import type { Invariant } from '../../kernel/operation.ts'

/** Truths about campaigns and letters; each query must return no rows. */
export const marketingInvariants: readonly Invariant[] = [
  {
    name: 'marketing: a letter goes to members of its own campaign',
    sql: `select x.id from marketing_mail x join marketing_letter l on l.id = x.letter_id join marketing_member m on m.id = x.member_id where m.campaign_id <> l.campaign_id`,
  },
  { name: 'marketing: only a queued letter is on its way', sql: `select x.id from marketing_mail x join marketing_letter l on l.id = x.letter_id where l.state = 'draft' or l.queued_at is null` },
  {
    name: 'marketing: what left or was in hand was claimed, and what waits was not sent',
    sql: `select id from marketing_mail where (way = 'email' and state in ('claimed', 'sent', 'unknown', 'bounced') and (claimed_at is null or claimed_by is null)) or (state in ('sent', 'unknown', 'bounced', 'failed') and told_at is null)`,
  },
  {
    name: 'marketing: one letter goes to one address once',
    sql: `select letter_id, email_key from marketing_mail where state <> 'skipped' and way = 'email' group by letter_id, email_key having count(*) > 1`,
  },
  { name: 'marketing: a sequence writes the letters of its own campaign', sql: `select s.id from marketing_step s join marketing_sequence q on q.id = s.sequence_id join marketing_letter l on l.id = s.letter_id where l.campaign_id <> q.campaign_id` },
  { name: 'marketing: a sequence leads members of its own campaign', sql: `select w.id from marketing_walk w join marketing_sequence q on q.id = w.sequence_id join marketing_member m on m.id = w.member_id where m.campaign_id <> q.campaign_id` },
  { name: 'marketing: nobody is led while a sequence is a draft, or after it was closed', sql: `select w.id from marketing_walk w join marketing_sequence q on q.id = w.sequence_id where q.state = 'draft' or (q.state = 'closed' and w.state = 'walking')` },
  {
    name: 'marketing: what was done for a member is behind them',
    sql: `select d.id from marketing_walked d join marketing_walk w on w.id = d.walk_id join marketing_step s on s.id = d.step_id where s.sequence_id <> w.sequence_id or (w.state = 'walking' and s.position >= w.position)`,
  },
  { name: 'marketing: an answer was given on a day', sql: `select id from marketing_member where (response is null) <> (responded_on is null) or (response is null and (score is not null or answer is not null))` },
]
