import type { quote, quoteLine } from '../../../db/schema/sales.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Row } from '../../storage/db.ts'
import { assertVisible } from '../parties/index.ts'
import type { QuoteState } from './contract.ts'

export type QuoteLine = Row<typeof quoteLine> & { readonly item_id: string }
export type Quote = Omit<Row<typeof quote>, 'state'> & { readonly state: QuoteState; readonly lines: readonly QuoteLine[] }

/** The quote to work on, with its lines. Refuses 'sales.quoteNotFound', and quotes of parties that the actor may not see. */
export async function quoteInHand(ctx: CommandCtx, quote_id: string): Promise<Quote> {
  const head = await ctx.db.get<Omit<Quote, 'lines'>>(
    `select id, number, party_id, party_snapshot, day, currency, prices_include_tax, discount_minor, net_minor, tax_minor, gross_minor,
           salesperson_id,
            note, extra, created_by, created_at, state, version, previous_id, valid_until, lost_reason
       from sales_quote where id = ?`,
    [quote_id],
  )
  if (!head) throw new Refusal('sales.quoteNotFound', { quote_id })
  await assertVisible(ctx, head.party_id, () => new Refusal('sales.quoteNotFound', { quote_id }))
  const lines = await ctx.db.all<QuoteLine>(
    `select quote_id, line_no, item_id, description, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, price_e4,
           discount_rate_e8,
            discount_minor, order_discount_minor, tax_code, tax_rate_e8, net_minor, tax_minor, gross_minor
       from sales_quote_line where quote_id = ? order by line_no`,
    [quote_id],
  )
  return { ...head, lines }
}
