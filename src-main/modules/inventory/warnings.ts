import type { ItemInfo } from '../catalog/index.ts'
import type { StockWarning } from './contract.ts'

/** A warning with what a person needs to recognise the item. */
export function warningOf(
  item: ItemInfo,
  about: { code: StockWarning['code']; day: string; wanted_e6: number; available_e6?: number },
): StockWarning {
  return {
    code: about.code,
    item_id: item.id,
    item_code: item.code,
    item_name: item.name,
    unit: item.base_unit,
    wanted_e6: about.wanted_e6,
    available_e6: about.available_e6 ?? 0,
    day: about.day,
  }
}
