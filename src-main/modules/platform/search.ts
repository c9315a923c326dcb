import type { CommandCtx } from '../../kernel/operation.ts'
import { putSearchDocs, type SearchEntry } from '../../storage/search.ts'

export { findSearchDocs as searchRefs, type SearchHit } from '../../storage/search.ts'

/** Makes a record findable, or renews what is known of it. */
export const indexForSearch = (ctx: CommandCtx, entry: SearchEntry): Promise<void> => putSearchDocs(ctx.db, [entry])
