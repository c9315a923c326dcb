import { z } from 'zod'
import { amount, command, day, flag, id, instant, line, name, page, positiveQuantity, query, text, unitPrice } from '../../kernel/contract.ts'
import type { StateTable } from '../../kernel/states.ts'

// Contracts: what was agreed for a term, and in which parts it is paid.

export type ContractState = 'draft' | 'active' | 'terminated'
/** Signed, it gets its number. Whether it has run out is worked out from its last day. */
export const contractStates: StateTable<ContractState> = { draft: ['active', 'terminated'], active: ['terminated'], terminated: [] }
const state = z.enum(['draft', 'active', 'terminated'])

const form = {
  title: name(200),
  amount_minor: amount().min(1),
  starts_on: day(),
  ends_on: day(),
  /** So many days before its end its owner gets a task; null: no reminder. */
  remind_days: z.int().min(0).max(3650).nullable().default(30),
  /** Left out: whoever enters it. */
  owner_id: id().optional(),
  note: text(4000).nullable().default(null),
  lines: z.array(z.strictObject({ item_id: id(), unit: name(40).nullable().default(null), quantity_e6: positiveQuantity(), price_e4: unitPrice() })).max(200).default([]),
  /** Day by day, together the amount. */
  plan: z.array(z.strictObject({ due_on: day(), amount_minor: amount().min(1), note: line(200).nullable().default(null) })).min(1).max(120),
}
const formRefusals = ['catalog.itemNotFound', 'catalog.unitUnknown', 'contracts.termReversed', 'contracts.planDiffers', 'contracts.planOutOfOrder', 'crm.userNotFound'] as const
const one = z.strictObject({ contract_id: id() })
const contractId = z.object({ contract_id: id() })
const moves = ['contracts.contractNotFound', 'contracts.stateForbids'] as const

export const createContract = command({
  name: 'contracts.createContract',
  permission: 'contracts.write',
  input: z.strictObject({ party_id: id(), ...form }),
  output: contractId,
  refusals: ['parties.partyNotFound', ...formRefusals],
})

/** A draft of what an opportunity offers, or of a quote as it was made: a year from today, paid at once. */
export const draftContract = command({
  name: 'contracts.draftContract',
  permission: 'contracts.write',
  input: z
    .strictObject({ opportunity_id: id().optional(), quote_id: id().optional() })
    .refine((f) => (f.opportunity_id === undefined) !== (f.quote_id === undefined), { path: ['opportunity_id'], message: 'an opportunity or a quote' }),
  output: contractId,
  refusals: ['crm.opportunityNotFound', 'sales.quoteNotFound', 'contracts.nothingAgreed'],
})

/** Replaces a draft whole. */
export const updateContract = command({
  name: 'contracts.updateContract',
  permission: 'contracts.write',
  input: z.strictObject({ contract_id: id(), ...form }),
  output: contractId,
  refusals: [...moves, ...formRefusals],
})

/** Both have signed: it takes its number, and what was agreed is not changed any more. */
export const signContract = command({
  name: 'contracts.signContract',
  permission: 'contracts.write',
  input: z.strictObject({ contract_id: id(), signed_on: day() }),
  output: contractId.extend({ number: z.string() }),
  refusals: [...moves, 'contracts.signedInFuture'],
})

/** It ends before its time, or the draft comes to nothing. */
export const terminateContract = command({
  name: 'contracts.terminateContract',
  permission: 'contracts.write',
  input: z.strictObject({ contract_id: id(), reason: name(500) }),
  output: contractId,
  refusals: [...moves],
})

/** The next contract as a draft: the same for the term that follows, its plan moved by as much. */
export const renewContract = command({
  name: 'contracts.renewContract',
  permission: 'contracts.write',
  input: one,
  output: contractId,
  refusals: [...moves, 'contracts.renewedAlready'],
})

/** A draft order of a signed contract, with nothing retyped: of its quote where that still stands, else of its lines. */
export const orderContract = command({
  name: 'contracts.orderContract',
  permission: 'contracts.write',
  input: one,
  output: contractId.extend({ order_id: id() }),
  refusals: [
    ...moves, 'contracts.orderedAlready', 'contracts.nothingToOrder', 'contracts.orderNotPermitted', 'sales.partyInactive', 'sales.itemInactive', 'sales.quantityNotExact', 'sales.amountTooLarge',
    'catalog.taxRateUnknown', 'catalog.unitUnknown', 'platform.fieldRequired',
  ],
})

/** Gives owners a task for contracts that end soon, one for each. Runs by itself once a day. */
export const remindOfEnds = command({ name: 'contracts.remindOfEnds', permission: 'contracts.write', input: z.strictObject({}), output: z.object({ count: z.int() }), refusals: [] })

const row = {
  contract_id: id(),
  number: z.string().nullable(),
  title: z.string(),
  party_id: id(),
  party_name: z.string(),
  amount_minor: z.int(),
  starts_on: day(),
  ends_on: day(),
  state,
  /** 1: signed, and past its last day. */
  is_over: flag(),
  /** 1: signed, not over, and within the days of its reminder. */
  ends_soon: flag(),
  owner_name: z.string(),
  /** What came in for its order, and the next part that is not paid. */
  paid_minor: z.int(),
  next_due_on: day().nullable(),
  /** Of the plan, what is past its day and not paid. */
  late_minor: z.int(),
}

export const listContracts = query({
  name: 'contracts.list',
  permission: 'contracts.read',
  input: z.strictObject({
    text: line(100).default(''),
    show: z.enum(['running', 'draft', 'ending', 'late', 'over', 'terminated', 'all']).default('running'),
    party_id: id().optional(),
    opportunity_id: id().optional(),
    quote_id: id().optional(),
    order_id: id().optional(),
    ...page,
  }),
  output: z.object({ rows: z.array(z.object(row)), total: z.int(), amount_minor: z.int() }),
  reads: ['contracts_contract', 'contracts_instalment', 'parties_party', 'parties_assignment', 'platform_user', 'accounting_payment', 'accounting_open_item', 'accounting_allocation', 'sales_invoice'],
  scope: 'rows',
})

const linked = z.object({ id: id(), number: z.string().nullable() })

export const getContract = query({
  name: 'contracts.contract',
  permission: 'contracts.read',
  input: one,
  output: z.object({
    ...row,
    owner_id: id(),
    remind_days: z.int().nullable(),
    note: z.string().nullable(),
    signed_on: day().nullable(),
    ended_on: day().nullable(),
    end_reason: z.string().nullable(),
    created_at: instant(),
    lines: z.array(z.object({ line_no: z.int(), item_id: id(), item_name: z.string(), unit: z.string(), quantity_e6: z.int(), price_e4: z.int() })),
    plan: z.array(z.object({ part_no: z.int(), due_on: day(), amount_minor: z.int(), paid_minor: z.int(), note: z.string().nullable(), state: z.enum(['open', 'part', 'paid', 'late']) })),
    opportunity: linked.nullable(),
    quote: linked.nullable(),
    order: linked.nullable(),
    renews: linked.nullable(),
    renewed_by: linked.nullable(),
  }),
  reads: [
    'contracts_contract', 'contracts_instalment', 'contracts_line', 'catalog_item', 'crm_opportunity', 'sales_quote', 'sales_order', 'parties_party', 'parties_assignment', 'platform_user',
    'accounting_payment', 'accounting_open_item', 'accounting_allocation', 'sales_invoice',
  ],
  refusals: ['contracts.contractNotFound'],
  scope: 'rows',
})
