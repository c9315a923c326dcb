import type { CommandCtx, QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import type { DealRule } from './contract.ts'

// Who does a ticket.

type Person = { readonly user_id: string; readonly name: string; readonly team_id: string | null; readonly is_owner: number }

/** Everybody who may do tickets; the owner only where nobody else does. */
export async function workers(ctx: Pick<QueryCtx, 'scopeOfUser'> & { db: Pick<QueryCtx['db'], 'all'> }): Promise<Person[]> {
  const people = await ctx.db.all<Person>(
    `select u.id as user_id, u.name, u.team_id, case when exists (select 1 from platform_user_role x join platform_role r on r.id = x.role_id where x.user_id = u.id and r.code = 'owner') then 1 else 0 end as is_owner
       from platform_user u where u.is_active = 1 order by u.id`,
  )
  return people.filter((p) => ctx.scopeOfUser(p.user_id, 'service.work') !== undefined)
}

/** Refuses 'service.cannotWork' for somebody who is gone, or does no tickets. */
export async function assertWorker(ctx: CommandCtx, user_id: string): Promise<void> {
  const row = await ctx.db.get<{ name: string; is_active: number }>('select name, is_active from platform_user where id = ?', [user_id])
  if (!row || row.is_active === 0 || ctx.scopeOfUser(user_id, 'service.work') === undefined) throw new Refusal('service.cannotWork', { user_id, name: row?.name ?? null })
}

type Dealt = { readonly id: string; readonly rule: DealRule; readonly team_id: string | null }

/** Who gets a new ticket by the rule of its class; null: nobody yet. */
export async function dealtTo(ctx: CommandCtx, { ticketClass, party_id }: { ticketClass: Dealt; party_id: string }): Promise<string | null> {
  const { rule, team_id } = ticketClass
  if (rule === 'none') return null
  const all = await workers(ctx)
  if (rule === 'owner') {
    const row = await ctx.db.get<{ user_id: string }>('select user_id from parties_assignment where party_id = ? and to_day is null', [party_id])
    return all.some((p) => p.user_id === row?.user_id) ? row!.user_id : null
  }
  const team = all.filter((p) => team_id === null || p.team_id === team_id)
  const staff = team.filter((p) => p.is_owner === 0)
  const candidates = (staff.length > 0 ? staff : team).map((p) => p.user_id)
  if (candidates.length === 0) return null
  return rule === 'round_robin' ? nextInTurn(ctx, { class_id: ticketClass.id, candidates }) : leastLoaded(ctx, candidates)
}

/** Whoever comes after the one who got the last ticket of this class. */
async function nextInTurn(ctx: CommandCtx, { class_id, candidates }: { class_id: string; candidates: readonly string[] }): Promise<string> {
  const last = await ctx.db.get<{ assignee_id: string }>(
    `select s.assignee_id from service_step s join service_ticket t on t.id = s.ticket_id where t.class_id = ? and s.kind = 'dealt' order by t.id desc limit 1`,
    [class_id],
  )
  return candidates.find((id) => last !== undefined && id > last.assignee_id) ?? candidates[0]!
}

async function leastLoaded(ctx: CommandCtx, candidates: readonly string[]): Promise<string> {
  const loads = await ctx.db.all<{ assignee_id: string; n: number }>(
    `select assignee_id, count(*) as n from service_ticket where state in ('new', 'working', 'waiting') and assignee_id in (${marks(candidates)}) group by assignee_id order by assignee_id`,
    candidates,
  )
  const loadOf = (id: string): number => loads.find((l) => l.assignee_id === id)?.n ?? 0
  return [...candidates].sort((a, b) => loadOf(a) - loadOf(b) || (a < b ? -1 : 1))[0]!
}

type Team = { readonly id: string; readonly manager_id: string | null; readonly parent_id: string | null }

/** To whom a late ticket goes: the manager above who does it, else of the team that its class is for, else an owner. */
export async function managerOf(ctx: CommandCtx, { assignee_id, team_id }: { assignee_id: string | null; team_id: string | null }): Promise<string | null> {
  const own = assignee_id === null ? undefined : await ctx.db.get<{ team_id: string | null }>('select team_id from platform_user where id = ?', [assignee_id])
  const teams = new Map((await ctx.db.all<Team>('select id, manager_id, parent_id from platform_team order by id')).map((t) => [t.id, t]))
  for (let team = teams.get(own?.team_id ?? team_id ?? ''); team !== undefined; team = teams.get(team.parent_id ?? '')) {
    if (team.manager_id === null || team.manager_id === assignee_id) continue
    if (ctx.scopeOfUser(team.manager_id, 'service.read') !== undefined) return team.manager_id
  }
  const owner = await ctx.db.get<{ id: string }>(
    `select u.id from platform_user u join platform_user_role x on x.user_id = u.id join platform_role r on r.id = x.role_id where r.code = 'owner' and u.is_active = 1 order by u.id limit 1`,
  )
  return owner?.id ?? null
}
