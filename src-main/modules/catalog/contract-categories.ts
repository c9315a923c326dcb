import { z } from 'zod'
import { codeRule } from '../../kernel/codes.ts'
import { command, id, line, name, query } from '../../kernel/contract.ts'
import { itemCodeFacts } from './contract-forms.ts'

// The tree that items lie in, and the codes that are made of it.

/** Stands in codes of items: letters and digits. */
const categoryCode = () => z.string().regex(/^[A-Za-z0-9]{1,12}$/)

export const createCategory = command({
  name: 'catalog.createCategory',
  permission: 'catalog.write',
  input: z.strictObject({ name: name(100), code: categoryCode().nullable().default(null), parent_id: id().nullable().default(null) }),
  output: z.object({ category_id: id() }),
  refusals: ['catalog.categoryNotFound', 'catalog.categoryTwice'],
})

export const updateCategory = command({
  name: 'catalog.updateCategory',
  permission: 'catalog.write',
  input: z.strictObject({ category_id: id(), name: name(100).optional(), code: categoryCode().nullable().optional(), parent_id: id().nullable().optional() }),
  output: z.object({ category_id: id() }),
  refusals: ['catalog.categoryNotFound', 'catalog.categoryTwice', 'catalog.categoryInItself'],
})

export const removeCategory = command({
  name: 'catalog.removeCategory',
  permission: 'catalog.write',
  input: z.strictObject({ category_id: id() }),
  output: z.object({}),
  refusals: ['catalog.categoryNotFound', 'catalog.categoryInUse'],
})

/** The code that such an item would get now; nothing is taken. */
export const nextItemCode = query({
  name: 'catalog.nextCode',
  permission: 'catalog.read',
  input: z.strictObject({
    name: line(300),
    category_id: id().nullable().default(null),
    /** A rule to try; left out: the one in force. */
    rule: codeRule(itemCodeFacts).nullable().optional(),
  }),
  output: z.object({ code: z.string() }),
  reads: ['catalog_item', 'catalog_category', 'platform_counter', 'platform_series', 'platform_setting'],
  scope: 'shared',
})

export const listCategories = query({
  name: 'catalog.categories',
  permission: 'catalog.read',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(z.object({ category_id: id(), name: z.string(), code: z.string().nullable(), parent_id: id().nullable(), item_count: z.int() })),
  }),
  reads: ['catalog_category', 'catalog_item'],
  scope: 'shared',
})
