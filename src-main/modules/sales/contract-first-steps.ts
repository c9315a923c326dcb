import { z } from 'zod'
import { flag, query } from '../../kernel/contract.ts'

/** How far a new company has come, from what there is: the first steps of the start page tick themselves off by it. Says that something exists, never what. */
export const firstSteps = query({
  name: 'sales.firstSteps',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    /** Address, phone or tax number are known: what papers print. */
    has_company: flag(),
    has_item: flag(),
    has_stock: flag(),
    has_customer: flag(),
    has_order: flag(),
    has_invoice: flag(),
    has_colleague: flag(),
  }),
  reads: ['platform_company', 'platform_user', 'catalog_item', 'inventory_move', 'parties_party', 'sales_order', 'sales_invoice'],
  scope: 'shared',
})
