import { postOpeningBalances } from '../../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

export const E6 = 1_000_000
/** A price in the major unit as the contracts want it. */
export const price = (major: number): number => Math.round(major * 10_000)

export type Shop = {
  readonly t: TestOffice
  /** 瓶, 12 to a 箱. 120 in stock at 6.00 each, 72,000 minor in all. */
  readonly water: string
  /** 件. 50 in stock at 40.00 each, 200,000 minor in all. */
  readonly lamp: string
  /** A service. */
  readonly freight: string
  readonly customer: string
  /** Balances by role, debit less credit, in minor units. */
  books(): Promise<Record<string, number>>
  stock(item_id: string): Promise<{ on_hand_e6: number; reserved_e6: number; value_minor: number }>
}

/** A shop with goods in stock and a customer; `taxed` gives the items their usual tax code. */
export async function openShop(
  founding: Parameters<typeof testOffice>[0] = {},
  customer: Partial<Parameters<TestOffice['run']>[1]> = {},
): Promise<Shop> {
  const t = await testOffice(founding)
  const stocked = { kind: 'stocked', costing: 'average' } as const
  const water = (await t.run(
    createItem,
    { code: 'W', name: '矿泉水', base_unit: '瓶', price_e4: price(10), units: [{ name: '箱', numerator: 12, denominator: 1 }], ...stocked },
  )).item_id
  const lamp = (await t.run(createItem, { code: 'L', name: '台灯', base_unit: '件', price_e4: price(99), ...stocked })).item_id
  const freight = (await t.run(createItem, { code: 'F', name: '送货费', base_unit: '次', kind: 'service', price_e4: price(30) })).item_id
  await t.run(postAdjustment, {
    kind: 'opening',
    day: '2026-01-01',
    reason: '期初库存',
    lines: [
      { item_id: water, quantity_e6: 120 * E6, value_minor: 72_000 },
      { item_id: lamp, quantity_e6: 50 * E6, value_minor: 200_000 },
    ],
  })
  const { party_id } = await t.run(createParty, { name: '华美贸易', kind: 'company', terms_days: 30, ...(customer as object) })
  return { t, water, lamp, freight, customer: party_id, books: () => booksOf(t), stock: (item_id) => stockOf(t, item_id) }
}

/** Clears the opening account against equity, so that periods may be locked. */
export async function clearOpening(t: TestOffice): Promise<void> {
  const account = await t.office.engine.read((db) => db.get<{ account_id: string }>(
    `select account_id from accounting_role where role = 'retained_earnings'`,
  ))
  const { opening_clearing } = await booksOf(t)
  await t.run(postOpeningBalances, { lines: [{ account_id: account!.account_id, credit_minor: -opening_clearing! }] })
}

async function booksOf(t: TestOffice): Promise<Record<string, number>> {
  const rows = await t.office.engine.read((db) =>
    db.all<{ role: string; balance: number }>(
      `select r.role, coalesce(sum(l.debit_minor - l.credit_minor), 0) as balance
         from accounting_role r left join accounting_line l on l.account_id = r.account_id group by r.role order by r.role`,
    ),
  )
  return Object.fromEntries(rows.map((r) => [r.role, r.balance]))
}

async function stockOf(t: TestOffice, item_id: string) {
  return t.office.engine.read(async (db) => ({
    ...(await db.get<{ on_hand_e6: number; reserved_e6: number }>(
      `select coalesce(sum(on_hand_e6), 0) as on_hand_e6, coalesce(sum(reserved_e6), 0) as reserved_e6
         from inventory_stock where item_id = ?`,
      [item_id],
    ))!,
    value_minor: (await db.get<{ value_minor: number }>(
      'select value_minor from inventory_pool where item_id = ?',
      [item_id],
    ))?.value_minor ?? 0,
  })) as Promise<{ on_hand_e6: number; reserved_e6: number; value_minor: number }>
}
