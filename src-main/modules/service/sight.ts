import type { CommandCtx, QueryCtx, Scope } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { mayMove } from '../../kernel/states.ts'
import { fold } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { refsFound } from '../platform/index.ts'
import { ticketStates, type TicketState } from './contract.ts'

export type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

export const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.length === 0 ? '1 = 1' : conditions.map((c) => `(${c.sql})`).join(' and '),
  params: conditions.flatMap((c) => c.params),
})

/** SQL that is true where the ticket `alias` may be seen: with its customer, and by who does it, opened it or got it as manager. */
export function visibleTickets(scope: Scope, alias: string): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  const users = marks(scope.user_ids)
  const parties = visibleParties(scope, `${alias}.party_id`)
  return {
    sql: `(${alias}.assignee_id in (${users}) or ${alias}.created_by in (${users}) or ${alias}.escalated_to_id in (${users}) or ${parties.sql})`,
    params: [...scope.user_ids, ...scope.user_ids, ...scope.user_ids, ...parties.params],
  }
}

/** SQL that is true where the ticket with the id in `column` may be seen. */
export function visibleTicketIds(scope: Scope, column: string): Condition {
  const seen = visibleTickets(scope, 'vt')
  return { sql: `exists (select 1 from service_ticket vt where vt.id = ${column} and ${seen.sql})`, params: seen.params }
}

/** A part of one of these columns, or of the name of the customer in `party`. */
export async function textCondition(ctx: QueryCtx, { text, columns, party }: { text: string; columns: readonly string[]; party?: string }): Promise<Condition> {
  const part = `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const own = columns.map((column): Condition => ({ sql: `lower(${column}) like ? escape '\\'`, params: [part] }))
  const all = party === undefined ? own : [await refsFound(ctx.db, { kind: 'party', text, column: party }), ...own]
  return { sql: all.map((c) => `(${c.sql})`).join(' or '), params: all.flatMap((c) => c.params) }
}

export type Ticket = {
  readonly id: string
  readonly number: string
  readonly class_id: string
  readonly party_id: string
  readonly item_id: string | null
  readonly subject: string
  readonly text: string | null
  readonly contact_name: string | null
  readonly priority: number
  readonly state: TicketState
  readonly assignee_id: string | null
  readonly respond_due_at: number
  readonly resolve_due_at: number
  readonly responded_at: number | null
  readonly resolved_at: number | null
  readonly waiting_since: number | null
  readonly waited_minutes: number
  readonly solution: string | null
  readonly created_at: number
}

const COLUMNS = `t.id, t.number, t.class_id, t.party_id, t.item_id, t.subject, t.text, t.contact_name, t.priority, t.state, t.assignee_id, t.respond_due_at, t.resolve_due_at, t.responded_at,
  t.resolved_at, t.waiting_since, t.waited_minutes, t.solution, t.created_at`

/** A ticket that the actor may see. Refuses 'service.ticketNotFound'. */
export async function ticketInHand(ctx: CommandCtx | QueryCtx, ticket_id: string): Promise<Ticket> {
  const seen = visibleTickets(ctx.scope, 't')
  const row = await ctx.db.get<Ticket>(`select ${COLUMNS} from service_ticket t where t.id = ? and ${seen.sql}`, [ticket_id, ...seen.params])
  if (!row) throw new Refusal('service.ticketNotFound', { ticket_id })
  return row
}

/** Refuses 'service.ticketStateForbids' unless the ticket may go to this state. */
export function assertMayGo({ number, state }: Ticket, to: TicketState): void {
  if (!mayMove(ticketStates, { from: state, to })) throw new Refusal('service.ticketStateForbids', { number, from: state, to })
}

/** Refuses what was merged or closed: nothing is added to it. */
export function assertOpen({ number, state }: Ticket): void {
  if (state === 'merged' || state === 'closed') throw new Refusal('service.ticketStateForbids', { number, from: state, to: state })
}

/** The ticket and all that were merged into it. */
export async function familyOf({ db }: { db: Pick<QueryCtx['db'], 'all'> }, ticket_id: string): Promise<string[]> {
  const rows = await db.all<{ id: string }>('select id from service_ticket where merged_into_id = ? order by id', [ticket_id])
  return [ticket_id, ...rows.map((r) => r.id)]
}
