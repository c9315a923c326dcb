import type { CommandCtx } from '../../kernel/operation.ts'
import type { SqlValue, Table } from '../../storage/db.ts'
import type { Merging } from './events.ts'
import { changeRow, changesOf, noteChange } from './merge.store.ts'

/** Rows of an upper floor that name a party and may still change: called from the store that owns the table. */
export type PartyLink = {
  readonly table: Table
  readonly table_name: string
  readonly column: string
  /** SQL of those that go along; all of them where it is left out. */
  readonly where?: string
  /** Other columns that change with it. */
  readonly also?: Readonly<Record<string, SqlValue>>
}

/** Gives a loser's rows to the winner, and writes each down. */
export async function relink(ctx: CommandCtx, merging: Merging, { table, table_name, column, where = '1 = 1', also = {} }: PartyLink): Promise<void> {
  const others = Object.keys(also)
  const rows = await ctx.db.all<{ id: string } & Record<string, SqlValue>>(
    `select ${['id', column, ...others].join(', ')} from ${table_name} where ${column} = ? and ${where} order by id`,
    [merging.loser_id],
  )
  for (const { id, ...before } of rows) {
    const after = { [column]: merging.winner_id, ...also }
    await changeRow(ctx, table, { table_name, key: { id }, held: {}, to: after })
    await noteChange(ctx, merging, { table_name, key: { id }, before: before as Record<string, SqlValue>, after })
  }
}

/** Gives back what was relinked in a table, where it still is as the merge left it. */
export async function unlink(ctx: CommandCtx, { merge_id }: Merging, { table, table_name, column }: Pick<PartyLink, 'table' | 'table_name' | 'column'>): Promise<void> {
  for (const change of await changesOf(ctx, merge_id)) {
    if (change.table_name !== table_name || change.before === null || !(column in change.before)) continue
    await changeRow(ctx, table, { table_name, key: change.key, held: { [column]: change.after[column]! }, to: change.before })
  }
}
