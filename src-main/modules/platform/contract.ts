import { z } from 'zod'
import { command, day, flag, id, instant, line, name, page, query } from '../../kernel/contract.ts'
import { ownMenu } from './contract-menus.ts'
import { change, companyForm, companyRow, grant, seriesForm, sha256, source, userRow } from './contract-forms.ts'

export * from './contract-approvals.ts'
export * from './contract-comments.ts'
export * from './contract-fields.ts'
export * from './contract-drafts.ts'
export * from './contract-erasure.ts'
export * from './contract-home.ts'
export * from './contract-menus.ts'
export * from './contract-people.ts'
export * from './contract-prints.ts'
export * from './contract-views.ts'

const plainValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])
const plainRecord = z.record(z.string().max(80), plainValue)

/** Sets a setting; its value is checked by the schema of the module that declares it, and needs that setting's permission. */
export const setSetting = command({
  name: 'platform.setSetting',
  permission: 'platform.use',
  input: z.strictObject({
    key: line(80),
    value: z.union([plainValue, z.array(plainValue).max(200), z.record(z.string().max(80), z.union([plainValue, z.array(plainRecord).max(50)]))]),
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
  refusals: ['platform.attachmentSourceUnknown', 'platform.fileNotStored', 'platform.notOnServerYet'],
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
    menu: ownMenu,
    today: day(),
    company: companyRow,
  }),
  reads: ['platform_user', 'platform_team', 'platform_role', 'platform_role_grant', 'platform_user_role', 'platform_company', 'platform_menu'],
  scope: 'shared',
})

export const listSettings = query({
  name: 'platform.settings',
  permission: 'platform.use',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      /** `choices` is null where more than a few values are possible; [0, 1] is a switch. */
      z.object({
        key: z.string(),
        value: z.unknown(),
        fallback: z.unknown(),
        choices: z.array(z.union([z.string(), z.number()])).nullable(),
        is_set: flag(),
        may_change: flag(),
        permission: z.string(),
      }),
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
  scope: 'rows',
})

/** One attachment, for who hands out the file. */
export const getAttachment = query({
  name: 'platform.attachment',
  permission: 'platform.use',
  input: z.strictObject({ attachment_id: id() }),
  output: attachmentRow.extend(source),
  reads: ['platform_attachment', 'platform_user'],
  refusals: ['platform.attachmentNotFound'],
  scope: 'rows',
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
    /** The row as it is now, without secrets; null when it is gone. */
    now: z.record(z.string(), z.unknown()).nullable(),
  }),
  reads: ['platform_audit', 'platform_change', 'platform_user'],
  scope: 'shared',
})

/** Ctrl+K: documents of every module by the beginning of their number, the bare serial ('12'), a reference, or their amount; newest first. */
export const findDocuments = query({
  name: 'platform.findDocuments',
  permission: 'platform.use',
  input: z.strictObject({ text: name(60), kinds: z.array(line(40)).max(20).optional(), limit: z.int().min(1).max(50).default(20) }),
  output: z.object({
    rows: z.array(z.object({ kind: z.string(), id: id(), number: z.string(), day: day(), title: z.string(), amount_minor: z.int().nullable() })),
  }),
  reads: ['platform_series', 'platform_user'],
  scope: 'rows',
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
