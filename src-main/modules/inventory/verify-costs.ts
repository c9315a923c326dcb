import type { Reader } from '../../storage/db.ts'
import { replay, type Layer } from './costing.ts'
import { costMovesOf, readHistory } from './history.ts'

/** A stored cost that is not what the moves say. */
export type CostProblem = { readonly item_id: string; readonly what: string; readonly stored: number; readonly rebuilt: number }

type Stored = {
  item_id: string
  costing: 'average' | 'fifo'
  quantity_e6: number
  value_minor: number
  last_cost_quantity_e6: number
  last_cost_value_minor: number
}

/** Runs every item's moves again from nothing: each value, pool and layer must come out as stored. The strongest check of all. */
export async function verifyCosts(db: Reader): Promise<CostProblem[]> {
  const problems: CostProblem[] = []
  const items = await db.all<Stored>(
    `select p.item_id, i.costing, p.quantity_e6, p.value_minor, p.last_cost_quantity_e6, p.last_cost_value_minor
       from inventory_pool p join catalog_item i on i.id = p.item_id order by p.item_id`,
  )
  for (const stored of items) problems.push(...(await verifyItem(db, stored)))
  return problems
}

async function verifyItem(db: Reader, stored: Stored): Promise<CostProblem[]> {
  const { item_id } = stored
  const history = await readHistory(db, item_id)
  const { pool, values } = replay(stored.costing, costMovesOf(history))
  const problems: CostProblem[] = []
  const compare = (what: string, pair: { stored: number; rebuilt: number }): void => {
    if (pair.stored !== pair.rebuilt) problems.push({ item_id, what, ...pair })
  }
  for (const move of history) {
    if (move.kind !== 'transfer') compare(`cost of move ${move.seq}`, { stored: move.posted_minor, rebuilt: values.get(move.seq)! })
  }
  for (const column of ['quantity_e6', 'value_minor', 'last_cost_quantity_e6', 'last_cost_value_minor'] as const) {
    compare(column, { stored: stored[column], rebuilt: pool[column] })
  }
  const layers = await db.all<Layer>(
    'select day, seq, quantity_e6, value_minor from inventory_layer where item_id = ? order by day, seq, item_id',
    [item_id],
  )
  compare('number of layers', { stored: layers.length, rebuilt: pool.layers.length })
  for (const [i, layer] of layers.entries()) {
    compare(`quantity of layer ${layer.seq}`, { stored: layer.quantity_e6, rebuilt: pool.layers[i]?.quantity_e6 ?? 0 })
    compare(`value of layer ${layer.seq}`, { stored: layer.value_minor, rebuilt: pool.layers[i]?.value_minor ?? 0 })
  }
  return problems
}
