import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import type { Grant } from './contract-forms.ts'

// Who may hand out what: nobody lifts himself or others above himself.

/** Is this user an owner? Owners hold everything. */
async function isOwner(ctx: Pick<CommandCtx, 'db'>, user_id: string): Promise<boolean> {
  const row = await ctx.db.get<{ user_id: string }>(
    `select ur.user_id from platform_user_role ur join platform_role r on r.id = ur.role_id where ur.user_id = ? and r.code = 'owner'`,
    [user_id],
  )
  return row !== undefined
}

/** Refuses 'platform.ownersOnly' when someone who is no owner wants to change an owner. */
export async function assertMayChange(ctx: CommandCtx, user_id: string): Promise<void> {
  if ((await isOwner(ctx, user_id)) && !(await isOwner(ctx, ctx.actor.id))) throw new Refusal('platform.ownersOnly', { user_id })
}

/** Refuses 'platform.permissionUnknown' and, beyond the actor's own reach, 'platform.grantExceedsOwn'. */
export async function assertMayGrant(ctx: CommandCtx, grants: readonly Grant[]): Promise<void> {
  const unknown = grants.find((g) => !ctx.contributions.permissions.has(g.permission))
  if (unknown) throw new Refusal('platform.permissionUnknown', { permission: unknown.permission })
  if (await isOwner(ctx, ctx.actor.id)) return
  const beyond = grants.find(({ permission, scope }) => {
    const own = ctx.scopeUnder(permission)
    return own === undefined || (own.kind !== 'all' && scope !== 'own')
  })
  if (beyond) throw new Refusal('platform.grantExceedsOwn', { permission: beyond.permission })
}

/** Checks roles before somebody gets them: they exist, and the actor could grant all they hold. */
export async function assertMayAssign(ctx: CommandCtx, role_ids: readonly string[]): Promise<void> {
  const roles = await ctx.db.all<{ id: string; code: string }>(
    `select id, code from platform_role where id in (${marks(role_ids)}) order by id`,
    role_ids,
  )
  const missing = role_ids.find((role_id) => !roles.some((r) => r.id === role_id))
  if (missing !== undefined) throw new Refusal('platform.roleNotFound', { role_id: missing })
  if (roles.some((r) => r.code === 'owner') && !(await isOwner(ctx, ctx.actor.id))) throw new Refusal('platform.ownersOnly', {})
  const grants = await ctx.db.all<Grant>(
    `select permission, scope from platform_role_grant where role_id in (${marks(role_ids)}) order by role_id, permission`,
    role_ids,
  )
  // A permission of an older program that no module declares any more is harmless.
  await assertMayGrant(ctx, grants.filter((g) => ctx.contributions.permissions.has(g.permission)))
}

/** Refuses 'platform.lastOwner' when no active owner but this user is left. */
export async function assertOtherOwner(ctx: CommandCtx, user_id: string): Promise<void> {
  if (!(await isOwner(ctx, user_id))) return
  const other = await ctx.db.get<{ id: string }>(
    `select u.id from platform_user u join platform_user_role ur on ur.user_id = u.id join platform_role r on r.id = ur.role_id
      where r.code = 'owner' and u.is_active = 1 and u.id <> ? order by u.id limit 1`,
    [user_id],
  )
  if (!other) throw new Refusal('platform.lastOwner', { user_id })
}
