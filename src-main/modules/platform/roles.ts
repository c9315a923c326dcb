import { role, roleGrant, userRole } from '../../../db/schema/platform.ts'
import type { CommandCtx, Permission, RoleCode } from '../../kernel/operation.ts'

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
  await ctx.db.insertMany(role, rows)
  const grants = rows.flatMap((r) =>
    permissions.flatMap((p) => {
      const scope = r.code === 'owner' ? undefined : p.grants[r.code]
      return scope === undefined ? [] : [{ role_id: r.id, permission: p.name, scope }]
    }),
  )
  await ctx.db.insertMany(roleGrant, grants)
  await ctx.db.insert(userRole, { user_id: owner_id, role_id: rows[0]!.id })
}
