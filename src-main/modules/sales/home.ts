import { addDays, firstOfMonth } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import type { SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { home } from './contract.ts'
import { isLate, TODO } from './list-orders.ts'

type Output = OutputOf<typeof home>

/** The numbers of today's work, of the customers that the reader may see. */
export const homeHandler = answer(home, async (ctx) => {
  const from = addDays(ctx.today, -29)
  const visible = visibleParties(ctx.scope, 'i.party_id')
  const first = firstOfMonth(ctx.today)
  const rows = await ctx.db.all<{ day: string; invoice_count: number; net_minor: number; gross_minor: number }>(
    `select i.day, sum(case when i.kind = 'invoice' then 1 else 0 end) as invoice_count, sum(i.net_minor) as net_minor,
           sum(i.gross_minor) as gross_minor
       from sales_invoice i where i.day >= ? and i.day <= ? and ${visible.sql} group by i.day order by i.day`,
    [first < from ? first : from, ctx.today, ...visible.params],
  )
  const byDay = new Map(rows.map((r) => [r.day, r]))
  const total = (isIn: (day: string) => boolean): Output['today'] =>
    rows.filter((r) => isIn(r.day)).reduce(
      (sum, r) => ({
        invoice_count: sum.invoice_count + r.invoice_count,
        net_minor: sum.net_minor + r.net_minor,
        gross_minor: sum.gross_minor + r.gross_minor,
      }),
      { invoice_count: 0, net_minor: 0, gross_minor: 0 },
    )
  return {
    day: ctx.today,
    currency: ctx.company.currency,
    today: total((day) => day === ctx.today),
    month: total((day) => day >= first),
    days: Array.from({ length: 30 }, (_, i) => {
      const day = addDays(from, i)
      return { day, net_minor: byDay.get(day)?.net_minor ?? 0, gross_minor: byDay.get(day)?.gross_minor ?? 0 }
    }),
    ...(await orders(ctx)),
    money: await money(ctx),
    ...(await stock(ctx)),
  }
})

const one = async (
  ctx: QueryCtx,
  sql: string,
  params: readonly SqlValue[],
): Promise<number> => (await ctx.db.get<{ n: number | null }>(sql, params))?.n ?? 0

async function orders(ctx: QueryCtx) {
  const visible = visibleParties(ctx.scope, 'd.party_id')
  const open = (condition: string): string => `select count(*) as n from sales_order d where ${condition} and ${visible.sql}`
  const quotes = (state: string): string => `select count(*) as n from sales_quote d where d.state = '${state}' and ${visible.sql}`
  const late = isLate(ctx.today)
  return {
    orders_to_deliver: await one(ctx, open(TODO.to_deliver), visible.params),
    orders_late: await one(ctx, open(late.sql), [...late.params, ...visible.params]),
    orders_to_invoice: await one(ctx, open(TODO.to_invoice), visible.params),
    draft_orders: await one(ctx, open(`d.state = 'draft'`), visible.params),
    draft_quotes: await one(ctx, quotes('draft'), visible.params),
    open_quotes: await one(ctx, quotes('sent'), visible.params),
  }
}

/** What is owed and came in, of the customers whose money the reader may see; null for who sees nobody's. */
async function money(ctx: QueryCtx): Promise<Output['money']> {
  const scope = ctx.scopeUnder('accounting.readMoney')
  if (scope === undefined) return null
  const owner = visibleParties(scope, 'o.party_id')
  const owed = (await ctx.db.get<{ open: number | null; overdue: number | null; n: number | null }>(
    `select sum(o.amount_minor - o.settled_minor) as open,
            sum(case when o.due_on < ? and o.amount_minor > 0 then o.amount_minor - o.settled_minor else 0 end) as overdue,
            sum(case when o.due_on < ? and o.amount_minor > 0 then 1 else 0 end) as n
       from accounting_open_item o where o.side = 'receivable' and o.amount_minor <> o.settled_minor and ${owner.sql}`,
    [ctx.today, ctx.today, ...owner.params],
  ))!
  const payer = visibleParties(scope, 'p.party_id')
  const received = `select sum(p.amount_minor) as n from accounting_payment p where p.day = ? and p.kind = 'receipt' and ${payer.sql}`
  return {
    received_today_minor: await one(ctx, received, [ctx.today, ...payer.params]),
    receivable_minor: owed.open ?? 0,
    overdue_minor: owed.overdue ?? 0,
    overdue_count: owed.n ?? 0,
  }
}

async function stock(ctx: QueryCtx) {
  return {
    short_items: await one(
      ctx,
      `select count(distinct item_id) as n from inventory_plan where direction = 'out' and reserved_e6 < quantity_e6`,
      [],
    ),
    low_items: await one(
      ctx,
      `select count(*) as n from catalog_item i where i.kind = 'stocked' and i.is_active = 1 and i.minimum_e6 > 0
          and coalesce((select sum(s.on_hand_e6 - s.reserved_e6) from inventory_stock s where s.item_id = i.id), 0) < i.minimum_e6`,
      [],
    ),
    negative_items: await one(ctx, 'select count(distinct item_id) as n from inventory_stock where on_hand_e6 < 0', []),
  }
}
