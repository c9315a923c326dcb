import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createCompany, type OpenOffice } from '../../../src-main/app/office.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import { startHost, type Host } from '../../../src-main/host.ts'
import { asJson, enter, send } from '../host/browser.ts'
import { doorInThread } from '../host/door-in-thread.ts'

// Acceptance: 500 concurrent orders for a quota of 50 over HTTP on one host sell exactly 50; stock, promotions and the owner know.

const E6 = 1_000_000
const ORDERS = 500
const QUOTA = 50

let host: Host
let office: OpenOffice
const home = mkdtempSync(join(tmpdir(), 'zhanggui-flash-'))
const door = doorInThread((opened) => void (office = opened))
afterEach(async () => {
  await host.close()
  rmSync(home, { recursive: true, force: true })
})

type Said = { readonly ok: boolean; readonly code?: string; readonly output?: Record<string, unknown> }

test(`${ORDERS} buyers at once for ${QUOTA} pieces: exactly ${QUOTA} are sold`, { timeout: 300_000 }, async () => {
  const data = join(home, 'shop')
  writeFileSync(join(home, 'index.html'), '<!doctype html>')
  await createCompany({ data, founding: { name: 'shop', profile: 'cn-small', currency: 'CNY', first_day: '2026-01-01' } as never })
  host = await startHost({ lobbyHome: home, door, pages: home, data, port: 0 })
  const cookie = await enter(host.newLink())
  const call = async (name: string, input: object): Promise<Said> => (await send({ port: host.port, cookie }, `/api/${name}`, asJson(input, { 'idempotency-key': newCommandId() }))).json as Said
  const good = async <T>(name: string, input: object): Promise<T> => {
    const said = await call(name, input)
    if (!said.ok) throw new Error(`${name}: ${JSON.stringify(said)}`)
    return said.output as T
  }
  const { item_id } = await good<{ item_id: string }>('catalog.createItem', { name: '绿茶', kind: 'stocked', base_unit: '盒', price_e4: 880_000 })
  await good('inventory.postAdjustment', { kind: 'opening', day: '2026-01-01', reason: '期初', lines: [{ item_id, quantity_e6: 120 * E6, value_minor: 360_000 }] })
  const { party_id } = await good<{ party_id: string }>('parties.createParty', { name: '甲茶庄' })
  const now = Date.now()
  const { list_id } = await good<{ list_id: string }>('catalog.createPriceList', { name: '会员价' })
  const price = await good<{ promotion_id: string }>('promotions.createPromotion', { kind: 'price', name: '会员价', from_at: 0, to_at: now + 3_600_000, list_id, guards: [{ item_id, level_e6: 70 * E6 }] })
  await good('promotions.startPromotion', price)
  const flash = await good<{ promotion_id: string }>('promotions.createPromotion', { kind: 'flash', name: '秒杀', from_at: 0, to_at: now + 3_600_000, item_id, price_e4: 500_000, quota_e6: QUOTA * E6 })
  await good('promotions.startPromotion', flash)
  const began = Date.now()
  const orders = await Promise.all(Array.from({ length: ORDERS }, () => good<{ order_id: string }>('sales.createOrder', { party_id, lines: [{ item_id, quantity_e6: E6, price_e4: 500_000, promotion_id: flash.promotion_id }] })))
  const answers = await Promise.all(orders.map(({ order_id }) => call('sales.confirmOrder', { order_id })))
  const counts: Record<string, number> = {}
  for (const a of answers) counts[a.ok ? 'sold' : (a.code ?? '?')] = (counts[a.ok ? 'sold' : (a.code ?? '?')] ?? 0) + 1
  process.stderr.write(`${ORDERS} orders over HTTP at once: ${JSON.stringify(counts)} in ${Date.now() - began} ms\n`)
  expect(counts).toEqual({ sold: QUOTA, 'promotions.soldOut': ORDERS - QUOTA })
  const stock = await good<{ rows: object[] }>('inventory.stock', { search: '绿茶' })
  expect(stock.rows[0]).toMatchObject({ on_hand_e6: 120 * E6, reserved_e6: QUOTA * E6, available_e6: 70 * E6 })
  expect(await good('promotions.get', flash)).toMatchObject({ state: 'ended', ended_why: 'sold_out', sold_e6: QUOTA * E6 })
  // The other promotion of the item paused when the pieces were set aside.
  expect(await good('promotions.get', price)).toMatchObject({ state: 'paused', paused_why: 'stock' })
  const words = await good<{ rows: { text: string }[] }>('platform.comments', { source_kind: 'promotions.promotion', source_id: flash.promotion_id })
  expect(words.rows.map((r) => r.text)).toEqual(['“秒杀”的限量已售完，活动结束'])
  expect((await office.verify()).broken).toEqual([])
})
