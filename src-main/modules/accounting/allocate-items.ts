import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, winnerOf } from '../parties/index.ts'
import { allocate, undoThese, type AllocationRow } from './allocate.ts'
import { allocateItems, undoAllocation } from './contract.ts'
import { openItemsById } from './open-item.store.ts'

/** 核销: settles what is open against each other, all of one party. */
export const allocateItemsHandler = handle(allocateItems, async (ctx, { party_id, day, pairs }) => {
  await assertVisible(ctx, party_id)
  for (const item of (await openItemsById(ctx, pairs.map((p) => p.positive_id))).values()) {
    if (item.party_id !== party_id && (await winnerOf(ctx, item.party_id)) !== (await winnerOf(ctx, party_id))) throw new Refusal('accounting.openItemOfOtherParty', { number: item.number })
  }
  const { entry_id } = await allocate(ctx, { day, pairs })
  return { entry_id: entry_id ?? null }
})

/** Takes one settlement back; both items are open again. */
export const undoAllocationHandler = handle(undoAllocation, async (ctx, { allocation_id, day }) => {
  const row = await ctx.db.get<AllocationRow & { undone_by: string | null }>(
    `select a.id, a.positive_id, a.negative_id, a.day, a.amount_minor, a.discount_minor, a.undoes_id, a.is_final, a.entry_id, a.created_by, a.created_at,
            (select u.id from accounting_allocation u where u.undoes_id = a.id) as undone_by
       from accounting_allocation a where a.id = ?`,
    [allocation_id],
  )
  if (!row || row.undoes_id !== null) throw new Refusal('accounting.allocationNotFound', { allocation_id })
  const item = (await openItemsById(ctx, [row.positive_id])).get(row.positive_id)!
  await assertVisible(ctx, item.party_id, () => new Refusal('accounting.allocationNotFound', { allocation_id }))
  if (row.undone_by !== null) throw new Refusal('accounting.allocationAlreadyUndone', { number: item.number })
  const { entry_id } = await undoThese(ctx, { day, allocations: [row] })
  return { entry_id: entry_id ?? null }
})
