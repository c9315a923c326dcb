import type { Person, PersonalRows } from '../../kernel/personal.ts'
import type { SqlValue } from '../../storage/db.ts'

// Pure: how what tells of a person is taken out of texts and of JSON.

/** What stands where a word was. */
export const GONE = '***'

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Takes the words out of a text, in whatever case they stand. */
export function without(words: readonly string[]): (text: string) => string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return (text) => text
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'giu')
  return (text) => text.replaceAll(pattern, GONE)
}

/** Ids, days and words of the program's own: they tell nothing of anybody. */
const OWN_KEY = /(?:^|_)(?:ids?|kind|state|day|on|currency|locale|series|unit|role|side|permission)$/
const OWN_VALUE = /^(?:\d{4}-\d\d-\d\d|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Any JSON, its texts changed one by one. */
function mapped(value: unknown, key: string, change: (text: string, key: string) => string): unknown {
  if (typeof value === 'string') return change(value, key)
  if (Array.isArray(value)) return value.map((part) => mapped(part, key, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapped(part, name, change)]))
}

const isOwn = (text: string, key: string): boolean => OWN_KEY.test(key) || OWN_VALUE.test(text)

/** A text of JSON without the words; what is no JSON is taken for plain text. */
export function wordlessJson(json: string, words: readonly string[]): string {
  const clean = without(words)
  return rewritten(json, (text, key) => (isOwn(text, key) ? text : clean(text)))
}

/** A text of JSON that keeps its ids, days, figures and the program's own words, and no other text. */
export const muteJson = (json: string): string => rewritten(json, (text, key) => (isOwn(text, key) ? text : ''))

function rewritten(json: string, change: (text: string, key: string) => string): string {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return change(json, '')
  }
  return JSON.stringify(mapped(value, '', change))
}

/** What the change log keeps of a row that a module told of: as it was, with the columns as they are afterwards. */
export function blankedImage(before: string, { becomes, label }: Pick<Person, 'label'> & Pick<PersonalRows, 'becomes'>): string {
  if (becomes === 'kept') return before
  if (becomes === 'removed') return muteJson(before)
  const row = JSON.parse(before) as Record<string, SqlValue>
  for (const [column, to] of Object.entries(becomes)) if (column in row && row[column] !== null) row[column] = to === null ? null : to(label)
  return JSON.stringify(row)
}
