import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { count, day, flag, id, instant, json, oneOf, optional, ref, schema, txt } from './columns.ts'

/** One row: who the company is and by which rules it keeps its books. */
export const company = sqliteTable(
  'platform_company',
  {
    id: id(),
    name: txt(),
    profile: txt(),
    currency: txt(),
    first_day: day().notNull(),
    locale: txt(),
    taxpayer: txt(),
    prices_include_tax: flag(),
    negative_stock: txt(),
    is_sample: flag(),
    tax_no: optional(),
    address: optional(),
    phone: optional(),
    bank_name: optional(),
    bank_account: optional(),
    created_at: instant().notNull(),
  },
  (t) => [
    check('company_single', oneOf(t.id, ['company'])),
    check('company_profile', oneOf(t.profile, ['cn-small', 'international'])),
    check('company_taxpayer', oneOf(t.taxpayer, ['small', 'general', 'none'])),
    check('company_negative_stock', oneOf(t.negative_stock, ['forbid', 'warn', 'allow'])),
  ],
)

export const setting = sqliteTable('platform_setting', { key: text().primaryKey().notNull(), value: json() })

export const team = sqliteTable(
  'platform_team',
  { id: id(), name: txt(), manager_id: ref(), parent_id: ref() },
  (t) => [
    foreignKey({ columns: [t.parent_id], foreignColumns: [t.id] }),
    index('team_parent').on(t.parent_id),
    uniqueIndex('team_name').on(t.name),
  ],
)

export const user = sqliteTable(
  'platform_user',
  {
    id: id(),
    login: txt(),
    name: txt(),
    password_hash: optional(),
    team_id: ref().references(() => team.id),
    locale: txt(),
    is_active: flag(),
    created_at: instant().notNull(),
  },
  (t) => [uniqueIndex('user_login').on(t.login), index('user_team').on(t.team_id)],
)

export const role = sqliteTable(
  'platform_role',
  { id: id(), code: txt(), name_zh: txt(), name_en: txt(), is_builtin: flag() },
  (t) => [uniqueIndex('role_code').on(t.code)],
)

export const roleGrant = sqliteTable(
  'platform_role_grant',
  { role_id: ref().notNull().references(() => role.id), permission: txt(), scope: txt() },
  (t) => [primaryKey({ columns: [t.role_id, t.permission] }), check('grant_scope', oneOf(t.scope, ['own', 'team', 'all']))],
)

export const userRole = sqliteTable(
  'platform_user_role',
  { user_id: ref().notNull().references(() => user.id), role_id: ref().notNull().references(() => role.id) },
  (t) => [primaryKey({ columns: [t.user_id, t.role_id] }), index('user_role_role').on(t.role_id)],
)

/** How somebody arranged the start page: the cards in order, as JSON. Without a row it is the role's own. */
export const home = sqliteTable('platform_home', { user_id: text().primaryKey().notNull().references(() => user.id), cards: json() })

/** The menu of the workbench for a role, by its id, or under the empty key for everybody: the entries in order and the modules that are off, as JSON. */
export const menu = sqliteTable('platform_menu', { key: text().primaryKey().notNull(), definition: json() })

/** Sessions hold the hash of the token only. */
export const session = sqliteTable(
  'platform_session',
  {
    token_hash: text().primaryKey().notNull(),
    user_id: ref().notNull().references(() => user.id),
    desk: txt(),
    created_at: instant().notNull(),
    expires_at: instant().notNull(),
  },
  (t) => [index('session_user').on(t.user_id)],
)

/** How the numbers of a document series look. */
export const series = sqliteTable(
  'platform_series',
  { key: text().primaryKey().notNull(), prefix: txt(), digits: count(), restarts: txt() },
  (t) => [check('series_restarts', oneOf(t.restarts, ['year', 'month', 'never']))],
)

/** The last number taken, per series and period: counter rows, no engine sequences. */
export const counter = sqliteTable(
  'platform_counter',
  { key: txt(), period: txt(), last_no: count() },
  (t) => [primaryKey({ columns: [t.key, t.period] })],
)

/** One row for every committed command: who, when, what, from which desk, and the answer for repeated commandIds. */
export const audit = sqliteTable(
  'platform_audit',
  {
    seq: integer().primaryKey({ autoIncrement: true }).notNull(),
    command_id: txt(),
    name: txt(),
    user_id: ref(),
    desk: txt(),
    at: instant().notNull(),
    today: day().notNull(),
    input: json(),
    answer: json(),
    /** The last change-log row when it committed: its own changes lie after the previous command's. */
    changes_through: count(),
  },
  (t) => [uniqueIndex('audit_command').on(t.command_id)],
)

/** The lean change log, written by triggers: an insert keeps the key, an update or delete the row as it was. */
export const change = sqliteTable(
  'platform_change',
  {
    seq: integer().primaryKey({ autoIncrement: true }).notNull(),
    tbl: txt(),
    op: txt(),
    pk: txt(),
    before: optional(),
  },
  (t) => [
    check('change_op', oneOf(t.op, ['i', 'u', 'd'])),
    // The key first: ids of one command lie together, so it touches few pages.
    index('change_row').on(t.pk, t.tbl),
  ],
)

/** One row: how often the reference tables were changed, counted by triggers. Programs keep those tables in memory and look here whether to read them anew. */
export const referenceCount = sqliteTable('platform_reference_count', { id: id(), changes: count() }, (t) => [
  check('reference_count_single', oneOf(t.id, ['reference'])),
])

export const attachment = sqliteTable(
  'platform_attachment',
  {
    id: id(),
    source_kind: txt(),
    source_id: txt(),
    sha256: txt(),
    name: txt(),
    mime: txt(),
    size: count(),
    added_by: ref(),
    added_at: instant().notNull(),
  },
  (t) => [index('attachment_source').on(t.source_kind, t.source_id), index('attachment_sha').on(t.sha256)],
)

/** What somebody said about a record; taken back, the words go and the row stays. */
export const comment = sqliteTable(
  'platform_comment',
  {
    id: id(),
    source_kind: txt(),
    source_id: txt(),
    text: optional(),
    written_by: ref().notNull().references(() => user.id),
    written_at: instant().notNull(),
    retracted_at: instant(),
  },
  (t) => [index('comment_source').on(t.source_kind, t.source_id), index('comment_user').on(t.written_by)],
)

/** Whom a comment speaks to: it waits in that person's tray until the record was looked at. */
export const mention = sqliteTable(
  'platform_mention',
  {
    comment_id: ref().notNull().references(() => comment.id),
    user_id: ref().notNull().references(() => user.id),
    seen_at: instant(),
  },
  (t) => [primaryKey({ columns: [t.comment_id, t.user_id] }), index('mention_user').on(t.user_id, t.seen_at)],
)

/** What the search index knows of a record: the row behind a gram hit. */
export const searchDoc = sqliteTable(
  'platform_search_doc',
  {
    doc: integer().primaryKey({ autoIncrement: true }).notNull(),
    kind: txt(),
    ref_id: txt(),
    /** The folded code or number, so that an exact one is never hidden by many partial hits. */
    code: optional(),
    title: txt(),
    /** The folded title: what begins with the text is never hidden by many that only hold it. */
    title_key: txt(),
    texts: txt(),
  },
  (t) => [uniqueIndex('search_ref').on(t.kind, t.ref_id), index('search_code').on(t.code), index('search_title').on(t.kind, t.title_key)],
)

/** How somebody likes to see a list: its columns, their order and widths, the sort. Shared with the holders of a role, or one's own. */
export const view = sqliteTable(
  'platform_view',
  {
    id: id(),
    list: txt(),
    name: txt(),
    owner_id: ref().notNull().references(() => user.id),
    role_id: ref().references(() => role.id),
    definition: json(),
  },
  (t) => [
    index('view_owner').on(t.owner_id, t.list),
    index('view_role').on(t.role_id),
    uniqueIndex('view_name').on(t.list, t.owner_id, t.name),
  ],
)

/** With which view a list opens for a user. */
export const viewChoice = sqliteTable(
  'platform_view_choice',
  {
    user_id: ref().notNull().references(() => user.id),
    list: txt(),
    view_id: ref().notNull().references(() => view.id),
  },
  (t) => [primaryKey({ columns: [t.user_id, t.list] }), index('view_choice_view').on(t.view_id)],
)

/** A field that the company added to the records of one kind. One that bears values is never removed, only retired. */
export const field = sqliteTable(
  'platform_field',
  {
    target: txt(),
    key: txt(),
    label: txt(),
    kind: txt(),
    choices: json(),
    link_kind: optional(),
    formula: optional(),
    is_required: flag(),
    is_listed: flag(),
    is_printed: flag(),
    position: count(),
    is_active: flag(),
  },
  (t) => [
    primaryKey({ columns: [t.target, t.key] }),
    uniqueIndex('field_label').on(t.target, t.label),
    check('field_kind', oneOf(t.kind, ['text', 'number', 'date', 'choice', 'link', 'formula'])),
  ],
)

/** How papers of one kind are printed: what is shown where, on which paper. */
export const printTemplate = sqliteTable(
  'platform_print_template',
  { id: id(), kind: txt(), name: txt(), definition: json() },
  (t) => [uniqueIndex('print_template_name').on(t.kind, t.name)],
)

/** The template that a kind of paper is printed with at first: one of the company's own by its id, or a ready-made one by its paper. */
export const printDefault = sqliteTable('platform_print_default', { kind: text().primaryKey().notNull(), template: txt() })

/**
 * What somebody is entering and has neither saved nor posted: the form as the workbench wrote it down, under the address where it is
 * open. It holds no number and stands in no audit and no change log. Once a command made it real, only that command stands here for a
 * while: whoever has the draft open elsewhere is told what became of it.
 */
export const draft = sqliteTable(
  'platform_draft',
  {
    user_id: ref().notNull().references(() => user.id),
    address: txt(),
    subject: txt(),
    body: txt(),
    /** The page that wrote it last, and how often it was written: two desks notice each other by them. */
    writer: txt(),
    revision: count(),
    saved_at: instant().notNull(),
    /** The command that made it real; the text is gone then. */
    taken_by: optional(),
  },
  (t) => [primaryKey({ columns: [t.user_id, t.address] })],
)

/**
 * A command that rules have judged: it waits for a person, was decided by one, or was approved by rule (then it never waited). `reasons`
 * says by which rules and values, as JSON.
 */
export const approval = sqliteTable(
  'platform_approval',
  {
    id: id(),
    name: txt(),
    input: json(),
    source_kind: txt(),
    source_id: txt(),
    title: txt(),
    amount_minor: integer(),
    terms: txt(),
    reasons: json(),
    /** What somebody must hold to decide, separated by commas. */
    permissions: txt(),
    state: txt(),
    asked_by: ref().notNull().references(() => user.id),
    asked_at: instant().notNull(),
    decided_by: ref().references(() => user.id),
    decided_at: instant(),
    note: optional(),
    /** When the asker learned of the decision. */
    seen_at: instant(),
  },
  (t) => [
    check('approval_state', oneOf(t.state, ['pending', 'approved', 'by_rule', 'rejected', 'withdrawn', 'replaced'])),
    check('approval_decided', sql`(state = 'pending') = (decided_at is null)`),
    index('approval_state').on(t.state, t.asked_at),
    index('approval_source').on(t.source_kind, t.source_id),
    index('approval_asker').on(t.asked_by, t.state),
    index('approval_decider').on(t.decided_by).where(sql`decided_by is not null`),
  ],
)

/**
 * That somebody's data were erased: who did it, when, at whose wish. It holds nothing of what was erased, only which record it was, and what
 * stands in the place of the name.
 */
export const erasure = sqliteTable(
  'platform_erasure',
  {
    id: id(),
    subject_kind: txt(),
    subject_id: txt(),
    code: txt(),
    label: txt(),
    extent: txt(),
    asked_by: txt(),
    asked_on: day().notNull(),
    /** The number under which the wish is filed. */
    reference: optional(),
    erased: count(),
    kept: count(),
    by_id: ref().notNull().references(() => user.id),
    at: instant().notNull(),
  },
  (t) => [
    check('erasure_extent', oneOf(t.extent, ['whole', 'part'])),
    check('erasure_asked_by', oneOf(t.asked_by, ['self', 'guardian', 'agent', 'heir', 'company'])),
    uniqueIndex('erasure_subject').on(t.subject_kind, t.subject_id),
    index('erasure_by').on(t.by_id),
  ],
)

/** Whose data were erased: parties, leads and contacts by their ids. Triggers look here before a row is written that tells of somebody (ddl-personal.ts). */
export const erased = sqliteTable(
  'platform_erased',
  {
    id: id(),
    erasure_id: ref().notNull().references(() => erasure.id),
    /** The refusal and its details in JSON, as a guard says them. */
    says: txt(),
  },
  (t) => [index('erased_erasure').on(t.erasure_id)],
)

/** One row while an erasure runs, and none otherwise: guards that yield to an erasure look here. */
export const erasing = sqliteTable('platform_erasing', { id: id() })

export const platformSchema = schema({
  module: 'platform',
  tables: [company, setting, team, user, role, roleGrant, userRole, home, menu, session, series, counter, audit, change, referenceCount, attachment, comment, mention, searchDoc, view, viewChoice, field, printTemplate, printDefault, draft, approval, erasure, erased, erasing],
  guards: [
    { table: approval, never: ['delete'], code: 'platform.approvalIsPermanent' },
    { table: audit, never: ['update', 'delete'], code: 'platform.auditIsPermanent', yieldsTo: 'erasure' },
    { table: erasure, never: ['update', 'delete'], code: 'platform.erasureIsPermanent' },
    { table: erased, never: ['update', 'delete'], code: 'platform.erasureIsPermanent' },
    { table: change, never: ['update', 'delete'], code: 'platform.changeLogIsPermanent', yieldsTo: 'erasure' },
  ],
  unlogged: [audit, change, erased, erasing, referenceCount, counter, session, home, searchDoc, draft, mention],
  bornWithParent: [],
  reference: [company, setting, field, user, team, role, roleGrant, userRole, series],
  clustered: [setting, roleGrant, userRole, home, menu, session, series, counter, viewChoice, field, printDefault, draft],
})
