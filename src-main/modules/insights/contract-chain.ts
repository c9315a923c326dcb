import { z } from 'zod'
import { day, id, page, query } from '../../kernel/contract.ts'

const figure = z.int().nullable()

/**
 * Sales, receivables and open opportunities along the chain (总部、经销商、终端): of each party by itself, and with all that stand below it. Minor
 * units; sales without tax, of the invoices of these days. Null without the right to see a figure.
 */
export const chainReport = query({
  name: 'insights.chain',
  permission: 'insights.read',
  input: z.strictObject({
    /** Left out: the heads of all chains. Otherwise this party itself, and who stands right below it. */
    parent_id: id().optional(),
    from_day: day(),
    to_day: day(),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        party_id: id(),
        parent_id: id().nullable(),
        code: z.string(),
        name: z.string(),
        chain_role: z.enum(['head', 'dealer', 'end']).nullable(),
        /** How many stand right below it. */
        below: z.int(),
        own_net_minor: figure, net_minor: figure,
        own_open_minor: figure, open_minor: figure,
        own_deals_minor: figure, deals_minor: figure,
      }),
    ),
    total: z.int(),
  }),
  reads: ['parties_party', 'parties_assignment', 'sales_invoice', 'accounting_open_item', 'crm_opportunity'],
  scope: 'rows',
  long: true,
})
