import { event } from '../../kernel/operation.ts'

/** A merge that is being made or taken back. */
export type Merging = { readonly merge_id: string; readonly winner_id: string; readonly loser_id: string }

/** One party is another one now: whoever holds rows of the loser that may still change relinks them (merge-log.ts). */
export const partiesMerged = event<Merging>('parties.partiesMerged')
/** They are two again: what was relinked goes back. */
export const partiesParted = event<Merging>('parties.partiesParted')

/** Somebody changed a customer's credit limit in the form; minor units, null for none. */
export const creditLimitChanged = event<{ readonly party_id: string; readonly before_minor: number | null; readonly after_minor: number | null }>('parties.creditLimitChanged')
