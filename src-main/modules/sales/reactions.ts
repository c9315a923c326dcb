import { on, unit, type CommandCtx } from '../../kernel/operation.ts'
import { marks } from '../../storage/db.ts'
import { periodLocking } from '../accounting/index.ts'
import { costAdjusted } from '../inventory/index.ts'
import { accrueThrough } from './accrue.ts'
import { deliveredLines, keyOf, type DeliveredLine } from './delivered.ts'
import { settleHeld } from './held-cost.ts'

/** Goods that were delivered apart turn out to cost otherwise: what of them is invoiced goes on to cost of sales. */
const followCosts = on(costAdjusted, async (ctx, { adjustments }) => {
  const sold = adjustments.filter((a) => a.source_kind === 'sales.delivery')
  if (sold.length === 0) return
  const waiting = await waitingAccounts(ctx)
  const apart = sold.filter((a) => waiting.has(a.counter_account_id))
  if (apart.length === 0) return
  const members = await rootsOf(ctx, [...new Set(apart.map((a) => a.source_id))])
  const days = new Map<string, string>()
  for (const { source_id, source_line_no, day } of apart) {
    const root = members.get(keyOf({ delivery_id: source_id, line_no: source_line_no }))
    if (root && day > (days.get(root.key) ?? '')) days.set(root.key, day)
  }
  const lines = await deliveredLines(ctx.db, [...members.values()].map((m) => m.root_id))
  const concerned = [...lines].filter(([key]) => days.has(key)).map(([key, line]) => ({ line, day: days.get(key)!, ...members.get(key)! }))
  for (const group of Map.groupBy(concerned, (c) => `${c.day} ${c.root_id}`).values()) {
    const { day, root_id, number } = group[0]!
    await settleHeld(ctx, { day, source: { kind: 'sales.delivery', id: root_id, number }, lines: group.map((g): DeliveredLine => g.line) })
  }
})

const waitingUnit = unit<{ ids: Set<string> | undefined }>({
  key: 'sales.waitingAccounts',
  create: () => ({ ids: undefined }),
  flush: async () => {},
})

/** The accounts on which cost waits for its invoice, the present one and those that were it before; read once in a command. */
async function waitingAccounts(ctx: CommandCtx): Promise<Set<string>> {
  const held = ctx.unit(waitingUnit)
  if (held.ids) return held.ids
  const rows = await ctx.db.all<{ id: string }>(`select id from accounting_account where control = 'goods_delivered' order by id`)
  return (held.ids = new Set(rows.map((r) => r.id)))
}

type Root = { readonly key: string; readonly root_id: string; readonly number: string }

/** The delivered line behind each line of these deliveries and returns, and, for a root, itself. */
async function rootsOf(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, Root>> {
  const rows = await ctx.db.all<{ delivery_id: string; line_no: number; root_id: string; root_line_no: number; number: string }>(
    `select l.delivery_id, l.line_no, coalesce(l.original_id, l.delivery_id) as root_id, coalesce(l.original_line_no,
           l.line_no) as root_line_no,
            d.number
       from sales_delivery_line l join sales_delivery d on d.id = coalesce(l.original_id, l.delivery_id)
      where l.delivery_id in (${marks(ids)}) order by l.delivery_id, l.line_no`,
    ids,
  )
  const roots = new Map<string, Root>()
  for (const { root_id, root_line_no, number, ...member } of rows) {
    const key = keyOf({ delivery_id: root_id, line_no: root_line_no })
    const root = { key, root_id, number }
    roots.set(keyOf(member), root)
    roots.set(key, root)
  }
  return roots
}

/** Before books are closed, revenue and cost of what was delivered and not invoiced belong into the period. */
const accrueRevenue = on(periodLocking, (ctx, { through }) => accrueThrough(ctx, through))

export const reactions = [followCosts, accrueRevenue]
