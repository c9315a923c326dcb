import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMayAssign, assertMayChange, assertOtherOwner } from './authority.ts'
import {
  assignRoles,
  createUser,
  deactivateUser,
  reactivateUser,
  removeOwnPassword,
  setOwnLocale,
  setOwnPassword,
  setPassword,
  updateUser,
} from './contract-people.ts'
import { endSessions, insertUser, patchUser, replaceUserRoles } from './people.store.ts'
import { assertTeam } from './teams.ts'

type User = { readonly id: string; readonly login: string; readonly is_active: number; readonly has_password: number }

/** The hash that the bus puts in a password's place before any handler sees the input. */
function hashIn(input: object): string {
  const { password, password_hash } = input as { password?: unknown; password_hash?: unknown }
  assert(typeof password_hash === 'string' && !('password' in input && password !== undefined), 'the bus hashes passwords before a handler')
  return password_hash
}

/**
 * Whoever changes his own way in must know the way in that holds: an open session on a desk left alone is not enough. The bus has compared
 * the password; what it was compared with must still be in force here. Refuses 'platform.passwordWrong'.
 */
async function assertKnowsPassword(ctx: CommandCtx, input: object): Promise<void> {
  const row = await ctx.db.get<{ hash: string | null }>('select password_hash as hash from platform_user where id = ?', [ctx.actor.id])
  const { proven_hash } = input as { proven_hash?: string }
  if (row!.hash !== null && row!.hash !== proven_hash) throw new Refusal('platform.passwordWrong')
}

/** One user; refuses 'platform.userNotFound'. */
export async function userOf(ctx: Pick<CommandCtx, 'db'>, user_id: string): Promise<User> {
  const row = await ctx.db.get<User>(
    'select id, login, is_active, case when password_hash is null then 0 else 1 end as has_password from platform_user where id = ?',
    [user_id],
  )
  if (!row) throw new Refusal('platform.userNotFound', { user_id })
  return row
}

async function assertLoginFree(ctx: CommandCtx, { login, except }: { login: string; except: string }): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from platform_user where login = ? and id <> ?', [login, except])
  if (row) throw new Refusal('platform.loginTaken', { login })
}

/** Two people cannot share a door without a lock: whoever is here needs a password first. */
async function assertOthersHavePasswords(ctx: CommandCtx): Promise<void> {
  const row = await ctx.db.get<{ name: string }>(
    'select name from platform_user where is_active = 1 and password_hash is null order by id limit 1',
  )
  if (row) throw new Refusal('platform.ownerNeedsPassword', { name: row.name })
}

export const createUserHandler = handle(createUser, async (ctx, input) => {
  const { login, name, team_id, role_ids, locale = ctx.actor.locale } = input
  await assertOthersHavePasswords(ctx)
  await assertLoginFree(ctx, { login, except: '' })
  if (team_id !== null) await assertTeam(ctx, team_id)
  await assertMayAssign(ctx, [...new Set(role_ids)])
  const user_id = ctx.newId()
  await insertUser(ctx, { id: user_id, login, name, locale, team_id, password_hash: hashIn(input), is_active: 1, created_at: ctx.now })
  await replaceUserRoles(ctx, user_id, [...new Set(role_ids)])
  return { user_id }
})

export const updateUserHandler = handle(updateUser, async (ctx, { user_id, ...patch }) => {
  await userOf(ctx, user_id)
  await assertMayChange(ctx, user_id)
  if (patch.login !== undefined) await assertLoginFree(ctx, { login: patch.login, except: user_id })
  if (patch.team_id) await assertTeam(ctx, patch.team_id)
  await patchUser(ctx, user_id, patch)
  return { user_id }
})

export const setPasswordHandler = handle(setPassword, async (ctx, input) => {
  await userOf(ctx, input.user_id)
  await assertMayChange(ctx, input.user_id)
  await patchUser(ctx, input.user_id, { password_hash: hashIn(input) })
  await endSessions(ctx, input.user_id)
  return { user_id: input.user_id }
})

export const setOwnPasswordHandler = handle(setOwnPassword, async (ctx, input) => {
  await assertKnowsPassword(ctx, input)
  await patchUser(ctx, ctx.actor.id, { password_hash: hashIn(input) })
  await endSessions(ctx, ctx.actor.id)
  return { user_id: ctx.actor.id }
})

export const removeOwnPasswordHandler = handle(removeOwnPassword, async (ctx, input) => {
  await assertKnowsPassword(ctx, input)
  const others = await ctx.db.get<{ n: number }>('select count(*) as n from platform_user where is_active = 1 and id <> ?', [ctx.actor.id])
  if (others!.n > 0) throw new Refusal('platform.passwordNeeded', { others: others!.n })
  await patchUser(ctx, ctx.actor.id, { password_hash: null })
  await endSessions(ctx, ctx.actor.id)
  return { user_id: ctx.actor.id }
})

export const setOwnLocaleHandler = handle(setOwnLocale, async (ctx, { locale }) => {
  await patchUser(ctx, ctx.actor.id, { locale })
  return { user_id: ctx.actor.id }
})

export const deactivateUserHandler = handle(deactivateUser, async (ctx, { user_id }) => {
  const { is_active } = await userOf(ctx, user_id)
  await assertMayChange(ctx, user_id)
  if (is_active === 0) return { user_id }
  await assertOtherOwner(ctx, user_id)
  await patchUser(ctx, user_id, { is_active: 0 })
  await endSessions(ctx, user_id)
  return { user_id }
})

export const reactivateUserHandler = handle(reactivateUser, async (ctx, { user_id }) => {
  const { is_active, has_password } = await userOf(ctx, user_id)
  await assertMayChange(ctx, user_id)
  if (is_active === 1) return { user_id }
  if (has_password === 0) throw new Refusal('platform.passwordNeeded', { others: 1 })
  await assertOthersHavePasswords(ctx)
  await patchUser(ctx, user_id, { is_active: 1 })
  return { user_id }
})

export const assignRolesHandler = handle(assignRoles, async (ctx, { user_id, role_ids }) => {
  await userOf(ctx, user_id)
  await assertMayChange(ctx, user_id)
  const wanted = [...new Set(role_ids)]
  await assertMayAssign(ctx, wanted)
  const owner = await ctx.db.get<{ id: string }>(`select id from platform_role where code = 'owner'`)
  if (!wanted.includes(owner!.id)) await assertOtherOwner(ctx, user_id)
  await replaceUserRoles(ctx, user_id, wanted)
  return { user_id }
})
