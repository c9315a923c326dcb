import { handle, setting, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import type { SearchEntry } from '../../storage/search.ts'
import { z } from 'zod'
import { extraWords, indexForSearch, settledExtra } from '../platform/index.ts'
import { createItem } from './contract.ts'
import type { ItemForm } from './contract-forms.ts'
import { insertItems, type WholeItem } from './catalog.store.ts'
import { assertItemCodeFree, makeItemCodes } from './item-code.ts'
import { assertUnits, barcodeWarnings, settledBarcodes } from './item.ts'
import { usualTaxCode } from './tax-seeds.ts'

/** The kind under which items are found. */
export const ITEM_KIND = 'item'

/** The tax code of an item for which nobody chose one; null: what the profile suggests. */
export const usualTaxCodeSetting = setting({
  key: 'catalog.usual_tax_code',
  schema: z.string().max(20).nullable(),
  fallback: null,
  permission: 'catalog.taxes',
})

/** A form whose code and tax code, and column of custom fields where somebody filled them in, are settled. */
export type SettledForm = ItemForm & { readonly code: string; readonly tax_code: string; readonly settled_extra?: string }

/** What formulas of custom fields may speak of. */
export const ITEM_FIGURES = ['price_e4'] as const

export const createItemHandler = handle(createItem, async (ctx, form) => {
  assertUnits(form)
  if (form.category_id !== null) await assertCategory(ctx, form.category_id)
  const tax_code = form.tax_code ?? defaultTaxCode(ctx, form.kind)
  await assertTaxCode(ctx, tax_code)
  const settled_extra = await settledExtra(ctx, { target: 'catalog.item', given: form.extra, figures: { price_e4: form.price_e4 } })
  const code = await codeFor(ctx, form)
  const settled = { ...form, code, tax_code, settled_extra }
  const barcodes = settledBarcodes(form.barcodes, settled)
  await assertBarcodesFree(ctx, { barcodes, except: undefined })
  const [item_id] = await createItems(ctx, [{ ...settled, barcodes }])
  return { item_id: item_id!, code, warnings: barcodeWarnings(barcodes) }
})

/** What an item of a kind is taxed by unless somebody says otherwise. */
export const defaultTaxCode = (ctx: Pick<CommandCtx, 'company' | 'setting'>, kind: ItemForm['kind']): string =>
  ctx.setting(usualTaxCodeSetting) ?? usualTaxCode(ctx.company, kind)

/** Refuses 'catalog.categoryNotFound'. */
export async function assertCategory(ctx: Pick<CommandCtx, 'db'>, category_id: string): Promise<void> {
  const row = await ctx.db.get<{ id: string }>('select id from catalog_category where id = ?', [category_id])
  if (!row) throw new Refusal('catalog.categoryNotFound', { category_id })
}

/** Refuses 'catalog.taxCodeUnknown' for one that is unknown or no longer in use. */
export async function assertTaxCode(ctx: Pick<CommandCtx, 'db'>, tax_code: string): Promise<void> {
  const row = await ctx.db.get<{ code: string }>('select code from catalog_tax_code where code = ? and is_active = 1', [tax_code])
  if (!row) throw new Refusal('catalog.taxCodeUnknown', { tax_code })
}

async function codeFor(ctx: CommandCtx, form: ItemForm): Promise<string> {
  if (form.code === null || form.code === '') return (await makeItemCodes(ctx, [form]))[0]!
  await assertItemCodeFree(ctx, form.code)
  return form.code
}

/** Refuses 'catalog.barcodeTaken' with the item that bears it. */
export async function assertBarcodesFree(
  ctx: Pick<CommandCtx, 'db'>,
  { barcodes, except }: { barcodes: readonly { readonly barcode: string }[]; except: string | undefined },
): Promise<void> {
  if (barcodes.length === 0) return
  const list = barcodes.map((b) => b.barcode)
  const taken = await ctx.db.get<{ barcode: string; code: string; name: string }>(
    `select b.barcode, i.code, i.name from catalog_barcode b join catalog_item i on i.id = b.item_id
      where b.barcode in (${marks(list)}) and b.item_id <> ? order by b.barcode limit 1`,
    [...list, except ?? ''],
  )
  if (taken) throw new Refusal('catalog.barcodeTaken', taken)
}

/** What the company's own fields say of an item, to find it by. */
export const ownWords = (ctx: CommandCtx, extra: string | undefined): string[] => extraWords(ctx, { target: 'catalog.item', extra: extra ?? '{}' })

/** What the search knows of an item: name, code, specification, barcodes, the company's own fields. */
export const itemSearchEntry = (item: {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly spec?: string | null
  readonly barcodes: readonly { readonly barcode: string }[]
  readonly own_words: readonly string[]
}): SearchEntry => ({
  kind: ITEM_KIND,
  ref_id: item.id,
  code: item.code,
  title: item.name,
  texts: [item.spec ?? '', ...item.barcodes.map((b) => b.barcode), ...item.own_words].filter((t) => t !== ''),
})

/**
 * Writes checked forms as new items and makes them findable; gives their ids in order. Import comes this way too.
 * The caller has checked codes, barcodes, units, category and tax code.
 */
export async function createItems(ctx: CommandCtx, forms: readonly SettledForm[]): Promise<string[]> {
  const whole = forms.map((form) => wholeItem(ctx, form))
  await insertItems(ctx, whole)
  await indexForSearch(ctx, whole.map(({ row, barcodes }) => itemSearchEntry({ ...row, barcodes, own_words: ownWords(ctx, row.extra) })))
  return whole.map((i) => i.row.id)
}

function wholeItem(ctx: CommandCtx, form: SettledForm): WholeItem {
  const { units, barcodes, extra: _, settled_extra, spec, note, ...fields } = form
  const row = {
    ...fields,
    id: ctx.newId(),
    spec: spec === '' ? null : spec,
    note: note === '' ? null : note,
    extra: settled_extra ?? '{}',
    is_active: 1,
    created_at: ctx.now,
  }
  return { row, units, barcodes: settledBarcodes(barcodes, form) }
}
