import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { StockWarning } from './contract.ts'
import { historyOf, insertInto, type Movement } from './history.ts'
import { movementOf, type Moving } from './moving.ts'
import { policyOf } from './places.ts'
import { changeStock, freeAt, plansOfItems, reserve, setOf, stockAt, type ItemState, type StockRow } from './stock.store.ts'
import { warningOf } from './warnings.ts'

type Reservations = 'protect' | 'release'

/** Takes goods from their locations and puts them into others, in order. Refuses 'inventory.notEnoughStock' where the policy forbids it. */
export async function moveStock(
  ctx: CommandCtx,
  { moves, reservations }: { moves: readonly Moving[]; reservations: Reservations },
): Promise<StockWarning[]> {
  const warnings: StockWarning[] = []
  for (const m of moves) {
    const isBackdated = m.state.last_day !== undefined && m.day < m.state.last_day
    const history = isBackdated ? await historyOf(ctx, m.state) : m.state.history
    if (m.from.kind === 'internal') warnings.push(...(await takeFrom(ctx, { m, reservations, history: isBackdated ? history : undefined })))
    if (m.to.kind === 'internal') changeStock(stockAt(m.state, m.to_location_id), { on_hand_e6: m.quantity_e6 })
    if (history) insertInto(history, (m.movement = movementOf(m)))
  }
  return warnings
}

type Taking = { m: Moving; reservations: Reservations; history: readonly Movement[] | undefined }

async function takeFrom(ctx: CommandCtx, { m, reservations, history }: Taking): Promise<StockWarning[]> {
  const row = stockAt(m.state, m.from_location_id)
  const lowest_e6 = history ? lowestFrom({ history, row, location_id: m.from_location_id, day: m.day }) : row.on_hand_e6
  const available_e6 = reservations === 'release' ? lowest_e6 : Math.min(lowest_e6, freeAt(row))
  const policy = policyOf(ctx, m.from)
  const warnings: StockWarning[] = []
  if (m.quantity_e6 > available_e6) {
    const about = { wanted_e6: m.quantity_e6, available_e6: Math.max(available_e6, 0), day: m.day }
    if (policy === 'forbid') {
      const { id, code, name, base_unit } = m.state.item
      throw new Refusal('inventory.notEnoughStock', {
        item_id: id,
        item_code: code,
        item_name: name,
        unit: base_unit,
        location: m.from.name,
        ...about,
      })
    }
    if (policy === 'warn' && m.quantity_e6 > lowest_e6)
      warnings.push(warningOf(m.state.item, { code: 'inventory.stockBelowZero', ...about }))
  }
  changeStock(row, { on_hand_e6: -m.quantity_e6 })
  const taken_e6 = await releaseBeyond(ctx, { state: m.state, location_id: m.from_location_id, row })
  if (taken_e6 > 0) {
    const about = { wanted_e6: taken_e6, available_e6: Math.max(row.on_hand_e6, 0), day: m.day }
    warnings.push(warningOf(m.state.item, { code: 'inventory.reservationTaken', ...about }))
  }
  return warnings
}

/** The least that lies at a location at the end of `day` and of every later day. */
function lowestFrom({
  history,
  row,
  location_id,
  day,
}: {
  history: readonly Movement[]
  row: StockRow
  location_id: string
  day: string
}): number {
  let running = row.on_hand_e6
  let lowest = running
  for (let i = history.length - 1; i >= 0 && history[i]!.day > day; i--) {
    const move = history[i]!
    if (move.to_location_id === location_id) running -= move.quantity_e6
    if (move.from_location_id === location_id) running += move.quantity_e6
    if (i === 0 || history[i - 1]!.day !== move.day) lowest = Math.min(lowest, running)
  }
  return lowest
}

/** Reservations give way when less is left than is promised: who is served last loses first. Gives the quantity. */
async function releaseBeyond(
  ctx: CommandCtx,
  { state, location_id, row }: { state: ItemState; location_id: string; row: StockRow },
): Promise<number> {
  let excess_e6 = row.reserved_e6 - Math.max(row.on_hand_e6, 0)
  if (excess_e6 <= 0) return 0
  const released_e6 = excess_e6
  const plans = await plansOfItems(ctx.db, setOf(ctx), [state.item.id])
  for (const p of plans.filter((x) => x.row.location_id === location_id && x.row.reserved_e6 > 0).toReversed()) {
    const less_e6 = Math.min(excess_e6, p.row.reserved_e6)
    if (less_e6 > 0) reserve(row, p, -less_e6)
    excess_e6 -= less_e6
  }
  return released_e6
}
