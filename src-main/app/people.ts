import type { Reader } from '../storage/db.ts'
import type { Actor, Scope } from '../kernel/operation.ts'
import type { ScopeKind } from '../kernel/contract.ts'
import { Refusal } from '../kernel/refusal.ts'

/** A user with what they may do, as the bus keeps it in memory until users, teams or roles change. */
export type Person = { readonly actor: Actor; readonly grants: ReadonlyMap<string, ScopeKind>; readonly isOwner: boolean; readonly teamUserIds: readonly string[] }

type UserRow = { id: string; name: string; locale: string; login: string; team_id: string | null; has_password: number }
type GrantRow = { user_id: string; code: string; permission: string | null; scope: ScopeKind | null }
type TeamRow = { id: string; manager_id: string | null; parent_id: string | null }

export type People = { readonly byId: ReadonlyMap<string, Person>; readonly ownerId: string | undefined; readonly isOnePerson: boolean }

const wider: Record<ScopeKind, number> = { own: 0, team: 1, all: 2 }

/** Reads all active users with their grants: a handful of rows, once. */
export async function readPeople(db: Reader): Promise<People> {
  const users = await db.all<UserRow>(
    `select id, name, locale, login, team_id, case when password_hash is null then 0 else 1 end as has_password
       from platform_user where is_active = 1 order by created_at, id`,
  )
  const grants = await db.all<GrantRow>(
    `select ur.user_id, r.code, g.permission, g.scope from platform_user_role ur join platform_role r on r.id = ur.role_id
       left join platform_role_grant g on g.role_id = r.id order by ur.user_id, r.code, g.permission`,
  )
  const teams = await db.all<TeamRow>('select id, manager_id, parent_id from platform_team order by id')
  const byId = new Map<string, Person>()
  for (const user of users) {
    const own = grants.filter((g) => g.user_id === user.id)
    const held = new Map<string, ScopeKind>()
    for (const g of own) {
      if (g.permission === null || g.scope === null) continue
      const before = held.get(g.permission)
      if (before === undefined || wider[g.scope] > wider[before]) held.set(g.permission, g.scope)
    }
    byId.set(user.id, {
      actor: { id: user.id, name: user.name, locale: user.locale },
      grants: held,
      isOwner: own.some((g) => g.code === 'owner'),
      teamUserIds: teamUserIds(user, users, teams),
    })
  }
  const owner = [...byId.values()].find((p) => p.isOwner)
  return { byId, ownerId: owner?.actor.id, isOnePerson: users.length === 1 && users[0]!.has_password === 0 }
}

/** One's own team; a manager's team includes the teams below it. */
function teamUserIds(user: UserRow, users: readonly UserRow[], teams: readonly TeamRow[]): string[] {
  const mine = new Set(teams.filter((t) => t.id === user.team_id || t.manager_id === user.id).map((t) => t.id))
  for (let grew = true; grew; ) {
    const below = teams.filter((t) => t.parent_id !== null && mine.has(t.parent_id) && !mine.has(t.id))
    grew = below.length > 0
    for (const t of below) mine.add(t.id)
  }
  return [...new Set([user.id, ...users.filter((u) => u.team_id !== null && mine.has(u.team_id)).map((u) => u.id)])]
}

/** The rows a person may see under a permission; without it the bus refuses. */
export function scopeOf(person: Person, permission: string): Scope {
  if (person.isOwner) return { kind: 'all' }
  const granted = person.grants.get(permission)
  if (granted === undefined) throw new Refusal('platform.notPermitted', { permission })
  if (granted === 'all') return { kind: 'all' }
  return { kind: 'users', user_ids: granted === 'own' ? [person.actor.id] : person.teamUserIds }
}

export const mayDo = (person: Person, permission: string): boolean => person.isOwner || person.grants.has(permission)
