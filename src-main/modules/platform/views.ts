import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { chooseView, listViews, removeView, saveView, viewDefinition } from './contract-views.ts'
import { deleteView, deleteViewChoice, insertView, patchView, putViewChoice } from './view.store.ts'

const SHARE = 'platform.shareViews'
/** More than anybody can tell apart in a menu. */
const MOST_VIEWS = 50

type View = { readonly view_id: string; readonly list: string; readonly name: string; readonly owner_id: string; readonly owner_name: string; readonly role_id: string | null; readonly definition: string }
type Ctx = Pick<QueryCtx | CommandCtx, 'db' | 'actor' | 'may'>

/** The views in the actor's sight: own ones, those of a role one holds, and every shared one for who looks after them. */
async function viewsInSight(ctx: Ctx, { where, params }: { where: string; params: readonly string[] }): Promise<View[]> {
  const shared = ctx.may(SHARE) ? 'v.role_id is not null' : 'v.role_id in (select role_id from platform_user_role where user_id = ?)'
  return ctx.db.all<View>(
    `select v.id as view_id, v.list, v.name, v.owner_id, u.name as owner_name, v.role_id, v.definition
       from platform_view v join platform_user u on u.id = v.owner_id
      where ${where} and (v.owner_id = ? or ${shared}) order by v.name, v.id`,
    [...params, ctx.actor.id, ...(ctx.may(SHARE) ? [] : [ctx.actor.id])],
  )
}

async function viewOf(ctx: Ctx, view_id: string): Promise<View> {
  const [row] = await viewsInSight(ctx, { where: 'v.id = ?', params: [view_id] })
  if (!row) throw new Refusal('platform.viewNotFound', { view_id })
  return row
}

/** One's own, or shared ones for who looks after them. */
const mayChange = (ctx: Ctx, row: Pick<View, 'owner_id' | 'role_id'>): boolean => row.owner_id === ctx.actor.id || (row.role_id !== null && ctx.may(SHARE))

async function changeable(ctx: Ctx, view_id: string): Promise<View> {
  const row = await viewOf(ctx, view_id)
  if (!mayChange(ctx, row)) throw new Refusal('platform.viewOfOthers', { name: row.name, owner: row.owner_name })
  return row
}

async function assertMayShare(ctx: Ctx, role_id: string): Promise<void> {
  if (!ctx.may(SHARE)) throw new Refusal('platform.notPermitted', { permission: SHARE })
  const role = await ctx.db.get<{ id: string }>('select id from platform_role where id = ?', [role_id])
  if (!role) throw new Refusal('platform.roleNotFound', { role_id })
}

export const saveViewHandler = handle(saveView, async (ctx, { view_id, list, name, role_id, definition }) => {
  const known = view_id === undefined ? undefined : await changeable(ctx, view_id)
  // A view belongs to its list: under another one its columns mean nothing.
  if (known && known.list !== list) throw new Refusal('platform.viewNotFound', { view_id: known.view_id })
  if (role_id !== null && role_id !== known?.role_id) await assertMayShare(ctx, role_id)
  const owner_id = known?.owner_id ?? ctx.actor.id
  const own = await ctx.db.all<{ id: string; name: string }>('select id, name from platform_view where list = ? and owner_id = ? order by id', [list, owner_id])
  if (own.some((v) => v.name === name && v.id !== known?.view_id)) throw new Refusal('platform.viewNameTaken', { name })
  const row = { name, role_id, definition: JSON.stringify(definition) }
  if (known) {
    await patchView(ctx, known.view_id, row)
    return { view_id: known.view_id }
  }
  if (own.length >= MOST_VIEWS) throw new Refusal('platform.tooManyViews', { limit: MOST_VIEWS })
  const id = ctx.newId()
  await insertView(ctx, { id, list, owner_id, ...row })
  return { view_id: id }
})

export const removeViewHandler = handle(removeView, async (ctx, { view_id }) => {
  await changeable(ctx, view_id)
  await deleteView(ctx, view_id)
  return {}
})

export const chooseViewHandler = handle(chooseView, async (ctx, { list, view_id }) => {
  if (view_id === null) {
    await deleteViewChoice(ctx, { user_id: ctx.actor.id, list })
    return {}
  }
  if ((await viewOf(ctx, view_id)).list !== list) throw new Refusal('platform.viewNotFound', { view_id })
  await putViewChoice(ctx, { user_id: ctx.actor.id, list, view_id })
  return {}
})

export const listViewsHandler = answer(listViews, async (ctx, { list }) => {
  const views = await viewsInSight(ctx, { where: 'v.list = ?', params: [list] })
  const choice = await ctx.db.get<{ view_id: string }>('select view_id from platform_view_choice where user_id = ? and list = ?', [ctx.actor.id, list])
  const roles = ctx.may(SHARE)
    ? await ctx.db.all<{ role_id: string; code: string; name_zh: string; name_en: string }>(
        'select id as role_id, code, name_zh, name_en from platform_role order by is_builtin desc, id',
      )
    : []
  const flagOf = (is: boolean): 0 | 1 => (is ? 1 : 0)
  const rows = views.map(({ list: _, definition, ...v }) => ({
    ...v,
    is_own: flagOf(v.owner_id === ctx.actor.id),
    may_change: flagOf(mayChange(ctx, v)),
    is_default: flagOf(v.view_id === choice?.view_id),
    definition: viewDefinition.parse(JSON.parse(definition)),
  }))
  return { rows, roles }
})
