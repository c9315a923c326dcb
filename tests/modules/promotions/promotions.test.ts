import { describe, expect, test } from 'vitest'
import * as accounting from '../../../src-main/modules/accounting/contract.ts'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import { createWarehouse, postAdjustment, stock } from '../../../src-main/modules/inventory/contract.ts'
import { createParty, mergeParties, partParties } from '../../../src-main/modules/parties/contract.ts'
import { listComments, listMentions } from '../../../src-main/modules/platform/contract.ts'
import * as promotions from '../../../src-main/modules/promotions/contract.ts'
import * as sales from '../../../src-main/modules/sales/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { seesPlanted } from '../../support/planted.ts'

const E6 = 1_000_000
const BEGIN = Date.UTC(2026, 0, 1)
const END = Date.UTC(2026, 0, 20)
const unknownId = '01900000-0000-7000-8000-000000000000'

/** A shop with 100 boxes of tea at 88 yuan, two customers, and Amy who owns the promotions. */
async function shop() {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const { item_id } = await t.run(catalog.createItem, { name: '绿茶', kind: 'stocked', base_unit: '盒', price_e4: 880_000, units: [{ name: '箱', numerator: 10, denominator: 1 }] })
  await t.run(postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 100 * E6, value_minor: 300_000 }] })
  const [a, b] = [(await t.run(createParty, { name: '甲茶庄' })).party_id, (await t.run(createParty, { name: '乙茶庄' })).party_id]
  const flash = async (more: object = {}) => {
    const { promotion_id } = await t.run(promotions.createPromotion, { kind: 'flash', name: '限时秒杀', owner_id: amy, from_at: BEGIN, to_at: END, item_id, price_e4: 500_000, quota_e6: 10 * E6, ...more })
    await t.run(promotions.startPromotion, { promotion_id })
    return promotion_id
  }
  const line = (promotion_id: string | null, quantity: number, price_e4 = 500_000) => ({ item_id, quantity_e6: quantity * E6, price_e4, promotion_id })
  const draft = async (party_id: string, ...lines: ReturnType<typeof line>[]) => (await t.run(sales.createOrder, { party_id, lines })).order_id
  const levels = async () => (await t.ask(stock, { search: '绿茶' })).rows[0]!
  const state = async (promotion_id: string) => t.ask(promotions.getPromotion, { promotion_id })
  return { t, amy, item_id, a, b, flash, line, draft, levels, state }
}

const code = async (t: TestOffice, contract: Parameters<TestOffice['refused']>[0], input: unknown) => (await t.refused(contract, input)).code

describe('a flash sale', () => {
  test('sets its pieces aside, sells them at its price, and is over with the last one; its owner is told', async () => {
    const { t, amy, a, b, item_id, flash, line, draft, levels, state } = await shop()
    const promotion_id = await flash()
    expect(await levels()).toMatchObject({ on_hand_e6: 100 * E6, reserved_e6: 10 * E6, available_e6: 90 * E6 })
    expect(await t.ask(sales.getPrice, { item_id })).toMatchObject({ price_e4: 500_000, source: 'promotion', promotion_id, promotion_left_e6: 10 * E6 })
    const first = await draft(a, line(promotion_id, 6))
    expect(await levels()).toMatchObject({ reserved_e6: 10 * E6 })
    expect((await t.run(sales.confirmOrder, { order_id: first })).lines).toMatchObject([{ reserved_e6: 6 * E6 }])
    expect(await levels()).toMatchObject({ reserved_e6: 10 * E6, available_e6: 90 * E6 })
    expect(await t.refused(sales.confirmOrder, { order_id: await draft(b, line(promotion_id, 5)) })).toEqual({ code: 'promotions.soldOut', details: { name: '限时秒杀', left_e6: 4 * E6 } })
    // Over the counter, in boxes of ten at the price of ten: too many; the last four go.
    expect(await code(t, sales.deliverDirect, { party_id: b, lines: [{ item_id, unit: '箱', quantity_e6: E6, price_e4: 5_000_000, promotion_id }] })).toBe('promotions.soldOut')
    await t.run(sales.deliverDirect, { party_id: b, lines: [line(promotion_id, 4)] })
    expect(await state(promotion_id)).toMatchObject({ state: 'ended', ended_why: 'sold_out', sold_e6: 10 * E6 })
    expect(await levels()).toMatchObject({ on_hand_e6: 96 * E6, reserved_e6: 6 * E6 })
    expect(await code(t, sales.confirmOrder, { order_id: await draft(b, line(promotion_id, 1)) })).toBe('promotions.soldOut')
    expect((await t.ask(sales.getPrice, { item_id })).source).not.toBe('promotion')
    expect((await t.ask(listMentions, {}, amy)).rows).toMatchObject([{ source_kind: 'promotions.promotion', source_id: promotion_id, text: '“限时秒杀”的限量已售完，活动结束' }])
  })

  test('pieces of a cancelled, closed or changed order come back, and a sold-out sale goes on', async () => {
    const { t, a, flash, line, draft, levels, state } = await shop()
    const promotion_id = await flash()
    const order_id = await draft(a, line(promotion_id, 10))
    await t.run(sales.confirmOrder, { order_id })
    expect(await state(promotion_id)).toMatchObject({ state: 'ended', sold_e6: 10 * E6 })
    await t.run(sales.changeOrder, { order_id, lines: [{ ...line(null, 7), line_no: 1 }] })
    expect(await state(promotion_id)).toMatchObject({ state: 'running', sold_e6: 7 * E6 })
    expect(await levels()).toMatchObject({ reserved_e6: 10 * E6 })
    await t.run(sales.deliver, { order_id, lines: [{ order_line_no: 1, quantity_e6: 2 * E6 }] })
    await t.run(sales.closeOrder, { order_id })
    expect(await state(promotion_id)).toMatchObject({ sold_e6: 2 * E6, claims: [{ quantity_e6: -5 * E6 }, { quantity_e6: -3 * E6 }, { quantity_e6: 10 * E6 }] })
    const other = await draft(a, line(promotion_id, 8))
    await t.run(sales.confirmOrder, { order_id: other })
    await t.run(sales.cancelOrder, { order_id: other })
    expect(await state(promotion_id)).toMatchObject({ state: 'running', sold_e6: 2 * E6 })
    await t.run(promotions.endPromotion, { promotion_id })
    expect(await levels()).toMatchObject({ reserved_e6: 0, on_hand_e6: 98 * E6 })
  })

  test('each no has its name', async () => {
    const { t, a, item_id, flash, line, draft } = await shop()
    const make = (more: object) => code(t, promotions.createPromotion, { kind: 'flash', name: 'x', from_at: BEGIN, to_at: END, item_id, price_e4: 1, quota_e6: E6, ...more })
    expect(await make({ to_at: BEGIN })).toBe('promotions.timeReversed')
    expect(await make({ quota_e6: 0 })).toBe('promotions.incomplete')
    expect(await make({ owner_id: unknownId })).toBe('promotions.ownerNotFound')
    expect(await make({ item_id: unknownId })).toBe('catalog.itemNotFound')
    expect(await make({ kind: 'price', list_id: unknownId })).toBe('catalog.priceListNotFound')
    expect(await make({ warehouse_id: unknownId })).toBe('inventory.warehouseNotFound')
    const big = await t.run(promotions.createPromotion, { kind: 'flash', name: '太多', from_at: BEGIN, to_at: END, item_id, price_e4: 1, quota_e6: 101 * E6 })
    expect(await t.refused(promotions.startPromotion, big)).toEqual({ code: 'promotions.stockShort', details: { wanted_e6: 101 * E6, available_e6: 100 * E6 } })
    const promotion_id = await flash({ most_each_e6: 3 * E6 })
    expect(await code(t, promotions.startPromotion, { promotion_id })).toBe('promotions.stateForbids')
    expect(await code(t, promotions.updatePromotion, { promotion_id, name: 'x', from_at: BEGIN, to_at: END })).toBe('promotions.stateForbids')
    const second = await t.run(promotions.createPromotion, { kind: 'flash', name: '又一次', from_at: BEGIN, to_at: END, item_id, price_e4: 1, quota_e6: E6 })
    expect(await code(t, promotions.startPromotion, second)).toBe('promotions.alreadyFlash')
    const confirm = async (...lines: ReturnType<typeof line>[]) => code(t, sales.confirmOrder, { order_id: await draft(a, ...lines) })
    expect(await confirm(line(promotion_id, 4))).toBe('promotions.mostEach')
    expect(await confirm(line(promotion_id, 2), line(promotion_id, 2))).toBe('promotions.mostEach')
    expect(await confirm(line(promotion_id, 1, 499_999))).toBe('promotions.otherPrice')
    const { warehouse_id } = await t.run(createWarehouse, { code: 'W2', name: '二号仓' })
    const { order_id: elsewhere } = await t.run(sales.createOrder, { party_id: a, warehouse_id, lines: [line(promotion_id, 1)] })
    expect(await code(t, sales.confirmOrder, { order_id: elsewhere })).toBe('promotions.otherWarehouse')
    expect(await confirm(line(unknownId, 1))).toBe('promotions.notFound')
    const { item_id: cup } = await t.run(catalog.createItem, { name: '杯', kind: 'stocked', base_unit: '个' })
    expect(await confirm({ ...line(promotion_id, 1), item_id: cup })).toBe('promotions.otherItem')
    await t.run(promotions.pausePromotion, { promotion_id })
    expect(await confirm(line(promotion_id, 1))).toBe('promotions.notRunning')
    await t.run(promotions.startPromotion, { promotion_id })
    await t.run(promotions.endPromotion, { promotion_id })
    expect(await confirm(line(promotion_id, 1))).toBe('promotions.notRunning')
    expect(await code(t, promotions.endPromotion, { promotion_id })).toBe('promotions.stateForbids')
    expect(await code(t, promotions.getPromotion, { promotion_id: unknownId })).toBe('promotions.notFound')
    const late = await t.run(promotions.createPromotion, { kind: 'flash', name: '过去', from_at: 1, to_at: 2, item_id, price_e4: 1, quota_e6: E6 })
    expect(await code(t, promotions.startPromotion, late)).toBe('promotions.isOver')
  })

  test('past its end nothing is sold, and within minutes it is ended and its pieces are free, on the same day too', async () => {
    const { t, amy, a, flash, line, draft, levels, state } = await shop()
    // The clock of the tests gives each command a second.
    const { at } = (await t.office.engine.read((db) => db.get<{ at: number }>('select max(at) as at from platform_audit')))!
    const promotion_id = await flash({ to_at: at + 30_000 })
    const order_id = await draft(a, line(promotion_id, 1))
    await t.office.dailyDuties()
    expect(await levels()).toMatchObject({ reserved_e6: 10 * E6 })
    for (let i = 0; i < 40; i++) await t.ask(promotions.listPromotions, {})
    expect(await code(t, sales.confirmOrder, { order_id })).toBe('promotions.notRunning')
    // A paused one is over too.
    await t.run(promotions.pausePromotion, { promotion_id })
    await t.office.dailyDuties()
    expect(await code(t, promotions.settlePromotions, {})).toBe('promotions.nothingToSettle')
    expect(await state(promotion_id)).toMatchObject({ state: 'ended', ended_why: 'time' })
    expect(await levels()).toMatchObject({ reserved_e6: 0 })
    expect((await t.ask(listMentions, {}, amy)).rows).toHaveLength(1)
  })
})

describe('price promotions and guards', () => {
  test('a list holds while it runs; when stock falls to the level it pauses by itself and its owner is told', async () => {
    const { t, amy, a, item_id, line, draft, state } = await shop()
    const { list_id } = await t.run(catalog.createPriceList, { name: '满十盒', from_day: '2026-01-01', to_day: '2026-01-31' })
    await t.run(catalog.setPrices, { list_id, items: [{ item_id, prices: [{ unit: '盒', min_quantity_e6: 10 * E6, price_e4: 700_000 }] }] })
    const { promotion_id } = await t.run(promotions.createPromotion, { kind: 'price', name: '满十盒七十', owner_id: amy, from_at: BEGIN, to_at: END, list_id, guards: [{ item_id, level_e6: 60 * E6 }] })
    await t.run(promotions.startPromotion, { promotion_id })
    expect(await t.ask(sales.getPrice, { item_id, quantity_e6: 10 * E6 })).toMatchObject({ price_e4: 700_000, source: 'list' })
    const order_id = await draft(a, line(null, 39, 700_000))
    await t.run(sales.confirmOrder, { order_id })
    expect((await state(promotion_id)).state).toBe('running')
    await t.run(sales.deliverDirect, { party_id: a, lines: [line(null, 1)] })
    expect(await state(promotion_id)).toMatchObject({ state: 'paused', paused_why: 'stock', guards: [{ available_e6: 60 * E6, level_e6: 60 * E6 }] })
    expect((await t.ask(sales.getPrice, { item_id, quantity_e6: 10 * E6 })).source).not.toBe('list')
    expect((await t.ask(listMentions, {}, amy)).rows).toMatchObject([{ text: '“满十盒七十”已自动暂停：绿茶可用库存只剩 60 盒' }])
    expect((await t.ask(listComments, { source_kind: 'promotions.promotion', source_id: promotion_id })).rows).toHaveLength(1)
  })

  test('a flash sale that sets pieces aside pauses the others of its item', async () => {
    const { t, amy, item_id, flash, state } = await shop()
    const { list_id } = await t.run(catalog.createPriceList, { name: '会员价' })
    const { promotion_id } = await t.run(promotions.createPromotion, { kind: 'price', name: '会员价', owner_id: amy, from_at: BEGIN, to_at: END, list_id, guards: [{ item_id, level_e6: 60 * E6 }] })
    await t.run(promotions.startPromotion, { promotion_id })
    await flash({ quota_e6: 50 * E6 })
    expect(await state(promotion_id)).toMatchObject({ state: 'paused', paused_why: 'stock' })
  })
})

describe('coupons', () => {
  const coupons = async (more: object = {}) => {
    const s = await shop()
    const { promotion_id } = await s.t.run(promotions.createPromotion, { kind: 'coupon', name: '迎新券', from_at: BEGIN, to_at: END, off_minor: 2000, least_minor: 10_000, ...more })
    await s.t.run(promotions.startPromotion, { promotion_id })
    return { ...s, promotion_id }
  }

  test('issued to customers, applied to an order, used once in its confirmation, given back when it is cancelled', async () => {
    const { t, a, b, promotion_id, line, draft, state } = await coupons()
    const { codes } = await t.run(promotions.issueCoupons, { promotion_id, party_ids: [a] })
    const [own] = codes as [string]
    const order_id = await draft(a, line(null, 2, 880_000))
    expect(await t.ask(promotions.checkCoupon, { code: own.toLowerCase(), party_id: a, total_minor: 17_600 })).toMatchObject({ amount_minor: 2000, left: 1 })
    expect(await t.run(sales.applyCoupon, { order_id, code: own })).toMatchObject({ gross_minor: 15_600, coupon_minor: 2000 })
    expect(await code(t, sales.applyCoupon, { order_id, code: own })).toBe('sales.couponApplied')
    expect(await code(t, sales.updateOrder, { order_id, party_id: a, lines: [line(null, 1)] })).toBe('sales.couponApplied')
    expect(await t.run(sales.removeCoupon, { order_id })).toMatchObject({ gross_minor: 17_600 })
    await t.run(sales.applyCoupon, { order_id, code: own })
    const twin = await draft(a, line(null, 2, 880_000))
    await t.run(sales.applyCoupon, { order_id: twin, code: own })
    await t.run(sales.confirmOrder, { order_id })
    expect(await code(t, sales.confirmOrder, { order_id: twin })).toBe('promotions.couponUsed')
    expect(await state(promotion_id)).toMatchObject({ issued: 1, used: 1, given_minor: 2000, coupons: [{ code: own, party_name: '甲茶庄', used: 1 }] })
    expect(await code(t, sales.applyCoupon, { order_id: await draft(b, line(null, 2, 880_000)), code: own })).toBe('promotions.couponOfOther')
    await t.run(sales.cancelOrder, { order_id })
    await t.run(sales.confirmOrder, { order_id: twin })
    expect(await state(promotion_id)).toMatchObject({ used: 1 })
  })

  test('a shared code at the counter, until it is used up; too small, unknown, over', async () => {
    const { t, a, promotion_id, line } = await coupons({ off_minor: 0, off_rate_e8: 10_000_000 })
    await t.run(promotions.issueCoupons, { promotion_id, code: ' tea 2026 ', most_uses: 2, count: 3 })
    const buy = (quantity: number, coupon_code = 'TEA2026') => ({ party_id: a, lines: [line(null, quantity, 880_000)], coupon_code })
    expect(await t.run(sales.deliverDirect, buy(2))).toMatchObject({ gross_minor: 15_840 })
    expect(await code(t, sales.deliverDirect, buy(1))).toBe('promotions.couponTooSmall')
    expect(await code(t, sales.deliverDirect, { ...buy(2), total_minor: 1 })).toBe('sales.twoDiscounts')
    expect(await code(t, sales.deliverDirect, buy(2, 'NOPE'))).toBe('promotions.couponUnknown')
    await t.run(sales.deliverDirect, buy(2))
    expect(await code(t, sales.deliverDirect, buy(2))).toBe('promotions.couponUsed')
    expect(await code(t, promotions.issueCoupons, { promotion_id, code: 'Tea2026' })).toBe('promotions.codeTaken')
    expect(await code(t, promotions.issueCoupons, { promotion_id })).toBe('promotions.nothingToIssue')
    const { promotion_id: flash } = await t.run(promotions.createPromotion, { kind: 'coupon', name: '停', from_at: BEGIN, to_at: END, off_minor: 1 })
    await t.run(promotions.issueCoupons, { promotion_id: flash, code: 'LATER' })
    expect(await code(t, sales.deliverDirect, buy(2, 'LATER'))).toBe('promotions.notRunning')
    expect((await t.ask(accounting.partyBalance, { party_id: a })).receivable_minor).toBe(31_680)
  })

  test('of a customer who was merged is used by the other, and stays right when they are parted again', async () => {
    const { t, a, b, promotion_id, line } = await coupons()
    const { codes } = await t.run(promotions.issueCoupons, { promotion_id, party_ids: [b] })
    const { merge_id } = await t.run(mergeParties, { winner_id: a, loser_id: b })
    await t.run(sales.deliverDirect, { party_id: a, lines: [line(null, 2, 880_000)], coupon_code: codes[0]! })
    await t.run(partParties, { merge_id })
    await t.verify()
  })

  test('only coupons are issued', async () => {
    const { t, flash } = await shop()
    expect(await code(t, promotions.issueCoupons, { promotion_id: await flash(), count: 1 })).toBe('promotions.notCoupons')
  })
})

test('every invariant of promotions sees its violation', async () => {
  const { t, a, b, flash, line, draft } = await shop()
  const promotion_id = await flash()
  const order_id = await draft(a, line(promotion_id, 2))
  await t.run(sales.confirmOrder, { order_id })
  const { promotion_id: coupons } = await t.run(promotions.createPromotion, { kind: 'coupon', name: '券', from_at: BEGIN, to_at: END, off_minor: 100 })
  await t.run(promotions.startPromotion, { promotion_id: coupons })
  const { codes } = await t.run(promotions.issueCoupons, { promotion_id: coupons, party_ids: [a] })
  await t.run(sales.deliverDirect, { party_id: a, lines: [line(null, 1)], coupon_code: codes[0]! })
  const claimed = (quantity: number) => [
    `insert into promotions_claim (id, promotion_id, party_id, source_kind, source_id, source_line_no, quantity_e6, day, at, user_id)
      select 'x', promotion_id, party_id, source_kind, source_id, source_line_no, ${quantity}, day, at, user_id from promotions_claim`,
  ] as [string]
  const planted: Record<string, [string, string[]?][]> = {
    'promotions: no flash sale has sold more than its quota, or less than nothing': [claimed(9 * E6)],
    'promotions: no document gave back more pieces than it got': [claimed(-3 * E6)],
    'promotions: what is set aside is the quota less what is sold while it runs, and nothing otherwise': [[`update promotions_promotion set quota_e6 = quota_e6 + 1 where kind = 'flash'`]],
    'promotions: no coupon was used oftener than it may be, and only by whose it is': [['update promotions_coupon set party_id = ?', [b]]],
  }
  const names = t.office.registry.invariants.map((i) => i.name).filter((name) => name.startsWith('promotions:'))
  expect(Object.keys(planted).sort()).toEqual(names.sort())
  for (const [invariant, plant] of Object.entries(planted)) expect(await seesPlanted(t, { invariant, plant: plant as never }), invariant).toBe(true)
  const { promotion } = await import('../../../db/schema/promotions.ts')
  await expect(t.office.engine.write((db) => db.run(promotion, 'delete from promotions_promotion'))).rejects.toThrow('promotions.recordIsPermanent')
})
