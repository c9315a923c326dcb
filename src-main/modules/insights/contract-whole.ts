import { z } from 'zod'
import { day, id, query } from '../../kernel/contract.ts'
import { stepWords } from './contract-words.ts'

const step = z.object({
  what: z.enum(stepWords),
  how: z.enum(['call', 'visit', 'message', 'todo']),
  source: z.object({ kind: z.string(), id: id() }).nullable(),
  because: z.record(z.string(), z.union([z.string(), z.number()])),
})

const open = z.object({ kind: z.enum(['ticket', 'quote', 'order', 'delivery', 'opportunity', 'task']), id: id(), number: z.string().nullable(), title: z.string().nullable(), day: day(), until_on: day().nullable(), amount_minor: z.int().nullable(), state: z.string().nullable() })

/** What stands open with a customer, and what to do next with its reason: worked out by rules over their own history, offline. */
export const wholeCustomer = query({
  name: 'insights.wholeCustomer',
  permission: 'insights.read',
  input: z.strictObject({ party_id: id() }),
  output: z.object({
    /** The most urgent first. */
    steps: z.array(step),
    /** 1: the company has a service that may put the first into other words. */
    may_phrase: z.int(),
    /** Tickets not solved, quotes that hold and wait for an answer, orders to be delivered, deliveries not invoiced, opportunities and tasks; of each kind the nearest few. */
    open: z.array(open),
  }),
  reads: [
    'insights_score', 'insights_tier', 'insights_together', 'accounting_open_item', 'crm_task', 'crm_activity', 'crm_opportunity', 'service_ticket', 'sales_quote', 'sales_order', 'sales_order_line', 'sales_delivery',
    'sales_delivery_line', 'sales_invoice', 'sales_invoice_line', 'catalog_item', 'parties_party', 'parties_assignment', 'platform_setting',
  ],
  refusals: ['parties.partyNotFound'],
  scope: 'rows',
})
