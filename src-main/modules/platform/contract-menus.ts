import { z } from 'zod'
import { command, flag, id, line, query } from '../../kernel/contract.ts'

// The navigation of the workbench as an administrator arranges it, and the modules that a company or a role does without.

/** What a company or role can do without. Its data stays, and so do its commands: the workbench offers them no more. */
export const SWITCHABLE = ['crm', 'marketing', 'service', 'quotes', 'sales', 'inventory', 'purchasing', 'money', 'books'] as const
const moduleName = z.enum(SWITCHABLE)

/** A group of one's own or the program's, a screen of the program, or a link of one's own: an address with its filters, as a report. */
const entryKey = z.string().regex(/^(group\.[a-z0-9]{1,40}|link\.[a-z0-9]{1,40}|\/[a-z/-]{0,80})$/)

export const menuEntry = z
  .strictObject({
    key: entryKey,
    /** 1 to 3: an entry lies within the last one before it whose level is smaller. */
    level: z.int().min(1).max(3),
    /** Empty: as the program calls it. A group or link of one's own is called the same in both languages where one is empty. */
    name: line(60).default(''),
    name_en: line(60).default(''),
    /** Where a link leads: an address of the workbench. */
    path: z.string().regex(/^\/[^/\\\s][^\\\s]*$/).max(500).optional(),
    is_hidden: flag().default(0),
  })
  .refine((e) => e.key.startsWith('link.') === (e.path !== undefined), { path: ['path'], message: 'a link leads somewhere, and only a link' })
  .refine((e) => !e.key.startsWith('link.') || e.name !== '' || e.name_en !== '', { path: ['name'], message: 'a link has a name' })
export type MenuEntry = z.output<typeof menuEntry>

/** Every entry once; the first at level 1; one level deeper only below a group. */
const isMenu = (entries: readonly MenuEntry[]): boolean =>
  new Set(entries.map((e) => e.key)).size === entries.length &&
  entries.every((e, i) => {
    const before = entries[i - 1]
    return e.level === 1 || (before !== undefined && e.level <= before.level + (before.key.startsWith('group.') ? 1 : 0))
  })

const menu = {
  /** Null: as the program arranges it. */
  entries: z.array(menuEntry).max(300).refine(isMenu, 'no menu of groups and their entries').nullable(),
  modules_off: z.array(moduleName).max(SWITCHABLE.length).refine((names) => new Set(names).size === names.length, 'a module twice'),
}

/** How the menu is for everybody (`role_id` null) or for the holders of a role; entries null and no module off takes it back to the program's own. */
export const setMenu = command({
  name: 'platform.setMenu',
  permission: 'platform.settings',
  input: z.strictObject({ role_id: id().nullable(), ...menu }),
  output: z.object({}),
  refusals: ['platform.roleNotFound'],
})

/** All menus as they are kept, for who arranges them. */
export const listMenus = query({
  name: 'platform.menus',
  permission: 'platform.settings',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({ role_id: id().nullable(), ...menu })),
    roles: z.array(z.object({ role_id: id(), code: z.string(), name_zh: z.string(), name_en: z.string() })),
  }),
  reads: ['platform_menu', 'platform_role'],
  scope: 'shared',
})

/** One's own menu: of the first of one's roles that has one, else everybody's. Off is what everybody does without, and what each of one's roles does without. */
export const ownMenu = z.object(menu)
