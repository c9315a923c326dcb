import { defineModule, type CommandCtx } from '../../kernel/operation.ts'
import type { Reader } from '../../storage/db.ts'
import type { OutsideKind } from './contract.ts'
import type { PlanLine, PlanSet, PlanSource } from './plans.ts'

export type { Basis, CostsToAdjust, MovesPosted, MovesToPost, MoveToPost, PostedMove } from './moving.ts'
export type { PlanLine, PlanSet, PlanSource } from './plans.ts'
export { adjustCosts, postMoves } from './post-moves.ts'

// Signatures of the door; bodies follow.

type Levels = { readonly on_hand_e6: number; readonly reserved_e6: number; readonly incoming_e6: number; readonly available_e6: number }
export type CostOfLine = {
  readonly line_no: number
  readonly seq: number
  readonly item_id: string
  readonly direction: 'in' | 'out' | 'transfer'
  readonly quantity_e6: number
  /** As posted. */
  readonly value_minor: number
  /** What adjustments added since. The cost is the sum of both. */
  readonly adjusted_minor: number
  /** What later moves already gave back of it. */
  readonly returned_e6: number
  readonly counter_account_id: string | null
}

const later = (): never => {
  throw new Error('not built yet')
}

/** Sets what remains planned for these lines and reserves what is free; the same call again changes nothing. */
export const setPlans = async (_ctx: CommandCtx, _work: { source: PlanSource; lines: readonly PlanLine[] }): Promise<PlanSet[]> => later()
/** The goods of a plan moved: its quantity and its reservation shrink. A missing plan is no matter. */
export const consumePlan = async (_ctx: CommandCtx, _work: { source: PlanSource; line_no: number; quantity_e6: number }): Promise<void> => later()
/** Nothing is planned any more for this source; its reservations are free again. */
export const dropPlans = async (_ctx: CommandCtx, _work: { source: PlanSource }): Promise<void> => later()
/** Stock levels of items, of one location or of all of the company's. In a command call `ctx.flush()` first. */
export const availability = async (_db: Reader, _of: { item_ids: readonly string[]; location_id?: string }): Promise<Map<string, Levels>> => later()
/** The day on which a new demand could be met: today, the day of a planned arrival, or null. In a command call `ctx.flush()` first. */
export const atpDays = async (
  _db: Reader,
  _of: { today: string; lines: readonly { item_id: string; location_id: string; quantity_e6: number }[] },
): Promise<(string | null)[]> => later()
/** The location of a warehouse where goods are kept unless said otherwise. */
export const stockLocationOf = async (_ctx: CommandCtx, _warehouse_id: string): Promise<string> => later()
export const outsideLocation = async (_ctx: CommandCtx, _kind: OutsideKind): Promise<string> => later()
export const defaultWarehouseId = async (_ctx: CommandCtx): Promise<string> => later()
/** What the moves of a document cost, line by line, as posted and by adjustments since. */
export const costOfMoves = async (_db: Reader, _of: { source_kind: string; source_id: string }): Promise<CostOfLine[]> => later()
/** Reads pools, layers and stock of many items at once, before a long run of postings. */
export const preloadStock = async (_ctx: CommandCtx, _item_ids: readonly string[]): Promise<void> => later()

export const inventoryModule = defineModule({ name: 'inventory', floor: 5 })
