import type { allocation } from '../../../db/schema/accounting.ts'
import { assert } from '../../kernel/assert.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader, Row } from '../../storage/db.ts'
import { partyOf, winnerOf } from '../parties/index.ts'
import { accountIdOf } from './accounts.ts'
import type { AccountRole, Side } from './contract.ts'
import { holdAllocation, writeHeldRows } from './journal.store.ts'
import { assertOpenDay } from './lock.ts'
import { holdOpenItem, openItemsById, settle, type OpenItem } from './open-item.store.ts'
import { postEntry, type EntrySource } from './post-entry.ts'
import { checkSettlement, linesOf, movementsOf, type Settlement, type Winners } from './settlement.ts'
import { allocationSummary, undoSummary } from './wording.ts'

export type AllocationRow = Row<typeof allocation>
/** A pair to settle; `discount_minor` settles the positive item further. */
export type Pair = {
  readonly positive_id: string; readonly negative_id: string; readonly amount_minor: number; readonly discount_minor?: number
}

/**
 * Opens an item: what a document adds to what a party owes or is owed (minor units, signed as db/schema says). The caller
 * posts the entry on the same account and party. An amount of 0 opens nothing and gives nothing.
 */
export async function addOpenItem(
  ctx: CommandCtx,
  item: {
    side: Side
    party_id: string
    account_role: AccountRole
    source: { kind: string; id: string }
    number: string
    day: string
    due_on: string
    amount_minor: number
  },
): Promise<string | undefined> {
  if (item.amount_minor === 0) return undefined
  const { account_role, source, ...rest } = item
  const id = ctx.newId()
  const account_id = await accountIdOf(ctx, account_role)
  await holdOpenItem(ctx, { id, ...rest, account_id, source_kind: source.kind, source_id: source.id, settled_minor: 0 })
  return id
}

/** The items of a document; in a command, after `ctx.flush()` where that command made them. */
export const openItemsOf = (db: Reader, { source_kind, source_id }: { source_kind: string; source_id: string }): Promise<OpenItem[]> =>
  db.all<OpenItem>(
    `select id, side, party_id, account_id, source_kind, source_id, number, day, due_on, amount_minor, settled_minor
       from accounting_open_item where source_kind = ? and source_id = ? order by id`,
    [source_kind, source_id],
  )

/**
 * Settles items against each other. Where they stand on different accounts (an advance used for an invoice), or with a discount,
 * one entry is posted; its id is given. Refuses everything `checkSettlement` names, and 'accounting.periodLocked'.
 */
export async function allocate(
  ctx: CommandCtx,
  { day, pairs, source, summary }: { day: string; pairs: readonly Pair[]; source?: EntrySource; summary?: string },
): Promise<{ entry_id: string | undefined }> {
  if (pairs.length === 0) return { entry_id: undefined }
  await assertOpenDay(ctx, day)
  const settlements = await settleItems(ctx, { day, pairs })
  const first = settlements[0]!.positive
  const moved = movementsOf(settlements)
  const entry_id = moved.movements.length === 0 ? undefined : ctx.newId()
  if (entry_id !== undefined) {
    const party = await partyOf(ctx, first.party_id)
    await postEntry(ctx, {
      id: entry_id,
      day,
      kind: 'document',
      summary: summary ?? allocationSummary(ctx.company, party.name),
      source: source ?? { kind: 'accounting.allocation', id: entry_id, number: null },
      lines: linesOf({ side: first.side, moved, sign: 1 }),
    })
  }
  recordSettlements(ctx, { day, settlements, entry_id, is_final: 0 })
  return { entry_id }
}

/** Checks the pairs in order, each after the ones before it, and settles their items. */
export async function settleItems(ctx: CommandCtx, { day, pairs }: { day: string; pairs: readonly Pair[] }): Promise<Settlement[]> {
  const items = await openItemsById(ctx, pairs.flatMap((p) => [p.positive_id, p.negative_id]))
  const winners = await winnersOf(ctx, [...items.values()])
  return pairs.map(({ positive_id, negative_id, amount_minor, discount_minor = 0 }) => {
    assert(amount_minor >= 0 && discount_minor >= 0, 'settlements are not negative')
    const [positive, negative] = [items.get(positive_id)!, items.get(negative_id)!]
    const settlement = { positive, negative, amount_minor, discount_minor }
    checkSettlement(settlement, day, winners)
    settle(ctx, positive, amount_minor + discount_minor)
    settle(ctx, negative, -amount_minor)
    return settlement
  })
}

/** Who the parties of some items are now: asked only where there are several. What moves between two ids of one customer is posted by its lines. */
async function winnersOf(ctx: CommandCtx, items: readonly OpenItem[]): Promise<Winners> {
  const ids = [...new Set(items.map((i) => i.party_id))]
  const winners = new Map<string, string>()
  if (ids.length > 1) for (const id of ids) winners.set(id, await winnerOf(ctx, id))
  return winners
}

export function recordSettlements(
  ctx: CommandCtx,
  { day, settlements, entry_id, is_final }: {
    day: string; settlements: readonly Settlement[]; entry_id: string | undefined; is_final: 0 | 1
  },
): void {
  for (const { positive, negative, amount_minor, discount_minor } of settlements) {
    holdAllocation(ctx, {
      id: ctx.newId(), positive_id: positive.id, negative_id: negative.id, day, amount_minor, discount_minor,
      undoes_id: null, is_final, entry_id: entry_id ?? null, created_by: ctx.actor.id, created_at: ctx.now,
    })
  }
}

/** The allocations of an item that stand: neither undoings nor undone. */
export async function standingAllocations(ctx: CommandCtx, item_id: string): Promise<AllocationRow[]> {
  await writeHeldRows(ctx)
  return ctx.db.all<AllocationRow>(
    `select a.id, a.positive_id, a.negative_id, a.day, a.amount_minor, a.discount_minor, a.undoes_id, a.is_final, a.entry_id, a.created_by, a.created_at
       from accounting_allocation a
      where (a.positive_id = ? or a.negative_id = ?) and a.undoes_id is null
        and not exists (select 1 from accounting_allocation u where u.undoes_id = a.id)
      order by a.id`,
    [item_id, item_id],
  )
}

/** Reopens the items of these allocations on a day; the caller posts what moves back. */
export async function unsettle(
  ctx: CommandCtx, { day, allocations }: { day: string; allocations: readonly AllocationRow[] },
): Promise<Settlement[]> {
  const items = await openItemsById(ctx, allocations.flatMap((a) => [a.positive_id, a.negative_id]))
  return allocations.map((a) => {
    const [positive, negative] = [items.get(a.positive_id)!, items.get(a.negative_id)!]
    if (a.is_final === 1) throw new Refusal('accounting.allocationIsFinal', { number: positive.number })
    if (day < a.day) throw new Refusal('accounting.allocationTooEarly', { number: positive.number, day, item_day: a.day })
    settle(ctx, positive, -(a.amount_minor + a.discount_minor))
    settle(ctx, negative, a.amount_minor)
    return { positive, negative, amount_minor: a.amount_minor, discount_minor: a.discount_minor }
  })
}

export function recordUndoings(
  ctx: CommandCtx,
  { day, allocations, entry_id }: { day: string; allocations: readonly AllocationRow[]; entry_id: string | undefined },
): void {
  for (const a of allocations) {
    holdAllocation(ctx, {
      id: ctx.newId(), positive_id: a.positive_id, negative_id: a.negative_id, day, amount_minor: 0 - a.amount_minor,
      discount_minor: 0 - a.discount_minor, undoes_id: a.id, is_final: 0, entry_id: entry_id ?? null, created_by: ctx.actor.id, created_at: ctx.now,
    })
  }
}

/** Undoes these allocations and posts, in red, what they had moved between accounts. */
export async function undoThese(
  ctx: CommandCtx, { day, allocations }: { day: string; allocations: readonly AllocationRow[] },
): Promise<{ entry_id: string | undefined }> {
  if (allocations.length === 0) return { entry_id: undefined }
  await assertOpenDay(ctx, day)
  const settlements = await unsettle(ctx, { day, allocations })
  const moved = movementsOf(settlements)
  const { side, party_id } = settlements[0]!.positive
  const entry_id = moved.movements.length === 0 ? undefined : ctx.newId()
  if (entry_id !== undefined) {
    const party = await partyOf(ctx, party_id)
    const source = { kind: 'accounting.allocation', id: entry_id, number: null }
    const lines = linesOf({ side, moved, sign: -1 })
    await postEntry(ctx, { id: entry_id, day, kind: 'document', summary: undoSummary(ctx.company, party.name), source, lines })
  }
  recordUndoings(ctx, { day, allocations, entry_id })
  return { entry_id }
}

/**
 * Undoes everything that was settled with an item, before its document is reversed: money used for it stands as an advance again.
 * Refuses 'accounting.allocationIsFinal' when the item was cancelled, 'accounting.allocationTooEarly' before the day of an allocation.
 */
export async function undoAllocations(ctx: CommandCtx, { item_id, day }: { item_id: string; day: string }): Promise<void> {
  await undoThese(ctx, { day, allocations: await standingAllocations(ctx, item_id) })
}

/**
 * Cancels an item because its document was reversed: undoes its allocations, opens the opposite item in the name of the
 * reversal and settles both for good. The caller posts the reversing entry. Gives the id of the opposite item.
 */
export async function cancelOpenItem(ctx: CommandCtx, cancelling: Cancelling): Promise<string> {
  await undoAllocations(ctx, cancelling)
  return oppose(ctx, cancelling)
}

/** The item to cancel, and the document that cancels it. */
export type Cancelling = {
  readonly item_id: string; readonly day: string; readonly source: { kind: string; id: string }; readonly number: string
}

/** Opens the opposite of an item that settles nothing any more, and settles both for good. */
export async function oppose(ctx: CommandCtx, { item_id, day, source, number }: Cancelling): Promise<string> {
  const item = (await openItemsById(ctx, [item_id])).get(item_id)!
  assert(item.settled_minor === 0, 'all allocations of the item are undone')
  const { side, party_id, account_id } = item
  const id = ctx.newId()
  const amount_minor = 0 - item.amount_minor
  await holdOpenItem(ctx, {
    id, side, party_id, account_id, source_kind: source.kind, source_id: source.id, number, day, due_on: day, amount_minor, settled_minor: 0,
  })
  const [positive_id, negative_id] = amount_minor > 0 ? [id, item_id] : [item_id, id]
  const settlements = await settleItems(ctx, { day, pairs: [{ positive_id, negative_id, amount_minor: Math.abs(amount_minor) }] })
  recordSettlements(ctx, { day, settlements, entry_id: undefined, is_final: 1 })
  return id
}
