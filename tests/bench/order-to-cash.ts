import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { Bus } from '../../src-main/app/bus.ts'
import { createCompany, openOffice } from '../../src-main/app/office.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import type { CommandContract, OutputOf, SentInputOf } from '../../src-main/kernel/contract.ts'
import { receivePayment } from '../../src-main/modules/accounting/contract.ts'
import { createItem } from '../../src-main/modules/catalog/contract.ts'
import { postAdjustment } from '../../src-main/modules/inventory/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { confirmOrder, createOrder, deliver, postInvoice } from '../../src-main/modules/sales/contract.ts'
import type { SqliteEngine } from '../../src-main/storage/sqlite.ts'
import { benchFolder, fsyncMs, note, option, percentile, say } from './figure.ts'
import { RawBooks, recording } from './recorder.ts'

// P1: the full business path, one durable transaction a step, against the same business rows by raw better-sqlite3, interleaved.
// P2: the same on books that hold many orders (`--books 100000`), against empty books of the same run.

const E6 = 1_000_000
const DAY = '2026-03-02'
const LINES = 5
/** Orders that one side writes before the other's turn: order by order, each would pay for the other's flushing of the same disk. */
const BLOCK = 20

/** `commandId`: made by the desk that sends the command. */
type Runner = <C extends CommandContract>(contract: C, input: SentInputOf<C>, commandId?: string) => Promise<OutputOf<C>>
type Shop = { readonly run: Runner; readonly bus: Bus; readonly customers: readonly string[]; readonly items: readonly string[]; readonly statements: () => number; readonly openItemOf: (invoiceId: string) => Promise<string | undefined> }

/** The five steps of one order; gives the most statements a step took, and the milliseconds of the steps. */
async function cycle(shop: Shop, no: number): Promise<{ most: number; ms: number }> {
  let [most, ms] = [0, 0]
  const step = async <C extends CommandContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> => {
    const commandId = newCommandId()
    const [before, start] = [shop.statements(), performance.now()]
    const output = await shop.run(contract, input, commandId)
    ms += performance.now() - start
    most = Math.max(most, shop.statements() - before)
    return output
  }
  const party_id = shop.customers[no % shop.customers.length]!
  const lines = Array.from({ length: LINES }, (_, i) => ({ item_id: shop.items[(no * LINES + i * 7) % shop.items.length]!, quantity_e6: (1 + ((no + i) % 5)) * E6, price_e4: 125_000 + i * 1000 }))
  const order = await step(createOrder, { party_id, lines })
  await step(confirmOrder, { order_id: order.order_id })
  const delivered = await step(deliver, { order_id: order.order_id, invoice: 'apart' })
  const invoice = await step(postInvoice, { delivery_ids: [delivered.delivery_id!] })
  await step(receivePayment, { party_id, day: DAY, method: 'bank', amount_minor: invoice.gross_minor, allocations: await allocationsOf(shop, invoice) })
  return { most, ms }
}

/** The open item of an invoice, as the receipt's screen would have read it: no part of a step. */
async function allocationsOf(shop: Shop, invoice: { invoice_id: string | null; gross_minor: number }): Promise<{ open_item_id: string; amount_minor: number }[]> {
  const item = await shop.openItemOf(invoice.invoice_id!)
  return item ? [{ open_item_id: item, amount_minor: invoice.gross_minor }] : []
}

export async function bench(args: readonly string[]): Promise<void> {
  const cycles = option(args, 'cycles', 1000)
  const books = option(args, 'books', 0)
  const { folder, remove } = benchFolder()
  const sides: Side[] = []
  try {
    // The full books first: what is measured is then measured side by side.
    const full = books > 0 ? await sideOf(join(folder, 'full'), books) : undefined
    const empty = await sideOf(join(folder, 'empty'), 0)
    sides.push(empty, ...(full ? [full] : []))
    for (let done = 0; done < cycles; done += BLOCK) for (const side of sides) await writeBlock(side, Math.min(BLOCK, cycles - done))
    const ratio = empty.rawMs / empty.productMs
    say({
      name: 'order-to-cash',
      figure: (1000 * cycles) / empty.productMs,
      unit: 'orders/s',
      yardstick: (1000 * cycles) / empty.rawMs,
      ratio,
      bar: '>= 0.5 of raw, <= 60 statements a step',
      ok: ratio >= 0.5 && empty.statements <= 60,
      statements_a_step: empty.statements,
      cycles,
      fsync_ms: fsyncMs(folder),
      p95_ms: percentile(empty.times, 95),
    })
    if (full) {
      const kept = empty.productMs / full.productMs
      const [figure, yardstick] = [(1000 * cycles) / full.productMs, (1000 * cycles) / empty.productMs]
      say({ name: 'order-to-cash-on-full-books', figure, unit: 'orders/s', yardstick, ratio: kept, bar: '>= 0.9 of empty books', ok: kept >= 0.9, books, raw_ratio: full.rawMs / full.productMs })
    }
  } finally {
    for (const { shop, twin, raw } of sides) {
      raw.close()
      await shop.close()
      await twin.close()
    }
    remove()
  }
}

/**
 * One company; its twin, which takes the same orders only so that somebody writes down the rows; and the yardstick that writes those rows
 * into a copy of the same file. With what they took so far.
 */
type Side = { readonly shop: OpenShop; readonly twin: OpenShop; readonly raw: RawBooks; next: number; statements: number; productMs: number; rawMs: number; readonly times: number[] }

/** A company that has taken `before` orders and a few more to get warm. */
async function sideOf(folder: string, before: number): Promise<Side> {
  const begun = await openShop(join(folder, 'begun'))
  for (let i = 0; i < before + 20; i++) {
    await cycle(begun, i)
    if (i % 5000 === 4999) note(`${i + 1} of ${before} orders on the books`)
  }
  await begun.engine.checkpoint()
  const rawFile = join(folder, 'raw.db')
  copyFileSync(begun.engine.file, rawFile)
  await begun.close()
  cpSync(join(folder, 'begun'), join(folder, 'twin'), { recursive: true })
  const shop = await openShop(join(folder, 'begun'), { like: begun })
  const twin = await openShop(join(folder, 'twin'), { like: begun, isRecorded: true })
  return { shop, twin, raw: new RawBooks(rawFile), next: before + 20, statements: 0, productMs: 0, rawMs: 0, times: [] }
}

/** So many orders by the product, then the same rows by hand. */
async function writeBlock(side: Side, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await cycle(side.twin, side.next + i)
  for (let i = 0; i < count; i++) {
    const { most, ms } = await cycle(side.shop, side.next++)
    side.statements = Math.max(side.statements, most)
    side.times.push(ms)
    side.productMs += ms
  }
  const transactions = side.twin.take()
  side.raw.prepare(transactions)
  side.rawMs += side.raw.write(transactions)
}

type OpenShop = Shop & { began: number; engine: SqliteEngine; take: () => ReturnType<ReturnType<typeof recording>['take']>; close: () => Promise<void> }

/** Opens a company, a new one or a copy of `like`. Only a recorded one has transactions to take. */
async function openShop(folder: string, { like, isRecorded }: { like?: OpenShop; isRecorded?: true } = {}): Promise<OpenShop> {
  const founding = { name: 'Bench', profile: 'cn-small' as const, first_day: '2026-01-01', taxpayer: 'general' as const, locale: 'en' as const }
  // Time goes on, as at a desk: ids begin with it, and rows of one instant would lie strewn over every index.
  const began = like?.began ?? performance.now()
  const clock = { now: () => Date.parse(`${DAY}T02:00:00Z`) + Math.floor(performance.now() - began), today: () => DAY }
  if (!like) await createCompany({ data: folder, founding, ...clock })
  const office = await openOffice({ data: folder, ...clock })
  const recorded = isRecorded ? recording(office.engine) : { engine: office.engine, take: () => [] }
  const world = { ...clock, logDefect: (error: unknown) => (note(String(error instanceof Error ? error.stack : error)), 'bench'), staged: () => Promise.reject(new Error('no staging')), breathe: async () => undefined, hashPassword: () => Promise.reject(new Error('no passwords')), passwordFits: async () => false, keepSecret: async () => undefined, storedBytes: async () => undefined }
  const bus = new Bus({ engine: recorded.engine, registry: office.registry, world })
  const userId = (await bus.people()).ownerId!
  const run: Runner = async (contract, input, commandId = newCommandId()) => {
    const answer = await bus.run({ name: contract.name, input, commandId }, { userId, desk: 'bench' })
    if (!answer.ok) throw new Error(`${contract.name}: ${JSON.stringify(answer)}`)
    return answer.output as never
  }
  const { customers, items } = like ?? (await stock(run))
  const engine = office.engine as SqliteEngine
  return {
    run,
    bus,
    began,
    customers,
    items,
    engine,
    take: recorded.take,
    statements: () => engine.statements(),
    openItemOf: async (invoice_id) => (await engine.read((db) => db.get<{ id: string }>('select id from accounting_open_item where source_kind = ? and source_id = ?', ['sales.invoice', invoice_id])))?.id,
    close: () => office.close(),
  }
}

/** Customers, and items with goods enough. */
async function stock(run: Runner): Promise<Pick<Shop, 'customers' | 'items'>> {
  const customers: string[] = []
  const items: string[] = []
  for (let i = 0; i < 50; i++) customers.push((await run(createParty, { name: `Customer ${i}`, kind: 'company', is_customer: 1, is_supplier: 0 })).party_id)
  for (let i = 0; i < 200; i++) items.push((await run(createItem, { name: `Item ${i}`, kind: 'stocked', base_unit: 'pc', price_e4: 125_000 })).item_id)
  const lines = items.map((item_id) => ({ item_id, quantity_e6: 10_000_000 * E6, value_minor: 7_000_000_000 }))
  await run(postAdjustment, { kind: 'opening', day: '2026-01-01', reason: 'Opening stock', lines })
  return { customers, items }
}
