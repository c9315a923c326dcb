import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { itemsOf } from '../catalog/index.ts'
import { lifecycle, type OrderState, type QuoteState } from './contract.ts'
import { owedBy } from './credit.ts'
import { chainOf, papersOf, type Chain, type Paper } from './lifecycle-papers.ts'
import { progressOfLines } from './list-orders.ts'
import { deliveredState, invoicedState, progressOf, reasonsAgainst, toDeliver, toInvoice, type LineProgress } from './order.ts'
import { marks } from '../../storage/db.ts'
import { paidState } from './query-parts.ts'
import { unitWords } from './unit-words.ts'

type Step = OutputOf<typeof lifecycle>['steps'][number]
type Stuck = Step['stuck'][number]

const stuck = (reason: Stuck['reason'], facts: Partial<Stuck>): Stuck => ({
  item_id: null, item_name: null, quantity_words: null, document_id: null, number: null, day: null, amount_minor: null, limit_minor: null,
  ...facts, reason,
})

/** A step with what its documents say of it: the last one tells when and who. */
function stepOf(step: Step['step'], papers: readonly Paper[], more: Partial<Step>): Step {
  const last = papers.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).at(-1)
  return {
    step, progress: 'none', is_stopped: 0, done: null, due: null, counts: 'lines', at: last?.at ?? null,
    user_name: last?.user_name ?? null, day: null, stuck: [],
    documents: papers.map(({ kind, id, number, day, amount_minor }) => ({ kind, id, number, day, amount_minor })),
    ...more,
  }
}

export const lifecycleHandler = answer(lifecycle, async (ctx, wanted) => {
  const chain = await chainOf(ctx, wanted)
  const papers = await papersOf(ctx.db, chain)
  const orders = await ordersOf(ctx, chain.order_ids)
  const lines = [...(await progressOfLines(ctx.db, begunOf(orders))).values()].flat()
  const isOrdered = orders.length > 0 || wanted.kind === 'quote'
  const isGoods = orders.length === 0 || lines.length === 0 || lines.some((l) => l.kind === 'stocked')
  const invoiced = invoicedStep(papers.invoices, { lines, isOrdered })
  const steps = [
    ...(papers.quotes.length > 0 ? [quoteStep(papers.quotes, { today: ctx.today, isOrdered: orders.length > 0 })] : []),
    ...(isOrdered ? [await orderStep(ctx, { chain, orders })] : []),
    ...(isOrdered && isGoods ? [await goodsStep(ctx, { orders, lines })] : []),
    ...(isGoods && (isOrdered || papers.deliveries.length > 0) ? [deliveredStep(ctx.today, { papers: papers.deliveries, orders, lines, isOrdered })] : []),
    invoiced,
    paidStep(ctx.today, { papers, invoiced }),
  ]
  return { steps }
})

type Head = {
  readonly order_id: string
  readonly number: string | null
  readonly day: string
  readonly gross_minor: number
  readonly state: OrderState
  readonly wanted_on: string | null
  readonly promised_on: string | null
  readonly at: number | null
  readonly user_name: string | null
}

const ordersOf = (ctx: QueryCtx, ids: readonly string[]): Promise<Head[]> =>
  ctx.db.all<Head>(
    `select d.id as order_id, d.number, d.day, d.gross_minor, d.state, d.wanted_on, d.promised_on,
            coalesce(d.confirmed_at, d.created_at) as at, u.name as user_name
       from sales_order d left join platform_user u on u.id = coalesce(d.confirmed_by, d.created_by)
      where d.id in (${marks(ids)}) order by d.day, d.id`,
    ids,
  )

const isBegun = (o: Head): boolean => o.state === 'confirmed' || o.state === 'closed'
const begunOf = (orders: readonly Head[]): string[] => orders.filter(isBegun).map((o) => o.order_id)

function quoteStep(papers: readonly Paper[], { today, isOrdered }: { today: string; isOrdered: boolean }): Step {
  const { state, valid_until = null } = papers.at(-1)! as Paper & { state: QuoteState }
  const isExpired = state === 'sent' && valid_until !== null && valid_until < today
  return stepOf('quote', papers, {
    progress: isOrdered || state === 'won' ? 'all' : state === 'sent' ? 'part' : 'none',
    is_stopped: state === 'lost' || state === 'replaced' ? 1 : 0,
    stuck: isExpired && !isOrdered ? [stuck('quote_expired', { day: valid_until })] : [],
  })
}

async function orderStep(ctx: QueryCtx, { chain, orders }: { chain: Chain; orders: readonly Head[] }): Promise<Step> {
  const papers = orders.map((o): Paper => ({ kind: 'order', id: o.order_id, number: o.number, day: o.day, amount_minor: o.gross_minor, at: o.at, user_name: o.user_name }))
  const alive = orders.filter((o) => o.state !== 'cancelled')
  return stepOf('order', papers, {
    progress: progressOf(alive.map((o) => ({ done: isBegun(o) ? 1 : 0, due: 1 }))) === 'all' && alive.length > 0 ? 'all' : alive.some(isBegun) ? 'part' : 'none',
    is_stopped: orders.length > 0 && alive.length === 0 ? 1 : 0,
    stuck: await againstConfirming(ctx, { party_id: chain.party_id, drafts: orders.filter((o) => o.state === 'draft') }),
  })
}

const words = { 'sales.partyInactive': 'party_inactive', 'sales.itemInactive': 'item_inactive', 'sales.creditLimitExceeded': 'credit_limit' } as const

/** What confirming the drafts would be refused for: the same policies judge. */
async function againstConfirming(ctx: QueryCtx, { party_id, drafts }: { party_id: string; drafts: readonly Head[] }): Promise<Stuck[]> {
  if (drafts.length === 0) return []
  const ids = drafts.map((d) => d.order_id)
  const party = (await ctx.db.get<{ name: string; is_active: number; credit_limit_minor: number | null }>(
    'select name, is_active, credit_limit_minor from parties_party where id = ?',
    [party_id],
  ))!
  const items = await ctx.db.all<{ line_no: number; code: string; name: string; is_active: number }>(
    `select distinct 0 as line_no, t.code, t.name, t.is_active from sales_order_line l join catalog_item t on t.id = l.item_id
      where l.order_id in (${marks(ids)}) order by t.code`,
    ids,
  )
  const owed_minor = party.credit_limit_minor === null ? 0 : await owedBy(ctx.db, party_id)
  const order_minor = drafts.reduce((sum, d) => sum + d.gross_minor, 0)
  return reasonsAgainst({ party, items, owed_minor, order_minor, overridesCredit: false }).map(({ code, details }) =>
    stuck(words[code as keyof typeof words], {
      item_name: (details['item_name'] as string | undefined) ?? null,
      amount_minor: code === 'sales.creditLimitExceeded' ? owed_minor + order_minor : null,
      limit_minor: party.credit_limit_minor,
    }))
}

/** More than this is no message but a list. */
const MOST_SHORT = 20

/** Reserved where it is there, with what is missing of each item. */
async function goodsStep(ctx: QueryCtx, { orders, lines }: { orders: readonly Head[]; lines: readonly LineProgress[] }): Promise<Step> {
  const ids = begunOf(orders)
  const waiting = await ctx.db.all<{ item_id: string; item_name: string; short_e6: number; promised_on: string | null }>(
    `select n.item_id, t.name as item_name, sum(n.quantity_e6 - n.reserved_e6) as short_e6, max(coalesce(l.promised_on, o.promised_on)) as promised_on
       from inventory_plan n join catalog_item t on t.id = n.item_id join sales_order o on o.id = n.source_id
       join sales_order_line l on l.order_id = n.source_id and l.line_no = n.source_line_no
      where n.source_kind = 'sales.order' and n.source_id in (${marks(ids)}) and n.quantity_e6 > n.reserved_e6
      group by n.item_id, t.name order by n.item_id`,
    ids,
  )
  const items = await itemsOf(ctx, waiting.map((w) => w.item_id))
  const short = new Set(waiting.map((w) => w.item_id))
  const goods = lines.filter((l) => l.kind === 'stocked')
  const done = goods.filter((l) => toDeliver(l) === 0 || !short.has(l.item_id)).length
  const open = orders.filter((o) => o.state === 'confirmed')
  return stepOf('goods', orders.filter(isBegun).map((o): Paper => ({ kind: 'order', id: o.order_id, number: o.number, day: o.day, amount_minor: null, at: o.at, user_name: o.user_name })), {
    documents: [],
    progress: goods.length === 0 ? 'none' : progressOf([{ done, due: goods.length }]) === 'all' ? 'all' : done > 0 ? 'part' : 'none',
    ...(goods.length > 0 ? { done, due: goods.length } : {}),
    day: latest(open.map((o) => o.promised_on)),
    stuck: waiting.slice(0, MOST_SHORT).map((w) =>
      stuck('short', { item_id: w.item_id, item_name: w.item_name, quantity_words: unitWords(items.get(w.item_id)!, w.short_e6), day: w.promised_on })),
  })
}

const latest = (days: readonly (string | null)[]): string | null => days.filter((d) => d !== null).toSorted().at(-1) ?? null

type Delivering = { readonly papers: readonly Paper[]; readonly orders: readonly Head[]; readonly lines: readonly LineProgress[]; readonly isOrdered: boolean }

function deliveredStep(today: string, { papers, orders, lines, isOrdered }: Delivering): Step {
  const goods = lines.filter((l) => l.kind === 'stocked')
  const remaining = goods.some((l) => toDeliver(l) > 0)
  const late = orders.filter((o) => o.state === 'confirmed' && (o.wanted_on ?? o.promised_on ?? today) < today)
  return stepOf('delivered', papers, {
    progress: isOrdered ? (goods.length === 0 ? 'none' : deliveredState(lines)) : papers.some((p) => p.kind === 'delivery') ? 'all' : 'none',
    ...(goods.length > 0 ? { done: goods.filter((l) => toDeliver(l) === 0).length, due: goods.length } : {}),
    stuck: remaining ? late.map((o) => stuck('late', { document_id: o.order_id, number: o.number, day: o.wanted_on ?? o.promised_on })) : [],
  })
}

function invoicedStep(papers: readonly Paper[], { lines, isOrdered }: { lines: readonly LineProgress[]; isOrdered: boolean }): Step {
  const uncredited = lines.filter((l) => l.kind === 'stocked' && toInvoice(l) < 0)
  const isDone = (l: LineProgress): boolean => invoicedState([l]) === 'all' || invoicedState([l]) === 'over'
  return stepOf('invoiced', papers, {
    progress: isOrdered ? (lines.length === 0 ? 'none' : invoicedState(lines)) : papers.some((p) => p.kind === 'invoice') ? 'all' : 'none',
    ...(lines.length > 0 ? { done: lines.filter(isDone).length, due: lines.length } : {}),
    stuck: uncredited.length > 0 ? [stuck('credit_missing', {})] : [],
  })
}

function paidStep(today: string, { papers, invoiced }: { papers: Awaited<ReturnType<typeof papersOf>>; invoiced: Step }): Step {
  const { invoices, payments } = papers
  const sum = (key: 'amount_minor' | 'settled_minor'): number => invoices.reduce((total, i) => total + (i[key] ?? 0), 0)
  const amount_minor = sum('amount_minor')
  const settled_minor = sum('settled_minor')
  const settled = invoices.length === 0 ? 'none' : paidState({ amount_minor, settled_minor })
  // Paid is a sale only when all of it is invoiced; before that even all that was asked is a part. So is a deposit.
  const isPart = (settled === 'all' && invoiced.progress !== 'all' && invoiced.progress !== 'over') || (settled === 'none' && payments.length > 0)
  const open = invoices.filter((i) => i.kind === 'invoice' && i.amount_minor !== (i.settled_minor ?? 0))
  return stepOf('paid', payments, {
    progress: isPart ? 'part' : settled,
    counts: 'money',
    ...(amount_minor === 0 ? {} : { done: settled_minor, due: amount_minor }),
    day: open.map((i) => i.due_on!).toSorted()[0] ?? null,
    stuck: open.filter((i) => i.due_on! < today).map((i) =>
      stuck('overdue', { document_id: i.id, number: i.number, day: i.due_on!, amount_minor: (i.amount_minor ?? 0) - (i.settled_minor ?? 0) })),
  })
}
