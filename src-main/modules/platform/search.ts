import type { CommandCtx } from '../../kernel/operation.ts'
import { dropSearchDocs, putSearchDocs, type SearchEntry, type SearchKey } from '../../storage/search.ts'

export { docsSharing, findSearchDocs as searchRefs, refsFound, type SearchHit } from '../../storage/search.ts'

/** Makes records findable, or renews what is known of them. */
export const indexForSearch = (ctx: CommandCtx, entries: readonly SearchEntry[]): Promise<void> => putSearchDocs(ctx.db, entries)

/** Records that are not there for themselves any more are not found. */
export const forgetInSearch = (ctx: CommandCtx, keys: readonly SearchKey[]): Promise<void> => dropSearchDocs(ctx.db, keys)

/**
 * The first `limit` records, in the order of their ids, of which `read` gives a row: it leaves out whom the asker may not see or does not
 * want. Read in portions, since the first nearly always suffices.
 */
export async function firstRows<R>(ids: readonly string[], limit: number, read: (ids: readonly string[]) => Promise<Map<string, R>>): Promise<R[]> {
  const rows: R[] = []
  for (let from = 0; from < ids.length && rows.length < limit; from += limit) {
    const portion = ids.slice(from, from + limit)
    const found = await read(portion)
    rows.push(...portion.flatMap((id) => found.get(id) ?? []))
  }
  return rows.slice(0, limit)
}
