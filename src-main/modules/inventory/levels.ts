import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { marks, type Reader } from '../../storage/db.ts'
import { loadItems } from './stock.store.ts'

export type Levels = {
  readonly on_hand_e6: number
  readonly reserved_e6: number
  readonly incoming_e6: number
  readonly available_e6: number
}

const IDS_A_STATEMENT = 500

type LevelRow = Omit<Levels, 'available_e6'> & { item_id: string; location_id: string }

/** Stock levels of items at one location, or of all that the company holds. Inside a command: as this command has made them. */
export async function availability(
  ctx: CommandCtx | QueryCtx,
  { item_ids, location_id }: { item_ids: readonly string[]; location_id?: string },
): Promise<Map<string, Levels>> {
  const rows = 'unit' in ctx ? await heldRows(ctx, item_ids) : await readRows(ctx.db, item_ids)
  const found = new Map<string, Levels>()
  for (const item_id of item_ids) found.set(item_id, { on_hand_e6: 0, reserved_e6: 0, incoming_e6: 0, available_e6: 0 })
  for (const row of rows) {
    if (location_id !== undefined && row.location_id !== location_id) continue
    const sum = found.get(row.item_id)!
    found.set(row.item_id, {
      on_hand_e6: sum.on_hand_e6 + row.on_hand_e6,
      reserved_e6: sum.reserved_e6 + row.reserved_e6,
      incoming_e6: sum.incoming_e6 + row.incoming_e6,
      available_e6: sum.available_e6 + row.on_hand_e6 - row.reserved_e6,
    })
  }
  return found
}

async function heldRows(ctx: CommandCtx, item_ids: readonly string[]): Promise<LevelRow[]> {
  const states = await loadItems(ctx, item_ids)
  return [...new Set(item_ids)].flatMap((item_id) =>
    [...states.get(item_id)!.stock].map(([location_id, levels]) => ({ item_id, location_id, ...levels })),
  )
}

async function readRows(db: Reader, item_ids: readonly string[]): Promise<LevelRow[]> {
  const ids = [...new Set(item_ids)]
  const rows: LevelRow[] = []
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    const more = await db.all<LevelRow>(
      `select item_id, location_id, on_hand_e6, reserved_e6, incoming_e6 from inventory_stock
        where item_id in (${marks(some)}) order by item_id, location_id`,
      some,
    )
    rows.push(...more)
  }
  return rows
}

/** What a document's line moved and what it cost. */
export type CostOfLine = {
  readonly line_no: number
  readonly seq: number
  readonly item_id: string
  readonly direction: 'in' | 'out' | 'transfer'
  readonly from_location_id: string
  readonly to_location_id: string
  readonly quantity_e6: number
  /** As posted. */
  readonly value_minor: number
  /** What adjustments added since. The cost is the sum of both. */
  readonly adjusted_minor: number
  /** What later moves already gave back of it. */
  readonly returned_e6: number
  readonly counter_account_id: string | null
}

/** What the moves of a document cost, line by line, as posted and by adjustments since. Sees the moves of the running command too. */
export function costOfMoves(db: Reader, { source_kind, source_id }: { source_kind: string; source_id: string }): Promise<CostOfLine[]> {
  return db.all<CostOfLine>(
    `select m.source_line_no as line_no, m.seq, m.item_id, m.kind as direction, m.from_location_id, m.to_location_id, m.quantity_e6,
            m.value_minor, coalesce((select sum(a.value_minor) from inventory_move a
                                      where a.original_seq = m.seq and a.kind = 'adjustment'), 0) as adjusted_minor,
            coalesce((select sum(r.quantity_e6 - coalesce((select sum(u.quantity_e6) from inventory_move u
                                                            where u.original_seq = r.seq and u.kind <> 'adjustment'), 0))
                        from inventory_move r where r.original_seq = m.seq and r.kind <> 'adjustment'), 0) as returned_e6,
            m.counter_account_id
       from inventory_move m where m.source_kind = ? and m.source_id = ? and m.kind <> 'adjustment' order by m.source_line_no, m.seq`,
    [source_kind, source_id],
  )
}
