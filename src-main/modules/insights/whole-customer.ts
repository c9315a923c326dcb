import { addDays, dayOfInstant } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { marks } from '../../storage/db.ts'
import { stalledDays } from '../crm/index.ts'
import { visibleParties } from '../parties/index.ts'
import { wholeCustomer } from './contract.ts'
import { nextItemsOf } from './next-items.ts'
import { nextSteps, type Facts } from './next-step.ts'
import { recommendedFor } from './recommend.ts'
import type { RiskReason } from './rhythm.ts'
import { phrasingUrl } from './rules.ts'

type Open = OutputOf<typeof wholeCustomer>['open'][number]
const A_FEW = 3

/** Goods of an order that have not left yet. */
const UNDELIVERED = `exists (select 1 from sales_order_line l join catalog_item t on t.id = l.item_id where l.order_id = o.id and t.kind <> 'service'
  and l.base_quantity_e6 - l.closed_e6 > coalesce((select sum(d.base_quantity_e6) from sales_delivery_line d where d.order_id = l.order_id and d.order_line_no = l.line_no), 0))`
/** What left and was neither invoiced nor brought back. */
const UNINVOICED = `exists (select 1 from sales_delivery_line l where l.delivery_id = d.id and l.base_quantity_e6
    + coalesce((select sum(b.base_quantity_e6) from sales_delivery_line b where b.original_id = l.delivery_id and b.original_line_no = l.line_no), 0)
  > coalesce((select sum(i.base_quantity_e6) from sales_invoice_line i where i.delivery_id = l.delivery_id and i.delivery_line_no = l.line_no), 0))`

// What is sorted or compared through coalesce keeps the engine from walking all open ones by day, or all of a state, instead of this customer's few.
const openSql = {
  ticket: `select 'ticket' as kind, k.id, k.number, k.subject as title, k.created_on as day, null as until_on, null as amount_minor, k.state from service_ticket k
           where k.party_id in (IDS) and k.state in ('new', 'working', 'waiting') order by k.created_at, k.id`,
  quote: `select 'quote' as kind, d.id, d.number, null as title, d.day, d.valid_until as until_on, d.gross_minor as amount_minor, d.state from sales_quote d where d.party_id in (IDS) and d.state = 'sent' and (d.valid_until is null or d.valid_until >= ?) order by d.day, d.id`,
  order: `select 'order' as kind, o.id, o.number, null as title, o.day, coalesce(o.promised_on, o.wanted_on) as until_on, o.gross_minor as amount_minor, o.state from sales_order o
           where o.party_id in (IDS) and coalesce(o.state, '') = 'confirmed' and ${UNDELIVERED} order by coalesce(o.promised_on, o.wanted_on, o.day), o.id`,
  delivery: `select 'delivery' as kind, d.id, d.number, null as title, d.day, null as until_on, null as amount_minor, null as state from sales_delivery d
           where d.party_id in (IDS) and d.kind = 'delivery' and d.is_direct = 0 and d.day >= ? and ${UNINVOICED} order by d.day, d.id`,
  opportunity: `select 'opportunity' as kind, o.id, o.number, o.name as title, o.created_on as day, o.expected_on as until_on, o.amount_minor, o.state from crm_opportunity o
           where o.party_id in (IDS) and o.state = 'open' order by coalesce(o.expected_on, '9999-12-31'), o.id`,
  task: `select 'task' as kind, k.id, null as number, k.title, k.due_on as day, k.due_on as until_on, null as amount_minor, k.state from crm_task k where k.party_id in (IDS) and k.state = 'open' order by coalesce(k.due_on, ''), k.id`,
} as const
const PERMISSIONS = { ticket: 'service.read', quote: 'sales.read', order: 'sales.read', delivery: 'sales.read', opportunity: 'crm.read', task: 'crm.read' } as const
/** Deliveries older than this are nobody's next step. */
const DELIVERIES_DAYS = 180

/** May the reader see this customer under a permission? */
async function sees(ctx: QueryCtx, { party_id, permission }: { party_id: string; permission: string }): Promise<boolean> {
  const scope = ctx.scopeUnder(permission)
  if (scope === undefined) return false
  if (scope.kind === 'all') return true
  const seen = visibleParties(scope, 'p.id')
  return (await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${seen.sql}`, [party_id, ...seen.params])) !== undefined
}

/** The customer's page as the reader may see it. Refuses 'parties.partyNotFound' of whom they may not see. */
export async function wholeOf(ctx: QueryCtx, { party_id }: { party_id: string }): Promise<OutputOf<typeof wholeCustomer>> {
  const seen = visibleParties(ctx.scope, 'p.id')
  const party = await ctx.db.get<{ same_as: string; created_at: number }>(`select p.same_as, p.created_at from parties_party p where p.id = ? and ${seen.sql}`, [party_id, ...seen.params])
  if (!party) throw new Refusal('parties.partyNotFound', { party_id })
  const root = party.same_as
  const ids = (await ctx.db.all<{ id: string }>('select id from parties_party where same_as = ? order by id', [root])).map((p) => p.id)
  const mayRead: Record<string, boolean> = {}
  for (const permission of ['service.read', 'sales.read', 'crm.read', 'accounting.readMoney']) mayRead[permission] = await sees(ctx, { party_id: root, permission })
  const open: Open[] = []
  for (const kind of Object.keys(openSql) as (keyof typeof openSql)[]) {
    if (!mayRead[PERMISSIONS[kind]]) continue
    const days = kind === 'delivery' ? [addDays(ctx.today, -DELIVERIES_DAYS)] : kind === 'quote' ? [ctx.today] : []
    open.push(...(await ctx.db.all<Open>(`${openSql[kind].replace('IDS', marks(ids))} limit ${A_FEW}`, [...ids, ...days])))
  }
  return { steps: nextSteps(await factsOf(ctx, { root, ids, open, created_at: party.created_at, mayMoney: mayRead['accounting.readMoney'] === true, mayCrm: mayRead['crm.read'] === true })), may_phrase: ctx.setting(phrasingUrl) === '' ? 0 : 1, open }
}

export const wholeCustomerHandler = answer(wholeCustomer, wholeOf)

type Asked = { readonly root: string; readonly ids: readonly string[]; readonly open: readonly Open[]; readonly created_at: number; readonly mayMoney: boolean; readonly mayCrm: boolean }
type Score = { expected_on: string | null; lapses_on: string | null; interval_days: number | null; last_on: string | null; risk: number; risk_reasons: string; amount_minor: number; amount_before_minor: number; offer: string | null }

/** What the rules go by, as far as the reader may know it. */
async function factsOf(ctx: QueryCtx, { root, ids, open, created_at, mayMoney, mayCrm }: Asked): Promise<Facts> {
  const { db, today } = ctx
  const first = (kind: Open['kind']): Open | undefined => open.find((o) => o.kind === kind)
  const owed = mayMoney
    ? await db.get<{ amount_minor: number | null; due_on: string | null }>(
        `select sum(o.amount_minor - o.settled_minor) as amount_minor, min(o.due_on) as due_on from accounting_open_item o
          where o.party_id in (${marks(ids)}) and o.side = 'receivable' and o.amount_minor > 0 and o.amount_minor <> o.settled_minor and o.due_on < ?`,
        [...ids, today],
      )
    : undefined
  const said = mayCrm ? await db.get<{ day: string | null }>(`select max(c.day) as day from crm_activity c where c.party_id in (${marks(ids)}) and c.is_withdrawn = 0`, ids) : undefined
  const sold = await db.get<{ day: string | null }>(`select min(i.day) as day from sales_invoice i where i.party_id in (${marks(ids)}) and i.kind = 'invoice'`, ids)
  const score = await db.get<Score>(
    `select s.expected_on, s.lapses_on, s.interval_days, s.last_on, s.risk, s.risk_reasons, s.amount_minor, s.amount_before_minor, t.offer
       from insights_score s left join insights_tier t on t.id = s.tier_id where s.party_id = ?`,
    [root],
  )
  const [item] = (await nextItemsOf(db, { ids: [root], today })).get(root) ?? []
  const [recommended] = await recommendedFor(ctx, root)
  const [task, order, quote, deal, ticket] = [first('task'), first('order'), first('quote'), first('opportunity'), first('ticket')]
  const late = ticket && (await db.get<{ id: string }>(`select id from service_ticket where id = ? and state <> 'waiting' and resolve_due_at < ?`, [ticket.id, ctx.now]))
  return {
    today,
    overdue: owed?.due_on ? { amount_minor: owed.amount_minor ?? 0, due_on: owed.due_on } : null,
    ticket: ticket ? { id: ticket.id, number: ticket.number ?? '', name: ticket.title ?? '', day: ticket.day, is_new: ticket.state === 'new', is_late: late !== undefined } : null,
    late_task: task && task.day < today ? { id: task.id, name: task.title ?? '', due_on: task.day } : null,
    next_task_on: open.find((o) => o.kind === 'task' && o.day >= today)?.day ?? null,
    late_order: order?.until_on ? { id: order.id, number: order.number ?? '', day: order.day, amount_minor: order.amount_minor ?? 0, promised_on: order.until_on } : null,
    quote: quote ? { id: quote.id, number: quote.number ?? '', day: quote.day, amount_minor: quote.amount_minor ?? 0, valid_until: quote.until_on } : null,
    opportunity: deal ? { id: deal.id, name: deal.title ?? '', quiet_since: said?.day && said.day > deal.day ? said.day : deal.day } : null,
    stalled_days: ctx.setting(stalledDays),
    last_contact_on: said?.day ?? null,
    // Instants become days by the clock of Greenwich: a day more or less changes no step.
    known_since: dayOfInstant(created_at, 0),
    has_bought: (sold?.day ?? null) !== null,
    score: score ? { ...score, reasons: JSON.parse(score.risk_reasons) as RiskReason[] } : null,
    next_item: item ? { id: item.item_id, name: item.item_name } : null,
    recommended: recommended ? { id: recommended.item_id, name: recommended.item_name, because: recommended.because_name, confidence_e8: recommended.confidence_e8 } : null,
    offer: score?.offer ?? null,
  }
}
