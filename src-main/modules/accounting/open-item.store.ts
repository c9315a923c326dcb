import { openItem } from '../../../db/schema/accounting.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import { marks, type Row } from '../../storage/db.ts'

export type OpenItem = Row<typeof openItem>
type Held = { readonly row: OpenItem; state: 'new' | 'clean' | 'changed' }

/** Open items of this command: a new one is written once, with all that was settled of it meanwhile. */
const items = unit<Map<string, Held>>({
  key: 'accounting.openItems',
  create: () => new Map(),
  flush: async (db, held) => {
    const all = [...held.values()]
    held.clear()
    await db.insertMany(openItem, all.filter((h) => h.state === 'new').map((h) => h.row))
    await db.put(openItem, all.filter((h) => h.state === 'changed').map((h) => h.row))
  },
})

const ITEMS_HELD = 2000
const IDS_A_STATEMENT = 500
const COLUMNS = 'id, side, party_id, account_id, source_kind, source_id, number, day, due_on, amount_minor, settled_minor'

export async function holdOpenItem(ctx: CommandCtx, row: OpenItem): Promise<void> {
  const held = ctx.unit(items)
  // Earlier items have no unfinished work: whoever needs one again reads it again.
  if (held.size >= ITEMS_HELD) await items.flush(ctx.db, held)
  held.set(row.id, { row, state: 'new' })
}

/** The items with these ids as they stand in this command. Refuses 'accounting.openItemNotFound'. */
export async function openItemsById(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, OpenItem>> {
  const held = ctx.unit(items)
  const missing = [...new Set(ids)].filter((i) => !held.has(i))
  for (let from = 0; from < missing.length; from += IDS_A_STATEMENT) {
    const some = missing.slice(from, from + IDS_A_STATEMENT)
    const rows = await ctx.db.all<OpenItem>(`select ${COLUMNS} from accounting_open_item where id in (${marks(some)}) order by id`, some)
    for (const row of rows) held.set(row.id, { row, state: 'clean' })
  }
  return new Map(
    ids.map((open_item_id) => {
      const known = held.get(open_item_id)
      if (!known) throw new Refusal('accounting.openItemNotFound', { open_item_id })
      return [open_item_id, known.row]
    }),
  )
}

/** Settles `added_minor` (signed as the item) more of an item. */
export function settle(ctx: CommandCtx, item: OpenItem, added_minor: number): void {
  const known = ctx.unit(items).get(item.id)
  if (!known) throw new Error(`the open item ${item.id} is not held by this command`)
  known.row.settled_minor += added_minor
  if (known.state === 'clean') known.state = 'changed'
}
