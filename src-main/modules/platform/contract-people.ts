import { z } from 'zod'
import { command, flag, id, name, query } from '../../kernel/contract.ts'
import { currentPassword, grant, locale, login, password, permissionName, roleCode, scope, userRow } from './contract-forms.ts'

// Users, teams and roles: the part of platform's contract that says who may do what.

const onlyUser = { input: z.strictObject({ user_id: id() }), output: z.object({ user_id: id() }) } as const

export const createUser = command({
  name: 'platform.createUser',
  permission: 'platform.users',
  input: z.strictObject({
    login: login(),
    name: name(60),
    password: password(),
    team_id: id().nullable().default(null),
    locale: locale.optional(),
    role_ids: z.array(id()).min(1).max(20),
  }),
  output: z.object({ user_id: id() }),
  refusals: [
    'platform.loginTaken',
    'platform.teamNotFound',
    'platform.roleNotFound',
    'platform.ownerNeedsPassword',
    'platform.ownersOnly',
    'platform.grantExceedsOwn',
  ],
})

export const updateUser = command({
  name: 'platform.updateUser',
  permission: 'platform.users',
  input: z.strictObject({
    user_id: id(),
    login: login().optional(),
    name: name(60).optional(),
    team_id: id().nullable().optional(),
    locale: locale.optional(),
  }),
  output: z.object({ user_id: id() }),
  refusals: ['platform.userNotFound', 'platform.loginTaken', 'platform.teamNotFound', 'platform.ownersOnly'],
})

/** Gives another user a new password; their sessions end. */
export const setPassword = command({
  name: 'platform.setPassword',
  permission: 'platform.users',
  input: z.strictObject({ user_id: id(), password: password() }),
  output: onlyUser.output,
  refusals: ['platform.userNotFound', 'platform.ownersOnly'],
})

/** Sets one's own password, by the current one where there is one; all one's sessions end. In one-person mode this is what begins signing in. */
export const setOwnPassword = command({
  name: 'platform.setOwnPassword',
  permission: 'platform.use',
  input: z.strictObject({ password: password(), current_password: currentPassword() }),
  output: onlyUser.output,
  refusals: ['platform.passwordWrong'],
})

/** Back to one-person mode: only for someone who is alone. */
export const removeOwnPassword = command({
  name: 'platform.removeOwnPassword',
  permission: 'platform.use',
  input: z.strictObject({ current_password: currentPassword() }),
  output: onlyUser.output,
  refusals: ['platform.passwordNeeded', 'platform.passwordWrong'],
})

/** The commands whose passwords the bus replaces by hashes (`password_hash`, `proven_hash`) before anything is written; the audit keeps neither. */
export const passwordCommands: ReadonlySet<string> = new Set([createUser.name, setPassword.name, setOwnPassword.name, removeOwnPassword.name])

/** The language of one's own screens. */
export const setOwnLocale = command({
  name: 'platform.setOwnLocale',
  permission: 'platform.use',
  input: z.strictObject({ locale }),
  output: onlyUser.output,
  refusals: [],
})

export const deactivateUser = command({
  name: 'platform.deactivateUser',
  permission: 'platform.users',
  ...onlyUser,
  refusals: ['platform.userNotFound', 'platform.lastOwner', 'platform.ownersOnly'],
})

export const reactivateUser = command({
  name: 'platform.reactivateUser',
  permission: 'platform.users',
  ...onlyUser,
  refusals: ['platform.userNotFound', 'platform.ownersOnly', 'platform.ownerNeedsPassword', 'platform.passwordNeeded'],
})

/** Replaces the roles of a user. */
export const assignRoles = command({
  name: 'platform.assignRoles',
  permission: 'platform.users',
  input: z.strictObject({ user_id: id(), role_ids: z.array(id()).min(1).max(20) }),
  output: onlyUser.output,
  refusals: [
    'platform.userNotFound',
    'platform.roleNotFound',
    'platform.lastOwner',
    'platform.ownersOnly',
    'platform.grantExceedsOwn',
  ],
})

export const createTeam = command({
  name: 'platform.createTeam',
  permission: 'platform.users',
  input: z.strictObject({ name: name(60), manager_id: id().nullable().default(null), parent_id: id().nullable().default(null) }),
  output: z.object({ team_id: id() }),
  refusals: ['platform.teamNotFound', 'platform.teamNameTaken', 'platform.userNotFound'],
})

export const updateTeam = command({
  name: 'platform.updateTeam',
  permission: 'platform.users',
  input: z.strictObject({
    team_id: id(),
    name: name(60).optional(),
    manager_id: id().nullable().optional(),
    parent_id: id().nullable().optional(),
  }),
  output: z.object({ team_id: id() }),
  refusals: ['platform.teamNotFound', 'platform.teamNameTaken', 'platform.userNotFound', 'platform.teamInItself'],
})

export const removeTeam = command({
  name: 'platform.removeTeam',
  permission: 'platform.users',
  input: z.strictObject({ team_id: id() }),
  output: z.object({}),
  refusals: ['platform.teamNotFound', 'platform.teamInUse', 'platform.teamHasDuties'],
})

const roleNames = { name_zh: name(40), name_en: name(40) }

export const createRole = command({
  name: 'platform.createRole',
  permission: 'platform.users',
  input: z.strictObject({ code: roleCode(), ...roleNames, grants: z.array(grant).max(500).default([]) }),
  output: z.object({ role_id: id() }),
  refusals: ['platform.roleCodeTaken', 'platform.permissionUnknown', 'platform.grantExceedsOwn'],
})

export const updateRole = command({
  name: 'platform.updateRole',
  permission: 'platform.users',
  input: z.strictObject({ role_id: id(), name_zh: roleNames.name_zh.optional(), name_en: roleNames.name_en.optional() }),
  output: z.object({ role_id: id() }),
  refusals: ['platform.roleNotFound'],
})

export const removeRole = command({
  name: 'platform.removeRole',
  permission: 'platform.users',
  input: z.strictObject({ role_id: id() }),
  output: z.object({}),
  refusals: ['platform.roleNotFound', 'platform.roleIsBuiltIn', 'platform.roleInUse'],
})

/** Replaces all grants of a role. */
export const setGrants = command({
  name: 'platform.setGrants',
  permission: 'platform.users',
  input: z.strictObject({ role_id: id(), grants: z.array(grant).max(500) }),
  output: z.object({ role_id: id() }),
  refusals: ['platform.roleNotFound', 'platform.ownerHoldsAll', 'platform.permissionUnknown', 'platform.grantExceedsOwn'],
})

export const listUsers = query({
  name: 'platform.users',
  permission: 'platform.users',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(userRow) }),
  reads: ['platform_user', 'platform_team', 'platform_role', 'platform_user_role'],
  scope: 'shared',
})

/** The people of the company by name, for pickers: everybody may know who works here. */
export const listColleagues = query({
  name: 'platform.colleagues',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(z.object({ user_id: id(), name: z.string(), is_active: flag() })) }),
  reads: ['platform_user'],
  scope: 'shared',
})

export const listRoles = query({
  name: 'platform.roles',
  permission: 'platform.users',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      z.object({
        role_id: id(),
        code: z.string(),
        name_zh: z.string(),
        name_en: z.string(),
        is_builtin: flag(),
        user_count: z.int(),
        grants: z.array(grant),
      }),
    ),
    /** Every permission there is; its text is `permission.<name>`. */
    permissions: z.array(permissionName()),
    scopes: z.array(scope),
  }),
  reads: ['platform_role', 'platform_role_grant', 'platform_user_role'],
  scope: 'shared',
})

export const listTeams = query({
  name: 'platform.teams',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      z.object({
        team_id: id(),
        name: z.string(),
        manager_id: id().nullable(),
        manager_name: z.string().nullable(),
        parent_id: id().nullable(),
        user_count: z.int(),
      }),
    ),
  }),
  reads: ['platform_team', 'platform_user'],
  scope: 'shared',
})
