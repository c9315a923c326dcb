import type { party } from '../../../db/schema/parties.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import type { Patch } from '../../storage/db.ts'
import { indexForSearch, settledExtra } from '../platform/index.ts'
import { deactivateParty, reactivateParty, updateParty, type ContactForm, type PartyDetail, type PartyPatch } from './contract.ts'
import { creditLimitChanged } from './events.ts'
import { assertRole, ownWords, partyFigures } from './create-party.ts'
import { assertParent } from './hierarchy.ts'
import { addedKeys, assertNew, keysOf } from './likeness.ts'
import { assertNotMerged } from './merge-parties.ts'
import { orNull, phoneKeyOf, tidyTaxNo, unique, withOneDefault, withOnePrimary } from './party.ts'
import { readDetail, type StoredParty } from './party-detail.ts'
import { assertCodeFree } from './party-code.ts'
import { patchParty, replaceAddresses, replaceAliases, replaceContacts, replaceHandles, replaceTags } from './party.store.ts'
import { assertVisible, forgetParty, partyOf } from './read-party.ts'
import { renewLikeness } from './profiles.ts'
import { searchEntryOf } from './search-party.ts'

export const updatePartyHandler = handle(updateParty, (ctx, input) => changeParty(ctx, input))

/** Gives a party one more contact; one whose name and phone are there already is not added again. */
export async function addContact(ctx: CommandCtx, { party_id, contact }: { party_id: string; contact: ContactForm }): Promise<void> {
  const { contacts } = await readDetail(ctx, party_id)
  if (contacts.some((c) => c.name === contact.name && phoneKeyOf(c.phone) === phoneKeyOf(contact.phone))) return
  await changeParty(ctx, { party_id, accept_duplicate: 1, contacts: [...contacts, contact] })
}

/** Puts a customer on a price level, or on none. The caller answers for whether the actor may. */
export async function setPriceLevel(ctx: CommandCtx, { party_id, price_level }: { party_id: string; price_level: string | null }): Promise<void> {
  await patchParty(ctx, party_id, { price_level })
  forgetParty(ctx, party_id)
}

/** Changes what a patch names, with every check of the form. A refusal comes before anything is written. */
export async function changeParty(ctx: CommandCtx, { party_id, accept_duplicate, ...patch }: PartyPatch): Promise<{ party_id: string; code: string }> {
  const before = await readDetail(ctx, party_id)
  await assertNotMerged(ctx, party_id)
  const after = { ...before, ...patch }
  assertRole(after)
  if (before.is_cash === 1 && after.is_customer === 0) throw new Refusal('parties.cashPartyIsNeeded', { name: before.name })
  if (patch.parent_id !== undefined && patch.parent_id !== before.parent_id) await assertParent(ctx, { party_id, parent_id: patch.parent_id, name: before.name })
  assertTermsKept(ctx, { before, after })
  if (after.code !== before.code) await assertCodeFree(ctx, after.code)
  const keys = addedKeys({ before: keysOf(identityOf(before)), after: keysOf(identityOf(after)) })
  await assertNew(ctx, { keys, except: party_id, accept_duplicate })
  const extra = await settledExtra(ctx, { target: 'parties.party', given: patch.extra, before: JSON.stringify(before.extra), figures: partyFigures(after) })
  await patchParty(ctx, party_id, changedColumns(before, { ...patch, extra }))
  if (after.credit_limit_minor !== before.credit_limit_minor) {
    await ctx.emit(creditLimitChanged, { party_id, before_minor: before.credit_limit_minor, after_minor: after.credit_limit_minor })
  }
  await replaceLists(ctx, { party_id, before, patch })
  const written = await readDetail({ db: ctx.db, scope: { kind: 'all' } }, party_id)
  await indexForSearch(ctx, [searchEntryOf({ ...written, id: party_id, own_words: ownWords(ctx, extra) })])
  if (LIKENESS_FIELDS.some((field) => patch[field] !== undefined)) await renewLikeness(ctx, [party_id])
  forgetParty(ctx, party_id)
  return { party_id, code: after.code }
}

/** A new credit limit in minor units, null for none; the caller has seen to it that the actor may. */
export async function setCreditLimit(ctx: CommandCtx, { party_id, limit_minor }: { party_id: string; limit_minor: number | null }): Promise<void> {
  await patchParty(ctx, party_id, { credit_limit_minor: limit_minor })
  forgetParty(ctx, party_id)
}

type Phone = { readonly phone: string | null }
type Identified = Pick<PartyDetail, 'name' | 'aliases' | 'phone' | 'tax_no'> & { readonly contacts: readonly Phone[] }
const identityOf = (p: Identified) => ({ ...p, phones: [p.phone, ...p.contacts.map((c) => c.phone)] })

/** What a party is met by when others look like it. */
const LIKENESS_FIELDS = ['name', 'short_name', 'aliases', 'phone', 'contacts', 'tax_no'] as const

type Terms = Pick<PartyDetail, 'name' | 'price_level' | 'terms_days' | 'credit_limit_minor'>

function assertTermsKept(ctx: CommandCtx, { before, after }: { before: Terms; after: Terms }): void {
  const kept =
    orNull(after.price_level) === before.price_level &&
    after.terms_days === before.terms_days &&
    after.credit_limit_minor === before.credit_limit_minor
  if (!kept && !ctx.may('parties.terms')) throw new Refusal('parties.termsNotPermitted', { name: before.name })
}

type Fields = Omit<PartyPatch, 'party_id' | 'accept_duplicate'>

/** The columns that a patch really changes, so that the change log tells nothing but changes. */
function changedColumns(before: StoredParty, patch: Omit<Fields, 'extra'> & { readonly extra: string }): Patch<typeof party> {
  const { aliases: _a, contacts: _c, handles: _h, addresses: _d, tags: _t, extra, tax_no, ...plain } = patch
  const wanted: Record<string, string | number | null> = {}
  for (const [column, value] of Object.entries(plain)) {
    if (value !== undefined) wanted[column] = typeof value === 'string' ? orNull(value) : value
  }
  if (tax_no !== undefined) wanted['tax_no'] = tidyTaxNo(tax_no)
  const known = before as unknown as Record<string, string | number | null>
  const changed: Patch<typeof party> = Object.fromEntries(Object.entries(wanted).filter(([column, value]) => known[column] !== value))
  if (changed.name !== undefined) changed.name_key = nameKeyOf(changed.name)
  if (changed.phone !== undefined) changed.phone_key = phoneKeyOf(changed.phone)
  if (extra !== JSON.stringify(before.extra)) changed.extra = extra
  return changed
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

async function replaceLists(
  ctx: CommandCtx,
  { party_id, before, patch }: { party_id: string; before: StoredParty; patch: Fields },
): Promise<void> {
  const { aliases, handles, tags, contacts, addresses } = patch
  if (aliases && !isSame(unique(aliases).sort(), before.aliases)) await replaceAliases(ctx, party_id, aliases)
  if (handles && !isSame(handles, before.handles)) await replaceHandles(ctx, party_id, handles)
  if (tags && !isSame(unique(tags).sort(), before.tags)) await replaceTags(ctx, party_id, tags)
  if (contacts && !isSame(contacts, before.contacts)) {
    const known = before.contacts.map((c) => c.id)
    const after = withIds(ctx, { rows: withOnePrimary(contacts), known, refusal: 'parties.contactNotFound' })
    await replaceContacts(ctx, { party_id, before: known, after })
  }
  if (addresses && !isSame(addresses, before.addresses)) {
    const known = before.addresses.map((a) => a.id)
    const after = withIds(ctx, { rows: withOneDefault(addresses), known, refusal: 'parties.addressNotFound' })
    await replaceAddresses(ctx, { party_id, before: known, after })
  }
}

/** Rows that name an id keep it; the id must be one of this party's, and only once. */
function withIds<T extends { id?: string | undefined }>(
  ctx: CommandCtx,
  { rows, known, refusal }: { rows: readonly T[]; known: readonly string[]; refusal: string },
): (T & { id: string })[] {
  const left = new Set(known)
  return rows.map((row) => {
    if (row.id !== undefined && !left.delete(row.id)) throw new Refusal(refusal, { id: row.id })
    return { ...row, id: row.id ?? ctx.newId() }
  })
}

export const deactivatePartyHandler = handle(deactivateParty, async (ctx, { party_id }) => {
  await assertVisible(ctx, party_id)
  const { is_cash, is_active, name } = await partyOf(ctx, party_id)
  if (is_cash === 1) throw new Refusal('parties.cashPartyIsNeeded', { name })
  if (is_active === 1) await patchParty(ctx, party_id, { is_active: 0 })
  forgetParty(ctx, party_id)
  return { party_id }
})

export const reactivatePartyHandler = handle(reactivateParty, async (ctx, { party_id }) => {
  await assertVisible(ctx, party_id)
  await assertNotMerged(ctx, party_id)
  const { is_active } = await partyOf(ctx, party_id)
  if (is_active === 0) await patchParty(ctx, party_id, { is_active: 1 })
  forgetParty(ctx, party_id)
  return { party_id }
})
