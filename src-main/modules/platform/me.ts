import { answer, type QueryCtx, type Scope, type SearchScope } from '../../kernel/operation.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { listColleagues, listUsers, me, searchAll } from './contract.ts'
import { companyRow, type Grant, type UserRow } from './contract-forms.ts'
import { menuOfRoles } from './menus.ts'
import { searchRefs, type SearchHit } from './search.ts'

async function usersWhere({ db }: Pick<QueryCtx, 'db'>, { where, params }: { where: string; params: SqlValue[] }): Promise<UserRow[]> {
  const users = await db.all<Omit<UserRow, 'roles'>>(
    `select u.id as user_id, u.login, u.name, u.locale, u.team_id, t.name as team_name, u.is_active,
            case when u.password_hash is null then 0 else 1 end as has_password, u.created_at
       from platform_user u left join platform_team t on t.id = u.team_id where ${where} order by u.is_active desc, u.created_at, u.id`,
    params,
  )
  const roles = await db.all<UserRow['roles'][number] & { user_id: string }>(
    `select ur.user_id, r.id as role_id, r.code, r.name_zh, r.name_en from platform_user_role ur join platform_role r on r.id = ur.role_id
      order by ur.user_id, r.id`,
  )
  return users.map((u) => ({ ...u, roles: roles.filter((r) => r.user_id === u.user_id) }))
}

export const meHandler = answer(me, async (ctx) => {
  const [user] = await usersWhere(ctx, { where: 'u.id = ?', params: [ctx.actor.id] })
  const active = await ctx.db.get<{ n: number }>('select count(*) as n from platform_user where is_active = 1')
  const is_owner: 0 | 1 = user!.roles.some((r) => r.code === 'owner') ? 1 : 0
  const is_one_person: 0 | 1 = active!.n === 1 && user!.has_password === 0 ? 1 : 0
  return {
    user: user!,
    is_owner,
    grants: is_owner === 1 ? [] : await grantsOf(ctx),
    is_one_person,
    menu: await menuOfRoles(ctx.db, user!.roles.map((r) => r.role_id)),
    today: ctx.today,
    company: companyRow.parse(ctx.company),
  }
})

/** The actor's permissions with their scopes, of those that a module still declares. */
async function grantsOf(ctx: QueryCtx): Promise<Grant[]> {
  const rows = await ctx.db.all<Grant>(
    `select g.permission,
            case max(case g.scope when 'all' then 2 when 'team' then 1 else 0 end)
                 when 2 then 'all' when 1 then 'team' else 'own' end as scope
       from platform_user_role ur join platform_role_grant g on g.role_id = ur.role_id where ur.user_id = ?
      group by g.permission order by g.permission`,
    [ctx.actor.id],
  )
  return rows.filter((g) => ctx.contributions.permissions.has(g.permission))
}

export const listUsersHandler = answer(listUsers, async (ctx) => ({ rows: await usersWhere(ctx, { where: '1 = 1', params: [] }) }))

export const listColleaguesHandler = answer(listColleagues, async ({ db }) => ({
  rows: await db.all<{ user_id: string; name: string; is_active: 0 | 1 }>(
    'select id as user_id, name, is_active from platform_user order by is_active desc, name, id',
  ),
}))

/** Hits of a kind read before those out of sight are left out. */
const READ_HITS = 500

export const searchAllHandler = answer(searchAll, async (ctx, { text, kinds, limit }) => {
  const open: string[] = []
  const lists: SearchHit[][] = []
  for (const source of ctx.contributions.searchScopes.values()) {
    const scope = ctx.scopeUnder(source.permission)
    if (scope === undefined || (kinds && !kinds.includes(source.kind))) continue
    if (scope.kind === 'all') open.push(source.kind)
    else lists.push((await visibleHits(ctx, { source, scope, text })).slice(0, limit))
  }
  if (open.length > 0) lists.push(await searchRefs(ctx.db, { kinds: open, text, limit }))
  return { rows: alternating(lists).slice(0, limit) }
})

async function visibleHits(
  ctx: QueryCtx,
  { source, scope, text }: { source: SearchScope; scope: Scope; text: string },
): Promise<SearchHit[]> {
  const hits = await searchRefs(ctx.db, { kinds: [source.kind], text, limit: READ_HITS })
  if (hits.length === 0) return []
  const ids = hits.map((hit) => hit.ref_id)
  const visible = source.rows(scope, 'd.ref_id')
  const rows = await ctx.db.all<{ ref_id: string }>(
    `select d.ref_id from platform_search_doc d where d.kind = ? and d.ref_id in (${marks(ids)}) and ${visible.sql} order by d.doc`,
    [source.kind, ...ids, ...visible.params],
  )
  const seen = new Set(rows.map((row) => row.ref_id))
  return hits.filter((hit) => seen.has(hit.ref_id))
}

/** The first of each list, then the second of each: no kind crowds another out. */
function alternating<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}
