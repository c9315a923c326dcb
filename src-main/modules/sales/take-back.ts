import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { itemsOf, type ItemInfo } from '../catalog/index.ts'
import { assertVisible } from '../parties/index.ts'
import type { ReturnLineForm } from './contract-forms.ts'
import { deliveredLines, keyOf, returnable, uninvoiced, type DeliveredLine, type LineKey } from './delivered.ts'
import { measure } from './prepare.ts'

/** One line of goods that come back, before anything is posted. */
export type ReturnPart = {
  readonly line_no: number
  readonly form: ReturnLineForm
  readonly item: ItemInfo
  readonly description: string | null
  /** In its unit and in base units, above zero. */
  readonly measured: ReturnType<typeof measure>
  /** The delivery line that it gives back; undefined: nobody knows which. */
  readonly original: DeliveredLine | undefined
  /** What of it was invoiced and is credited in the same step. */
  readonly credit_e6: number
}

export type ReturnPlan = {
  readonly parts: readonly ReturnPart[]
  readonly roots: readonly DeliveredLine[]
  readonly party_id: string | undefined
  /** Where the goods left from, when they all left from one warehouse. */
  readonly warehouse_id: string | undefined
  readonly order_ids: readonly string[]
}

type Head = { id: string; kind: string; party_id: string; warehouse_id: string }
type LineRow = LineKey & { description: string | null; unit: string }

/**
 * Decides what comes back of what: checks that it was delivered and has not come back yet, and how much of it was invoiced. The delivered
 * lines know from now on what is returned and, where `isCredited`, what is credited.
 */
export async function planReturn(
  ctx: CommandCtx,
  { forms, day, isCredited }: { forms: readonly ReturnLineForm[]; day: string; isCredited: boolean },
): Promise<ReturnPlan> {
  const ids = [...new Set(forms.map((f) => f.delivery_id).filter((i) => i !== undefined))]
  const heads = await headsOf(ctx, ids)
  const delivered = await deliveredLines(ctx.db, ids)
  const terms = await termsOf(ctx, ids)
  const originals = forms.map((form) => originalOf(form, delivered))
  const items = await itemsOf(ctx, forms.map((form, i) => originals[i]?.item_id ?? form.item_id!))
  const parts = forms.map((form, i): ReturnPart => {
    const line_no = i + 1
    const original = originals[i]
    const item = items.get(original?.item_id ?? form.item_id!)!
    const row = original && terms.get(keyOf(original))
    const measured = measure(item, { line_no, unit: form.unit ?? row?.unit ?? item.base_unit, quantity_e6: form.quantity_e6 })
    const credit_e6 = original ? takeFrom(
      original,
      { line_no, item, quantity_e6: measured.base_quantity_e6, day, isCredited },
    ) : measured.base_quantity_e6
    return { line_no, form, item, description: form.description || row?.description || null, measured, original, credit_e6 }
  })
  return {
    parts,
    roots: [...new Set(originals.filter((o) => o !== undefined))],
    party_id: onlyOne(heads.map((h) => h.party_id)),
    warehouse_id: new Set(heads.map((h) => h.warehouse_id)).size === 1 ? heads[0]!.warehouse_id : undefined,
    order_ids: [...new Set(originals.map((o) => o?.order_id ?? null).filter((i) => i !== null))],
  }
}

function originalOf(form: ReturnLineForm, delivered: ReadonlyMap<string, DeliveredLine>): DeliveredLine | undefined {
  if (form.delivery_id === undefined) return undefined
  const line = delivered.get(keyOf({ delivery_id: form.delivery_id, line_no: form.delivery_line_no! }))
  if (!line) throw new Refusal('sales.lineUnknown', { line_no: form.delivery_line_no })
  return line
}

/** Takes a quantity back from a delivered line; gives what of it is to be credited now. What was not invoiced comes back first. */
function takeFrom(
  original: DeliveredLine,
  { line_no, item, quantity_e6, day, isCredited }: {
    line_no: number
    item: ItemInfo
    quantity_e6: number
    day: string
    isCredited: boolean
  },
): number {
  if (day < original.day) throw new Refusal('sales.beforeDelivery', { day, delivery_day: original.day })
  const left_e6 = returnable(original)
  if (quantity_e6 > left_e6) {
    throw new Refusal('sales.moreThanDelivered', { line_no, item_name: item.name, wanted_e6: quantity_e6, left_e6, unit: item.base_unit })
  }
  original.returned_e6 += quantity_e6
  if (!isCredited) return 0
  const credit_e6 = Math.min(quantity_e6, Math.max(0, -uninvoiced(original)))
  original.credited_e6 += credit_e6
  return credit_e6
}

/** The deliveries named, which the actor may see. Refuses 'sales.deliveryNotFound', also for returns and reversals. */
async function headsOf(ctx: CommandCtx, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return []
  const heads = await ctx.db.all<Head>(
    `select id, kind, party_id, warehouse_id from sales_delivery where id in (${marks(ids)}) order by id`,
    ids,
  )
  for (const delivery_id of ids) {
    if (heads.find((h) => h.id === delivery_id)?.kind !== 'delivery') throw new Refusal('sales.deliveryNotFound', { delivery_id })
  }
  for (const { id, party_id } of heads) await assertVisible(ctx, party_id, () => new Refusal('sales.deliveryNotFound', { delivery_id: id }))
  return heads
}

async function termsOf(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, LineRow>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.all<LineRow>(
    `select delivery_id, line_no, description, unit from sales_delivery_line where delivery_id in (${marks(ids)}) order by delivery_id,
           line_no`,
    ids,
  )
  return new Map(rows.map((r) => [keyOf(r), r]))
}

/** The one value of all; undefined for none. Refuses 'sales.cannotCombine' for several. */
export function onlyOne<T>(values: readonly T[]): T | undefined {
  if (new Set(values).size > 1) throw new Refusal('sales.cannotCombine')
  return values[0]
}
