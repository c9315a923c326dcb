import type { CommandCtx } from '../../kernel/operation.ts'
import type { CostsToAdjust, MovesPosted, MovesToPost } from './moving.ts'

/** Moves goods: checks stock, takes cost, keeps pools, layers and stock, and corrects the cost of later moves when it is dated back. */
export async function postMoves(_ctx: CommandCtx, _work: MovesToPost): Promise<MovesPosted> {
  throw new Error('not built yet')
}

/** Raises or lowers the value of earlier receipts; what was already issued of them flows on as adjustments. */
export async function adjustCosts(_ctx: CommandCtx, _work: CostsToAdjust): Promise<{ readonly seqs: readonly number[] }> {
  throw new Error('not built yet')
}
