import { answer } from '../../kernel/operation.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { extraConditions, extraOrder, firstRows, refsFound, searchRefs, withExtra } from '../platform/index.ts'
import { findDuplicates, getParty, listParties, partyWords, searchParties, type PartyRow } from './contract.ts'
import { BELOW } from './hierarchy.ts'
import { findAlike, findSimilar, keysOf } from './likeness.ts'
import { readDetail } from './party-detail.ts'
import { partyRowsWhere } from './party-rows.ts'
import { visibleParties, winnerOf } from './read-party.ts'
import { PARTY_KIND } from './search-party.ts'

/** Hits among which a picker looks for those that its user may see, before people must type more. */
const MOST_HITS = 1000

type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }
const roleCondition = { any: undefined, customer: 'p.is_customer = 1', supplier: 'p.is_supplier = 1' } as const
const OWN_FIELDS = { target: 'parties.party', column: 'p.extra' } as const
// Ids are made in the order of time.
const sortColumns = { code: 'p.code', name: 'p.name', created_at: 'p.id' } as const

const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.map((c) => c.sql).join(' and '),
  params: conditions.flatMap((c) => c.params),
})

export const listPartiesHandler = answer(listParties, async (ctx, input) => {
  const { text, role, tag, is_active, assigned_to, segment_id, below, chain_role, fields, sort, direction, limit, offset } = input
  const conditions: Condition[] = [visibleParties(ctx.scope, 'p.id'), { sql: 'p.same_as = p.id', params: [] }, ...extraConditions(ctx, { ...OWN_FIELDS, filters: fields })]
  const roleSql = roleCondition[role]
  if (roleSql) conditions.push({ sql: roleSql, params: [] })
  if (is_active !== undefined) conditions.push({ sql: 'p.is_active = ?', params: [is_active] })
  if (assigned_to !== undefined) {
    const sql = 'exists (select 1 from parties_assignment t where t.party_id = p.id and t.to_day is null and t.user_id = ?)'
    conditions.push({ sql, params: [assigned_to] })
  }
  if (tag !== undefined) {
    conditions.push({ sql: 'exists (select 1 from parties_tag t where t.party_id = p.id and t.tag = ?)', params: [tag] })
  }
  if (below !== undefined) conditions.push({ sql: `p.id in (${BELOW})`, params: [below] })
  if (chain_role !== undefined) conditions.push({ sql: 'p.chain_role = ?', params: [chain_role] })
  if (segment_id !== undefined) conditions.push(await ctx.contributions.partyFilters.get('segment')!.rows(ctx, { id: segment_id, column: 'p.id' }))
  if (text !== '') conditions.push(await refsFound(ctx.db, { kind: PARTY_KIND, text, column: 'p.id' }))
  const { where, params } = joined(conditions)
  const total = await ctx.db.get<{ n: number }>(`select count(*) as n from parties_party p where ${where}`, params)
  const by = extraOrder(ctx, { ...OWN_FIELDS, sort, direction }) ?? `${sortColumns[sort as keyof typeof sortColumns]} ${direction}`
  const rows = await partyRowsWhere(ctx.db, { where, params, order: `${by}, p.id`, page: { limit, offset } })
  return { rows: await withExtra(ctx, { target: 'parties.party', rows, idOf: (row) => row.party_id }), total: total!.n }
})

export const getPartyHandler = answer(getParty, async (ctx, { party_id }) => {
  // Who asks for one that was merged is told of the one it is now.
  const [party] = await withExtra(ctx, { target: 'parties.party', rows: [await readDetail(ctx, await winnerOf(ctx, party_id))], idOf: (row) => row.party_id })
  return party!
})

export const findDuplicatesHandler = answer(findDuplicates, async (ctx, { party_id, name, aliases, phones, tax_no }) => {
  const alike = await findAlike(ctx, { keys: keysOf({ name, aliases, phones, tax_no }), except: party_id })
  const known = [...alike.candidates.map((c) => c.party_id), ...(party_id === undefined ? [] : [party_id])]
  const similar = await findSimilar(ctx, { described: { names: [name, ...aliases], phones, tax_no }, except: known })
  // One out of sight that shares a key is similar too: it is counted once.
  return { candidates: [...alike.candidates, ...similar.candidates], hidden_count: Math.max(alike.hidden_count, similar.hidden_count) }
})

export const searchPartiesHandler = answer(searchParties, async (ctx, { text, role, with_inactive, limit }) => {
  const hits = await searchRefs(ctx.db, { kinds: [PARTY_KIND], text, limit: ctx.scope.kind === 'all' ? limit * 2 : MOST_HITS })
  const roleSql = roleCondition[role]
  const wanted = [
    visibleParties(ctx.scope, 'p.id'),
    { sql: 'p.same_as = p.id', params: [] },
    ...(roleSql ? [{ sql: roleSql, params: [] }] : []),
    ...(with_inactive === 1 ? [] : [{ sql: 'p.is_active = 1', params: [] }]),
  ]
  const read = async (ids: readonly string[]): Promise<Map<string, PartyRow>> => {
    const { where, params } = joined([{ sql: `p.id in (${marks(ids)})`, params: ids }, ...wanted])
    return new Map((await partyRowsWhere(ctx.db, { where, params, order: 'p.id' })).map((row) => [row.party_id, row]))
  }
  return { rows: await firstRows(hits.map((hit) => hit.ref_id), limit, read) }
})

export const partyWordsHandler = answer(partyWords, async (ctx) => {
  const visible = visibleParties(ctx.scope, 'p.id')
  const tags = await ctx.db.all<{ tag: string; count: number }>(
    `select t.tag, count(*) as count from parties_tag t join parties_party p on p.id = t.party_id where ${visible.sql}
      group by t.tag order by t.tag`,
    visible.params,
  )
  const levels = await ctx.db.all<{ price_level: string }>(
    `select distinct p.price_level from parties_party p where p.price_level is not null and ${visible.sql} order by p.price_level`,
    visible.params,
  )
  return { tags, price_levels: levels.map((l) => l.price_level) }
})
