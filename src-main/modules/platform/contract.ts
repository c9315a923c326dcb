import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query } from '../../kernel/contract.ts'
import {
  change,
  companyForm,
  companyRow,
  grant,
  locale,
  login,
  password,
  permissionName,
  roleCode,
  scope,
  seriesForm,
  sha256,
  source,
  userRow,
} from './contract-forms.ts'

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

/** Sets one's own password; all one's sessions end. In one-person mode this is what begins signing in. */
export const setOwnPassword = command({
  name: 'platform.setOwnPassword',
  permission: 'platform.use',
  input: z.strictObject({ password: password() }),
  output: onlyUser.output,
  refusals: [],
})

/** Back to one-person mode: only for someone who is alone. */
export const removeOwnPassword = command({
  name: 'platform.removeOwnPassword',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: onlyUser.output,
  refusals: ['platform.passwordNeeded'],
})

/** The commands whose `password` the bus replaces by `password_hash` before anything is written; the audit keeps neither. */
export const passwordCommands: ReadonlySet<string> = new Set([createUser.name, setPassword.name, setOwnPassword.name])

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
  refusals: ['platform.teamNotFound', 'platform.teamInUse'],
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

/** Sets a setting; its value is checked by the schema of the module that declares it, and needs that setting's permission. */
export const setSetting = command({
  name: 'platform.setSetting',
  permission: 'platform.use',
  input: z.strictObject({
    key: line(80),
    value: z.json().refine((v) => JSON.stringify(v).length <= 10_000, 'too long'),
  }),
  output: z.object({ key: z.string() }),
  refusals: ['platform.settingUnknown', 'platform.notPermitted'],
})

/** Back to what holds until somebody sets it. */
export const resetSetting = command({
  name: 'platform.resetSetting',
  permission: 'platform.use',
  input: z.strictObject({ key: line(80) }),
  output: z.object({ key: z.string() }),
  refusals: ['platform.settingUnknown', 'platform.notPermitted'],
})

export const updateCompany = command({
  name: 'platform.updateCompany',
  permission: 'platform.settings',
  input: z.strictObject(companyForm).partial(),
  output: z.object({}),
  refusals: [],
})

/** Changes how the next numbers of a series look; numbers already given stay, none is ever given twice. */
export const updateSeries = command({
  name: 'platform.updateSeries',
  permission: 'platform.settings',
  input: z.strictObject(seriesForm),
  output: z.object({ key: z.string() }),
  refusals: ['platform.seriesUnknown', 'platform.prefixTaken'],
})

/** Notes that a stored file belongs to a record. The file itself is kept by its content hash, outside the database. */
export const addAttachment = command({
  name: 'platform.addAttachment',
  permission: 'platform.attach',
  input: z.strictObject({
    ...source,
    upload_sha256: sha256(),
    name: name(200),
    mime: z.string().regex(/^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,80}$/),
    size: z.int().min(1).max(2_000_000_000),
  }),
  output: z.object({ attachment_id: id() }),
  refusals: [],
})

export const removeAttachment = command({
  name: 'platform.removeAttachment',
  permission: 'platform.attach',
  input: z.strictObject({ attachment_id: id() }),
  output: z.object({}),
  refusals: ['platform.attachmentNotFound'],
})

/** Who am I, what may I do, and in whose books. */
export const me = query({
  name: 'platform.me',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    user: userRow,
    /** 1: may do everything, whatever `grants` says. */
    is_owner: flag(),
    grants: z.array(grant),
    is_one_person: flag(),
    today: day(),
    company: companyRow,
  }),
  reads: ['platform_user', 'platform_team', 'platform_role', 'platform_role_grant', 'platform_user_role', 'platform_company'],
  scope: 'shared',
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

export const listSettings = query({
  name: 'platform.settings',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      z.object({ key: z.string(), value: z.unknown(), fallback: z.unknown(), is_set: flag(), may_change: flag(), permission: z.string() }),
    ),
  }),
  reads: ['platform_setting'],
  scope: 'shared',
})

export const listSeries = query({
  name: 'platform.series',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    /** `next` is the number that would be given today. */
    rows: z.array(z.object({ ...seriesForm, prefix: z.string(), next: z.string() })),
  }),
  reads: ['platform_series', 'platform_counter'],
  scope: 'shared',
})

const attachmentRow = z.object({
  attachment_id: id(),
  sha256: sha256(),
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  added_by: id(),
  added_name: z.string().nullable(),
  added_at: instant(),
})

export const listAttachments = query({
  name: 'platform.attachments',
  permission: 'platform.use',
  input: z.strictObject(source),
  output: z.object({ rows: z.array(attachmentRow) }),
  reads: ['platform_attachment', 'platform_user'],
  scope: 'shared',
})

/** One attachment, for who hands out the file. */
export const getAttachment = query({
  name: 'platform.attachment',
  permission: 'platform.use',
  input: z.strictObject({ attachment_id: id() }),
  output: attachmentRow.extend(source),
  reads: ['platform_attachment', 'platform_user'],
  refusals: ['platform.attachmentNotFound'],
  scope: 'shared',
})

/** Who did what when, newest first, with the first rows that each command changed as they were before. */
export const listAudit = query({
  name: 'platform.audit',
  permission: 'platform.audit',
  input: z.strictObject({
    user_id: id().optional(),
    from_day: day().optional(),
    to_day: day().optional(),
    /** A command's name, or a module's ('sales.'). */
    name: line(80).default(''),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      z.object({
        seq: z.int(),
        command_id: z.string(),
        name: z.string(),
        user_id: id(),
        user_name: z.string().nullable(),
        desk: z.string(),
        at: instant(),
        today: day(),
        input: z.unknown(),
        change_count: z.int(),
        changes: z.array(change),
      }),
    ),
    total: z.int(),
  }),
  reads: ['platform_audit', 'platform_change', 'platform_user'],
  scope: 'shared',
})

/** All that happened to one row, newest first. */
export const rowHistory = query({
  name: 'platform.history',
  permission: 'platform.audit',
  input: z.strictObject({
    tbl: z.string().regex(/^[a-z]+(_[a-z]+)+$/),
    /** The values of the key's columns, in order. */
    key: z.array(z.union([z.string().max(200), z.int()])).min(1).max(6),
    ...page,
  }),
  output: z.object({
    rows: z.array(
      change.extend({
        seq: z.int(),
        audit_seq: z.int().nullable(),
        name: z.string().nullable(),
        user_name: z.string().nullable(),
        desk: z.string().nullable(),
        at: instant().nullable(),
      }),
    ),
    total: z.int(),
  }),
  reads: ['platform_audit', 'platform_change', 'platform_user'],
  scope: 'shared',
})

/** Ctrl+K: records of every kind whose search scope lets the actor see them, best first. Documents are found by their own modules. */
export const searchAll = query({
  name: 'platform.search',
  permission: 'platform.use',
  input: z.strictObject({ text: line(100), kinds: z.array(line(40)).max(20).optional(), limit: z.int().min(1).max(100).default(20) }),
  output: z.object({ rows: z.array(z.object({ kind: z.string(), ref_id: id(), title: z.string() })) }),
  reads: ['platform_search_doc', 'platform_user'],
  scope: 'rows',
})
