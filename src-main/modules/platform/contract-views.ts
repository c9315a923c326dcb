import { z } from 'zod'
import { command, extraFilter, flag, id, line, name, query } from '../../kernel/contract.ts'

// How people like to see their lists: the part of platform's contract that every list of the workbench uses.

/** A list's name: its query, and which of its screens where it has several ('parties.list/supplier'). */
const listName = () => z.string().regex(/^[a-z]+\.[a-zA-Z]+(\/[a-z]+)?$/).max(80)
const columnKey = () => z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,59}$/)

/** Columns in their order. One that the program has and the view does not know is shown as the program likes; one it no longer has is left out. */
export const viewDefinition = z.strictObject({
  columns: z
    .array(z.strictObject({ key: columnKey(), /** In pixels; absent: as the program likes. */ width: z.int().min(40).max(1200).optional(), is_hidden: flag().default(0) }))
    .max(80)
    .refine((columns) => new Set(columns.map((c) => c.key)).size === columns.length, 'a column twice'),
  sort: z.strictObject({ key: columnKey(), direction: z.enum(['asc', 'desc']) }).optional(),
  /** What the list is filtered by when it opens. */
  filters: z.strictObject({ text: line(100).default(''), choice: line(60).default(''), fields: extraFilter().unwrap().optional() }).optional(),
})

/**
 * Keeps how a list is seen under a name: a new view, or by `view_id` one that there is. Sharing it with the holders of a role needs
 * 'platform.shareViews'; who holds that also changes and removes what others share.
 */
export const saveView = command({
  name: 'platform.saveView',
  permission: 'platform.use',
  input: z.strictObject({
    view_id: id().optional(),
    list: listName(),
    name: name(60),
    /** The role it is shared with; null: one's own. */
    role_id: id().nullable().default(null),
    definition: viewDefinition,
  }),
  output: z.object({ view_id: id() }),
  refusals: ['platform.viewNotFound', 'platform.viewOfOthers', 'platform.viewNameTaken', 'platform.tooManyViews', 'platform.roleNotFound', 'platform.notPermitted'],
})

export const removeView = command({
  name: 'platform.removeView',
  permission: 'platform.use',
  input: z.strictObject({ view_id: id() }),
  output: z.object({}),
  refusals: ['platform.viewNotFound', 'platform.viewOfOthers'],
})

/** With which view a list opens for oneself; null: as the program likes. */
export const chooseView = command({
  name: 'platform.chooseView',
  permission: 'platform.use',
  input: z.strictObject({ list: listName(), view_id: id().nullable() }),
  output: z.object({}),
  refusals: ['platform.viewNotFound'],
})

/** The views of a list that the actor may use: own ones, and those shared with a role that one holds. */
export const listViews = query({
  name: 'platform.views',
  permission: 'platform.use',
  input: z.strictObject({ list: listName() }),
  output: z.object({
    rows: z.array(
      z.object({
        view_id: id(),
        name: z.string(),
        owner_id: id(),
        owner_name: z.string(),
        role_id: id().nullable(),
        is_own: flag(),
        may_change: flag(),
        is_default: flag(),
        definition: viewDefinition,
      }),
    ),
    /** The roles that one may share with; empty without that right. */
    roles: z.array(z.object({ role_id: id(), code: z.string(), name_zh: z.string(), name_en: z.string() })),
  }),
  reads: ['platform_view', 'platform_view_choice', 'platform_user', 'platform_role', 'platform_role_grant', 'platform_user_role'],
  scope: 'rows',
})
