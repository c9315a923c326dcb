import type { ScopeKind } from '../../kernel/contract.ts'
import { answer, handle, type CommandCtx, type Permission, type RoleCode } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMayGrant } from './authority.ts'
import type { Grant } from './contract-forms.ts'
import { createRole, listRoles, removeRole, setGrants, updateRole } from './contract-people.ts'
import { deleteRole, insertGrants, insertRoles, patchRole, replaceGrants, replaceUserRoles } from './people.store.ts'
import { deleteMenu } from './menu.store.ts'
import { unshareViewsOf } from './view.store.ts'

const builtIn: readonly { code: RoleCode; name_zh: string; name_en: string }[] = [
  { code: 'owner', name_zh: '老板', name_en: 'Owner' },
  { code: 'sales', name_zh: '销售', name_en: 'Sales' },
  { code: 'warehouse', name_zh: '仓库', name_en: 'Warehouse' },
  { code: 'bookkeeper', name_zh: '会计', name_en: 'Bookkeeper' },
  { code: 'viewer', name_zh: '只看', name_en: 'Viewer' },
]

/** The built-in roles with the grants that the modules propose; the founder becomes the owner, who needs no grants. */
export async function seedRoles(
  ctx: Pick<CommandCtx, 'db' | 'newId'>,
  { owner_id, permissions }: { owner_id: string; permissions: readonly Permission[] },
): Promise<void> {
  const rows = builtIn.map((r) => ({ id: ctx.newId(), ...r, is_builtin: 1 }))
  await insertRoles(ctx, rows)
  const grants = rows.flatMap((r) =>
    permissions.flatMap((p) => {
      const scope = r.code === 'owner' ? undefined : p.grants[r.code]
      return scope === undefined ? [] : [{ role_id: r.id, permission: p.name, scope }]
    }),
  )
  await insertGrants(ctx, grants)
  await replaceUserRoles(ctx, owner_id, [rows[0]!.id])
}

type Role = { readonly id: string; readonly code: string; readonly name_zh: string; readonly name_en: string; readonly is_builtin: 0 | 1 }

async function roleOf(ctx: Pick<CommandCtx, 'db'>, role_id: string): Promise<Role> {
  const row = await ctx.db.get<Role>('select id, code, name_zh, name_en, is_builtin from platform_role where id = ?', [role_id])
  if (!row) throw new Refusal('platform.roleNotFound', { role_id })
  return row
}

const wider: Record<ScopeKind, number> = { own: 0, team: 1, all: 2 }

/** Each permission once, in its widest scope. */
const tidy = (grants: readonly Grant[]): Grant[] => [
  ...new Map([...grants].sort((a, b) => wider[a.scope] - wider[b.scope]).map((g) => [g.permission, g])).values(),
]

export const createRoleHandler = handle(createRole, async (ctx, { code, name_zh, name_en, grants }) => {
  const known = await ctx.db.get<{ id: string }>('select id from platform_role where code = ?', [code])
  if (known) throw new Refusal('platform.roleCodeTaken', { code })
  await assertMayGrant(ctx, grants)
  const role_id = ctx.newId()
  await insertRoles(ctx, [{ id: role_id, code, name_zh, name_en, is_builtin: 0 }])
  await replaceGrants(ctx, role_id, tidy(grants))
  return { role_id }
})

export const updateRoleHandler = handle(updateRole, async (ctx, { role_id, ...patch }) => {
  await roleOf(ctx, role_id)
  await patchRole(ctx, role_id, patch)
  return { role_id }
})

export const setGrantsHandler = handle(setGrants, async (ctx, { role_id, grants }) => {
  const { code } = await roleOf(ctx, role_id)
  if (code === 'owner') throw new Refusal('platform.ownerHoldsAll', {})
  await assertMayGrant(ctx, grants)
  await replaceGrants(ctx, role_id, tidy(grants))
  return { role_id }
})

export const removeRoleHandler = handle(removeRole, async (ctx, { role_id }) => {
  const { is_builtin, name_zh, name_en } = await roleOf(ctx, role_id)
  const name = ctx.actor.locale === 'zh-CN' ? name_zh : name_en
  if (is_builtin === 1) throw new Refusal('platform.roleIsBuiltIn', { name })
  const used = await ctx.db.get<{ n: number }>('select count(*) as n from platform_user_role where role_id = ?', [role_id])
  if (used!.n > 0) throw new Refusal('platform.roleInUse', { name, users: used!.n })
  await unshareViewsOf(ctx, role_id)
  await deleteMenu(ctx, role_id)
  await deleteRole(ctx, role_id)
  return {}
})

export const listRolesHandler = answer(listRoles, async ({ db, contributions }) => {
  const roles = await db.all<Omit<Role, 'id'> & { role_id: string; user_count: number }>(
    `select r.id as role_id, r.code, r.name_zh, r.name_en, r.is_builtin,
            (select count(*) from platform_user_role ur where ur.role_id = r.id) as user_count
       from platform_role r order by r.is_builtin desc, r.id`,
  )
  const grants = await db.all<Grant & { role_id: string }>(
    'select role_id, permission, scope from platform_role_grant order by role_id, permission',
  )
  const known = grants.filter((g) => contributions.permissions.has(g.permission))
  const rows = roles.map((r) => ({
    ...r,
    grants: known.filter((g) => g.role_id === r.role_id).map(({ permission, scope }) => ({ permission, scope })),
  }))
  return { rows, permissions: [...contributions.permissions.keys()].sort(), scopes: ['own', 'team', 'all'] as const satisfies ScopeKind[] }
})
