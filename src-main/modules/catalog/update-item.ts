import type { item } from '../../../db/schema/catalog.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Patch } from '../../storage/db.ts'
import { indexForSearch, settledExtra } from '../platform/index.ts'
import { deactivateItem, reactivateItem, setBarcodes, updateItem } from './contract.ts'
import type { ItemForm } from './contract-forms.ts'
import { patchItem, renameUnit, replaceBarcodes, replaceUnits } from './catalog.store.ts'
import { assertBarcodesFree, assertCategory, assertTaxCode, defaultTaxCode, itemSearchEntry, ownWords } from './create-item.ts'
import { itemChanging, type BearingField } from './events.ts'
import { assertItemCodeFree } from './item-code.ts'
import { assertUnits, barcodeWarnings, settledBarcodes, unitAfter } from './item.ts'
import { readItemDetail } from './item-rows.ts'
import { forgetItem, itemsOf } from './read-item.ts'

const BEARING: readonly BearingField[] = ['base_unit', 'costing', 'kind']

export const updateItemHandler = handle(updateItem, async (ctx, { item_id, units, extra, tax_code, ...patch }) => {
  const before = await readItemDetail(ctx, item_id)
  const after = { ...before, ...patch, units: units ?? before.units }
  assertUnits(after)
  if (after.code !== before.code) await assertItemCodeFree(ctx, after.code)
  if (patch.category_id && patch.category_id !== before.category_id) await assertCategory(ctx, patch.category_id)
  const taxed = tax_code === undefined ? before.tax_code : (tax_code ?? defaultTaxCode(ctx, after.kind))
  if (taxed !== null && taxed !== before.tax_code) await assertTaxCode(ctx, taxed)
  const what = BEARING.filter((field) => after[field] !== before[field])
  if (what.length > 0) await ctx.emit(itemChanging, { item_id, what })
  assertUnitsStay(before, after)
  const settled = { target: 'catalog.item', given: extra, before: JSON.stringify(before.extra), figures: { price_e4: after.price_e4 } }
  const written = await settledExtra(ctx, settled)
  await patchItem(ctx, item_id, changedColumns(before, { ...patch, tax_code: taxed, extra: written }))
  if (units) await replaceUnits(ctx, item_id, units)
  if (unitAfter(before.base_unit, { before, after }) !== before.base_unit) {
    await renameUnit(ctx, { item_id, from: before.base_unit, to: after.base_unit })
  }
  await indexForSearch(ctx, [itemSearchEntry({ ...after, id: item_id, own_words: ownWords(ctx, written) })])
  forgetItem(ctx, item_id)
  return { item_id, code: after.code }
})

type Before = Awaited<ReturnType<typeof readItemDetail>>

/** Refuses to drop a unit that a barcode or a price still names. */
function assertUnitsStay(before: Before, after: Pick<ItemForm, 'base_unit' | 'units'>): void {
  const named = [
    ...before.barcodes.map((b) => ({ unit: b.unit, by: b.barcode })),
    ...before.prices.map((p) => ({ unit: p.unit, by: p.list_name })),
  ]
  const lost = named.find(({ unit }) => unitAfter(unit, { before, after }) === undefined)
  if (lost) throw new Refusal('catalog.unitInUse', { code: before.code, name: before.name, ...lost })
}

/** The columns that a patch really changes, so that the change log tells nothing but changes. */
function changedColumns(before: Before, patch: Patch<typeof item>): Patch<typeof item> {
  const known: Record<string, unknown> = { ...before, extra: JSON.stringify(before.extra) }
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  const tidy = given.map(([column, value]) => [column, value === '' ? null : value] as const)
  return Object.fromEntries(tidy.filter(([column, value]) => known[column] !== value))
}

const activityHandler = (contract: typeof deactivateItem | typeof reactivateItem, is_active: 0 | 1) =>
  handle(contract, async (ctx, { item_id }) => {
    const item = (await itemsOf(ctx, [item_id])).get(item_id)!
    if (item.is_active !== is_active) await patchItem(ctx, item_id, { is_active })
    forgetItem(ctx, item_id)
    return { item_id }
  })

export const deactivateItemHandler = activityHandler(deactivateItem, 0)
export const reactivateItemHandler = activityHandler(reactivateItem, 1)

export const setBarcodesHandler = handle(setBarcodes, async (ctx: CommandCtx, { item_id, barcodes }) => {
  const item = (await itemsOf(ctx, [item_id])).get(item_id)!
  const settled = settledBarcodes(barcodes, item)
  await assertBarcodesFree(ctx, { barcodes: settled, except: item_id })
  await replaceBarcodes(ctx, item_id, settled)
  const row = await ctx.db.get<{ extra: string }>('select extra from catalog_item where id = ?', [item_id])
  await indexForSearch(ctx, [itemSearchEntry({ ...item, barcodes: settled, own_words: ownWords(ctx, row?.extra) })])
  return { item_id, warnings: barcodeWarnings(settled) }
})
