import type { Invariant } from '../../kernel/operation.ts'

/** Truths about parties; each query must return no rows. */
export const partyInvariants: readonly Invariant[] = [
  {
    name: 'parties: exactly one cash customer, an active one',
    sql: `select count(*) as found from parties_party where is_cash = 1 and is_active = 1 and is_customer = 1 having count(*) <> 1`,
  },
  {
    name: 'parties: everyone is a customer or a supplier',
    sql: `select id, code from parties_party where is_customer = 0 and is_supplier = 0`,
  },
  {
    name: 'parties: assignments follow each other without overlap, only the last may last',
    sql: `select a.party_id, a.seq from parties_assignment a join parties_assignment b on b.party_id = a.party_id and b.seq = a.seq + 1
           where a.to_day is null or b.from_day <= a.to_day`,
  },
  {
    name: 'parties: where there are contacts one is the primary one',
    sql: `select party_id from parties_contact group by party_id having sum(is_primary) <> 1`,
  },
  {
    name: 'parties: where there are addresses one is the default one',
    sql: `select party_id from parties_address group by party_id having sum(is_default) <> 1`,
  },
  {
    name: 'parties: every party can be found under its name and code',
    sql: `select p.id, p.code from parties_party p left join platform_search_doc d on d.kind = 'party' and d.ref_id = p.id
           where d.doc is null or d.title <> p.name or d.code is null`,
  },
  {
    name: 'parties: nothing is found that is no party',
    sql: `select d.doc, d.ref_id from platform_search_doc d left join parties_party p on p.id = d.ref_id
           where d.kind = 'party' and p.id is null`,
  },
]
