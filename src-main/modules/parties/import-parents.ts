import type { CommandCtx, Staged } from '../../kernel/operation.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { visibleParties } from './read-party.ts'

/** Who stands above a row: a party of the books, or another row of the file. */
type Parent = { readonly party_id: string } | { readonly source_row: number }
type Wrong = 'parties.importParentNotFound' | 'parties.importParentAmbiguous' | 'parties.importParentInCircle'

export type Parents = {
  /** What speaks against the parent that a row names; undefined where nothing does. */
  wrongOf(source_row: number): { reason_code: Wrong; found: string } | undefined
  parentOf(source_row: number): Parent | undefined
  /** True for rows that others of the file name: their ids are wanted. */
  isNamed(source_row: number): boolean
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())

/**
 * Who is whose dealer or head office, as a file says it by code or by name: somebody of the books whom the actor may see, or any row of the
 * file, also one further down. A code goes before a name.
 */
export async function parentsIn(ctx: CommandCtx, staged: Staged): Promise<Parents> {
  const wanted = new Map<number, string>()
  for await (const { source_row, values } of staged.rows()) {
    const text = textOf(values['parent'])
    if (text !== '') wanted.set(source_row, text)
  }
  const found = new Map<number, Parent | Wrong>()
  if (wanted.size > 0) {
    const known = await candidates(ctx, { staged, wanted: new Set(wanted.values()) })
    for (const [source_row, text] of wanted) found.set(source_row, known(text))
  }
  markCircles(found)
  const named = new Set([...found.values()].flatMap((parent) => (typeof parent === 'object' && 'source_row' in parent ? [parent.source_row] : [])))
  return {
    wrongOf: (source_row) => {
      const parent = found.get(source_row)
      return typeof parent === 'string' ? { reason_code: parent, found: wanted.get(source_row)! } : undefined
    },
    parentOf: (source_row) => {
      const parent = found.get(source_row)
      return typeof parent === 'object' ? parent : undefined
    },
    isNamed: (source_row) => named.has(source_row),
  }
}

/** How a text is resolved: by the codes and names that are asked for, of books and file. */
async function candidates(ctx: CommandCtx, { staged, wanted }: { staged: Staged; wanted: ReadonlySet<string> }): Promise<(text: string) => Parent | Wrong> {
  const keys = new Set([...wanted].map(nameKeyOf))
  const byCode = new Map<string, Parent>()
  const byName = new Map<string, Parent[]>()
  const note = ({ code, names, parent }: { code: string; names: readonly string[]; parent: Parent }): void => {
    if (wanted.has(code)) byCode.set(code, parent)
    for (const key of names) if (keys.has(key)) byName.set(key, [...(byName.get(key) ?? []), parent])
  }
  for await (const { source_row, values } of staged.rows()) note({ code: textOf(values['code']), names: [nameKeyOf(textOf(values['name']))], parent: { source_row } })
  const seen = visibleParties(ctx.scope, 'p.id')
  const rows = await ctx.db.all<{ id: string; code: string; name_key: string; short_name: string | null }>(
    `select p.id, p.code, p.name_key, p.short_name from parties_party p where p.same_as = p.id and p.is_cash = 0 and ${seen.sql} order by p.id`,
    seen.params,
  )
  for (const { id, code, name_key, short_name } of rows) note({ code, names: [...new Set([name_key, ...(short_name === null ? [] : [nameKeyOf(short_name)])])], parent: { party_id: id } })
  return (text) => {
    const named = byName.get(nameKeyOf(text)) ?? []
    return byCode.get(text) ?? (named.length > 1 ? 'parties.importParentAmbiguous' : (named[0] ?? 'parties.importParentNotFound'))
  }
}

/** Rows that stand above themselves, by whatever way, are wrong: each of the circle. */
function markCircles(found: Map<number, Parent | Wrong>): void {
  const next = (row: number): number | undefined => {
    const parent = found.get(row)
    return typeof parent === 'object' && 'source_row' in parent ? parent.source_row : undefined
  }
  const settled = new Set<number>()
  const circles = new Set<number>()
  for (const start of found.keys()) {
    const path: number[] = []
    const places = new Map<number, number>()
    let row: number | undefined = start
    while (row !== undefined && !settled.has(row) && !places.has(row)) {
      places.set(row, path.push(row) - 1)
      row = next(row)
    }
    if (row !== undefined && places.has(row)) for (const member of path.slice(places.get(row))) circles.add(member)
    for (const passed of path) settled.add(passed)
  }
  for (const member of circles) found.set(member, 'parties.importParentInCircle')
}
