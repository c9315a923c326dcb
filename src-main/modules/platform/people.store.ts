import { role, roleGrant, session, team, user, userRole } from '../../../db/schema/platform.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import type { Grant } from './contract-forms.ts'

// The only code that writes users, teams and roles.

type Ctx = Pick<CommandCtx, 'db'>

export async function insertUser({ db }: Ctx, row: NewRow<typeof user>): Promise<void> {
  await db.insert(user, row)
}

export async function patchUser({ db }: Ctx, user_id: string, patch: Patch<typeof user>): Promise<void> {
  await db.update(user, { id: user_id }, patch)
}

/** Signs a user out everywhere. */
export async function endSessions({ db }: Ctx, user_id: string): Promise<void> {
  await db.removeWhere(session, { user_id })
}

export async function replaceUserRoles({ db }: Ctx, user_id: string, role_ids: readonly string[]): Promise<void> {
  await db.removeWhere(userRole, { user_id })
  await db.insertMany(userRole, role_ids.map((role_id) => ({ user_id, role_id })))
}

export async function insertTeam({ db }: Ctx, row: NewRow<typeof team>): Promise<void> {
  await db.insert(team, row)
}

export async function patchTeam({ db }: Ctx, team_id: string, patch: Patch<typeof team>): Promise<void> {
  await db.update(team, { id: team_id }, patch)
}

export async function deleteTeam({ db }: Ctx, team_id: string): Promise<void> {
  await db.remove(team, { id: team_id })
}

export async function insertRoles({ db }: Ctx, rows: readonly NewRow<typeof role>[]): Promise<void> {
  await db.insertMany(role, rows)
}

export async function patchRole({ db }: Ctx, role_id: string, patch: Patch<typeof role>): Promise<void> {
  await db.update(role, { id: role_id }, patch)
}

export async function insertGrants({ db }: Ctx, rows: readonly NewRow<typeof roleGrant>[]): Promise<void> {
  await db.insertMany(roleGrant, rows)
}

export async function replaceGrants({ db }: Ctx, role_id: string, grants: readonly Grant[]): Promise<void> {
  await db.removeWhere(roleGrant, { role_id })
  await db.insertMany(roleGrant, grants.map((g) => ({ role_id, ...g })))
}

export async function deleteRole({ db }: Ctx, role_id: string): Promise<void> {
  await db.removeWhere(roleGrant, { role_id })
  await db.remove(role, { id: role_id })
}
