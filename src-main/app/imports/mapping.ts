import type { Mapping } from '../import-types.ts'
import type { ImportField } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Headers compare without case, width, blanks and punctuation: 'Unit Price*' is 'unitprice', '单价（元）' is '单价元'. */
export const foldHeader = (header: string): string => header.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** What the file most likely means: for each field the first header under which people know it; no header serves two fields. */
export function proposeMapping(fields: readonly ImportField[], headers: readonly string[]): Mapping {
  const free = new Map(headers.map((header) => [foldHeader(header), header]))
  const mapping: Record<string, string> = {}
  for (const field of fields) {
    const known = [...field.headers, field.key].map(foldHeader).find((folded) => free.has(folded))
    if (known === undefined) continue
    mapping[field.key] = free.get(known)!
    free.delete(known)
  }
  return mapping
}

/**
 * Holds a person's mapping against fields and headers. Refuses 'import.fieldUnknown', 'import.headerUnknown', 'import.headerTwice'
 * and, when a field that every row needs has no column, 'import.fieldUnmapped'.
 */
export function checkMapping(mapping: Mapping, { fields, headers }: { fields: readonly ImportField[]; headers: readonly string[] }): void {
  const taken = new Set<string>()
  for (const [key, header] of Object.entries(mapping)) {
    if (!fields.some((field) => field.key === key)) throw new Refusal('import.fieldUnknown', { field: key })
    if (!headers.includes(header)) throw new Refusal('import.headerUnknown', { header })
    if (taken.has(header)) throw new Refusal('import.headerTwice', { header })
    taken.add(header)
  }
  const missing = fields.filter((field) => field.is_required && mapping[field.key] === undefined)
  if (missing.length > 0) throw new Refusal('import.fieldUnmapped', { fields: missing.map((field) => field.key), headers: missing.map((field) => field.headers[0] ?? field.key) })
}
