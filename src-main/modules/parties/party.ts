import type { AddressForm, ContactForm } from './contract.ts'

// Pure decisions about one party: the forms in which things are compared, and tidy lists.

/** Fewer digits are an extension or a typing error, not a phone. */
const SHORTEST_PHONE = 6

/** The digits of a phone, without the country code of China; null when there are too few to mean one subscriber. */
export function phoneKeyOf(phone: string | null): string | null {
  if (phone === null) return null
  const digits = phone.normalize('NFKC').replace(/\D+/g, '')
  const bare = digits.replace(/^(00)?86(?=1\d{10}$)/, '')
  return bare.length < SHORTEST_PHONE ? null : bare
}

/** Tax numbers are kept in capitals without spaces. */
export function tidyTaxNo(taxNo: string | null): string | null {
  const bare = (taxNo ?? '').normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  return bare === '' ? null : bare
}

/** Empty text means nothing. */
export const orNull = (text: string | null | undefined): string | null => (text === undefined || text === '' ? null : text)

/** Each word once, in the order given. */
export const unique = (words: readonly string[]): string[] => [...new Set(words.filter((w) => w !== ''))]

/** A contact without empty texts. */
const tidyContact = <T extends ContactForm>(c: T): T => ({
  ...c,
  title: orNull(c.title),
  phone: orNull(c.phone),
  email: orNull(c.email),
  wechat: orNull(c.wechat),
  note: orNull(c.note),
})

/** An address without empty texts. */
const tidyAddress = <T extends AddressForm>(a: T): T => ({
  ...a,
  recipient: orNull(a.recipient),
  phone: orNull(a.phone),
  region: orNull(a.region),
  postcode: orNull(a.postcode),
})

/** Exactly one of the contacts is the primary one: the first that says so, or the first of all. */
export function withOnePrimary(contacts: readonly ContactForm[]): ContactForm[] {
  const chosen = Math.max(0, contacts.findIndex((c) => c.is_primary === 1))
  return contacts.map((c, i) => ({ ...tidyContact(c), is_primary: i === chosen ? 1 : 0 }))
}

/** Exactly one of the addresses is the default one. */
export function withOneDefault(addresses: readonly AddressForm[]): AddressForm[] {
  const chosen = Math.max(0, addresses.findIndex((a) => a.is_default === 1))
  return addresses.map((a, i) => ({ ...tidyAddress(a), is_default: i === chosen ? 1 : 0 }))
}
