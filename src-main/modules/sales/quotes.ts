import { addDays } from '../../kernel/day.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { assertVisible } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { createQuote, loseQuote, quoteStates, reviseQuote, sendQuote, updateQuote } from './contract.ts'
import { lineColumns, offerColumns, offerExtra } from './offer-rows.ts'
import { prepareOffer } from './prepare.ts'
import type { Totals } from './pricing.ts'
import { insertQuote, patchQuote, replaceQuoteLines } from './quote.store.ts'
import { quoteInHand, type Quote } from './read-quote.ts'
import { quoteValidDays } from './rules.ts'

export const createQuoteHandler = handle(createQuote, (ctx, input) => draftQuote(ctx, input))

/** A draft quote as its form says it. */
export async function draftQuote(ctx: CommandCtx, input: InputOf<typeof createQuote>): Promise<Totals & { quote_id: string }> {
  const prepared = await prepareOffer(ctx, input)
  const extra = await offerExtra(ctx, { target: 'sales.quote', prepared, given: input.extra })
  const quote_id = ctx.newId()
  await insertQuote(ctx, {
    row: {
      id: quote_id,
      ...offerColumns(ctx, { prepared, form: input, extra }),
      state: 'draft',
      version: 1,
      valid_until: validUntil(ctx, { day: prepared.day, valid_until: input.valid_until }),
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: prepared.lines.map((line) => ({ quote_id, ...lineColumns(line) })),
  })
  const { net_minor, tax_minor, gross_minor } = prepared
  return { quote_id, net_minor, tax_minor, gross_minor }
}

/** As said, or for as long as the company's quotes hold. */
const validUntil = (ctx: CommandCtx, { day, valid_until }: { day: string; valid_until: string | null | undefined }): string | null =>
  valid_until === undefined ? addDays(day, ctx.setting(quoteValidDays)) : valid_until

export const updateQuoteHandler = handle(updateQuote, async (ctx, input) => {
  const { quote_id } = input
  const quote = await quoteInHand(ctx, quote_id)
  if (quote.state !== 'draft') throw new Refusal('sales.quoteNotDraft', { number: quote.number, state: quote.state })
  const prepared = await prepareOffer(ctx, input)
  const valid_until = validUntil(ctx, { day: prepared.day, valid_until: input.valid_until })
  const extra = await offerExtra(ctx, { target: 'sales.quote', prepared, given: input.extra, before: quote.extra })
  const head = offerColumns(ctx, { prepared, form: input, extra })
  await patchQuote(ctx, quote_id, { ...head, valid_until })
  await replaceQuoteLines(ctx, quote_id, prepared.lines.map((line) => ({ quote_id, ...lineColumns(line) })))
  const { net_minor, tax_minor, gross_minor } = prepared
  return { quote_id, net_minor, tax_minor, gross_minor }
})

/** The number of a quote: taken when it leaves the draft, and kept by its later versions. */
export const numberOf = async (ctx: CommandCtx, quote: Quote): Promise<string> => quote.number ?? takeNumber(
  ctx,
  { series: 'sales.quote', day: quote.day },
)

export const sendQuoteHandler = handle(sendQuote, async (ctx, { quote_id }) => {
  const quote = await quoteInHand(ctx, quote_id)
  assertMove(quoteStates, { from: quote.state, to: 'sent', refusal: 'sales.quoteStateForbids' })
  const number = await numberOf(ctx, quote)
  await patchQuote(ctx, quote_id, { state: 'sent', number })
  return { quote_id, number, version: quote.version }
})

export const loseQuoteHandler = handle(loseQuote, async (ctx, { quote_id, lost_reason }) => {
  const quote = await quoteInHand(ctx, quote_id)
  assertMove(quoteStates, { from: quote.state, to: 'lost', refusal: 'sales.quoteStateForbids' })
  await patchQuote(ctx, quote_id, { state: 'lost', lost_reason })
  return { quote_id }
})

/** A new draft under the same number, to be changed and sent; the version before it counts no more. */
export const reviseQuoteHandler = handle(reviseQuote, async (ctx, { quote_id }) => {
  const { lines, ...quote } = await quoteInHand(ctx, quote_id)
  assertMove(quoteStates, { from: quote.state, to: 'replaced', refusal: 'sales.quoteStateForbids' })
  await assertVisible(ctx, quote.party_id)
  const number = await numberOf(ctx, { ...quote, lines })
  await patchQuote(ctx, quote_id, { state: 'replaced', number })
  const revised_id = ctx.newId()
  const version = quote.version + 1
  const days = quote.valid_until === null ? null : addDays(ctx.today, ctx.setting(quoteValidDays))
  await insertQuote(ctx, {
    row: {
      ...quote, id: revised_id, number, state: 'draft', version, previous_id: quote_id, day: ctx.today, valid_until: days,
      lost_reason: null, created_by: ctx.actor.id, created_at: ctx.now,
    },
    lines: lines.map((line) => ({ ...line, quote_id: revised_id })),
  })
  return { quote_id: revised_id, number, version }
})
