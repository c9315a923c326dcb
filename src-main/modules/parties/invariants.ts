import type { Invariant } from '../../kernel/operation.ts'
import type { Reader } from '../../storage/db.ts'
import { profilesOf } from './profiles.ts'
import { likenessKeysOf } from './resemblance.ts'

/** Parties compared at once. */
const BATCH = 2000

/** Keys that are not those of the party as it is written, or that are missing. */
async function strayKeys(db: Reader): Promise<readonly unknown[]> {
  const stray: unknown[] = []
  for (let after = ''; ; ) {
    const parties = await db.all<{ id: string; same_as: string }>('select id, same_as from parties_party where id > ? order by id limit ?', [after, BATCH])
    if (parties.length === 0) return stray
    const [first, last] = [parties[0]!.id, parties.at(-1)!.id]
    const rows = await db.all<{ party_id: string; key: string }>('select party_id, key from parties_likeness where party_id >= ? and party_id <= ? order by party_id, key', [first, last])
    const held = Map.groupBy(rows, (r) => r.party_id)
    const profiles = await profilesOf({ db }, parties.map((p) => p.id))
    for (const { id, same_as } of parties) {
      const wanted = new Set(same_as === id ? likenessKeysOf(profiles.get(id)!) : [])
      const keys = new Set((held.get(id) ?? []).map((r) => r.key))
      if (wanted.symmetricDifference(keys).size > 0) stray.push({ id })
    }
    after = last
  }
}

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
           where p.same_as = p.id and (d.doc is null or d.title <> p.name or d.code is null)`,
  },
  {
    name: 'parties: nothing is found that is no party',
    sql: `select d.doc, d.ref_id from platform_search_doc d left join parties_party p on p.id = d.ref_id
           where d.kind = 'party' and (p.id is null or p.same_as <> p.id)`,
  },
  { name: 'parties: everybody is met by the keys of what is written, and by no other', find: strayKeys },
  {
    name: 'parties: nobody stands above themselves',
    sql: `with recursive reached (id) as (
            select p.id from parties_party p where p.parent_id is null union select c.id from parties_party c join reached r on c.parent_id = r.id)
          select p.id, p.code from parties_party p where p.parent_id is not null and p.id not in (select r.id from reached r)`,
  },
  {
    name: 'parties: pairs that look alike are of two who can be met',
    sql: `select a.one_id, a.other_id from parties_alike a where not exists (select 1 from parties_likeness l where l.party_id = a.one_id)
             or not exists (select 1 from parties_likeness l where l.party_id = a.other_id) or a.score < 70`,
  },
  {
    name: 'parties: who was merged points at somebody who was not, and belongs to nobody',
    sql: `select p.id, p.code from parties_party p join parties_party w on w.id = p.same_as where p.same_as <> p.id
             and (w.same_as <> w.id or exists (select 1 from parties_assignment a where a.party_id = p.id and a.to_day is null))`,
  },
  {
    name: 'parties: who was merged has one merge that stands, and nobody else has',
    sql: `select p.id from parties_party p where (p.same_as <> p.id) <> exists (select 1 from parties_merge m where m.loser_id = p.id and m.parted_at is null)`,
  },
]
