import { Refusal } from '../../kernel/refusal.ts'
import type { OrderState } from './contract.ts'
import type { Progress } from './contract-rows.ts'

/** What was done of one order line so far, in base units; everything net of reversals. */
export type LineProgress = {
  readonly line_no: number
  readonly item_id: string
  readonly kind: 'stocked' | 'service'
  /** What was ordered. */
  readonly base_quantity_e6: number
  readonly closed_e6: number
  readonly delivered_e6: number
  /** Came back, by returns. */
  readonly returned_e6: number
  readonly invoiced_e6: number
  /** Credited quantity; price allowances count nothing. */
  readonly credited_e6: number
}

/** What is still to deliver of a line of goods. */
export const toDeliver = (line: LineProgress): number =>
  line.kind === 'stocked' ? Math.max(0, line.base_quantity_e6 - line.closed_e6 - line.delivered_e6) : 0

/**
 * What may be invoiced of a line: goods that left and did not come back, services as ordered. Negative: goods came back after they were
 * invoiced, and their credit note is missing.
 */
export const toInvoice = (line: LineProgress): number =>
  line.kind === 'stocked'
    ? line.delivered_e6 - line.returned_e6 - (line.invoiced_e6 - line.credited_e6)
    : Math.max(0, line.base_quantity_e6 - line.closed_e6 - line.invoiced_e6)

/** Still expected: to deliver of goods, to invoice of services. */
export const remaining = (line: LineProgress): number => (line.kind === 'stocked' ? toDeliver(line) : toInvoice(line))

/** What a change may not go below. */
export const leastQuantity = (line: LineProgress): number => Math.max(line.delivered_e6, line.invoiced_e6)

/** The state of an order that was confirmed: open while something is to deliver or to invoice. */
export const stateAfter = (lines: readonly LineProgress[]): Extract<OrderState, 'confirmed' | 'closed'> =>
  lines.some((l) => toDeliver(l) > 0 || toInvoice(l) > 0) ? 'confirmed' : 'closed'

/** Nothing at all was posted, or all of it was undone. */
export const isUntouched = (lines: readonly LineProgress[]): boolean =>
  lines.every((l) => l.delivered_e6 === 0 && l.returned_e6 === 0 && l.invoiced_e6 === 0 && l.credited_e6 === 0)

/** How far parts are done: what is done against what is due, line by line; lines with nothing due and nothing done are left out. */
export function progressOf(parts: readonly { readonly done: number; readonly due: number }[]): Progress {
  const counted = parts.filter((p) => p.done !== 0 || p.due !== 0)
  if (counted.length === 0) return 'all'
  if (counted.some((p) => p.done < p.due)) return counted.some((p) => p.done > 0) ? 'part' : 'none'
  return counted.some((p) => p.done > p.due) ? 'over' : 'all'
}

export const deliveredState = (lines: readonly LineProgress[]): Progress =>
  progressOf(lines.filter((l) => l.kind === 'stocked').map((l) => ({ done: l.delivered_e6, due: l.base_quantity_e6 - l.closed_e6 })))

export const invoicedState = (lines: readonly LineProgress[]): Progress =>
  progressOf(lines.map((l) => ({ done: l.invoiced_e6, due: l.base_quantity_e6 - l.closed_e6 - uninvoicedReturns(l) })))

/** Goods that came back before they were invoiced are not due to be. */
const uninvoicedReturns = (line: LineProgress): number => Math.max(0, line.returned_e6 - line.credited_e6)

/** The day on which the last line can be there; null where nobody can say for one of them. */
export function latestPromise(lines: readonly { readonly promised_on: string | null }[]): string | null {
  let latest: string | null = null
  for (const { promised_on } of lines) {
    if (promised_on === null) return null
    if (latest === null || promised_on > latest) latest = promised_on
  }
  return latest
}

/** What confirming an order must know. */
export type ConfirmFacts = {
  readonly party: { readonly name: string; readonly is_active: number; readonly credit_limit_minor: number | null }
  readonly items: readonly { readonly line_no: number; readonly code: string; readonly name: string; readonly is_active: number }[]
  /** Open receivables and other confirmed orders that are not invoiced, in minor units; read only where there is a limit. */
  readonly owed_minor: number
  readonly order_minor: number
  /** The actor may confirm above the limit and said why. */
  readonly overridesCredit: boolean
}
type Policy = (facts: ConfirmFacts) => Refusal | undefined

const partyIsActive: Policy = ({ party }) => (party.is_active === 1 ? undefined : new Refusal(
  'sales.partyInactive',
  { party_name: party.name },
))

const itemsAreActive: Policy = ({ items }) => {
  const gone = items.find((i) => i.is_active === 0)
  return gone && new Refusal('sales.itemInactive', { line_no: gone.line_no, item_code: gone.code, item_name: gone.name })
}

const creditIsEnough: Policy = ({ party, owed_minor, order_minor, overridesCredit }) => {
  const limit_minor = party.credit_limit_minor
  if (limit_minor === null || overridesCredit || owed_minor + order_minor <= limit_minor) return undefined
  return new Refusal('sales.creditLimitExceeded', { party_name: party.name, limit_minor, owed_minor, order_minor })
}

/** What must hold before an order is promised to a customer; the first that does not is the refusal. */
const confirmPolicies: readonly Policy[] = [partyIsActive, itemsAreActive, creditIsEnough]

/** All that the policies say against confirming, the first being the refusal. */
export const reasonsAgainst = (facts: ConfirmFacts): Refusal[] => confirmPolicies.flatMap((policy) => policy(facts) ?? [])

/** Refuses to confirm where a policy says no. */
export function assertConfirmable(facts: ConfirmFacts): void {
  const [refusal] = reasonsAgainst(facts)
  if (refusal) throw refusal
}
