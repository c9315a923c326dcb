import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { createCategory, removeCategory, updateCategory } from './contract.ts'
import { deleteCategory, insertCategories, patchCategory } from './catalog.store.ts'
import { assertCategory } from './create-item.ts'

type Category = { readonly id: string; readonly name: string; readonly parent_id: string | null }

export const createCategoryHandler = handle(createCategory, async (ctx, { name, code, parent_id }) => {
  if (parent_id !== null) await assertCategory(ctx, parent_id)
  await assertNameFree(ctx, { name, parent_id, except: '' })
  const category_id = ctx.newId()
  await insertCategories(ctx, [{ id: category_id, name, code, parent_id }])
  return { category_id }
})

export const updateCategoryHandler = handle(updateCategory, async (ctx, { category_id, ...patch }) => {
  const before = await categoryOf(ctx, category_id)
  const after = { ...before, ...patch }
  if (after.parent_id !== null) await assertNotInItself(ctx, { category_id, parent_id: after.parent_id })
  await assertNameFree(ctx, { name: after.name, parent_id: after.parent_id, except: category_id })
  await patchCategory(ctx, category_id, patch)
  return { category_id }
})

/** A category goes when nothing is in it: neither items nor categories. */
export const removeCategoryHandler = handle(removeCategory, async (ctx, { category_id }) => {
  const { name } = await categoryOf(ctx, category_id)
  const used = await ctx.db.get<{ items: number; categories: number }>(
    `select (select count(*) from catalog_item where category_id = ?) as items,
            (select count(*) from catalog_category where parent_id = ?) as categories`,
    [category_id, category_id],
  )
  if (used!.items + used!.categories > 0) throw new Refusal('catalog.categoryInUse', { name, ...used })
  await deleteCategory(ctx, category_id)
  return {}
})

async function categoryOf(ctx: CommandCtx, category_id: string): Promise<Category> {
  const row = await ctx.db.get<Category>('select id, name, parent_id from catalog_category where id = ?', [category_id])
  if (!row) throw new Refusal('catalog.categoryNotFound', { category_id })
  return row
}

/** Brothers bear different names. */
async function assertNameFree(ctx: CommandCtx, wanted: { name: string; parent_id: string | null; except: string }): Promise<void> {
  const { name, parent_id, except } = wanted
  const parent = parent_id === null ? { sql: 'parent_id is null', params: [] } : { sql: 'parent_id = ?', params: [parent_id] }
  const row = await ctx.db.get<{ id: string }>(`select id from catalog_category where name = ? and id <> ? and ${parent.sql}`, [
    name,
    except,
    ...parent.params,
  ])
  if (row) throw new Refusal('catalog.categoryTwice', { name })
}

/** Walks up from the new parent: the category must not be met. */
async function assertNotInItself(ctx: CommandCtx, { category_id, parent_id }: { category_id: string; parent_id: string }): Promise<void> {
  const { name } = await categoryOf(ctx, category_id)
  for (let above: string | null = parent_id; above !== null; ) {
    if (above === category_id) throw new Refusal('catalog.categoryInItself', { name })
    above = (await categoryOf(ctx, above)).parent_id
  }
}
