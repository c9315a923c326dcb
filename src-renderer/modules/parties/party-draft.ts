import { noExtra, type ExtraDraft } from '../../ui/custom-fields/extra-inputs.tsx'
import type { AskOutput, RunInput } from '../../api/operations.ts'

type Party = AskOutput<'parties.get'>
type Contact = Party['contacts'][number]
type Address = Party['addresses'][number]

export type ContactDraft = Omit<Contact, 'id'> & { readonly id?: string }
export type AddressDraft = Omit<Address, 'id'> & { readonly id?: string }

/** Everything about a party that its form shows; nullable texts are empty here. */
export type PartyDraft = {
  readonly code: string
  readonly name: string
  readonly short_name: string
  readonly kind: 'company' | 'person'
  readonly is_customer: 0 | 1
  readonly is_supplier: 0 | 1
  readonly parent: { readonly party_id: string; readonly name: string } | null
  readonly chain_role: Party['chain_role']
  readonly phone: string
  readonly email: string
  readonly price_level: string
  readonly terms_days: number
  readonly credit_limit_minor: number | null
  readonly tax_title: string
  readonly tax_no: string
  readonly tax_address: string
  readonly tax_phone: string
  readonly bank_name: string
  readonly bank_account: string
  readonly note: string
  readonly aliases: string
  readonly tags: string
  readonly wechat: string
  readonly contacts: readonly ContactDraft[]
  readonly addresses: readonly AddressDraft[]
  readonly assigned_to: string | null
  /** Handles that the form does not show, kept as they are. */
  readonly handles: Party['handles']
  /** The values of the company's own fields. */
  readonly own: ExtraDraft
}

export const emptyParty = (role: 'customer' | 'supplier'): PartyDraft => ({
  code: '',
  name: '',
  short_name: '',
  kind: 'company',
  is_customer: role === 'customer' ? 1 : 0,
  is_supplier: role === 'supplier' ? 1 : 0,
  parent: null,
  chain_role: null,
  phone: '',
  email: '',
  price_level: '',
  terms_days: 0,
  credit_limit_minor: null,
  tax_title: '',
  tax_no: '',
  tax_address: '',
  tax_phone: '',
  bank_name: '',
  bank_account: '',
  note: '',
  aliases: '',
  tags: '',
  wechat: '',
  contacts: [],
  addresses: [],
  assigned_to: null,
  handles: [],
  own: noExtra,
})

const SPLIT = /[,，、;；\n]/

export function draftOfParty(party: Party, parent: PartyDraft['parent'] = null): PartyDraft {
  return {
    code: party.code,
    name: party.name,
    short_name: party.short_name ?? '',
    kind: party.kind,
    is_customer: party.is_customer,
    is_supplier: party.is_supplier,
    parent,
    chain_role: party.chain_role,
    phone: party.phone ?? '',
    email: party.email ?? '',
    price_level: party.price_level ?? '',
    terms_days: party.terms_days,
    credit_limit_minor: party.credit_limit_minor,
    tax_title: party.tax_title ?? '',
    tax_no: party.tax_no ?? '',
    tax_address: party.tax_address ?? '',
    tax_phone: party.tax_phone ?? '',
    bank_name: party.bank_name ?? '',
    bank_account: party.bank_account ?? '',
    note: party.note ?? '',
    aliases: party.aliases.join('、'),
    tags: party.tags.join('、'),
    wechat: party.handles.find((h) => h.kind === 'wechat')?.value ?? '',
    contacts: party.contacts,
    addresses: party.addresses,
    assigned_to: party.assigned_to,
    handles: party.handles.filter((h) => h.kind !== 'wechat'),
    own: { extra: party.extra, extra_names: party.extra_names },
  }
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
const words = (text: string): string[] => [...new Set(text.split(SPLIT).map((w) => w.trim()).filter((w) => w !== ''))]

/** The form as the commands take it; `code` and `assigned_to` go their own ways. */
export function sentParty(draft: PartyDraft) {
  const { code: _code, assigned_to: _assigned, aliases, tags, wechat, handles, contacts, addresses, own, parent, ...rest } = draft
  return {
    ...rest,
    parent_id: parent?.party_id ?? null,
    short_name: orNull(rest.short_name),
    phone: orNull(rest.phone),
    email: orNull(rest.email),
    price_level: orNull(rest.price_level),
    tax_title: orNull(rest.tax_title),
    tax_no: orNull(rest.tax_no),
    tax_address: orNull(rest.tax_address),
    tax_phone: orNull(rest.tax_phone),
    bank_name: orNull(rest.bank_name),
    bank_account: orNull(rest.bank_account),
    note: orNull(rest.note),
    extra: { ...own.extra },
    aliases: words(aliases),
    tags: words(tags),
    handles: [...handles, ...(wechat.trim() === '' ? [] : [{ kind: 'wechat' as const, value: wechat.trim() }])],
    contacts: contacts.filter((c) => c.name.trim() !== ''),
    addresses: addresses.filter((a) => a.street.trim() !== ''),
  } satisfies Partial<RunInput<'parties.createParty'>>
}
