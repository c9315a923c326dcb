import type { QueryCtx, Scope } from '../../kernel/operation.ts'
import { fold } from '../../kernel/text.ts'
import { marks, type Reader, type SqlValue } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { refsFound } from '../platform/index.ts'

// Pieces that several queries of crm are made of.

export type Condition = { readonly sql: string; readonly params: readonly SqlValue[] }

export const joined = (conditions: readonly Condition[]): { where: string; params: SqlValue[] } => ({
  where: conditions.length === 0 ? '1 = 1' : conditions.map((c) => c.sql).join(' and '),
  params: conditions.flatMap((c) => c.params),
})

/** The number of rows a list has in all. */
export async function countOf(db: Reader, { from, where, params }: { from: string; where: string; params: readonly SqlValue[] }): Promise<number> {
  return (await db.get<{ n: number }>(`select count(*) as n from ${from} where ${where}`, params))!.n
}

/** True where one of them is. */
export const either = (conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map((c) => `(${c.sql})`).join(' or ')})`,
  params: conditions.flatMap((c) => c.params),
})

/** A text is part of the name of whom a row `d` is about (in any form the search knows), or of one of these columns. */
export async function textCondition(ctx: QueryCtx, { text, columns }: { text: string; columns: readonly string[] }): Promise<Condition> {
  const named = either([
    await refsFound(ctx.db, { kind: 'party', text, column: 'd.party_id' }),
    await refsFound(ctx.db, { kind: LEAD_KIND, text, column: 'd.lead_id' }),
  ])
  // A name that the reader may not know finds nothing.
  const known = joined([named, visibleSubjects(ctx.scope)])
  const part = `%${fold(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const own = columns.map((column): Condition => ({ sql: `lower(${column}) like ? escape '\\'`, params: [part] }))
  return either([{ sql: known.where, params: known.params }, ...own])
}

/** The kind under which leads are found. */
export const LEAD_KIND = 'lead'

/** SQL that is true where the lead `alias` may be seen: those of the scope's users, and those of nobody. */
export function visibleLeads(scope: Scope, alias: string): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  return { sql: `(${alias}.owner_id is null or ${alias}.owner_id in (${marks(scope.user_ids)}))`, params: [...scope.user_ids] }
}

/** SQL that is true where the customer of a row `d` may be seen, or its lead where there is no customer. */
export function visibleSubjects(scope: Scope): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  const parties = visibleParties(scope, 'd.party_id')
  const leads = visibleLeads(scope, 'vl')
  return {
    sql: `((d.party_id is not null and ${parties.sql}) or (d.party_id is null and exists (select 1 from crm_lead vl where vl.id = d.lead_id and ${leads.sql})))`,
    params: [...parties.params, ...leads.params],
  }
}

/** SQL that is true where the task `d` may be seen: one's own and one's team's, those that one gave to others, and those about whom one may see. */
export function visibleTasks(scope: Scope): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', params: [] }
  const users = marks(scope.user_ids)
  const seen = visibleSubjects(scope)
  return {
    sql: `(d.assignee_id in (${users}) or d.created_by in (${users}) or ${seen.sql})`,
    params: [...scope.user_ids, ...scope.user_ids, ...seen.params],
  }
}

/** Whom a row `d` is about: its customer `p`, else its lead `l`. */
export const SUBJECT_JOINS = 'left join parties_party p on p.id = d.party_id left join crm_lead l on l.id = d.lead_id'
export const SUBJECT_NAME = 'coalesce(p.name, l.company, l.name)'
