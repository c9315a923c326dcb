import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as inventory from '../../../src-main/modules/inventory/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { E6, anyItem, customer, dayOf, goods, inStock, move, quantityOf, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const list = (w: Walk) => w.pick<Id>('select id from catalog_price_list order by id desc')

/** Some parties, and one field of them that a cleaning would touch. */
const mendOf = (w: Walk) =>
  w.chance(3)
    ? { how: w.one(['tidy', 'clear'] as const), field: w.one(['phone', 'email', 'tax_no'] as const) }
    : { how: 'set' as const, field: w.one(['region', 'country'] as const), value: w.one(['浙江', '广东', '四川', 'CN', 'GB']) }

export const partyMoves: readonly Move[] = [
  move(parties.mendParties, async (w) => ({ party_ids: [...new Set([await customer(w), await customer(w), await customer(w)])], mend: mendOf(w) })),
  move(parties.undoMend, async (w) => {
    const row = await w.pick<{ command_id: string }>(`select command_id from platform_audit where name = 'parties.mendParties' order by seq desc`)
    return row && { mend_id: row.command_id }
  }),
  move(parties.createParty, async (w) => ({
    name: w.fresh('往来'),
    kind: w.one(['company', 'company', 'person'] as const),
    is_customer: 1 as const,
    is_supplier: w.roll(2) as 0 | 1,
    terms_days: w.roll(60),
    accept_duplicate: 1 as const,
    email: w.chance(3) ? null : `${w.fresh('p')}@x.example`,
    contacts: w.chance(3) ? [{ name: '联系人', phone: '138' + String(10_000_000 + w.roll(80_000_000)) }] : [],
    addresses: w.chance(2) ? [{ street: '中山路 1 号' }] : [],
    tags: w.chance(3) ? ['常客'] : [],
  })),
  move(parties.updateParty, async (w) => ({ party_id: await customer(w), short_name: w.fresh('简称'), terms_days: w.roll(90), accept_duplicate: 1 as const })),
  move(parties.deactivateParty, async (w) => ({ party_id: await customer(w) })),
  move(parties.reactivateParty, async (w) => {
    const row = await w.pick<Id>('select id from parties_party where is_active = 0 order by id desc')
    return row && { party_id: row.id }
  }),
  move(parties.assignParty, async (w) => {
    const user = await w.pick<Id>('select id from platform_user where is_active = 1 order by id desc')
    return { party_id: await customer(w), user_id: w.chance(3) ? null : user!.id }
  }),
]

export const catalogMoves: readonly Move[] = [
  move(catalog.createItem, async (w) => ({
    name: w.fresh('货品'),
    kind: w.chance(6) ? ('service' as const) : ('stocked' as const),
    base_unit: '个',
    costing: w.one(['average', 'fifo'] as const),
    price_e4: w.roll(1_000_000),
    units: w.chance(2) ? [{ name: '箱', numerator: 12, denominator: 1 }] : [],
  })),
  move(catalog.updateItem, async (w) => ({ item_id: await anyItem(w), price_e4: w.roll(1_000_000), spec: w.fresh('规格') })),
  move(catalog.deactivateItem, async (w) => {
    const row = await w.pick<Id>('select id from catalog_item i where is_active = 1 and not exists (select 1 from inventory_stock s where s.item_id = i.id) order by id desc')
    return row && { item_id: row.id }
  }),
  move(catalog.reactivateItem, async (w) => {
    const row = await w.pick<Id>('select id from catalog_item where is_active = 0 order by id desc')
    return row && { item_id: row.id }
  }),
  move(catalog.setBarcodes, async (w) => ({ item_id: await anyItem(w), barcodes: [{ barcode: w.fresh('BC') }] })),
  move(catalog.createCategory, async (w) => ({ name: w.fresh('类') })),
  move(catalog.updateCategory, async (w) => {
    const row = await w.pick<Id>('select id from catalog_category order by id desc')
    return row && { category_id: row.id, name: w.fresh('类别') }
  }),
  move(catalog.removeCategory, async (w) => {
    const row = await w.pick<Id>('select id from catalog_category c where not exists (select 1 from catalog_item i where i.category_id = c.id) order by id')
    return row && { category_id: row.id }
  }),
  move(catalog.createTaxCode, async (w) => ({ tax_code: w.fresh('T'), name_zh: w.fresh('税'), name_en: 'Tax' })),
  move(catalog.updateTaxCode, async (w) => {
    const row = await w.pick<{ code: string }>(`select code from catalog_tax_code where code like 'T%' order by code desc`)
    return row && { tax_code: row.code, name_en: w.fresh('Tax ') }
  }),
  move(catalog.setTaxRate, async (w) => {
    const row = await w.pick<{ code: string }>(`select code from catalog_tax_code where code like 'T%' order by code desc`)
    return row && { tax_code: row.code, from_day: `2026-0${1 + w.roll(9)}-01`, rate_e8: w.roll(20) * 1_000_000 }
  }),
  move(catalog.removeTaxRate, async (w) => {
    const row = await w.pick<{ tax_code: string; from_day: string; taxpayer: 'small' }>(`select tax_code, from_day, taxpayer from catalog_tax_rate where tax_code like 'T%' order by tax_code desc, from_day`)
    return row && { tax_code: row.tax_code, from_day: row.from_day, taxpayer: row.taxpayer }
  }),
  move(catalog.createPriceList, async (w) => ({ name: w.fresh('价目'), level: w.chance(2) ? 'VIP' : null, priority: w.roll(10) })),
  move(catalog.updatePriceList, async (w) => {
    const row = await list(w)
    return row && { list_id: row.id, priority: w.roll(10), is_active: w.roll(2) as 0 | 1 }
  }),
  move(catalog.setPrices, async (w) => {
    const row = await list(w)
    const item = await w.pick<{ id: string; base_unit: string }>('select id, base_unit from catalog_item where is_active = 1 order by id desc')
    return row && item && { list_id: row.id, items: [{ item_id: item.id, prices: [{ unit: item.base_unit, min_quantity_e6: E6, price_e4: w.roll(500_000) }] }] }
  }),
]

export const inventoryMoves: readonly Move[] = [
  move(inventory.createWarehouse, async (w) => ({ code: w.fresh('W'), name: w.fresh('仓'), negative_stock: w.one(['inherit', 'forbid', 'warn', 'allow'] as const) })),
  move(inventory.updateWarehouse, async (w) => {
    const row = await w.pick<Id>('select id from inventory_warehouse where is_default = 0 order by id desc')
    return row && { warehouse_id: row.id, name: w.fresh('仓库') }
  }),
  move(inventory.createLocation, async (w) => {
    const row = await w.pick<Id>('select id from inventory_warehouse where is_active = 1 order by id desc')
    return row && { warehouse_id: row.id, code: w.fresh('L'), name: w.fresh('货位') }
  }),
  move(inventory.postAdjustment, async (w) => {
    const day = dayOf(w)
    if (w.chance(3)) {
      const item_id = await inStock(w)
      return item_id ? { day, reason: '盘亏', lines: [{ item_id, quantity_e6: -quantityOf(w, 3) }] } : undefined
    }
    return { day, reason: '盘盈', lines: [{ item_id: await goods(w), quantity_e6: quantityOf(w, 60), ...(w.chance(2) ? { value_minor: w.roll(50_000) } : {}) }] }
  }),
  move(inventory.reverseAdjustment, async (w) => {
    const row = await w.pick<Id>(`select id from inventory_adjustment a where reverses_id is null and (kind <> 'opening' or day > (select locked_through from accounting_lock)) and not exists (select 1 from inventory_adjustment r where r.reverses_id = a.id) order by id desc`)
    return row && { adjustment_id: row.id, day: w.t.today, reason: 'counted again' }
  }),
  move(inventory.transfer, async (w) => {
    const item_id = await inStock(w)
    const from = await w.pick<Id>(`select l.id from inventory_location l join inventory_warehouse h on h.id = l.warehouse_id where h.is_default = 1 and l.is_default = 1 order by l.id`)
    const to = await w.pick<Id>(`select l.id from inventory_location l join inventory_warehouse h on h.id = l.warehouse_id where l.kind = 'internal' and l.is_active = 1 and h.is_default = 0 order by l.id desc`)
    if (!item_id || !from || !to) return undefined
    return { day: w.t.today, from_location_id: from.id, to_location_id: to.id, lines: [{ item_id, quantity_e6: quantityOf(w, 2) }] }
  }),
]
