import type { InputOf } from '../../kernel/contract.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { assertMove } from '../../kernel/states.ts'
import { cashPartyId, partyOf, type PartyInfo } from '../parties/index.ts'
import { orderAfterChange } from './change-order.ts'
import { confirmable } from './confirm-order.ts'
import { changeOrder, confirmOrder, deliverDirect, quoteStates, sendQuote } from './contract.ts'
import type { PricedLine } from './posting.ts'
import { prepareOffer } from './prepare.ts'
import { quoteInHand } from './read-quote.ts'

/** One line as it would be promised: price and amounts in the document's kind of price. */
export type LineInQuestion = PricedLine & { readonly line_no: number; readonly item_id: string }

/** What a customer is about to be promised or sold, before anything is written: what upper floors judge. */
export type SaleInQuestion = {
  readonly what: 'quote' | 'order' | 'change' | 'sale'
  readonly source_kind: 'sales.quote' | 'sales.order' | 'parties.party'
  readonly source_id: string
  readonly number: string | null
  readonly party: PartyInfo
  readonly prices_include_tax: number
  readonly gross_minor: number
  /** By how much the customer would owe more than before, in minor units; what is paid at once is not owed. */
  readonly more_minor: number
  readonly lines: readonly LineInQuestion[]
  /** Everything above as text, to see later whether something was changed. */
  readonly terms: string
}

type Offer = Omit<SaleInQuestion, 'terms' | 'party'>
type Line = Omit<LineInQuestion, never>

async function inQuestion(ctx: CommandCtx, { party_id, ...offer }: Offer & { party_id: string }): Promise<SaleInQuestion> {
  const terms = JSON.stringify([party_id, offer.gross_minor, offer.more_minor, offer.lines.map((l) => [l.line_no, l.item_id, l.unit, l.quantity_e6, l.price_e4, l.net_minor, l.gross_minor])])
  return { ...offer, party: await partyOf(ctx, party_id), terms }
}

const linesOf = (lines: readonly Line[]): Line[] =>
  lines.map(({ line_no, item_id, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, price_e4, tax_rate_e8, discount_minor, order_discount_minor, net_minor, tax_minor, gross_minor }) => ({
    line_no, item_id, unit, unit_numerator, unit_denominator, quantity_e6, base_quantity_e6, price_e4, tax_rate_e8, discount_minor, order_discount_minor, net_minor, tax_minor, gross_minor,
  }))

const readers: Readonly<Record<string, (ctx: CommandCtx, input: never) => Promise<SaleInQuestion>>> = {
  [sendQuote.name]: async (ctx, { quote_id }: InputOf<typeof sendQuote>) => {
    const quote = await quoteInHand(ctx, quote_id)
    assertMove(quoteStates, { from: quote.state, to: 'sent', refusal: 'sales.quoteStateForbids' })
    const { party_id, number, prices_include_tax, gross_minor } = quote
    return inQuestion(ctx, { what: 'quote', source_kind: 'sales.quote', source_id: quote_id, party_id, number, prices_include_tax, gross_minor, more_minor: 0, lines: linesOf(quote.lines) })
  },
  [confirmOrder.name]: async (ctx, input: InputOf<typeof confirmOrder>) => {
    const { id, party_id, number, prices_include_tax, gross_minor, lines } = await confirmable(ctx, input)
    return inQuestion(ctx, { what: 'order', source_kind: 'sales.order', source_id: id, party_id, number, prices_include_tax, gross_minor, more_minor: gross_minor, lines: linesOf(lines) })
  },
  [changeOrder.name]: async (ctx, input: InputOf<typeof changeOrder>) => {
    const { order, kept, gross_minor } = await orderAfterChange(ctx, input)
    const { id, party_id, number, prices_include_tax } = order
    const before = new Map(order.lines.map((l) => [l.line_no, l]))
    // What stays at its price was agreed to already.
    const lines = linesOf(kept).filter((l) => { const was = before.get(l.line_no); return !was || was.price_e4 !== l.price_e4 || was.net_minor !== l.net_minor })
    return inQuestion(ctx, { what: 'change', source_kind: 'sales.order', source_id: id, party_id, number, prices_include_tax, gross_minor, more_minor: gross_minor - order.gross_minor, lines })
  },
  [deliverDirect.name]: async (ctx, input: InputOf<typeof deliverDirect>) => {
    const party_id = input.party_id ?? (await cashPartyId(ctx))
    const { prices_include_tax, gross_minor, lines } = await prepareOffer(ctx, { ...input, party_id })
    const paid_minor = input.payments.reduce((sum, p) => sum + p.amount_minor, 0)
    const more_minor = Math.max(0, gross_minor - paid_minor)
    return inQuestion(ctx, { what: 'sale', source_kind: 'parties.party', source_id: party_id, party_id, number: null, prices_include_tax, gross_minor, more_minor, lines: linesOf(lines) })
  },
}

/** The commands that promise or sell something. */
export const promisingCommands: readonly string[] = Object.keys(readers)

/** What one of the promising commands is about to do. Refuses what the command itself would refuse. */
export const saleInQuestion = (ctx: CommandCtx, { name, input }: { readonly name: string; readonly input: never }): Promise<SaleInQuestion> => readers[name]!(ctx, input)
