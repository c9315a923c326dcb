import type { CommandCtx } from '../../kernel/operation.ts'
import { moveRecord } from './platform.store.ts'

type Of = { readonly source_kind: string; readonly from_id: string; readonly to_id: string }
export type MovedRecord = { readonly table_name: 'platform_attachment' | 'platform_comment'; readonly id: string }

/** Files and words at one record are at another one from now on; gives which. */
export async function moveRecords(ctx: Pick<CommandCtx, 'db'>, { source_kind, from_id, to_id }: Of): Promise<MovedRecord[]> {
  const moved: MovedRecord[] = []
  for (const table_name of ['platform_attachment', 'platform_comment'] as const) {
    const rows = await ctx.db.all<{ id: string }>(`select id from ${table_name} where source_kind = ? and source_id = ? order by id`, [source_kind, from_id])
    for (const { id } of rows) moved.push({ table_name, id })
  }
  for (const record of moved) await moveRecord(ctx, { ...record, from_id, to_id })
  return moved
}

/** One of them goes back, where it still is. */
export const moveRecordBack = (ctx: Pick<CommandCtx, 'db'>, record: MovedRecord & { readonly from_id: string; readonly to_id: string }): Promise<number> => moveRecord(ctx, record)
