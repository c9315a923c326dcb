import { Refusal } from '../../kernel/refusal.ts'
import type { LineInput } from './post-entry.ts'

// Pure: which settlements are right, and what they move between accounts.

type ItemState = {
  readonly id: string
  readonly side: string
  readonly party_id: string
  readonly account_id: string
  readonly source_kind: string
  readonly number: string
  readonly day: string
  readonly amount_minor: number
  readonly settled_minor: number
}
/** Settles a positive item by `amount_minor` + `discount_minor` and a negative one by `amount_minor`; all in minor units, not negative. */
export type Settlement = {
  readonly positive: ItemState; readonly negative: ItemState; readonly amount_minor: number; readonly discount_minor: number
}

/** What is left of an item, with its sign. */
const openOf = (item: ItemState): number => item.amount_minor - item.settled_minor

/** The documents that may be settled with a discount: those that somebody pays, not the payments themselves. */
const isPayment = (item: ItemState): boolean => item.source_kind === 'accounting.payment'

/** Who each of two parties is now, where one of them may have been merged. */
export type Winners = ReadonlyMap<string, string>

/** Refuses, by name, a settlement that is not right on this day. */
export function checkSettlement({ positive, negative, amount_minor, discount_minor }: Settlement, day: string, winners: Winners = new Map()): void {
  const who = (party_id: string): string => winners.get(party_id) ?? party_id
  if (who(positive.party_id) !== who(negative.party_id)) {
    throw new Refusal('accounting.openItemOfOtherParty', { number: positive.number, other_number: negative.number })
  }
  if (positive.side !== negative.side) {
    throw new Refusal('accounting.openItemSidesMixed', { number: positive.number, other_number: negative.number })
  }
  if (positive.amount_minor < 0 || negative.amount_minor > 0) {
    throw new Refusal('accounting.allocationSigns', { number: (positive.amount_minor < 0 ? positive : negative).number })
  }
  if (discount_minor > 0 && isPayment(positive)) throw new Refusal('accounting.discountNotAllowed', { number: positive.number })
  checkRoom(positive, amount_minor + discount_minor)
  checkRoom(negative, amount_minor)
  for (const item of [positive, negative]) {
    if (day < item.day) throw new Refusal('accounting.allocationTooEarly', { number: item.number, day, item_day: item.day })
  }
}

function checkRoom(item: ItemState, wanted_minor: number): void {
  const open_minor = Math.abs(openOf(item))
  if (wanted_minor > open_minor) throw new Refusal('accounting.overAllocated', { number: item.number, open_minor, wanted_minor })
}

/** A movement on one account: what it adds to the debit side, net, in minor units. */
export type Movement = { readonly account_id: string; readonly party_id: string; readonly debit_minor: number }
export type Moved = { readonly movements: readonly Movement[]; readonly discount_minor: number }

/**
 * What settlements move between accounts: an advance (2203) used for an invoice (1122) goes from the one account to the other, a
 * discount leaves the receivable or payable for an account of its own (`discount_minor`). `others` are netted in.
 */
export function movementsOf(settlements: readonly Settlement[], others: readonly Movement[] = []): Moved {
  const net = new Map<string, { account_id: string; party_id: string; debit_minor: number }>()
  const add = ({ account_id, party_id, debit_minor }: Movement): void => {
    const key = `${account_id} ${party_id}`
    const known = net.get(key)
    if (known) known.debit_minor += debit_minor
    else net.set(key, { account_id, party_id, debit_minor })
  }
  let discount_minor = 0
  for (const movement of others) add(movement)
  for (const { positive, negative, amount_minor, discount_minor: discount } of settlements) {
    // A receivable that is settled is credited, a payable debited; the negative item gives on the other side.
    const toDebit = positive.side === 'receivable' ? -1 : 1
    add({ account_id: positive.account_id, party_id: positive.party_id, debit_minor: toDebit * (amount_minor + discount) })
    add({ account_id: negative.account_id, party_id: negative.party_id, debit_minor: -toDebit * amount_minor })
    discount_minor += discount
  }
  return { movements: [...net.values()].filter((m) => m.debit_minor !== 0), discount_minor }
}

/** Entry lines of what moved; `sign` −1 writes the same lines in red. */
export function linesOf({ side, moved, sign }: { side: string; moved: Moved; sign: 1 | -1 }): LineInput[] {
  const lines: LineInput[] = moved.movements.map(({ account_id, party_id, debit_minor }) => ({
    account_id,
    party_id,
    ...(debit_minor > 0 ? { debit_minor: sign * debit_minor } : { credit_minor: sign * -debit_minor }),
  }))
  const discount = sign * moved.discount_minor
  if (discount === 0) return lines
  return [
    ...lines,
    side === 'receivable' ? { role: 'settlement_discount', debit_minor: discount } : { role: 'purchase_discount', credit_minor: discount },
  ]
}
