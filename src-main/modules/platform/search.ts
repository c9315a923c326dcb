import type { CommandCtx } from '../../kernel/operation.ts'
import { putSearchDocs, type SearchEntry } from '../../storage/search.ts'

export { findSearchDocs as searchRefs, type SearchHit } from '../../storage/search.ts'

/** Makes records findable, or renews what is known of them. */
export const indexForSearch = (ctx: CommandCtx, entries: readonly SearchEntry[]): Promise<void> => putSearchDocs(ctx.db, entries)
