import { event } from '../../kernel/operation.ts'

/** What of an item bears on stock that has already moved. */
export type BearingField = 'base_unit' | 'costing' | 'kind'

/**
 * An item's base unit, costing or kind is about to change: who holds stock of it may refuse. Emitted before anything is written.
 */
export const itemChanging = event<{ item_id: string; what: readonly BearingField[] }>('catalog.itemChanging')
