import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { assertMove } from '../../kernel/states.ts'
import { snapshotOf } from '../parties/index.ts'
import { carriedExtra } from '../platform/index.ts'
import { convertQuote, quoteStates } from './contract.ts'
import { insertDraft, warehouseOf } from './create-order.ts'
import { offerFigures } from './offer-rows.ts'
import { numberOf } from './quotes.ts'
import { assertSold, customerOf, digitsOf, document, measureLines, type PreparedLine } from './prepare.ts'
import { amountsWithShare } from './pricing.ts'
import { patchQuote } from './quote.store.ts'
import { quoteInHand, type Quote } from './read-quote.ts'

/** The customer said yes: a draft order with the same lines, prices and discounts; the tax is that of its own day. */
export const convertQuoteHandler = handle(convertQuote, (ctx, input) => orderOfQuote(ctx, input))

/** A draft order of a quote, as agreed. */
export async function orderOfQuote(ctx: CommandCtx, input: InputOf<typeof convertQuote>): Promise<{ quote_id: string; order_id: string }> {
  const quote = await quoteInHand(ctx, input.quote_id)
  assertMove(quoteStates, { from: quote.state, to: 'won', refusal: 'sales.quoteStateForbids' })
  const day = input.day ?? ctx.today
  const party = await customerOf(ctx, quote.party_id)
  const totals = document(await linesOn(ctx, { quote, day }))
  const warehouse_id = await warehouseOf(ctx, input.warehouse_id)
  const { net_minor, tax_minor, gross_minor, discount_minor } = totals
  const { currency, prices_include_tax, salesperson_id, note } = quote
  const extra = carriedExtra(ctx, { from: 'sales.quote', to: 'sales.order', extra: quote.extra, figures: offerFigures(totals) })
  const order_id = await insertDraft(ctx, {
    prepared: { ...totals, party, day, currency, prices_include_tax },
    columns: {
      party_id: party.id, party_snapshot: snapshotOf(party), day, currency, prices_include_tax, discount_minor, net_minor, tax_minor,
      gross_minor,
      salesperson_id, note, extra, quote_id: quote.id, warehouse_id, wanted_on: input.wanted_on,
    },
  })
  await patchQuote(ctx, quote.id, { state: 'won', number: await numberOf(ctx, quote) })
  return { quote_id: quote.id, order_id }
}

/** The quote's lines as of another day: amounts as they were agreed, unless the tax rate has changed since. */
async function linesOn(ctx: CommandCtx, { quote, day }: { quote: Quote; day: string }): Promise<PreparedLine[]> {
  await assertSold(ctx, quote.lines)
  const measured = await measureLines(ctx, { lines: quote.lines, day })
  return measured.map((line, i): PreparedLine => {
    const agreed = quote.lines[i]!
    if (line.tax_rate_e8 === agreed.tax_rate_e8) return agreed
    const rules = { digits: digitsOf(ctx), prices_include_tax: quote.prices_include_tax, discount_minor: 0, total_minor: null }
    return { ...line, ...amountsWithShare(line, { order_discount_minor: agreed.order_discount_minor, rules }) }
  })
}
