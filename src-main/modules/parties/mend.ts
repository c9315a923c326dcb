import type { z } from 'zod'
import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { listMends, mendParties, previewMend, undoMend, type Mend, type MendRow, type PartyPatch } from './contract.ts'
import { marks } from '../../storage/db.ts'
import { notErased } from '../platform/index.ts'
import { orNull } from './party.ts'
import { readDetail, type StoredParty } from './party-detail.ts'
import { tidied } from './tidy.ts'
import { changeParty } from './update-party.ts'

// One field of many parties, mended in one command. What each was before stands in the command's answer in the audit: so it is taken back.

type Field = Mend['field']

const defaultAddress = (party: StoredParty) => party.addresses.find((a) => a.is_default === 1)

/** What stands in a field now; undefined where there is no place for it. */
const valueOf = (party: StoredParty, field: Field): string | null | undefined => (field === 'region' ? (defaultAddress(party) ? defaultAddress(party)!.region : undefined) : party[field])

function wantedOf(before: string | null, mend: Mend): string | null {
  if (mend.how === 'set') return mend.field === 'country' ? orNull(mend.value.trim().toUpperCase()) : orNull(mend.value.trim())
  return mend.how === 'clear' || before === null ? null : tidied(mend.field, before)
}

/** What a mending makes of one party: nothing is written yet. */
function judged(party: StoredParty & { party_id: string }, mend: Mend): MendRow {
  const { party_id, code, name } = party
  const before = valueOf(party, mend.field)
  const row = { party_id, code, name, before: before ?? null, reason_code: null, details: {} }
  if (before === undefined) return { ...row, after: null, state: 'refused', reason_code: 'parties.mendWithoutAddress', details: { name } }
  if (party.is_cash === 1) return { ...row, after: before, state: 'refused', reason_code: 'parties.cashPartyIsNeeded', details: { name } }
  const after = wantedOf(before, mend)
  if (mend.field === 'country' && after !== null && !/^[A-Z]{2}$/.test(after)) return { ...row, after, state: 'refused', reason_code: 'parties.mendCountryWrong', details: { found: after } }
  return { ...row, after, state: after === before ? 'same' : 'mended' }
}

/** The parties of a list that the actor may see and whose data were not erased, in the order given. Others are as if they were not there. */
async function partiesToMend(ctx: Pick<QueryCtx, 'db' | 'scope'>, party_ids: readonly string[]): Promise<(StoredParty & { party_id: string })[]> {
  const found: (StoredParty & { party_id: string })[] = []
  const unique = [...new Set(party_ids)]
  const there = new Set((await ctx.db.all<{ id: string }>(`select p.id from parties_party p where p.id in (${marks(unique)}) and ${notErased('p.id')} order by p.id`, unique)).map((r) => r.id))
  for (const party_id of unique.filter((id) => there.has(id))) {
    const party = await readDetail(ctx, party_id).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined
      throw error
    })
    if (party) found.push(party)
  }
  return found
}

export const previewMendHandler = answer(previewMend, async (ctx, { party_ids, mend }) => ({ rows: (await partiesToMend(ctx, party_ids)).map((party) => judged(party, mend)) }))

/** Writes one field by the command of the form, with all its checks. A refusal is the row's, not the command's: it comes before anything is written. */
async function written(ctx: CommandCtx, { party, field, row }: { party: StoredParty; field: Field; row: MendRow }): Promise<MendRow> {
  const patch: Partial<PartyPatch> =
    field === 'region' ? { addresses: party.addresses.map((a) => (a.is_default === 1 ? { ...a, region: row.after } : a)) } : { [field]: row.after }
  try {
    await changeParty(ctx, { party_id: row.party_id, accept_duplicate: 0, ...patch })
    return row
  } catch (error) {
    if (error instanceof Refusal) return { ...row, state: 'refused', reason_code: error.code, details: error.details }
    throw error
  }
}

export const mendPartiesHandler = handle(mendParties, async (ctx, { party_ids, mend }) => {
  const rows: MendRow[] = []
  for (const party of await partiesToMend(ctx, party_ids)) {
    const row = judged(party, mend)
    rows.push(row.state === 'mended' ? await written(ctx, { party, field: mend.field, row }) : row)
  }
  const mended = rows.filter((r) => r.state === 'mended').length
  if (mended === 0) throw new Refusal('parties.nothingToMend', { refused: rows.filter((r) => r.state === 'refused').length })
  return { mended, rows }
})

type Told = { readonly input: string; readonly answer: string; readonly user_id: string }

export const undoMendHandler = handle(undoMend, async (ctx, { mend_id }) => {
  const told = await ctx.db.get<Told>(`select input, answer, user_id from platform_audit where command_id = ? and name = 'parties.mendParties'`, [mend_id])
  if (!told || (ctx.scope.kind === 'users' && !ctx.scope.user_ids.includes(told.user_id))) throw new Refusal('parties.mendNotFound', { mend_id })
  const { mend } = JSON.parse(told.input) as z.output<typeof mendParties.input>
  const before = new Map((JSON.parse(told.answer) as z.output<typeof mendParties.output>).rows.flatMap((r) => (r.state === 'mended' ? [[r.party_id, r] as const] : [])))
  const rows: MendRow[] = []
  for (const party of await partiesToMend(ctx, [...before.keys()])) {
    const was = before.get(party.party_id)!
    const now = valueOf(party, mend.field) ?? null
    const row: MendRow = { ...was, before: now, after: was.before, reason_code: null, details: {} }
    if (now !== was.after) rows.push({ ...row, after: now, state: 'refused', reason_code: 'parties.mendChangedSince', details: { name: party.name } })
    else rows.push(await written(ctx, { party, field: mend.field, row }))
  }
  const mended = rows.filter((r) => r.state === 'mended').length
  if (mended === 0) throw new Refusal('parties.nothingToUndo', {})
  return { mended, rows }
})

type Entry = Told & { readonly command_id: string; readonly name: string; readonly at: number; readonly user_name: string | null }

export const listMendsHandler = answer(listMends, async (ctx) => {
  const { scope } = ctx
  const own = scope.kind === 'all' ? { sql: '1 = 1', params: [] } : { sql: `a.user_id in (${scope.user_ids.map(() => '?').join(', ')})`, params: [...scope.user_ids] }
  const entries = await ctx.db.all<Entry>(
    `select a.command_id, a.name, a.at, a.input, a.answer, a.user_id, u.name as user_name from platform_audit a left join platform_user u on u.id = a.user_id
      where a.name in ('parties.mendParties', 'parties.undoMend') and ${own.sql} order by a.seq desc limit 40`,
    own.params,
  )
  const undone = new Set(entries.filter((e) => e.name === 'parties.undoMend').map((e) => (JSON.parse(e.input) as { mend_id: string }).mend_id))
  const rows = entries.filter((e) => e.name === 'parties.mendParties').slice(0, 10).map((e) => {
    const { mend } = JSON.parse(e.input) as z.output<typeof mendParties.input>
    const { mended } = JSON.parse(e.answer) as { mended: number }
    return { mend_id: e.command_id, at: e.at, user_name: e.user_name, how: mend.how, field: mend.field, value: mend.how === 'set' ? mend.value : null, mended, is_undone: undone.has(e.command_id) ? (1 as const) : (0 as const) }
  })
  return { rows }
})
