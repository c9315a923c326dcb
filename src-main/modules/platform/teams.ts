import { answer, event, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { createTeam, listTeams, removeTeam, updateTeam } from './contract-people.ts'
import { deleteTeam, insertTeam, patchTeam } from './people.store.ts'

/** A team has gone: whoever still gives it work says no by 'platform.teamHasDuties'. */
export const teamRemoved = event<{ team_id: string; name: string }>('platform.teamRemoved')

type Team = { readonly id: string; readonly name: string; readonly parent_id: string | null }

async function teamOf(ctx: Pick<CommandCtx, 'db'>, team_id: string): Promise<Team> {
  const row = await ctx.db.get<Team>('select id, name, parent_id from platform_team where id = ?', [team_id])
  if (!row) throw new Refusal('platform.teamNotFound', { team_id })
  return row
}

/** Refuses 'platform.teamNotFound'. */
export const assertTeam = async (ctx: Pick<CommandCtx, 'db'>, team_id: string): Promise<void> => void (await teamOf(ctx, team_id))

async function assertManager(ctx: CommandCtx, manager_id: string): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from platform_user where id = ? and is_active = 1', [manager_id])
  if (!row) throw new Refusal('platform.userNotFound', { user_id: manager_id })
}

async function assertNameFree(ctx: CommandCtx, { name, except }: { name: string; except: string }): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from platform_team where name = ? and id <> ?', [name, except])
  if (row) throw new Refusal('platform.teamNameTaken', { name })
}

export const createTeamHandler = handle(createTeam, async (ctx, { name, manager_id, parent_id }) => {
  await assertNameFree(ctx, { name, except: '' })
  if (manager_id !== null) await assertManager(ctx, manager_id)
  if (parent_id !== null) await assertTeam(ctx, parent_id)
  const team_id = ctx.newId()
  await insertTeam(ctx, { id: team_id, name, manager_id, parent_id })
  return { team_id }
})

export const updateTeamHandler = handle(updateTeam, async (ctx, { team_id, ...patch }) => {
  const { name } = await teamOf(ctx, team_id)
  if (patch.name !== undefined) await assertNameFree(ctx, { name: patch.name, except: team_id })
  if (patch.manager_id) await assertManager(ctx, patch.manager_id)
  // Walks up from the new parent: the team must not be met.
  for (let above = patch.parent_id ?? null; above !== null; above = (await teamOf(ctx, above)).parent_id) {
    if (above === team_id) throw new Refusal('platform.teamInItself', { name })
  }
  await patchTeam(ctx, team_id, patch)
  return { team_id }
})

export const removeTeamHandler = handle(removeTeam, async (ctx, { team_id }) => {
  const { name } = await teamOf(ctx, team_id)
  const used = await ctx.db.get<{ users: number; teams: number }>(
    `select (select count(*) from platform_user where team_id = ?) as users,
            (select count(*) from platform_team where parent_id = ?) as teams`,
    [team_id, team_id],
  )
  if (used!.users + used!.teams > 0) throw new Refusal('platform.teamInUse', { name, ...used })
  await deleteTeam(ctx, team_id)
  await ctx.emit(teamRemoved, { team_id, name })
  return {}
})

type Row = {
  team_id: string
  name: string
  manager_id: string | null
  manager_name: string | null
  parent_id: string | null
  user_count: number
}

export const listTeamsHandler = answer(listTeams, async ({ db }) => ({
  rows: await db.all<Row>(
    `select t.id as team_id, t.name, t.manager_id, m.name as manager_name, t.parent_id,
            (select count(*) from platform_user u where u.team_id = t.id) as user_count
       from platform_team t left join platform_user m on m.id = t.manager_id order by t.name, t.id`,
  ),
}))
