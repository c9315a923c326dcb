import { formatMultiUnit } from '../../kernel/quantity.ts'
import type { ItemInfo } from '../catalog/index.ts'

/** A base quantity in whole larger units of the item, as people say it: '3箱5瓶'. */
export const unitWords = (item: Pick<ItemInfo, 'units' | 'base_unit'>, base_quantity_e6: number): string =>
  formatMultiUnit({ quantity_e6: base_quantity_e6, units: item.units, base_name: item.base_unit })
