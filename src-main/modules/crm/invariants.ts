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
]
