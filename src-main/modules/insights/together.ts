import type { LongCtx } from '../../kernel/operation.ts'
import type { Reader } from '../../storage/db.ts'
import { slowly, type Span } from './pieces.ts'
import type { TogetherRow } from './score.store.ts'
import type { Steps } from './simplex.ts'

// What is bought together: for each item those that its invoices hold too (Agrawal, Imieliński & Swami 1993: support, confidence), and how much
// likelier than by chance (lift).

/** Rarer than this is chance: so many invoices with both at least, and one of so many. */
const FEWEST_BOTH = 3
const RAREST = 1_000
/** Only the commonest goods are put in pairs, and only the best of each are kept. */
const MOST_ITEMS = 1_500
const BEST = 10
const LEAST_LIFT = 1.1
const BASKETS_A_STEP = 500

type Row = { readonly invoice_id: string; readonly item_id: string }

/** Reads invoices of some days that stand, as lists of their goods; services are not goods. */
async function basketsOf(db: Reader, { from, to }: Span): Promise<string[][]> {
  const rows = await db.all<Row>(
    `select l.invoice_id, l.item_id from sales_invoice i join sales_invoice_line l on l.invoice_id = i.id join catalog_item t on t.id = l.item_id
       left join sales_invoice r on r.reverses_id = i.id
      where i.day >= ? and i.day <= ? and i.kind = 'invoice' and r.id is null and t.kind <> 'service' and l.base_quantity_e6 > 0
      order by l.invoice_id, l.line_no`,
    [from, to],
  )
  const baskets: string[][] = []
  let of = ''
  for (const { invoice_id, item_id } of rows) {
    if (invoice_id !== of) baskets.push([])
    of = invoice_id
    baskets.at(-1)!.push(item_id)
  }
  return baskets.map((basket) => [...new Set(basket)])
}

/** Pairs of goods in a list of baskets, both ways, the best of each item. */
export function* pairsIn(baskets: readonly (readonly string[])[]): Steps<TogetherRow[]> {
  const counts = new Map<string, number>()
  for (const basket of baskets) for (const item of basket) counts.set(item, (counts.get(item) ?? 0) + 1)
  const fewest = Math.max(FEWEST_BOTH, Math.ceil(baskets.length / RAREST))
  const common = [...counts].filter(([, n]) => n >= fewest).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_ITEMS)
  const place = new Map(common.map(([item], i) => [item, i]))
  const both = new Int32Array(common.length * common.length)
  for (const [i, basket] of baskets.entries()) {
    if (i % BASKETS_A_STEP === 0) yield
    const places = basket.flatMap((item) => place.get(item) ?? [])
    for (const a of places) for (const b of places) if (a !== b) both[a * common.length + b]! += 1
  }
  return common.flatMap(([item_id, item_count], a) => {
    const others = common.flatMap(([other_id, other_count], b): TogetherRow[] => {
      const both_count = both[a * common.length + b]!
      const lift = (both_count * baskets.length) / (item_count * other_count)
      if (both_count < fewest || lift < LEAST_LIFT) return []
      return [{
        item_id, other_id, item_count, both_count,
        support_e8: Math.round((both_count / baskets.length) * 1e8), confidence_e8: Math.round((both_count / item_count) * 1e8), lift_e6: Math.round(lift * 1e6),
      }]
    })
    return others.sort((x, y) => y.confidence_e8! - x.confidence_e8! || (x.other_id < y.other_id ? -1 : 1)).slice(0, BEST)
  })
}

/** What is bought together in the invoices of some spans of days. */
export async function workOutTogether(long: LongCtx, { spans, breathe }: { spans: readonly Span[]; breathe: () => Promise<void> }): Promise<{ baskets: number; rows: TogetherRow[] }> {
  const baskets: string[][] = []
  for (const span of spans) {
    for (const basket of await long.read((ctx) => basketsOf(ctx.db, span))) baskets.push(basket)
    await breathe()
  }
  return { baskets: baskets.length, rows: await slowly(pairsIn(baskets), breathe) }
}
