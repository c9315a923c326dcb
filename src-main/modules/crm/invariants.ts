import type { Invariant } from '../../kernel/operation.ts'

/** Truths about follow-ups and tasks; each query must return no rows. */
export const crmInvariants: readonly Invariant[] = [
  {
    name: 'crm: a follow-up says something, and a withdrawn one says why',
    sql: `select id from crm_activity where (text = '' and result is null) or (is_withdrawn = 1 and withdrawn_reason is null) or (is_withdrawn = 0 and withdrawn_reason is not null)`,
  },
  {
    name: 'crm: a task is closed by somebody at some time, and an open one by nobody',
    sql: `select id, state from crm_task where (state = 'open') <> (done_at is null) or (done_at is null) <> (done_by is null)`,
  },
  {
    name: 'crm: rules of scores and routing are numbered without gaps',
    sql: `select r.id from crm_score_rule r where r.position <> (select count(*) from crm_score_rule x where x.position <= r.position)
          union all select r.id from crm_routing_rule r where r.position <> (select count(*) from crm_routing_rule x where x.position <= r.position)`,
  },
  {
    name: 'crm: what a follow-up has done is done',
    sql: `select id, state from crm_task where done_activity_id is not null and state <> 'done'`,
  },
  {
    name: 'crm: a next step is about the customer of its follow-up',
    sql: `select t.id from crm_task t join crm_activity a on a.id = t.activity_id where coalesce(t.party_id, '') <> coalesce(a.party_id, '') or coalesce(t.lead_id, '') <> coalesce(a.lead_id, '')`,
  },
  {
    name: 'crm: a converted lead has become somebody on a day, and no other has',
    sql: `select id, code from crm_lead where (state = 'converted') <> (party_id is not null) or (party_id is null) <> (converted_on is null) or (state = 'lost') <> (lost_reason is not null)`,
  },
  {
    name: 'crm: what was said with a lead is said with the customer it became',
    sql: `select a.id from crm_activity a join crm_lead l on l.id = a.lead_id where coalesce(a.party_id, '') <> coalesce(l.party_id, '')
          union all select t.id from crm_task t join crm_lead l on l.id = t.lead_id where coalesce(t.party_id, '') <> coalesce(l.party_id, '')`,
  },
  {
    name: 'crm: a lead is owned since a day, and one of nobody is not',
    sql: `select id, code from crm_lead where (owner_id is null) <> (owned_since is null)`,
  },
  {
    name: 'crm: every lead can be found under its name and code, and nothing else',
    sql: `select l.id from crm_lead l left join platform_search_doc d on d.kind = 'lead' and d.ref_id = l.id where d.doc is null or d.title <> coalesce(l.company, l.name)
          union all select d.ref_id as id from platform_search_doc d left join crm_lead l on l.id = d.ref_id where d.kind = 'lead' and l.id is null`,
  },
  {
    name: 'crm: an opportunity stands where its last step took it',
    sql: `select o.id, o.number from crm_opportunity o left join crm_stage_move m on m.opportunity_id = o.id
            and m.seq = (select max(x.seq) from crm_stage_move x where x.opportunity_id = o.id)
           where m.stage_id is null or m.stage_id <> o.stage_id or m.state <> o.state`,
  },
  {
    name: 'crm: an opportunity is closed on a day, and an open one is not; a lost one says why',
    sql: `select id, number from crm_opportunity where (state = 'open') <> (closed_on is null) or (state = 'lost' and close_reason is null) or (state <> 'lost' and lost_to_id is not null)`,
  },
  {
    name: 'crm: open opportunities stand in stages that are in use, numbered without gaps',
    sql: `select o.id from crm_opportunity o join crm_stage s on s.id = o.stage_id where o.state = 'open' and s.is_active = 0
          union all select s.id from crm_stage s where s.position <> (select count(*) from crm_stage x where x.position <= s.position)`,
  },
  {
    name: 'crm: what leads from an opportunity to sales leads to a document that is there',
    sql: `select d.source_id from crm_opportunity_document d
            left join sales_quote q on d.source_kind = 'sales.quote' and q.id = d.source_id left join sales_order r on d.source_kind = 'sales.order' and r.id = d.source_id
           where q.id is null and r.id is null`,
  },
  {
    name: 'crm: the last move of a lead left it with whom it has',
    sql: `select l.id, l.code from crm_lead l join crm_pool_move m on m.lead_id = l.id and m.id = (select max(x.id) from crm_pool_move x where x.lead_id = l.id)
           where coalesce(m.to_user_id, '') <> coalesce(l.owner_id, '')`,
  },
]
