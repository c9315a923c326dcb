import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { createOrder, createQuote, draftOrder, draftQuote, orderOfQuote } from '../sales/index.ts'
import { opportunityStates, quoteOpportunity, winOpportunity } from './contract.ts'
import { assertOpen, step } from './opportunities.ts'
import { opportunityInHand, type Opportunity } from './opportunity-in-hand.ts'
import { linkDocument, patchOpportunity } from './opportunity.store.ts'
import { ofParty } from '../parties/index.ts'

type Line = { readonly item_id: string; readonly unit: string; readonly quantity_e6: number; readonly price_e4: number }

/** What the opportunity offers, as lines of a quote or order. Refuses 'crm.nothingToOffer'. */
async function offerOf(ctx: CommandCtx, { id, party_id, owner_id, number, name }: Opportunity) {
  const lines = await ctx.db.all<Line>('select item_id, unit, quantity_e6, price_e4 from crm_opportunity_line where opportunity_id = ? order by line_no', [id])
  if (lines.length === 0) throw new Refusal('crm.nothingToOffer', { number })
  return { party_id, salesperson_id: owner_id, note: `${number} ${name}`.slice(0, 2000), lines }
}

export const quoteOpportunityHandler = handle(quoteOpportunity, async (ctx, { opportunity_id }) => {
  const opportunity = await opportunityInHand(ctx, opportunity_id)
  assertOpen(opportunity)
  if (!ctx.may('sales.quote')) throw new Refusal('crm.quoteNotPermitted', { number: opportunity.number })
  const { quote_id } = await draftQuote(ctx, createQuote.input.parse(await offerOf(ctx, opportunity)))
  await linkDocument(ctx, { opportunity_id, source_kind: 'sales.quote', source_id: quote_id })
  return { opportunity_id, quote_id }
})

/** The customer said yes: the opportunity is won, and its draft order lies there with nothing retyped. */
export const winOpportunityHandler = handle(winOpportunity, async (ctx, { opportunity_id, order, close_reason }) => {
  const opportunity = await opportunityInHand(ctx, opportunity_id)
  assertMove(opportunityStates, { from: opportunity.state, to: 'won', refusal: 'crm.opportunityStateForbids' })
  const order_id = order === 'none' ? null : await orderFor(ctx, opportunity)
  await step(ctx, { opportunity, stage_id: opportunity.stage_id, state: 'won' })
  await patchOpportunity(ctx, opportunity_id, { close_reason: close_reason || null, closed_on: ctx.today })
  return { opportunity_id, order_id }
})

/** A draft order of the quote that was sent last (also a later version of one that is linked; not one that went to another customer), else of the opportunity's own lines. */
async function orderFor(ctx: CommandCtx, opportunity: Opportunity): Promise<string> {
  if (!ctx.may('sales.order')) throw new Refusal('crm.orderNotPermitted', { number: opportunity.number })
  const quote = await ctx.db.get<{ id: string }>(
    `select q.id from sales_quote q where q.state = 'sent' and ${ofParty('q.party_id')} and (q.id in (select source_id from crm_opportunity_document where opportunity_id = ? and source_kind = 'sales.quote')
        or q.number in (select l.number from sales_quote l join crm_opportunity_document d on d.source_kind = 'sales.quote' and d.source_id = l.id where d.opportunity_id = ? and l.number is not null))
      order by q.id desc limit 1`,
    [opportunity.party_id, opportunity.id, opportunity.id],
  )
  const made = quote && ctx.may('sales.quote')
    ? await orderOfQuote(ctx, { quote_id: quote.id, wanted_on: null })
    : await draftOrder(ctx, createOrder.input.parse(await offerOf(ctx, opportunity)))
  await linkDocument(ctx, { opportunity_id: opportunity.id, source_kind: 'sales.order', source_id: made.order_id })
  return made.order_id
}
