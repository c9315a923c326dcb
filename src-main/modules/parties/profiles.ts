import type { CommandCtx } from '../../kernel/operation.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { likenessKeysOf, LIKELY, profileOf, resemblanceOf, type Profile } from './resemblance.ts'
import { replaceLikeness, type AlikePair } from './alike.store.ts'

type Db = { readonly db: Pick<Reader, 'all'> }

const IDS_A_STATEMENT = 500
/** Those who share a key are looked at one by one: a key of more tells nothing. */
const MOST_SHARED = 30
/** Candidates that one question weighs. */
const MOST_WEIGHED = 300

/** What is compared of these parties, as the books have it: names (its own first), phones, tax number. Few statements however many they are. */
export async function profilesOf({ db }: Db, ids: readonly string[]): Promise<Map<string, Profile>> {
  const profiles = new Map<string, Profile>()
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    const among = `(${marks(some)})`
    const heads = await db.all<{ id: string; name: string; short_name: string | null; kind: string; phone: string | null; tax_no: string | null }>(
      `select id, name, short_name, kind, phone, tax_no from parties_party where id in ${among} order by id`,
      some,
    )
    const aliases = await db.all<{ party_id: string; name: string }>(`select party_id, name from parties_alias where party_id in ${among} order by party_id, name`, some)
    const phones = await db.all<{ party_id: string; phone: string }>(
      `select party_id, phone from parties_contact where phone is not null and party_id in ${among} order by party_id, id`,
      some,
    )
    const of = <R extends { party_id: string }>(rows: readonly R[]) => Map.groupBy(rows, (r) => r.party_id)
    const [aliasesOf, phonesOf] = [of(aliases), of(phones)]
    for (const { id, name, short_name, ...head } of heads) {
      const names = [name, short_name, ...(aliasesOf.get(id) ?? []).map((a) => a.name)]
      profiles.set(id, profileOf({ ...head, names, phones: [head.phone, ...(phonesOf.get(id) ?? []).map((c) => c.phone)] }))
    }
  }
  return profiles
}

/** Brings the keys of these parties up to date with what the books say of them; those that were merged have none. */
export async function renewLikeness(ctx: CommandCtx, ids: readonly string[]): Promise<void> {
  const profiles = await profilesOf(ctx, ids)
  const merged = await ctx.db.all<{ id: string }>(`select id from parties_party where same_as <> id and id in (${marks(ids)}) order by id`, ids)
  for (const { id } of merged) profiles.delete(id)
  for (const id of ids) await replaceLikeness(ctx, { party_id: id, keys: profiles.has(id) ? likenessKeysOf(profiles.get(id)!) : [] })
}

export type Likely = { readonly party_id: string; readonly score: number }

/** The parties that are probably the one told of, the likeliest first. Candidates come by their keys: nobody reads all names. */
export async function likelyParties({ db }: Db, { profile, except }: { profile: Profile; except: readonly string[] }): Promise<Likely[]> {
  const keys = likenessKeysOf(profile)
  if (keys.length === 0) return []
  const known = new Set(except)
  const hits = await db.all<{ party_id: string }>(
    `select distinct party_id from parties_likeness where key in (${marks(keys)}) order by party_id limit ?`,
    [...keys, MOST_WEIGHED],
  )
  const ids = hits.map((h) => h.party_id).filter((id) => !known.has(id))
  const found = [...(await profilesOf({ db }, ids))].map(([party_id, other]) => ({ party_id, score: resemblanceOf(profile, other).score }))
  return found.filter((f) => f.score >= LIKELY).sort((a, b) => b.score - a.score || (a.party_id < b.party_id ? -1 : 1))
}

/** Those who are probably one of these parties, each pair once, the lower id first: found by telling keys, weighed by what the books say. */
export async function pairsOf(ctx: Db, ids: readonly string[]): Promise<AlikePair[]> {
  const met = new Map<string, { one_id: string; other_id: string }>()
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    const rows = await ctx.db.all<{ mine: string; theirs: string }>(
      `select distinct a.party_id as mine, b.party_id as theirs from parties_likeness a join parties_likeness b on b.key = a.key and b.party_id <> a.party_id
        where a.party_id in (${marks(some)}) and (select count(*) from (select 1 from parties_likeness c where c.key = a.key limit ${MOST_SHARED + 1}) x) <= ${MOST_SHARED}
        order by a.party_id, b.party_id`,
      some,
    )
    for (const { mine, theirs } of rows) {
      const [one_id, other_id] = mine < theirs ? [mine, theirs] : [theirs, mine]
      met.set(`${one_id} ${other_id}`, { one_id, other_id })
    }
  }
  const profiles = await profilesOf(ctx, [...new Set([...met.values()].flatMap((p) => [p.one_id, p.other_id]))])
  return [...met.values()].map((pair) => ({ ...pair, ...resemblanceOf(profiles.get(pair.one_id)!, profiles.get(pair.other_id)!) })).filter((pair) => pair.score >= LIKELY)
}
