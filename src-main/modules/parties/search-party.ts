import type { SearchEntry } from '../../storage/search.ts'

/** The kind under which parties are found. */
export const PARTY_KIND = 'party'

type Findable = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly short_name?: string | null
  readonly phone?: string | null
  readonly tax_no?: string | null
  readonly aliases: readonly string[]
  readonly contacts: readonly { readonly name: string; readonly phone: string | null; readonly wechat: string | null }[]
  readonly handles: readonly { readonly value: string }[]
  /** What the company's own fields say of it. */
  readonly own_words: readonly string[]
}

/** Everything by which people look for a party: names, code, phones, contacts, handles, tax number, the company's own fields. */
export function searchEntryOf(p: Findable): SearchEntry {
  const words = [
    p.short_name,
    ...p.aliases,
    p.phone,
    p.tax_no,
    ...p.contacts.flatMap((c) => [c.name, c.phone, c.wechat]),
    ...p.handles.map((h) => h.value),
    ...p.own_words,
  ]
  return {
    kind: PARTY_KIND,
    ref_id: p.id,
    code: p.code,
    title: p.name,
    texts: [...new Set(words.filter((w): w is string => w !== null && w !== undefined && w !== ''))],
  }
}
