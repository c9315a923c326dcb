import { z } from 'zod'
import { amount, command, day, extra, extraFilter, extraRefusals, extraRow, extraSort, flag, id, instant, line, name, page, query, text } from '../../kernel/contract.ts'
import { codeRule } from '../../kernel/codes.ts'
import { likenesses } from './contract-merge.ts'

export * from './contract-mend.ts'
export * from './contract-merge.ts'
export * from './contract-quality.ts'

/** Ways to reach a party that are neither phone nor mail. */
export const handleKinds = ['wechat', 'qq', 'whatsapp', 'telegram', 'taobao', 'douyin', 'web', 'other'] as const

const partyKind = z.enum(['company', 'person'])
/** Head office, dealer (经销商), or where the goods end up (终端). */
export const chainRoles = ['head', 'dealer', 'end'] as const
const chainRole = z.enum(chainRoles)
const email = () => z.string().trim().max(200).regex(/^(\S+@\S+)?$/)
const country = () => z.string().regex(/^([A-Z]{2})?$/)
const days = () => z.int().min(0).max(3650)

const contactForm = z.strictObject({
  /** Keeps the contact it names; without it a new contact is made. */
  id: id().optional(),
  name: name(100),
  title: line(60).nullable().default(null),
  phone: line(60).nullable().default(null),
  email: email().nullable().default(null),
  wechat: line(60).nullable().default(null),
  is_primary: flag().default(0),
  note: line(500).nullable().default(null),
})
const addressForm = z.strictObject({
  id: id().optional(),
  label: line(60).default(''),
  recipient: line(100).nullable().default(null),
  phone: line(60).nullable().default(null),
  region: line(100).nullable().default(null),
  street: name(300),
  postcode: line(20).nullable().default(null),
  is_default: flag().default(0),
})
const handleForm = z.strictObject({ kind: z.enum(handleKinds), value: name(200) })

export type ContactForm = z.output<typeof contactForm>
export type AddressForm = z.output<typeof addressForm>
export type HandleForm = z.output<typeof handleForm>

/** Every field of a party that people may set. Empty text means nothing; an update leaves alone what it does not name. */
const fields = {
  name: name(200),
  short_name: line(60).nullable(),
  kind: partyKind,
  is_customer: flag(),
  is_supplier: flag(),
  /** The party above it: head office, dealer. */
  parent_id: id().nullable(),
  chain_role: chainRole.nullable(),
  phone: line(60).nullable(),
  email: email().nullable(),
  country: country().nullable(),
  /** The price level whose lists apply to this customer. */
  price_level: line(40).nullable(),
  /** Days from invoice to due day. */
  terms_days: days(),
  /** Minor units; null: no limit. */
  credit_limit_minor: amount().nullable(),
  tax_title: line(200).nullable(),
  tax_no: line(40).nullable(),
  tax_address: line(300).nullable(),
  tax_phone: line(60).nullable(),
  bank_name: line(120).nullable(),
  bank_account: line(60).nullable(),
  note: text(2000).nullable(),
  extra: extra('parties.party').unwrap(),
  aliases: z.array(name(200)).max(50),
  contacts: z.array(contactForm).max(100),
  handles: z.array(handleForm).max(50),
  addresses: z.array(addressForm).max(100),
  tags: z.array(name(40)).max(50),
}

export const partyForm = z.strictObject({
  ...fields,
  /** Empty: taken from the number series. */
  code: line(40).nullable().default(null),
  short_name: fields.short_name.default(null),
  kind: fields.kind.default('company'),
  is_customer: fields.is_customer.default(1),
  is_supplier: fields.is_supplier.default(0),
  parent_id: fields.parent_id.default(null),
  chain_role: fields.chain_role.default(null),
  phone: fields.phone.default(null),
  email: fields.email.default(null),
  country: fields.country.default(null),
  price_level: fields.price_level.default(null),
  terms_days: fields.terms_days.default(0),
  credit_limit_minor: fields.credit_limit_minor.default(null),
  tax_title: fields.tax_title.default(null),
  tax_no: fields.tax_no.default(null),
  tax_address: fields.tax_address.default(null),
  tax_phone: fields.tax_phone.default(null),
  bank_name: fields.bank_name.default(null),
  bank_account: fields.bank_account.default(null),
  note: fields.note.default(null),
  extra: extra('parties.party'),
  aliases: fields.aliases.default([]),
  contacts: fields.contacts.default([]),
  handles: fields.handles.default([]),
  addresses: fields.addresses.default([]),
  tags: fields.tags.default([]),
  /** Left out: the actor, when the actor may only see own rows; otherwise nobody. */
  assigned_to: id().nullable().optional(),
})
export type PartyForm = z.output<typeof partyForm>

const partyPatch = z.strictObject(fields).partial().extend({
  party_id: id(),
  code: name(40).optional(),
  /** 1: the likeness to other parties was seen and is accepted. */
  accept_duplicate: flag().default(0),
})
export type PartyPatch = z.output<typeof partyPatch>

const candidate = z.object({
  party_id: id(),
  code: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  tax_no: z.string().nullable(),
  is_active: flag(),
  because: z.array(z.enum(likenesses)),
})
export type DuplicateCandidate = z.output<typeof candidate>

/** What the code of a party can be made of besides text, year and month. */
export const partyCodeFacts = ['name', 'region', 'country', 'level'] as const

/** The code that such a party would get now; nothing is taken. */
export const nextPartyCode = query({
  name: 'parties.nextCode',
  permission: 'parties.read',
  input: z.strictObject({
    is_customer: flag().default(1),
    name: line(200),
    short_name: fields.short_name.default(null),
    region: line(100).nullable().default(null),
    country: fields.country.default(null),
    price_level: fields.price_level.default(null),
    /** A rule to try; left out: the one in force. */
    rule: codeRule(partyCodeFacts).nullable().optional(),
  }),
  output: z.object({ code: z.string() }),
  reads: ['parties_party', 'platform_counter', 'platform_series', 'platform_setting'],
  scope: 'shared',
})

export const createParty = command({
  name: 'parties.createParty',
  permission: 'parties.write',
  input: partyForm.extend({ accept_duplicate: flag().default(0) }),
  output: z.object({ party_id: id(), code: z.string() }),
  refusals: [
    'parties.looksLikeDuplicate',
    'parties.codeTaken',
    'parties.codeTakenUnseen',
    'parties.roleNeeded',
    'parties.userNotFound',
    'parties.assignNotPermitted',
    'parties.termsNotPermitted',
    'parties.parentNotFound',
    'parties.parentBelowItself',
    ...extraRefusals,
  ],
})

/** Replaces the fields and lists it names, leaves the others alone. */
export const updateParty = command({
  name: 'parties.updateParty',
  permission: 'parties.write',
  input: partyPatch,
  output: z.object({ party_id: id(), code: z.string() }),
  refusals: [
    'parties.partyNotFound',
    'parties.looksLikeDuplicate',
    'parties.codeTaken',
    'parties.codeTakenUnseen',
    'parties.roleNeeded',
    'parties.contactNotFound',
    'parties.addressNotFound',
    'parties.cashPartyIsNeeded',
    'parties.termsNotPermitted',
    'parties.parentNotFound',
    'parties.parentBelowItself',
    ...extraRefusals,
  ],
})

export const deactivateParty = command({
  name: 'parties.deactivateParty',
  permission: 'parties.write',
  input: z.strictObject({ party_id: id() }),
  output: z.object({ party_id: id() }),
  refusals: ['parties.partyNotFound', 'parties.cashPartyIsNeeded'],
})

export const reactivateParty = command({
  name: 'parties.reactivateParty',
  permission: 'parties.write',
  input: z.strictObject({ party_id: id() }),
  output: z.object({ party_id: id() }),
  refusals: ['parties.partyNotFound'],
})

/** Gives the party to a user from a day on, or to nobody (null). */
export const assignParty = command({
  name: 'parties.assignParty',
  permission: 'parties.assign',
  input: z.strictObject({ party_id: id(), user_id: id().nullable(), from_day: day().optional() }),
  output: z.object({ party_id: id() }),
  refusals: [
    'parties.partyNotFound',
    'parties.userNotFound',
    'parties.assignmentTooEarly',
    'parties.assignmentInFuture',
    'parties.cashPartyIsNeeded',
  ],
})

/** Posts the rows of a checked file, all or none. */
export const importParties = command({
  name: 'parties.importParties',
  permission: 'parties.import',
  input: z.strictObject({ staging_id: name(100), accept_duplicates: flag().default(0) }),
  output: z.object({ created: z.int(), sha256: z.string() }),
  refusals: ['parties.importRejected'],
})

const partyRow = z.object({
  party_id: id(),
  code: z.string(),
  name: z.string(),
  short_name: z.string().nullable(),
  kind: partyKind,
  is_customer: flag(),
  is_supplier: flag(),
  is_cash: flag(),
  is_active: flag(),
  parent_id: id().nullable(),
  chain_role: chainRole.nullable(),
  phone: z.string().nullable(),
  tax_no: z.string().nullable(),
  price_level: z.string().nullable(),
  terms_days: z.int(),
  credit_limit_minor: z.int().nullable(),
  assigned_to: id().nullable(),
  assigned_name: z.string().nullable(),
  tags: z.array(z.string()),
  created_at: instant(),
})
export type PartyRow = z.output<typeof partyRow>

export const listParties = query({
  name: 'parties.list',
  permission: 'parties.read',
  input: z.strictObject({
    /** Part of a name, pinyin initials, code, phone, alias or tax number. */
    text: line(100).default(''),
    role: z.enum(['any', 'customer', 'supplier']).default('any'),
    tag: line(40).optional(),
    is_active: flag().optional(),
    assigned_to: id().optional(),
    /** Only the customers of this segment, as it holds them today. */
    segment_id: id().optional(),
    /** This party and all that stand below it, however deep. */
    below: id().optional(),
    chain_role: chainRole.optional(),
    fields: extraFilter(),
    sort: z.union([z.enum(['code', 'name', 'created_at']), extraSort()]).default('code'),
    direction: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  output: z.object({ rows: z.array(partyRow.extend(extraRow('parties.party'))), total: z.int() }),
  reads: ['parties_party', 'parties_assignment', 'parties_tag', 'platform_user', 'platform_search_doc'],
  refusals: ['platform.fieldUnknown', 'platform.fieldValueUnfit', 'parties.segmentNotFound', 'parties.segmentNotPermitted'],
  scope: 'rows',
})

const contactRow = contactForm.extend({ id: id() })
const addressRow = addressForm.extend({ id: id() })

export const getParty = query({
  name: 'parties.get',
  permission: 'parties.read',
  input: z.strictObject({ party_id: id() }),
  output: partyRow.extend({
    email: z.string().nullable(),
    country: z.string().nullable(),
    tax_title: z.string().nullable(),
    tax_address: z.string().nullable(),
    tax_phone: z.string().nullable(),
    bank_name: z.string().nullable(),
    bank_account: z.string().nullable(),
    note: z.string().nullable(),
    ...extraRow('parties.party'),
    aliases: z.array(z.string()),
    contacts: z.array(contactRow),
    handles: z.array(handleForm),
    addresses: z.array(addressRow),
    assignments: z.array(z.object({ user_id: id(), user_name: z.string(), from_day: day(), to_day: day().nullable() })),
  }),
  reads: [
    'parties_party',
    'parties_alias',
    'parties_contact',
    'parties_handle',
    'parties_address',
    'parties_assignment',
    'parties_tag',
    'platform_user',
  ],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})
export type PartyDetail = z.output<typeof getParty.output>

/** Parties that look like the one being written; those the actor may not see are only counted. */
export const findDuplicates = query({
  name: 'parties.duplicates',
  permission: 'parties.read',
  input: z.strictObject({
    /** The party being changed: not a duplicate of itself. */
    party_id: id().optional(),
    name: line(200).default(''),
    aliases: z.array(line(200)).max(50).default([]),
    phones: z.array(line(60)).max(100).default([]),
    tax_no: line(40).default(''),
  }),
  output: z.object({ candidates: z.array(candidate), hidden_count: z.int() }),
  reads: ['parties_party', 'parties_alias', 'parties_contact', 'parties_assignment', 'parties_likeness'],
  scope: 'rows',
})

/** The quick search of pickers: best hit first. */
export const searchParties = query({
  name: 'parties.search',
  permission: 'parties.read',
  input: z.strictObject({
    text: line(100),
    role: z.enum(['any', 'customer', 'supplier']).default('any'),
    /** 1: also the ones that are no longer dealt with. */
    with_inactive: flag().default(0),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({ rows: z.array(partyRow) }),
  reads: ['parties_party', 'parties_assignment', 'parties_tag', 'platform_user', 'platform_search_doc'],
  scope: 'rows',
})

/** The words in use, for filters and pickers: tags with their number of visible parties, and price levels. */
export const partyWords = query({
  name: 'parties.words',
  permission: 'parties.read',
  input: z.strictObject({}),
  output: z.object({ tags: z.array(z.object({ tag: z.string(), count: z.int() })), price_levels: z.array(z.string()) }),
  reads: ['parties_party', 'parties_tag', 'parties_assignment'],
  scope: 'rows',
})

/** The chain in which a party stands: all above it, and all below each of its heads whom the reader may see. */
export const partyTree = query({
  name: 'parties.tree',
  permission: 'parties.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    rows: z.array(
      z.object({ party_id: id(), parent_id: id().nullable(), code: z.string(), name: z.string(), chain_role: chainRole.nullable(), is_active: flag(), assigned_name: z.string().nullable() }),
    ),
  }),
  reads: ['parties_party', 'parties_assignment', 'platform_user'],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})
