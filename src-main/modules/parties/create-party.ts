import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { extraWords, indexForSearch, settledExtra } from '../platform/index.ts'
import { createParty, type PartyForm } from './contract.ts'
import { assertParent } from './hierarchy.ts'
import { assertNew, keysOf } from './likeness.ts'
import { orNull, tidyTaxNo, phoneKeyOf, withOneDefault, withOnePrimary } from './party.ts'
import { insertParties, type WholeParty } from './party.store.ts'
import { assertCodeFree, makeCodes } from './party-code.ts'
import { searchEntryOf } from './search-party.ts'

/** A form whose code, and column of custom fields where somebody filled them in, are settled. */
type CodedForm = PartyForm & { readonly code: string; readonly settled_extra?: string }

/** What formulas of custom fields may speak of. */
export const PARTY_FIGURES = ['credit_limit_minor', 'terms_days'] as const
export const partyFigures = ({ credit_limit_minor, terms_days }: Pick<PartyForm, (typeof PARTY_FIGURES)[number]>) => ({ credit_limit_minor, terms_days })

export const createPartyHandler = handle(createParty, (ctx, input) => newParty(ctx, input))

/** A new party as a form says it, with every check of its own. Gives its id and code. */
export async function newParty(ctx: CommandCtx, { accept_duplicate, ...form }: PartyForm & { accept_duplicate: number }): Promise<{ party_id: string; code: string }> {
  assertRole(form)
  assertTermsPermitted(ctx, form)
  await assertParent(ctx, form)
  const assigned_to = await assigneeOf(ctx, form.assigned_to)
  const phones = [form.phone, ...form.contacts.map((c) => c.phone)]
  await assertNew(ctx, { keys: keysOf({ ...form, phones }), accept_duplicate })
  const settled_extra = await settledExtra(ctx, { target: 'parties.party', given: form.extra, figures: partyFigures(form) })
  const code = await codeFor(ctx, form)
  const [party_id] = await createParties(ctx, [{ ...form, code, assigned_to, settled_extra }])
  return { party_id: party_id!, code }
}

/** Refuses a party that is neither customer nor supplier: nobody could deal with it. */
export function assertRole({ name, is_customer, is_supplier }: Pick<PartyForm, 'name' | 'is_customer' | 'is_supplier'>): void {
  if (is_customer === 0 && is_supplier === 0) throw new Refusal('parties.roleNeeded', { name })
}

/** Price level, terms and credit limit are the business of those who may grant them. */
function assertTermsPermitted(ctx: CommandCtx, form: PartyForm): void {
  const asks = orNull(form.price_level) !== null || form.terms_days !== 0 || form.credit_limit_minor !== null
  if (asks && !ctx.may('parties.terms')) throw new Refusal('parties.termsNotPermitted', { name: form.name })
}

/** Who a new party belongs to: the one named, else the actor when the actor sees only some rows, else nobody. */
async function assigneeOf(ctx: CommandCtx, wanted: string | null | undefined): Promise<string | null> {
  const { scope } = ctx
  if (wanted === undefined) return scope.kind === 'all' ? null : ctx.actor.id
  if (wanted === null) return null
  if (scope.kind === 'users' && !scope.user_ids.includes(wanted) && !ctx.may('parties.assign')) {
    throw new Refusal('parties.assignNotPermitted', { user_id: wanted })
  }
  await assertUser(ctx, wanted)
  return wanted
}

/** Refuses 'parties.userNotFound' for a user who is unknown or no longer here. */
export async function assertUser(ctx: CommandCtx, user_id: string): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from platform_user where id = ? and is_active = 1', [user_id])
  if (!row) throw new Refusal('parties.userNotFound', { user_id })
}

async function codeFor(ctx: CommandCtx, form: PartyForm): Promise<string> {
  const given = orNull(form.code)
  if (given === null) return (await makeCodes(ctx, [form]))[0]!
  await assertCodeFree(ctx, given)
  return given
}

/**
 * Writes checked forms as new parties and makes them findable; gives their ids in order. Import and founding come this way too.
 * The caller has checked codes, likeness and assignees.
 */
export async function createParties(ctx: CommandCtx, forms: readonly CodedForm[], flags: { is_cash?: 0 | 1 } = {}): Promise<string[]> {
  const whole = forms.map((form) => wholeParty(ctx, form, flags.is_cash ?? 0))
  await insertParties(ctx, whole)
  await indexForSearch(ctx, whole.map((p) => searchEntryOf({ ...p.row, ...p, own_words: ownWords(ctx, p.row.extra) })))
  return whole.map((p) => p.row.id)
}

/** What the company's own fields say of a party, to find it by. */
export const ownWords = (ctx: CommandCtx, extra: string | undefined): string[] => extraWords(ctx, { target: 'parties.party', extra: extra ?? '{}' })

function wholeParty(ctx: CommandCtx, form: CodedForm, is_cash: 0 | 1): WholeParty {
  const { aliases, contacts, handles, addresses, tags, assigned_to, extra: _, settled_extra, ...fields } = form
  const id = ctx.newId()
  const row = {
    ...fields,
    id,
    same_as: id,
    name_key: nameKeyOf(form.name),
    short_name: orNull(form.short_name),
    is_cash,
    is_active: 1,
    phone: orNull(form.phone),
    phone_key: phoneKeyOf(form.phone),
    email: orNull(form.email),
    country: orNull(form.country),
    price_level: orNull(form.price_level),
    tax_title: orNull(form.tax_title),
    tax_no: tidyTaxNo(form.tax_no),
    tax_address: orNull(form.tax_address),
    tax_phone: orNull(form.tax_phone),
    bank_name: orNull(form.bank_name),
    bank_account: orNull(form.bank_account),
    note: orNull(form.note),
    extra: settled_extra ?? '{}',
    created_at: ctx.now,
  }
  return {
    row,
    aliases,
    contacts: withOnePrimary(contacts).map((c) => ({ ...c, id: ctx.newId() })),
    handles,
    addresses: withOneDefault(addresses).map((a) => ({ ...a, id: ctx.newId() })),
    tags,
    assigned_to: assigned_to ?? null,
    from_day: ctx.today,
  }
}
