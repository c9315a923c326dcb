import { expect, test } from 'vitest'
import { openOffice } from '../../src-main/app/office.ts'
import type { Answer } from '../../src-main/app/office-types.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import { accounts, postVoucher } from '../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { setSetting } from '../../src-main/modules/platform/contract.ts'
import { createPromotion, getPromotion, startPromotion } from '../../src-main/modules/promotions/contract.ts'
import { confirmOrder, createOrder, deliver, deliverDirect } from '../../src-main/modules/sales/contract.ts'
import { onPostgres } from '../support/postgres.ts'
import { testOffice, type TestOffice } from '../support/office.ts'
import { startProgram } from './programs.ts'

// Acceptance 6, and "two buyers at two connections never sell the same unit twice": programs of their own on one database.

const E6 = 1_000_000
const QUICK = { timeout: 120_000 }

type Shop = { readonly t: TestOffice; readonly item_id: string; readonly party_id: string }

/** A shop whose stock may not go below zero, as a new company has it, with one item. */
async function shopWith(units: number): Promise<Shop> {
  const t = await testOffice()
  const { party_id } = await t.run(createParty, { name: '华美贸易', is_customer: 1 })
  const { item_id } = await t.run(createItem, { name: '绿茶', kind: 'stocked', base_unit: '盒', price_e4: 880_000 })
  const lines = [{ item_id, quantity_e6: units * E6, value_minor: units * 3000 }]
  await t.run(postAdjustment, { kind: 'opening', day: '2026-01-01', reason: '期初库存', lines })
  return { t, item_id, party_id }
}

const oneUnit = ({ item_id }: Shop) => [{ item_id, quantity_e6: E6, price_e4: 880_000 }]

async function onHand({ t, item_id }: Shop): Promise<number> {
  const sql = 'select coalesce(sum(on_hand_e6), 0) as n from inventory_stock where item_id = ?'
  const row = await t.office.engine.read((db) => db.get<{ n: number }>(sql, [item_id]))
  return row!.n / E6
}

/** Every series and every voucher word and month counts from 1 without gap and without a number given twice. */
async function expectGapless(t: TestOffice): Promise<void> {
  const broken = await t.office.engine.read((db) =>
    db.all(
      `select n.kind, n.period, count(*) as given, count(distinct n.no) as different, max(n.no) as highest
         from (select word as kind, period, number as no from accounting_entry
                union all select 'move', '', seq from inventory_move
                union all select 'delivery', '', cast(substr(number, length(number) - 4) as integer) from sales_delivery
                union all select 'invoice', '', cast(substr(number, length(number) - 4) as integer) from sales_invoice) n
        group by n.kind, n.period having count(*) <> max(n.no) or count(distinct n.no) <> count(*) order by n.kind, n.period`,
    ),
  )
  expect(broken).toEqual([])
}

const codesOf = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const a of answers) counts[a.ok ? 'ok' : a.code] = (counts[a.ok ? 'ok' : a.code] ?? 0) + 1
  return counts
}

async function byTwoPrograms(t: TestOffice, commands: readonly { name: string; input: unknown }[]): Promise<Answer[]> {
  const half = commands.length / 2
  const programs = await Promise.all(
    [commands.slice(0, half), commands.slice(half)].map((part) => startProgram({ data: t.data, today: t.today, commands: part })),
  )
  for (const program of programs) program.go()
  return (await Promise.all(programs.map((p) => p.answers))).flat()
}

onPostgres('programs at one database', () => {
  test('50 units and 100 buyers at once: exactly 50 are sold', QUICK, async () => {
    const shop = await shopWith(50)
    const buy = { name: deliverDirect.name, input: { party_id: shop.party_id, lines: oneUnit(shop) } }
    const answers = await byTwoPrograms(shop.t, new Array<typeof buy>(100).fill(buy))
    expect(codesOf(answers)).toEqual({ ok: 50, 'inventory.notEnoughStock': 50 })
    expect(await onHand(shop)).toBe(0)
    await expectGapless(shop.t)
  })

  test('a flash sale of 50 pieces and 500 orders from two programs: exactly 50 are sold', { timeout: 300_000 }, async () => {
    const shop = await shopWith(100)
    const { t, item_id, party_id } = shop
    const { promotion_id } = await t.run(createPromotion, { kind: 'flash', name: '秒杀', from_at: 0, to_at: 9_000_000_000_000, item_id, price_e4: 500_000, quota_e6: 50 * E6 })
    await t.run(startPromotion, { promotion_id })
    const orders: string[] = []
    for (let i = 0; i < 500; i++) orders.push((await t.run(createOrder, { party_id, lines: [{ item_id, quantity_e6: E6, price_e4: 500_000, promotion_id }] })).order_id)
    const confirmed = await byTwoPrograms(t, orders.map((order_id) => ({ name: confirmOrder.name, input: { order_id } })))
    expect(codesOf(confirmed)).toEqual({ ok: 50, 'promotions.soldOut': 450 })
    expect(await t.ask(getPromotion, { promotion_id })).toMatchObject({ state: 'ended', sold_e6: 50 * E6 })
    expect(await onHand(shop)).toBe(100)
  })

  test('20 units and 40 confirmed orders delivered at once: exactly 20 leave', QUICK, async () => {
    const shop = await shopWith(20)
    const orders: string[] = []
    for (let i = 0; i < 40; i++) orders.push((await shop.t.run(createOrder, { party_id: shop.party_id, lines: oneUnit(shop) })).order_id)
    const confirmed = await byTwoPrograms(shop.t, orders.map((order_id) => ({ name: confirmOrder.name, input: { order_id } })))
    expect(codesOf(confirmed)).toEqual({ ok: 40 })
    const delivered = await byTwoPrograms(shop.t, orders.map((order_id) => ({ name: deliver.name, input: { order_id } })))
    expect(codesOf(delivered)).toEqual({ ok: 20, 'inventory.notEnoughStock': 20 })
    expect(await onHand(shop)).toBe(0)
    await expectGapless(shop.t)
  })

  test('100 posts at once over four connections, refused ones between: no gap, no number twice', QUICK, async () => {
    const shop = await shopWith(1000)
    const { t } = shop
    const offices = await Promise.all([1, 2, 3, 4].map(() => openOffice({ data: t.data, today: () => t.today })))
    const userId = (await t.office.bus.people()).ownerId!
    const [cash, rent] = (await t.ask(accounts, { leaves_only: 1, manual_only: 1 })).rows
    const voucher = (off: number) => ({
      name: postVoucher.name,
      input: {
        day: t.today,
        summary: '付房租',
        lines: [{ account_id: cash!.account_id, credit_minor: 5000 + off }, { account_id: rent!.account_id, debit_minor: 5000 }],
      },
    })
    const sale = { name: deliverDirect.name, input: { party_id: shop.party_id, lines: oneUnit(shop) } }
    const kinds = [sale, voucher(0), sale, voucher(1)]
    const post = (i: number) => offices[(i * 7) % 4]!.run({ ...kinds[i % 4]!, commandId: newCommandId() }, { desk: `desk ${i % 4}`, userId })
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => post(i)))
    expect(codesOf(answers)).toEqual({ ok: 75, 'accounting.voucherUnbalanced': 25 })
    for (const office of offices) await office.close()
    expect(await onHand(shop)).toBe(950)
    await expectGapless(t)
  })

  test('customers made by two programs by one rule: every code is given once, and what was typed meanwhile is left out', QUICK, async () => {
    const t = await testOffice()
    await t.run(setSetting, { key: 'parties.customer_code', value: { parts: [{ kind: 'text', text: 'K' }], digits: 3 } })
    const made = Array.from({ length: 60 }, (_, i) => ({ name: createParty.name, input: { name: `客户${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${i}`, accept_duplicate: 1, ...(i % 15 === 7 ? { code: `K0${40 + i}` } : {}) } }))
    const answers = await byTwoPrograms(t, made)
    expect(codesOf(answers)).toEqual({ ok: 60 })
    const codes = answers.map((a) => (a.ok ? (a.output as { code: string }).code : ''))
    expect(new Set(codes).size).toBe(60)
    const counted = codes.map((code) => Number(code.slice(1)))
    expect(Math.max(...counted.filter((no) => no <= 60))).toBeGreaterThanOrEqual(56)
  })

  test('a program killed in the middle of its work leaves whole documents and no lock', QUICK, async () => {
    const shop = await shopWith(1000)
    const buy = { name: deliverDirect.name, input: { party_id: shop.party_id, lines: oneUnit(shop) } }
    const program = await startProgram({ data: shop.t.data, today: shop.t.today, commands: new Array<typeof buy>(500).fill(buy) })
    program.go()
    await expect.poll(() => program.answered(), { timeout: 60_000, interval: 5 }).toBeGreaterThan(20)
    program.process.kill('SIGKILL')
    const acknowledged = (await program.answers).filter((a) => a.ok).length
    await shop.t.run(deliverDirect, { party_id: shop.party_id, lines: oneUnit(shop) })
    const sold = 1000 - (await onHand(shop))
    expect(sold).toBeGreaterThanOrEqual(acknowledged + 1)
    expect(sold).toBeLessThan(501)
    await expectGapless(shop.t)
  })
})
