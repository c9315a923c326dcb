import { addDays, daysBetween } from '../../kernel/day.ts'
import { marks, type Reader } from '../../storage/db.ts'
import type { NextItem } from './contract.ts'

const BEST = 3
/** An item missed so many of its own intervals is not what they come for any more. */
const FORGOTTEN = 3

type Row = { readonly party_id: string; readonly item_id: string; readonly item_name: string; readonly base_unit: string; readonly purchase_days: number; readonly first_on: string; readonly last_on: string; readonly quantity_e6: number }

/**
 * What some customers are likely to take next: the goods that they bought on several days and whose own interval has not long passed, those
 * bought oftenest first. One statement for all of them.
 */
export async function nextItemsOf(db: Reader, { ids, today }: { ids: readonly string[]; today: string }): Promise<Map<string, NextItem[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.all<Row>(
    `select q.party_id, q.item_id, t.name as item_name, t.base_unit, q.purchase_days, q.first_on, q.last_on, q.quantity_e6
       from (select w.same_as as party_id, l.item_id, count(distinct i.day) as purchase_days, min(i.day) as first_on, max(i.day) as last_on, sum(l.base_quantity_e6) as quantity_e6
               from parties_party w join sales_invoice i on i.party_id = w.id join sales_invoice_line l on l.invoice_id = i.id left join sales_invoice r on r.reverses_id = i.id
              where w.same_as in (${marks(ids)}) and i.kind = 'invoice' and i.day <= ? and r.id is null
              group by w.same_as, l.item_id having count(distinct i.day) >= 2) q
       join catalog_item t on t.id = q.item_id
      where t.kind <> 'service' and t.is_active = 1
      order by q.party_id, q.purchase_days desc, q.last_on desc, q.item_id`,
    [...ids, today],
  )
  const found = new Map<string, NextItem[]>()
  for (const { party_id, first_on, quantity_e6, ...row } of rows) {
    const list = found.get(party_id) ?? []
    found.set(party_id, list)
    const interval_days = Math.max(1, Math.round(daysBetween({ from: first_on, to: row.last_on }) / (row.purchase_days - 1)))
    const isForgotten = daysBetween({ from: row.last_on, to: today }) > FORGOTTEN * interval_days + 30
    // Average of whole quantities, to the nearest millionth.
    if (list.length < BEST && !isForgotten) list.push({ ...row, interval_days, expected_on: addDays(row.last_on, interval_days), quantity_e6: Math.round(quantity_e6 / row.purchase_days) })
  }
  return found
}
