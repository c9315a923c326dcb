import { addDays } from '../../kernel/day.ts'
import { answer, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { fold } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { ofParty, visibleParties } from '../parties/index.ts'
import { getContract, listContracts, type ContractState } from './contract.ts'
import { paidParts, type Part } from './plan.ts'

type Head = {
  contract_id: string; number: string | null; title: string; party_id: string; party_name: string; amount_minor: number; starts_on: string; ends_on: string; state: ContractState
  remind_days: number | null; owner_name: string; order_id: string | null
}

const COLUMNS = `c.id as contract_id, c.number, c.title, c.party_id, p.name as party_name, c.amount_minor, c.starts_on, c.ends_on, c.state, c.remind_days, u.name as owner_name, c.order_id`
const FROM = 'contracts_contract c join parties_party p on p.id = c.party_id join platform_user u on u.id = c.owner_id'

type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

export const listContractsHandler = answer(listContracts, async (ctx, input) => {
  const { text, show, limit, offset } = input
  const conditions: Condition[] = [visibleParties(ctx.scope, 'c.party_id')]
  const states: Partial<Record<typeof show, string>> = {
    running: `c.state = 'active' and c.ends_on >= ?`, draft: `c.state = 'draft'`, ending: `c.state = 'active' and c.ends_on >= ?`, late: `c.state = 'active'`, over: `c.state = 'active' and c.ends_on < ?`,
    terminated: `c.state = 'terminated'`,
  }
  const wanted = states[show]
  if (wanted !== undefined) conditions.push({ sql: wanted, params: wanted.includes('?') ? [ctx.today] : [] })
  if (input.party_id !== undefined) conditions.push({ sql: ofParty('c.party_id'), params: [input.party_id] })
  for (const column of ['opportunity_id', 'quote_id', 'order_id'] as const) {
    const value = input[column]
    if (value !== undefined) conditions.push({ sql: `c.${column} = ?`, params: [value] })
  }
  if (text !== '') {
    const part = `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    conditions.push({ sql: `(lower(c.title) like ? escape '\\' or lower(p.name) like ? escape '\\' or lower(coalesce(c.number, '')) like ? escape '\\')`, params: [part, part, part] })
  }
  const heads = await ctx.db.all<Head>(
    `select ${COLUMNS} from ${FROM} where ${conditions.map((c) => c.sql).join(' and ')} order by c.ends_on, c.id`,
    conditions.flatMap((c) => [...c.params]),
  )
  const rows = (await shown(ctx, heads)).filter((r) => (show === 'ending' ? r.ends_soon === 1 : show !== 'late' || r.late_minor > 0))
  return { rows: rows.slice(offset, offset + limit).map(({ plan: _, ...row }) => row), total: rows.length, amount_minor: rows.reduce((sum, r) => sum + r.amount_minor, 0) }
})

type Stored = Part & { readonly contract_id: string; readonly part_no: number; readonly note: string | null }

/** Contracts with what was paid of their plans: few statements however many they are. */
async function shown(ctx: QueryCtx, heads: readonly Head[]) {
  const ids = heads.map((h) => h.contract_id)
  const parts = Map.groupBy(
    ids.length === 0 ? [] : await ctx.db.all<Stored>(`select contract_id, part_no, due_on, amount_minor, note from contracts_instalment where contract_id in (${marks(ids)}) order by contract_id, part_no`, ids),
    (p) => p.contract_id,
  )
  const paid = await paidOf(ctx, heads.flatMap((h) => h.order_id ?? []))
  return heads.map(({ remind_days, order_id, ...head }) => {
    const paid_minor = order_id === null ? 0 : (paid.get(order_id) ?? 0)
    const plan = paidParts(parts.get(head.contract_id) ?? [], { paid_minor, today: ctx.today })
    const isRunning = head.state === 'active' && head.ends_on >= ctx.today
    const unpaid = head.state === 'active' ? plan.filter((p) => p.state !== 'paid') : []
    return {
      ...head,
      is_over: head.state === 'active' && head.ends_on < ctx.today ? (1 as const) : (0 as const),
      ends_soon: isRunning && remind_days !== null && addDays(head.ends_on, -remind_days) <= ctx.today ? (1 as const) : (0 as const),
      paid_minor,
      next_due_on: unpaid[0]?.due_on ?? null,
      late_minor: unpaid.filter((p) => p.state === 'late').reduce((sum, p) => sum + p.amount_minor - p.paid_minor, 0),
      plan: plan.map(({ contract_id: _, ...p }) => p),
    }
  })
}

/**
 * What came in for orders, in minor units: what settled their invoices, and deposits for them that no invoice has used. An invoice over several
 * orders counts with each of them whole: contracts have an order of their own.
 */
async function paidOf({ db }: QueryCtx, order_ids: readonly string[]): Promise<Map<string, number>> {
  if (order_ids.length === 0) return new Map()
  const settled = await db.all<{ order_id: string; paid_minor: number }>(
    `select x.order_id, sum(o.settled_minor) as paid_minor
       from (select distinct l.order_id, l.invoice_id from sales_invoice_line l where l.order_id in (${marks(order_ids)})) x
       join accounting_open_item o on o.source_kind = 'sales.invoice' and o.source_id = x.invoice_id and o.amount_minor > 0
      group by x.order_id order by x.order_id`,
    order_ids,
  )
  const deposits = await db.all<{ order_id: string; paid_minor: number }>(
    `select m.source_id as order_id, sum(o.settled_minor - o.amount_minor) as paid_minor
       from accounting_payment m join accounting_open_item o on o.source_kind = 'accounting.payment' and o.source_id = m.id
      where m.source_kind = 'sales.order' and m.source_id in (${marks(order_ids)}) group by m.source_id order by m.source_id`,
    order_ids,
  )
  const paid = new Map<string, number>()
  for (const { order_id, paid_minor } of [...settled, ...deposits]) paid.set(order_id, (paid.get(order_id) ?? 0) + paid_minor)
  return paid
}

type Detail = Head & {
  owner_id: string; note: string | null; signed_on: string | null; ended_on: string | null; end_reason: string | null; created_at: number
  opportunity_id: string | null; quote_id: string | null; renews_id: string | null
}

export const getContractHandler = answer(getContract, async (ctx, { contract_id }) => {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  const detail = await ctx.db.get<Detail>(
    `select ${COLUMNS}, c.owner_id, c.note, c.signed_on, c.ended_on, c.end_reason, c.created_at, c.opportunity_id, c.quote_id, c.renews_id from ${FROM} where c.id = ? and ${seen.sql}`,
    [contract_id, ...seen.params],
  )
  if (!detail) throw new Refusal('contracts.contractNotFound', { contract_id })
  const { owner_id, note, signed_on, ended_on, end_reason, created_at, opportunity_id, quote_id, renews_id, ...head } = detail
  const [row] = await shown(ctx, [head])
  const linked = async (table: string, id: string | null) =>
    id === null ? null : ((await ctx.db.get<{ id: string; number: string | null }>(`select id, number from ${table} where id = ?`, [id])) ?? null)
  const lines = await ctx.db.all<{ line_no: number; item_id: string; item_name: string; unit: string; quantity_e6: number; price_e4: number }>(
    `select l.line_no, l.item_id, i.name as item_name, l.unit, l.quantity_e6, l.price_e4 from contracts_line l join catalog_item i on i.id = l.item_id where l.contract_id = ? order by l.line_no`,
    [contract_id],
  )
  const next = await ctx.db.get<{ id: string }>('select id from contracts_contract where renews_id = ?', [contract_id])
  return {
    ...row!,
    owner_id, note, signed_on, ended_on, end_reason, created_at,
    remind_days: head.remind_days,
    lines,
    opportunity: await linked('crm_opportunity', opportunity_id),
    quote: await linked('sales_quote', quote_id),
    order: await linked('sales_order', head.order_id),
    renews: await linked('contracts_contract', renews_id),
    renewed_by: await linked('contracts_contract', next?.id ?? null),
  }
})
