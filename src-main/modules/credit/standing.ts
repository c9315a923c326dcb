import { addDays, daysBetween } from '../../kernel/day.ts'
import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ofParty, visibleParties } from '../parties/index.ts'
import { owedBy } from '../sales/index.ts'
import type { Standing } from './judge.ts'
import { freezeDays, freezes, goodCreditDays } from './rules.ts'

type Ctx = Pick<CommandCtx | QueryCtx, 'db' | 'today' | 'setting'>
type Late = { readonly overdue_minor: number; readonly overdue_days: number; readonly number: string | null }

/**
 * What of a customer is overdue by more than `days` at the reader's day, in minor units: open invoices less what is open in the
 * customer's favour (advances, credit notes), with the oldest of them and how long it is overdue. Nothing: 0 and null.
 */
export async function lateBy({ db, today }: Pick<Ctx, 'db' | 'today'>, { party_id, days }: { party_id: string; days: number }): Promise<Late> {
  const rows = await db.all<{ number: string; due_on: string; open_minor: number }>(
    `select number, due_on, amount_minor - settled_minor as open_minor from accounting_open_item
      where side = 'receivable' and ${ofParty('party_id')} and amount_minor <> settled_minor order by due_on, id`,
    [party_id],
  )
  const bound = addDays(today, -days)
  const late = rows.filter((r) => r.open_minor > 0 && r.due_on < bound)
  const inFavour_minor = rows.reduce((sum, r) => sum + Math.min(0, r.open_minor), 0)
  const overdue_minor = Math.max(0, late.reduce((sum, r) => sum + r.open_minor, 0) + inFavour_minor)
  const oldest = late[0]
  if (!oldest || overdue_minor === 0) return { overdue_minor: 0, overdue_days: 0, number: null }
  return { overdue_minor, overdue_days: daysBetween({ from: oldest.due_on, to: today }), number: oldest.number }
}

/** Refuses 'parties.partyNotFound' for a customer whom the reader may not see. */
export async function assertSeen({ db, scope }: Pick<QueryCtx, 'db' | 'scope'>, party_id: string): Promise<{ limit_minor: number | null }> {
  const visible = visibleParties(scope, 'p.id')
  const party = await db.get<{ limit_minor: number | null }>(`select p.credit_limit_minor as limit_minor from parties_party p where p.id = ? and ${visible.sql}`, [party_id, ...visible.params])
  if (!party) throw new Refusal('parties.partyNotFound', { party_id })
  return party
}

/** How a customer stands, for judging an order. */
export async function standingOf(ctx: Ctx, party: { readonly id: string; readonly credit_limit_minor: number | null }): Promise<Standing> {
  const { overdue_minor, overdue_days } = await lateBy(ctx, { party_id: party.id, days: ctx.setting(goodCreditDays) })
  return { owed_minor: await owedBy(ctx.db, party.id), limit_minor: party.credit_limit_minor, overdue_minor, overdue_days }
}

/** Up to which day a frozen customer may order nevertheless; null: it may not. */
export async function releasedUntil({ db, today }: Pick<Ctx, 'db' | 'today'>, party_id: string): Promise<string | null> {
  const row = await db.get<{ until_on: string | null }>(`select max(until_on) as until_on from credit_release where ${ofParty('party_id')} and ended_at is null and until_on >= ?`, [party_id, today])
  return row?.until_on ?? null
}

/** What freezes a customer: what is overdue for too long. Undefined where nothing does, or where the company does not freeze. */
export async function frostOf(ctx: Ctx, party_id: string): Promise<(Late & { readonly number: string }) | undefined> {
  if (ctx.setting(freezes) === 0) return undefined
  const late = await lateBy(ctx, { party_id, days: ctx.setting(freezeDays) })
  return late.number === null ? undefined : { ...late, number: late.number }
}

/** Is a customer overdue for too long and not released? */
export const isFrozen = async (ctx: Ctx, party_id: string): Promise<boolean> => (await frostOf(ctx, party_id)) !== undefined && (await releasedUntil(ctx, party_id)) === null

/** Refuses 'credit.customerFrozen' for whoever is overdue for too long and not released. */
export async function assertNotFrozen(ctx: Ctx, party: { readonly id: string; readonly name: string }): Promise<void> {
  const frost = await frostOf(ctx, party.id)
  if (!frost || (await releasedUntil(ctx, party.id)) !== null) return
  const { number, overdue_days, overdue_minor } = frost
  throw new Refusal('credit.customerFrozen', { party_name: party.name, number, days: overdue_days, overdue_minor, most_days: ctx.setting(freezeDays) })
}
