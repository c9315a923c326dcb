import { address, alias, assignment, contact, distinct, handle, merge, mergeRow, party, tag } from '../../../db/schema/parties.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, SqlValue, Table } from '../../storage/db.ts'
import type { Merging } from './events.ts'

// The only code that writes merges, and what they change in the tables of parties.

type Ctx = Pick<CommandCtx, 'db' | 'unit'>
export type Columns = Readonly<Record<string, SqlValue>>
/** One row that a merge changed: the columns that name it now, and those that were changed, before and after; without `before` it was made. */
export type RowChange = { readonly table_name: string; readonly key: Columns; readonly before: Columns | null; readonly after: Columns }

const counted = unit<Map<string, number>>({ key: 'parties.mergeRows', create: () => new Map(), flush: async () => {} })

/** Writes down what a merge changed, in the order in which it did. */
export async function noteChange(ctx: Ctx, { merge_id }: Pick<Merging, 'merge_id'>, change: RowChange): Promise<void> {
  const counts = ctx.unit(counted)
  const seq = (counts.get(merge_id) ?? 0) + 1
  counts.set(merge_id, seq)
  const { table_name, key, before, after } = change
  await ctx.db.insert(mergeRow, { merge_id, seq, table_name, key: JSON.stringify(key), before: JSON.stringify(before), after: JSON.stringify(after) })
}

/** What a merge changed in some tables, the last first. */
export async function changesOf({ db }: Pick<CommandCtx, 'db'>, merge_id: string): Promise<RowChange[]> {
  const rows = await db.all<{ table_name: string; key: string; before: string; after: string }>(
    'select table_name, key, before, after from parties_merge_row where merge_id = ? order by merge_id, seq desc',
    [merge_id],
  )
  return rows.map((r) => ({ table_name: r.table_name, key: JSON.parse(r.key) as Columns, before: JSON.parse(r.before) as Columns | null, after: JSON.parse(r.after) as Columns }))
}

const pairs = (columns: Columns): { sql: string; params: SqlValue[] } => {
  const said = Object.entries(columns)
  return { sql: said.map(([column, value]) => (value === null ? `${column} is null` : `${column} = ?`)).join(' and '), params: said.flatMap(([, value]) => (value === null ? [] : [value])) }
}

/** Changes the row named by `key` where it still holds `held`; gives 0 where it is gone or was changed since. */
export async function changeRow({ db }: Pick<CommandCtx, 'db'>, table: Table, { table_name, key, held, to }: { table_name: string; key: Columns; held: Columns; to: Columns }): Promise<number> {
  const where = pairs({ ...key, ...held })
  const said = Object.entries(to)
  return db.run(table, `update ${table_name} set ${said.map(([column]) => `${column} = ?`).join(', ')} where ${where.sql}`, [...said.map(([, value]) => value), ...where.params])
}

const OWN: Readonly<Record<string, Table>> = {
  parties_party: party, parties_alias: alias, parties_contact: contact, parties_handle: handle, parties_address: address, parties_assignment: assignment, parties_tag: tag,
}

/** Changes one of parties' own rows and writes it down. */
export async function changeOwn(ctx: Ctx, merging: Merging, change: RowChange & { readonly before: Columns }, key: Columns): Promise<void> {
  await changeRow(ctx, OWN[change.table_name]!, { table_name: change.table_name, key, held: {}, to: change.after })
  await noteChange(ctx, merging, change)
}

/** Makes a row of parties' own and writes it down. */
export async function makeOwn(ctx: Ctx, merging: Merging, { table_name, key, row }: { table_name: string; key: Columns; row: Columns }): Promise<void> {
  await ctx.db.insert(OWN[table_name]!, row as never)
  await noteChange(ctx, merging, { table_name, key, before: null, after: row })
}

/** Puts one of parties' own rows back, column by column where nobody changed it since; gives how many rows that were. */
export async function restoreOwn(ctx: Pick<CommandCtx, 'db'>, { table_name, key, before, after }: RowChange): Promise<number> {
  const table = OWN[table_name]
  if (!table) return 0
  if (before === null) {
    const where = pairs(after)
    return ctx.db.run(table, `delete from ${table_name} where ${where.sql}`, where.params)
  }
  // A moved row changes the columns that name it: all of it goes back at once.
  const isMoved = Object.keys(before).some((column) => column in key)
  if (isMoved) return changeRow(ctx, table, { table_name, key, held: {}, to: before })
  let restored = 0
  for (const column of Object.keys(before)) restored = Math.max(restored, await changeRow(ctx, table, { table_name, key, held: { [column]: after[column]! }, to: { [column]: before[column]! } }))
  return restored
}

export async function insertMerge({ db }: Pick<CommandCtx, 'db'>, row: NewRow<typeof merge>): Promise<void> {
  await db.insert(merge, row)
}

export async function markParted({ db }: Pick<CommandCtx, 'db'>, { merge_id, by, at }: { merge_id: string; by: string; at: number }): Promise<void> {
  await db.update(merge, { id: merge_id }, { parted_by: by, parted_at: at })
}

export async function insertDistinct({ db }: Pick<CommandCtx, 'db'>, row: NewRow<typeof distinct>): Promise<void> {
  await db.put(distinct, [row])
}

/** Exactly one of the contacts, and one of the addresses, of a party is the first: after rows came or went. */
export async function settleFirsts(ctx: Pick<CommandCtx, 'db'>, party_id: string): Promise<void> {
  for (const [table, table_name, flag] of [[contact, 'parties_contact', 'is_primary'], [address, 'parties_address', 'is_default']] as const) {
    const rows = await ctx.db.all<{ id: string; flag: number }>(`select id, ${flag} as flag from ${table_name} where party_id = ? order by ${flag} desc, id`, [party_id])
    for (const [i, row] of rows.entries()) {
      if (row.flag !== (i === 0 ? 1 : 0)) await changeRow(ctx, table, { table_name, key: { id: row.id }, held: {}, to: { [flag]: i === 0 ? 1 : 0 } })
    }
  }
}
