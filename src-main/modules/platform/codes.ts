import type { CommandCtx } from '../../kernel/operation.ts'
import { takeNumber } from './numbers.ts'

/**
 * Codes for new master data from a series, leaving out those that people gave by hand. `taken` answers which of some codes are in use,
 * in the tables and among what this command is about to write.
 */
export async function takeFreeCodes(
  ctx: CommandCtx,
  { series, count, taken }: { series: string; count: number; taken: (codes: readonly string[]) => Promise<ReadonlySet<string>> },
): Promise<string[]> {
  const free: string[] = []
  while (free.length < count) {
    const tried: string[] = []
    for (let i = free.length; i < count; i++) tried.push(await takeNumber(ctx, { series, day: ctx.today }))
    const used = await taken(tried)
    for (const code of tried) if (!used.has(code)) free.push(code)
  }
  return free
}
