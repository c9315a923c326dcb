import { z } from 'zod'
import { command, day, flag, id, line, name, positiveQuantity, query } from '../../kernel/contract.ts'

// Parts and labour that went into a ticket.

const warnings = z.array(z.looseObject({ code: z.string() }))

/** Parts leave stock at their cost, against the costs of repairs. */
export const useParts = command({
  name: 'service.useParts',
  permission: 'service.work',
  input: z.strictObject({
    ticket_id: id(),
    day: day().optional(),
    /** Defaults to the default warehouse. */
    warehouse_id: id().optional(),
    /** Who used them; left out: who writes it down. */
    engineer_id: id().optional(),
    note: line(200).nullable().default(null),
    lines: z.array(z.strictObject({ item_id: id(), unit: name(40).optional(), quantity_e6: positiveQuantity() })).min(1).max(100),
  }),
  output: z.object({ parts_id: id(), number: z.string(), entry_id: id().nullable(), warnings }),
  refusals: [
    'service.ticketNotFound', 'service.ticketStateForbids', 'service.cannotWork', 'catalog.itemNotFound', 'catalog.unitUnknown', 'inventory.quantityNotExact', 'inventory.itemNotStocked',
    'inventory.notEnoughStock', 'inventory.warehouseNotFound', 'inventory.warehouseInactive', 'accounting.periodLocked',
  ],
})

/** All parts of one use go back into stock at what they cost. */
export const returnParts = command({
  name: 'service.returnParts',
  permission: 'service.work',
  input: z.strictObject({ parts_id: id(), day: day().optional(), reason: name(200) }),
  output: z.object({ parts_id: id(), number: z.string(), entry_id: id().nullable(), warnings }),
  refusals: ['service.partsNotFound', 'service.partsReturned', 'service.beforeParts', 'inventory.warehouseInactive', 'accounting.periodLocked'],
})

/** Time spent; its cost is what an hour costs by the company's setting that day. */
export const logLabour = command({
  name: 'service.logLabour',
  permission: 'service.work',
  input: z.strictObject({ ticket_id: id(), user_id: id().optional(), day: day().optional(), minutes: z.int().min(1).max(6000), note: line(200).nullable().default(null) }),
  output: z.object({ labour_id: id(), cost_minor: z.int() }),
  refusals: ['service.ticketNotFound', 'service.ticketStateForbids', 'service.cannotWork', 'service.labourInFuture'],
})
export const withdrawLabour = command({
  name: 'service.withdrawLabour',
  permission: 'service.work',
  input: z.strictObject({ labour_id: id() }),
  output: z.object({ labour_id: id() }),
  refusals: ['service.labourNotFound'],
})

/** What a ticket and those merged into it took; costs are null for who may not see them. */
export const ticketEffort = query({
  name: 'service.effort',
  permission: 'service.read',
  input: z.strictObject({ ticket_id: id() }),
  output: z.object({
    parts: z.array(z.object({
      parts_id: id(),
      number: z.string(),
      day: day(),
      engineer_name: z.string(),
      note: z.string().nullable(),
      is_returned: flag(),
      entry_id: id().nullable(),
      cost_minor: z.int().nullable(),
      lines: z.array(z.object({ line_no: z.int(), item_id: id(), item_code: z.string(), item_name: z.string(), unit: z.string(), quantity_e6: z.int() })),
    })),
    labour: z.array(z.object({ labour_id: id(), day: day(), user_name: z.string(), minutes: z.int(), cost_minor: z.int().nullable(), note: z.string().nullable() })),
    parts_minor: z.int().nullable(),
    labour_minor: z.int().nullable(),
    minutes: z.int(),
  }),
  reads: ['service_ticket', 'service_parts', 'service_labour', 'inventory_move', 'parties_assignment', 'platform_user', 'catalog_item'],
  refusals: ['service.ticketNotFound'],
  scope: 'rows',
})
