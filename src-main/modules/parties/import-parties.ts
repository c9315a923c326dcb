import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal, type Details } from '../../kernel/refusal.ts'
import { ownColumns, problemsIn, type OwnColumns, type RowProblem } from '../platform/index.ts'
import { importParties, partyForm, type PartyForm } from './contract.ts'
import { createParties, partyFigures } from './create-party.ts'
import { parentsIn, type Parents } from './import-parents.ts'
import { keysOf } from './likeness.ts'
import { patchParty } from './party.store.ts'
import { makeCodes } from './party-code.ts'
import { likelyParties } from './profiles.ts'
import { profileOf } from './resemblance.ts'

type Values = Record<string, unknown>

/** Rows written together. */
const BATCH = 500

/** Checks every row against the books and the rest of the file, then writes them all; one bad row and nothing is written. */
export const importPartiesHandler = handle(importParties, async (ctx, { staging_id, accept_duplicates }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readBooks(ctx)
  const own = await ownColumns(ctx, { target: 'parties.party', staged })
  const given = new Map<string, number>()
  const parents = await parentsIn(ctx, staged)
  const problems = await problemsIn(ctx, { staged, judge: async (row) => {
    const values = own.plain(row.values)
    const found = [...problemsOf({ ...row, values, books, given, accept_duplicates }), ...parentProblem(row.source_row, parents), ...own.problemsOf(row)]
    return found.length > 0 || accept_duplicates === 1 ? found : similarTo(ctx, { source_row: row.source_row, form: partyForm.parse(formOf(values, books)) })
  } })
  if (problems.count > 0) throw new Refusal('parties.importRejected', problems)
  let created = 0
  let batch: { source_row: number; form: Settled }[] = []
  const named = new Map<number, string>()
  const waiting: { party_id: string; source_row: number }[] = []
  const write = async (): Promise<void> => {
    const ids = await createParties(ctx, await coded(ctx, { forms: batch.map((b) => b.form), books, given }))
    for (const [i, { source_row, form }] of batch.entries()) {
      if (parents.isNamed(source_row)) named.set(source_row, ids[i]!)
      const parent = parents.parentOf(source_row)
      if (parent && 'source_row' in parent && form.parent_id === null) waiting.push({ party_id: ids[i]!, source_row: parent.source_row })
    }
    created += batch.length
    batch = []
    await ctx.breathe(created, staged.count)
  }
  for await (const { source_row, values } of staged.rows()) {
    const parent = parents.parentOf(source_row)
    const parent_id = parent === undefined ? null : 'party_id' in parent ? parent.party_id : (named.get(parent.source_row) ?? null)
    batch.push({ source_row, form: { ...settledForm(values, { books, own }), parent_id } })
    if (batch.length === BATCH) await write()
  }
  if (batch.length > 0) await write()
  // Whose parent stood further down, or in the same batch, is told now that it is written.
  for (const { party_id, source_row } of waiting) await patchParty(ctx, party_id, { parent_id: named.get(source_row)! })
  return { created, sha256: staged.sha256 }
})

const parentProblem = (source_row: number, parents: Parents): RowProblem[] => {
  const wrong = parents.wrongOf(source_row)
  return wrong === undefined ? [] : [{ source_row, field: 'parent', reason_code: wrong.reason_code, details: { found: wrong.found } }]
}

/** A form with its column of custom fields. */
type Settled = PartyForm & { readonly settled_extra: string }

function settledForm(values: Values, { books, own }: { books: Books; own: OwnColumns }): Settled {
  const form = partyForm.parse(formOf(own.plain(values), books))
  return { ...form, settled_extra: own.columnOf(values, partyFigures(form)) }
}

/** What the file is compared with, read once. */
type Books = { /** Who bears each. */ readonly codes: Map<string, string>; readonly keys: Map<string, string>; readonly users: Map<string, string> }

async function readBooks({ db }: CommandCtx): Promise<Books> {
  const codes = await db.all<{ code: string; name: string }>('select code, name from parties_party order by code')
  const keys = new Map<string, string>()
  const parts = [
    `select name_key as word, 'name' as because from parties_party`,
    `select name_key, 'alias' from parties_alias`,
    `select phone_key, 'phone' from parties_party where phone_key is not null`,
    `select phone_key, 'phone' from parties_contact where phone_key is not null`,
    `select tax_no, 'tax_no' from parties_party where tax_no is not null`,
  ]
  for (const { word, because } of await db.all<{ word: string; because: string }>(parts.join(' union all '))) keys.set(word, because)
  const users = await db.all<{ id: string; login: string; name: string }>(
    'select id, login, name from platform_user where is_active = 1 order by id',
  )
  return {
    codes: new Map(codes.map((c) => [c.code, c.name])),
    keys,
    users: new Map([...users.map((u) => [u.name, u.id] as const), ...users.map((u) => [u.login, u.id] as const)]),
  }
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())
const wordsOf = (value: unknown): string[] =>
  textOf(value)
    .split(/[;；、,，\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** What people write for what somebody is in the chain of sales. */
const CHAIN_WORDS = new Map<string, string>([
  ...['head', '总部', '总公司', 'head office'].map((word) => [word, 'head'] as const),
  ...['dealer', '经销商', '代理商', '分销商'].map((word) => [word, 'dealer'] as const),
  ...['end', '终端', '门店', 'end customer', 'outlet'].map((word) => [word, 'end'] as const),
])

/** A row in the form that a person would have filled in. */
function formOf(values: Values, { users }: Books): Record<string, unknown> {
  const { aliases, tags, contact_name, contact_phone, wechat, region, street, assigned_to, country, parent: _parent, chain_role, ...plain } = values
  const contact = textOf(contact_name) || textOf(contact_phone)
  const user_id = users.get(textOf(assigned_to))
  return {
    ...plain,
    ...(country === undefined ? {} : { country: textOf(country).toUpperCase() }),
    ...(textOf(chain_role) === '' ? {} : { chain_role: CHAIN_WORDS.get(textOf(chain_role).toLowerCase()) ?? textOf(chain_role) }),
    aliases: wordsOf(aliases),
    tags: wordsOf(tags),
    contacts: contact === '' ? [] : [{ name: contact, phone: textOf(contact_phone) }],
    handles: textOf(wechat) === '' ? [] : [{ kind: 'wechat', value: textOf(wechat) }],
    addresses: textOf(street) === '' ? [] : [{ region: textOf(region), street: textOf(street) }],
    assigned_to: user_id ?? null,
  }
}

type Checking = { source_row: number; values: Values; books: Books; given: Map<string, number>; accept_duplicates: number }

/** Everything that speaks against a row. Notes its code and, by the side, its keys for the rows that follow. */
function problemsOf({ source_row, values, books, given, accept_duplicates }: Checking): RowProblem[] {
  const problem = (field: string, reason_code: string, details: Details = {}): RowProblem => ({ source_row, field, reason_code, details })
  const parsed = partyForm.safeParse(formOf(values, books))
  if (!parsed.success) {
    return parsed.error.issues.map((i) => problem(String(i.path[0] ?? ''), 'parties.cellNotAccepted', { message: i.message }))
  }
  const form = parsed.data
  const found: RowProblem[] = []
  const code = form.code ?? ''
  if (code !== '' && books.codes.has(code)) found.push(problem('code', 'parties.codeTaken', { code, name: books.codes.get(code) }))
  else if (code !== '' && given.has(code)) found.push(problem('code', 'parties.codeTwice', { code, source_row: given.get(code) }))
  if (code !== '') given.set(code, source_row)
  if (form.is_customer === 0 && form.is_supplier === 0) found.push(problem('is_customer', 'parties.roleNeeded', { name: form.name }))
  const wanted = textOf(values['assigned_to'])
  if (wanted !== '' && !books.users.has(wanted)) found.push(problem('assigned_to', 'parties.userNotFound', { name: wanted }))
  if (accept_duplicates === 0) found.push(...likenessOf(form, books).map((l) => problem(l.field, 'parties.rowLooksLikeDuplicate', l)))
  return found
}

/** A row that is probably somebody of the books, written in another way; who it is may be out of sight, so nobody is named. */
async function similarTo(ctx: CommandCtx, { source_row, form }: { source_row: number; form: PartyForm }): Promise<RowProblem[]> {
  const told = { names: [form.name, form.short_name, ...form.aliases], phones: [form.phone, ...form.contacts.map((c) => c.phone)], tax_no: form.tax_no, kind: form.kind }
  const [likely] = await likelyParties(ctx, { profile: profileOf(told), except: [] })
  return likely === undefined ? [] : [{ source_row, field: 'name', reason_code: 'parties.rowLooksSimilar', details: { word: form.name, score: likely.score } }]
}

/** A row that shares a key with a party of the books or an earlier row. */
function likenessOf(form: PartyForm, { keys }: Books): { field: string; because: string; word: string }[] {
  const own = keysOf({ ...form, phones: [form.phone, ...form.contacts.map((c) => c.phone)] })
  const words = [
    ...own.names.map((word) => ({ field: 'name', because: 'name', word })),
    ...own.phones.map((word) => ({ field: 'phone', because: 'phone', word })),
    ...own.tax_nos.map((word) => ({ field: 'tax_no', because: 'tax_no', word })),
  ]
  const alike = words.filter((w) => keys.has(w.word)).map((w) => ({ ...w, because: keys.get(w.word)! }))
  for (const w of words) keys.set(w.word, w.because)
  return alike
}

/** Rows without a code get the next ones by the rule that nobody bears, in the books or in the file. */
async function coded(
  ctx: CommandCtx,
  { forms, books, given }: { forms: readonly Settled[]; books: Books; given: ReadonlyMap<string, number> },
): Promise<(Settled & { code: string })[]> {
  const taken = async (codes: readonly string[]) => new Set(codes.filter((c) => books.codes.has(c) || given.has(c)))
  const made = await makeCodes(ctx, forms.filter((f) => !f.code), taken)
  let next = 0
  const whole = forms.map((form) => ({ ...form, code: form.code || made[next++]! }))
  for (const { code, name } of whole) books.codes.set(code, name)
  return whole
}
