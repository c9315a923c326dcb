import type { InputOf } from '../../kernel/contract.ts'
import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import type { SqlValue } from '../../storage/db.ts'
import { forgetInSearch, indexForSearch, moveRecordBack, moveRecords, type MovedRecord } from '../platform/index.ts'
import { mergeParties, partParties, tellApart } from './contract-merge.ts'
import { ownWords } from './create-party.ts'
import { partiesMerged, partiesParted, type Merging } from './events.ts'
import { changeOwn, changesOf, insertDistinct, insertMerge, makeOwn, markParted, noteChange, restoreOwn, settleFirsts, type Columns } from './merge.store.ts'
import { aboveOf } from './hierarchy.ts'
import { phoneKeyOf } from './party.ts'
import { readDetail, type StoredParty } from './party-detail.ts'
import { renewLikeness } from './profiles.ts'
import { assertVisible, forgetParty, partyOf } from './read-party.ts'
import { PARTY_KIND, searchEntryOf } from './search-party.ts'

type Input = InputOf<typeof mergeParties>
type Two = { readonly winner: StoredParty; readonly loser: StoredParty }

export const mergePartiesHandler = handle(mergeParties, async (ctx, input) => {
  const two = await twoOf(ctx, input)
  const merging: Merging = { merge_id: ctx.newId(), winner_id: input.winner_id, loser_id: input.loser_id }
  await insertMerge(ctx, { id: merging.merge_id, winner_id: input.winner_id, loser_id: input.loser_id, merged_by: ctx.actor.id, merged_at: ctx.now, reason: input.reason || null })
  await takeFields(ctx, merging, { ...two, input })
  await uniteNames(ctx, merging, { ...two, input })
  for (const list of LISTS) await uniteList(ctx, merging, list)
  for (const list of FIRSTS) await uniteFirsts(ctx, merging, list)
  await uniteAssignments(ctx, merging)
  await pointAtWinner(ctx, merging)
  await moveBelow(ctx, merging)
  await moveWords(ctx, merging)
  await ctx.emit(partiesMerged, merging)
  await renew(ctx, merging)
  return { merge_id: merging.merge_id, party_id: input.winner_id, moved: (await changesOf(ctx, merging.merge_id)).length }
})

async function twoOf(ctx: CommandCtx, { winner_id, loser_id }: Input): Promise<Two> {
  const winner = await readDetail(ctx, winner_id)
  const loser = await readDetail(ctx, loser_id)
  if (winner_id === loser_id) throw new Refusal('parties.mergeWithItself', { name: winner.name })
  for (const { party_id, name, is_cash } of [winner, loser]) {
    if (is_cash === 1) throw new Refusal('parties.cashPartyIsNeeded', { name })
    await assertNotMerged(ctx, party_id)
  }
  return { winner, loser }
}

/** Refuses 'parties.partyIsMerged': what was merged is changed where it went. */
export async function assertNotMerged(ctx: CommandCtx, party_id: string): Promise<void> {
  const { name, same_as } = await partyOf(ctx, party_id)
  if (same_as === party_id) return
  const winner = await partyOf(ctx, same_as)
  throw new Refusal('parties.partyIsMerged', { name, winner_name: winner.name, winner_id: same_as })
}

/** The winner's row: the fields chosen from the loser, both roles, the company's own fields where the winner says nothing. */
async function takeFields(ctx: CommandCtx, merging: Merging, { winner, loser, input }: Two & { input: Input }): Promise<void> {
  const taken: Record<string, SqlValue> = {}
  for (const field of input.take) taken[field] = loser[field]
  if ('name' in taken) taken['name_key'] = nameKeyOf(loser.name)
  if ('phone' in taken) taken['phone_key'] = phoneKeyOf(loser.phone)
  taken['is_customer'] = Math.max(winner.is_customer, loser.is_customer)
  taken['is_supplier'] = Math.max(winner.is_supplier, loser.is_supplier)
  taken['is_active'] = Math.max(winner.is_active, loser.is_active)
  const chosen = Object.fromEntries(input.take_extra.filter((key) => key in loser.extra).map((key) => [key, loser.extra[key]!]))
  taken['extra'] = JSON.stringify({ ...loser.extra, ...winner.extra, ...chosen })
  const before = (await ctx.db.get<Record<string, SqlValue>>(`select ${Object.keys(taken).join(', ')} from parties_party where id = ?`, [winner.party_id]))!
  const changed = Object.keys(taken).filter((column) => before[column] !== taken[column])
  if (changed.length === 0) return
  const only = (columns: Columns): Columns => Object.fromEntries(changed.map((column) => [column, columns[column]!]))
  const key = { id: winner.party_id }
  await changeOwn(ctx, merging, { table_name: 'parties_party', key, before: only(before), after: only(taken) }, key)
}

/** Under every name that either had, the winner is found; its own is no alias. */
async function uniteNames(ctx: CommandCtx, merging: Merging, { winner, loser, input }: Two & { input: Input }): Promise<void> {
  const own = input.take.includes('name') ? loser.name : winner.name
  const names = [winner.name, loser.name, loser.short_name, winner.short_name].filter((n): n is string => n !== null && n !== '')
  const known = new Set([own, ...winner.aliases, ...loser.aliases].map(nameKeyOf))
  for (const name of names) {
    if (known.has(nameKeyOf(name))) continue
    known.add(nameKeyOf(name))
    const key = { party_id: winner.party_id, name }
    await makeOwn(ctx, merging, { table_name: 'parties_alias', key, row: { ...key, name_key: nameKeyOf(name) } })
  }
}

/** Rows named by the party and what they say: those that the winner has already stay with the loser. */
const LISTS = [
  { table_name: 'parties_alias', columns: ['name'] },
  { table_name: 'parties_handle', columns: ['kind', 'value'] },
  { table_name: 'parties_tag', columns: ['tag'] },
] as const
type List = { readonly table_name: string; readonly columns: readonly string[] }

async function uniteList(ctx: CommandCtx, merging: Merging, { table_name, columns }: List): Promise<void> {
  const { winner_id, loser_id } = merging
  const names = columns.join(', ')
  const same = columns.map((c) => `w.${c} = l.${c}`).join(' and ')
  const rows = await ctx.db.all<Columns>(
    `select ${names} from ${table_name} l where l.party_id = ? and not exists (select 1 from ${table_name} w where w.party_id = ? and ${same}) order by ${names}`,
    [loser_id, winner_id],
  )
  for (const row of rows) await changeOwn(ctx, merging, { table_name, key: { ...row, party_id: winner_id }, before: { party_id: loser_id }, after: { party_id: winner_id } }, { ...row, party_id: loser_id })
}

/** Rows with an id of their own of which one is the first. The winner's stays it. */
const FIRSTS = [
  { table_name: 'parties_contact', flag: 'is_primary', columns: ['name', 'phone_key'] },
  { table_name: 'parties_address', flag: 'is_default', columns: ['street', 'recipient'] },
] as const
type Firsts = { readonly table_name: string; readonly flag: string; readonly columns: readonly string[] }

async function uniteFirsts(ctx: CommandCtx, merging: Merging, { table_name, flag, columns }: Firsts): Promise<void> {
  const rowsOf = (party_id: string) =>
    ctx.db.all<{ id: string; flag: number } & Columns>(`select id, ${flag} as flag, ${columns.join(', ')} from ${table_name} where party_id = ? order by ${flag} desc, id`, [party_id])
  const theirs = await rowsOf(merging.winner_id)
  const wordOf = (row: Columns): string => JSON.stringify(columns.map((c) => row[c]))
  const known = new Set(theirs.map(wordOf))
  let hasFirst = theirs.length > 0
  const left: string[] = []
  for (const row of await rowsOf(merging.loser_id)) {
    if (known.has(wordOf(row))) {
      left.push(row.id)
      continue
    }
    const before = { party_id: merging.loser_id, [flag]: row.flag }
    const after = { party_id: merging.winner_id, [flag]: hasFirst ? 0 : 1 }
    hasFirst = true
    await changeOwn(ctx, merging, { table_name, key: { id: row.id }, before, after }, { id: row.id })
  }
  // Of those that stay with the loser one is the first again.
  const [first] = left
  if (first === undefined) return
  const held = (await ctx.db.get<{ flag: number }>(`select sum(${flag}) as flag from ${table_name} where party_id = ?`, [merging.loser_id]))!
  if (held.flag === 0) await changeOwn(ctx, merging, { table_name, key: { id: first }, before: { [flag]: 0 }, after: { [flag]: 1 } }, { id: first })
}

type Assignment = { seq: number; user_id: string; from_day: string; to_day: string | null }

/** Who looked after the loser looks after the winner where nobody does; the loser is nobody's own any more. */
async function uniteAssignments(ctx: CommandCtx, merging: Merging): Promise<void> {
  const lastOf = (party_id: string) => ctx.db.get<Assignment>('select seq, user_id, from_day, to_day from parties_assignment where party_id = ? order by seq desc limit 1', [party_id])
  const [loser, winner] = [await lastOf(merging.loser_id), await lastOf(merging.winner_id)]
  if (!loser || loser.to_day !== null) return
  const table_name = 'parties_assignment'
  const key = { party_id: merging.loser_id, seq: loser.seq }
  await changeOwn(ctx, merging, { table_name, key, before: { to_day: null }, after: { to_day: addDays(ctx.today, -1) < loser.from_day ? addDays(loser.from_day, -1) : addDays(ctx.today, -1) } }, key)
  if (winner && winner.to_day === null) return
  const own = { party_id: merging.winner_id, seq: (winner?.seq ?? 0) + 1 }
  await makeOwn(ctx, merging, { table_name, key: own, row: { ...own, user_id: loser.user_id, from_day: ctx.today, to_day: null } })
}

/** The loser, and whoever was merged into it before, is the winner now. */
async function pointAtWinner(ctx: CommandCtx, merging: Merging): Promise<void> {
  const rows = await ctx.db.all<{ id: string; is_active: number }>('select id, is_active from parties_party where same_as = ? order by id', [merging.loser_id])
  for (const { id, is_active } of rows) {
    const key = { id }
    const change = { table_name: 'parties_party', key, before: { same_as: merging.loser_id, is_active }, after: { same_as: merging.winner_id, is_active: 0 } }
    await changeOwn(ctx, merging, change, key)
  }
}

/** Who stood below the loser stands below the winner; where the winner did itself, it takes the loser's place. */
async function moveBelow(ctx: CommandCtx, merging: Merging): Promise<void> {
  const { winner_id, loser_id } = merging
  const above = new Set(await aboveOf(ctx, winner_id))
  const { parent_id } = (await ctx.db.get<{ parent_id: string | null }>('select parent_id from parties_party where id = ?', [loser_id]))!
  for (const { id } of await ctx.db.all<{ id: string }>('select id from parties_party where parent_id = ? order by id', [loser_id])) {
    const to = above.has(id) ? parent_id : winner_id
    await changeOwn(ctx, merging, { table_name: 'parties_party', key: { id }, before: { parent_id: loser_id }, after: { parent_id: to } }, { id })
  }
}

const RECORD = 'parties.party'

/** Files and comments go along. */
async function moveWords(ctx: CommandCtx, merging: Merging): Promise<void> {
  const { winner_id, loser_id } = merging
  for (const { table_name, id } of await moveRecords(ctx, { source_kind: RECORD, from_id: loser_id, to_id: winner_id })) {
    await noteChange(ctx, merging, { table_name, key: { id }, before: { source_id: loser_id }, after: { source_id: winner_id } })
  }
}

const isRecord = (table_name: string): table_name is MovedRecord['table_name'] => table_name === 'platform_attachment' || table_name === 'platform_comment'

/** Keys and search of both, from what the books say of them now. */
async function renew(ctx: CommandCtx, { winner_id, loser_id }: Merging): Promise<void> {
  await renewLikeness(ctx, [winner_id, loser_id])
  for (const party_id of [winner_id, loser_id]) {
    forgetParty(ctx, party_id)
    const { same_as } = await partyOf(ctx, party_id)
    if (same_as !== party_id) {
      await forgetInSearch(ctx, [{ kind: PARTY_KIND, ref_id: party_id }])
      continue
    }
    const written = await readDetail({ db: ctx.db, scope: { kind: 'all' } }, party_id)
    await indexForSearch(ctx, [searchEntryOf({ ...written, id: party_id, own_words: ownWords(ctx, JSON.stringify(written.extra)) })])
  }
}

export const partPartiesHandler = handle(partParties, async (ctx, { merge_id }) => {
  const row = await ctx.db.get<{ winner_id: string; loser_id: string; parted_at: number | null }>('select winner_id, loser_id, parted_at from parties_merge where id = ?', [merge_id])
  if (!row) throw new Refusal('parties.mergeNotFound', { merge_id })
  const merging: Merging = { merge_id, winner_id: row.winner_id, loser_id: row.loser_id }
  await assertVisible(ctx, row.winner_id, () => new Refusal('parties.mergeNotFound', { merge_id }))
  const { name, same_as } = await partyOf(ctx, row.winner_id)
  if (row.parted_at !== null) throw new Refusal('parties.mergeAlreadyParted', { name })
  // The winner has itself become somebody else, or took in others after this one: the later merge is taken back first.
  if (same_as !== row.winner_id || (await isOvertaken(ctx, merging))) throw new Refusal('parties.mergeOvertaken', { name })
  let restored = 0
  for (const change of await changesOf(ctx, merge_id)) {
    const { table_name, key } = change
    restored += isRecord(table_name) ? await moveRecordBack(ctx, { table_name, id: String(key['id']), from_id: row.winner_id, to_id: row.loser_id }) : await restoreOwn(ctx, change)
  }
  await ctx.emit(partiesParted, merging)
  for (const party_id of [row.winner_id, row.loser_id]) await settleFirsts(ctx, party_id)
  await markParted(ctx, { merge_id, by: ctx.actor.id, at: ctx.now })
  for (const party_id of [row.winner_id, row.loser_id]) forgetParty(ctx, party_id)
  await renew(ctx, merging)
  return { winner_id: row.winner_id, loser_id: row.loser_id, restored }
})

const isOvertaken = async ({ db }: CommandCtx, { merge_id, winner_id }: Merging): Promise<boolean> =>
  (await db.get<{ id: string }>('select id from parties_merge where winner_id = ? and parted_at is null and id > ? order by id limit 1', [winner_id, merge_id])) !== undefined

export const tellApartHandler = handle(tellApart, async (ctx, { party_ids }) => {
  for (const party_id of party_ids) {
    await assertVisible(ctx, party_id)
    await partyOf(ctx, party_id)
  }
  const [one_id, other_id] = [...party_ids].sort()
  if (one_id === other_id) throw new Refusal('parties.mergeWithItself', { name: (await partyOf(ctx, one_id!)).name })
  await insertDistinct(ctx, { one_id: one_id!, other_id: other_id!, user_id: ctx.actor.id, at: ctx.now })
  return {}
})
