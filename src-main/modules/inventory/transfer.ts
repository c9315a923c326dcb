import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertOpenDay } from '../accounting/index.ts'
import { itemsOf } from '../catalog/index.ts'
import { takeNumber } from '../platform/index.ts'
import { inBase } from './adjust-stock.ts'
import { writeTransfer } from './adjustment.store.ts'
import { transfer } from './contract.ts'
import { placeOf } from './places.ts'
import { postMoves } from './post-moves.ts'

/** Carries goods from one location to another: stock moves, cost does not. */
export const transferHandler = handle(transfer, async (ctx, { day, from_location_id, to_location_id, note, lines }) => {
  await assertOpenDay(ctx, day)
  for (const location_id of [from_location_id, to_location_id]) {
    if ((await placeOf(ctx, location_id)).kind !== 'internal') throw new Refusal('inventory.locationNotFound', { location_id })
  }
  if (from_location_id === to_location_id) throw new Refusal('inventory.sameLocation')
  const transfer_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'inventory.transfer', day })
  const items = await itemsOf(
    ctx,
    lines.map((l) => l.item_id),
  )
  const { warnings } = await postMoves(ctx, {
    source: { kind: 'inventory.transfer', id: transfer_id, number },
    day,
    moves: lines.map(({ item_id, unit, quantity_e6 }, i) => ({
      line_no: i + 1,
      item_id,
      quantity_e6: inBase(items.get(item_id)!, { unit, quantity_e6 }),
      from_location_id,
      to_location_id,
      basis: { kind: 'current' },
      counter_account_id: '',
    })),
  })
  const made = { created_by: ctx.actor.id, created_at: ctx.now }
  await writeTransfer(ctx, { id: transfer_id, number, day, from_location_id, to_location_id, note: note ?? null, ...made })
  return { transfer_id, number, warnings: [...warnings] }
})
