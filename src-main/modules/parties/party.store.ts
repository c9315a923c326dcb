import { address, alias, assignment, contact, handle, party, tag } from '../../../db/schema/parties.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import type { AddressForm, ContactForm, HandleForm } from './contract.ts'
import { insertLikeness } from './alike.store.ts'
import { phoneKeyOf, unique } from './party.ts'
import { likenessKeysOf, profileOf } from './resemblance.ts'

// The only code that writes the tables of parties.

type PartyRow = NewRow<typeof party>
type Ctx = Pick<CommandCtx, 'db'>

/** One new party with all its child rows, ids given. */
export type WholeParty = {
  readonly row: PartyRow
  readonly aliases: readonly string[]
  readonly contacts: readonly (ContactForm & { id: string })[]
  readonly handles: readonly HandleForm[]
  readonly addresses: readonly (AddressForm & { id: string })[]
  readonly tags: readonly string[]
  readonly assigned_to: string | null
  readonly from_day: string
}

const aliasRows = (party_id: string, names: readonly string[]) =>
  unique(names).map((name) => ({ party_id, name, name_key: nameKeyOf(name) }))
const tagRows = (party_id: string, tags: readonly string[]) => unique(tags).map((word) => ({ party_id, tag: word }))
const handleRows = (party_id: string, handles: readonly HandleForm[]) =>
  [...new Map(handles.map((h) => [`${h.kind}\n${h.value}`, h])).values()].map((h) => ({ party_id, kind: h.kind, value: h.value }))
const contactRow = (party_id: string, c: ContactForm & { id: string }) => ({ ...c, party_id, phone_key: phoneKeyOf(c.phone) })
const addressRow = (party_id: string, a: AddressForm & { id: string }) => ({ ...a, party_id })

/** Writes new parties, few statements however many they are. */
export async function insertParties({ db }: Ctx, parties: readonly WholeParty[]): Promise<void> {
  await db.insertMany(party, parties.map((p) => p.row))
  await db.insertMany(alias, parties.flatMap((p) => aliasRows(p.row.id, p.aliases)))
  await db.insertMany(contact, parties.flatMap((p) => p.contacts.map((c) => contactRow(p.row.id, c))))
  await db.insertMany(handle, parties.flatMap((p) => handleRows(p.row.id, p.handles)))
  await db.insertMany(address, parties.flatMap((p) => p.addresses.map((a) => addressRow(p.row.id, a))))
  await db.insertMany(tag, parties.flatMap((p) => tagRows(p.row.id, p.tags)))
  const assigned = parties.flatMap((p) =>
    p.assigned_to === null ? [] : [{ party_id: p.row.id, user_id: p.assigned_to, from_day: p.from_day, to_day: null, seq: 1 }],
  )
  await db.insertMany(assignment, assigned)
  await insertLikeness({ db }, parties.map((p) => ({ party_id: p.row.id, keys: likenessKeysOf(profileOfWhole(p)) })))
}

const profileOfWhole = ({ row, aliases, contacts }: WholeParty) =>
  profileOf({ names: [row.name, row.short_name ?? null, ...aliases], phones: [row.phone ?? null, ...contacts.map((c) => c.phone)], tax_no: row.tax_no ?? null, kind: row.kind })

export async function patchParty({ db }: Ctx, party_id: string, patch: Patch<typeof party>): Promise<void> {
  await db.update(party, { id: party_id }, patch)
}

export async function replaceAliases({ db }: Ctx, party_id: string, names: readonly string[]): Promise<void> {
  await db.removeWhere(alias, { party_id })
  await db.insertMany(alias, aliasRows(party_id, names))
}

export async function replaceHandles({ db }: Ctx, party_id: string, handles: readonly HandleForm[]): Promise<void> {
  await db.removeWhere(handle, { party_id })
  await db.insertMany(handle, handleRows(party_id, handles))
}

export async function replaceTags({ db }: Ctx, party_id: string, tags: readonly string[]): Promise<void> {
  await db.removeWhere(tag, { party_id })
  await db.insertMany(tag, tagRows(party_id, tags))
}

/** Keeps the contacts that are still named, so that their ids last; drops the others. */
export async function replaceContacts(
  { db }: Ctx,
  { party_id, before, after }: { party_id: string; before: readonly string[]; after: readonly (ContactForm & { id: string })[] },
): Promise<void> {
  const kept = new Set(after.map((c) => c.id))
  for (const gone of before) if (!kept.has(gone)) await db.remove(contact, { id: gone })
  await db.put(contact, after.map((c) => contactRow(party_id, c)))
}

/** Keeps the addresses that are still named, so that their ids last; drops the others. */
export async function replaceAddresses(
  { db }: Ctx,
  { party_id, before, after }: { party_id: string; before: readonly string[]; after: readonly (AddressForm & { id: string })[] },
): Promise<void> {
  const kept = new Set(after.map((a) => a.id))
  for (const gone of before) if (!kept.has(gone)) await db.remove(address, { id: gone })
  await db.put(address, after.map((a) => addressRow(party_id, a)))
}

/** Ends the running assignment on a day. */
export async function endAssignment({ db }: Ctx, { to_day, ...key }: { party_id: string; seq: number; to_day: string }): Promise<void> {
  await db.update(assignment, key, { to_day })
}

type Start = { party_id: string; user_id: string; from_day: string; seq: number }

export async function startAssignment({ db }: Ctx, row: Start): Promise<void> {
  await db.insert(assignment, { ...row, to_day: null })
}
