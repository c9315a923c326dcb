import type { OutputOf } from '../../kernel/contract.ts'
import type { z } from 'zod'
import { answer, handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader } from '../../storage/db.ts'
import { listMenus, setMenu, type ownMenu } from './contract-menus.ts'
import { deleteMenu, putMenu } from './menu.store.ts'

/** The key of the menu that holds for everybody. */
const EVERYBODY = ''

type Menu = Pick<OutputOf<typeof listMenus>['rows'][number], 'entries' | 'modules_off'>
export type OwnMenu = z.output<typeof ownMenu>

export const setMenuHandler = handle(setMenu, async (ctx, { role_id, entries, modules_off }) => {
  if (role_id !== null && !(await ctx.db.get('select id from platform_role where id = ?', [role_id]))) throw new Refusal('platform.roleNotFound', { role_id })
  const key = role_id ?? EVERYBODY
  if (entries === null && modules_off.length === 0) await deleteMenu(ctx, key)
  else await putMenu(ctx, { key, definition: JSON.stringify({ entries, modules_off } satisfies Menu) })
  return {}
})

async function keptMenus(db: Reader): Promise<Map<string, Menu>> {
  const rows = await db.all<{ key: string; definition: string }>('select key, definition from platform_menu order by key')
  return new Map(rows.map((r) => [r.key, JSON.parse(r.definition) as Menu]))
}

export const listMenusHandler = answer(listMenus, async ({ db }) => ({
  rows: [...(await keptMenus(db))].map(([key, menu]) => ({ role_id: key === EVERYBODY ? null : key, ...menu })),
  roles: await db.all<{ role_id: string; code: string; name_zh: string; name_en: string }>(
    'select id as role_id, code, name_zh, name_en from platform_role order by is_builtin desc, id',
  ),
}))

/** The menu of somebody with these roles. */
export async function menuOfRoles(db: Reader, role_ids: readonly string[]): Promise<OwnMenu> {
  const kept = await keptMenus(db)
  const everybody = kept.get(EVERYBODY)
  const entries = role_ids.map((id) => kept.get(id)?.entries).find((e) => e != null) ?? everybody?.entries ?? null
  const first = kept.get(role_ids[0] ?? '')?.modules_off ?? []
  const ofEachRole = first.filter((name) => role_ids.every((id) => kept.get(id)?.modules_off.includes(name)))
  return { entries, modules_off: [...new Set([...(everybody?.modules_off ?? []), ...ofEachRole])] }
}
