import { z } from 'zod'
import { currencyOf } from '../../kernel/currencies.ts'
import { id } from '../../kernel/contract.ts'
import { formatDecimal } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { listLabels } from '../../modules/catalog/contract.ts'
import type { warehouses } from '../../modules/inventory/contract.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { parsedInput, type Asked } from './asked.ts'
import type { PaperData } from './paper.ts'
import { paperWords } from './words.ts'

/** More than a roll of labels holds. */
const MOST_LABELS = 2_000

const count = () => z.int().min(1).max(MOST_LABELS)
/** On a sheet that is begun: the first label that is left. */
export const startAt = () => z.int().min(1).max(1000).default(1)
const itemLabels = z.strictObject({ start_at: startAt(), items: z.array(z.strictObject({ item_id: id(), count: count() })).min(1).max(500) })
const placeLabels = z.strictObject({ start_at: startAt(), places: z.array(z.strictObject({ location_id: id(), count: count() })).min(1).max(500) })

type Label = NonNullable<PaperData['labels']>[number]

const times = (label: Label, n: number): Label[] => Array.from({ length: n }, () => label)

function assertFew(wanted: readonly { readonly count: number }[]): void {
  const labels = wanted.reduce((sum, w) => sum + w.count, 0)
  if (labels > MOST_LABELS) throw new Refusal('platform.tooManyLabels', { labels, limit: MOST_LABELS })
}

export const labelPaper = ({ kind, locale, labels, start_at }: { kind: string; locale: PaperData['locale']; labels: readonly Label[]; start_at: number }): PaperData => ({
  title: paperWords(locale)(`kind.${kind}`), number: '', locale, company: { name: '', lines: [] }, labels, start_at,
})

/** Labels of goods, each as often as asked for: the bars are the item's barcode, or its code where it has none. */
export async function itemLabelPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const { items, start_at } = parsedInput(itemLabels, input)
  assertFew(items)
  const { rows } = (await ask('catalog.labels', { item_ids: items.map((i) => i.item_id) })) as OutputOf<typeof listLabels>
  const { currency } = await company()
  const { digits, symbol } = currencyOf(currency)
  const labels = rows.flatMap((row, i) =>
    times(
      {
        code: row.barcode ?? row.code,
        facts: {
          item_name: row.name, spec: row.spec, item_code: row.code,
          price: row.price_e4 === 0 ? null : `${symbol}${formatDecimal(row.price_e4, 4, Math.min(digits, 4))} / ${row.base_unit}`,
        },
      },
      items[i]!.count,
    ),
  )
  return labelPaper({ kind: 'catalog.label', locale, labels, start_at })
}

/** Labels of places in warehouses. */
export async function placeLabelPaper({ ask, input, locale }: Asked): Promise<PaperData> {
  const { places, start_at } = parsedInput(placeLabels, input)
  assertFew(places)
  const { rows } = (await ask('inventory.warehouses', { show: 'all' })) as OutputOf<typeof warehouses>
  const known = new Map(rows.flatMap((w) => w.locations.map((l) => [l.location_id, { ...l, warehouse: w.name }])))
  const labels = places.flatMap(({ location_id, count: n }) => {
    const place = known.get(location_id)
    if (!place) throw new Refusal('inventory.locationNotFound', { location_id })
    const warehouse = place.warehouse === place.name ? null : place.warehouse
    return times({ code: place.code, facts: { location_name: place.name, location_code: place.code, warehouse } }, n)
  })
  return labelPaper({ kind: 'inventory.label', locale, labels, start_at })
}
