import { rmSync } from 'node:fs'
import { addDays, addMonths, daysBetween, firstOfMonth, weekday } from '../kernel/day.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../kernel/contract.ts'
import { Refusal } from '../kernel/refusal.ts'
import { accounts, openItems, paymentMethods, paySupplier, postOpeningBalances, receivePayment } from '../modules/accounting/contract.ts'
import { createItem } from '../modules/catalog/contract.ts'
import { postAdjustment } from '../modules/inventory/contract.ts'
import { createParty } from '../modules/parties/contract.ts'
import { postBill } from '../modules/purchasing/contract.ts'
import { confirmOrder, createOrder, createQuote, deliver, deliverDirect, postInvoice, returnGoods, sendQuote } from '../modules/sales/contract.ts'
import { placeOf } from './company-place.ts'
import { createCompany, openOffice, type OpenOffice } from './office.ts'
import type { Progress } from './office-types.ts'
import { Front } from './sample-front.ts'
import { sampleCustomers, sampleItems, sampleServices, sampleSuppliers } from './sample-words.ts'
import { localDay, newCommandId, scratchFolder } from './world.ts'

const E6 = 1_000_000
type Locale = 'zh-CN' | 'en'
/** Where the sample's time stands: work goes on through the day, a step every few minutes. */
type Clock = { today: string; minute: number }
type Invoice = { readonly invoice_id: string; readonly party_id: string; readonly day: string; readonly open_minor: number }
type Item = { readonly item_id: string; readonly cost_e4: number; readonly price_e4: number; readonly pack: number; readonly pack_unit: string }

/** Numbers from 0 to n - 1 that are the same every time (xorshift32): the sample's, and those of filled books. */
export function dice(seed: number): (n: number) => number {
  let x = seed
  return (n) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % n
  }
}

/** So far apart are two steps of the work: a full day of them ends in the evening. */
const MINUTES_A_STEP = 7
const BANK_MINOR = 60_000_000
/** Share capital in the chart of each language. */
const CAPITAL = { 'zh-CN': '3001', en: '3000' } as const

/** Places in the list of the goods that go out of fashion: the tea tray and the large gift box. */
const unwanted: ReadonlySet<number> = new Set([7, 14])

/** The trade of one company through its commands: what a year looks like, day by day. */
class Trade {
  readonly roll = dice(20_260_101)
  readonly clock: Clock
  readonly locale: Locale
  /** From this day on nobody asks for goods that went out of fashion. */
  private readonly fashionTurns: string
  /** Goods for waiting orders are sent up to this day: some still wait when the year is over. */
  private readonly sendsThrough: string
  private readonly office: OpenOffice
  private ownerId = ''
  readonly customers: string[] = []
  readonly suppliers: string[] = []
  readonly items: Item[] = []
  readonly services: string[] = []
  readonly unpaid: Invoice[] = []
  readonly bills: { party_id: string; open_item_id: string | null; gross_minor: number; due: string }[] = []
  /** Orders of which goods are still to leave. */
  private readonly waiting: { order_id: string; party_id: string }[] = []
  orders = 0

  constructor(given: { office: OpenOffice; clock: Clock; locale: Locale; last: string }) {
    this.fashionTurns = addDays(given.last, -120)
    this.sendsThrough = addDays(given.last, -14)
    this.office = given.office
    this.clock = given.clock
    this.locale = given.locale
  }

  pick<T>(list: readonly T[]): T {
    return list[this.roll(list.length)]!
  }

  /** Some item; late in the year never one of those that lie in the store unwanted. */
  private goods(): Item {
    const item = this.pick(this.items)
    const at = this.items.indexOf(item)
    const isWanted = this.clock.today < this.fashionTurns || !unwanted.has(at)
    return isWanted ? item : this.items[at + 1]!
  }

  word(w: { readonly zh: string; readonly en: string }): string {
    return this.locale === 'zh-CN' ? w.zh : w.en
  }

  async run<C extends CommandContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> {
    const answer = await this.tryRun(contract, input)
    if (!answer.ok) throw new Error(`the sample's ${contract.name} on ${this.clock.today}: ${JSON.stringify(answer)}`)
    return answer.output as OutputOf<C>
  }

  /** The same, where the office may say no: goods that are short. */
  private async tryRun<C extends CommandContract>(contract: C, input: SentInputOf<C>) {
    this.ownerId ||= (await this.office.bus.people()).ownerId ?? ''
    this.clock.minute += MINUTES_A_STEP
    return this.office.run({ name: contract.name, input, commandId: newCommandId() }, { desk: 'sample', userId: this.ownerId })
  }

  async ask<C extends QueryContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> {
    const answer = await this.office.ask({ name: contract.name, input }, { desk: 'sample', userId: this.ownerId })
    if (!answer.ok) throw new Error(`the sample's ${contract.name} on ${this.clock.today}: ${JSON.stringify(answer)}`)
    return answer.output as OutputOf<C>
  }

  /** Customers, suppliers, goods and the stock with which the year begins. */
  async open(): Promise<void> {
    for (const c of sampleCustomers) {
      const input = { name: this.word(c), kind: 'company' as const, is_customer: 1 as const, is_supplier: 0 as const, phone: c.phone, terms_days: c.terms_days, credit_limit_minor: c.credit * 10 }
      this.customers.push((await this.run(createParty, input)).party_id)
    }
    for (const s of sampleSuppliers) {
      this.suppliers.push((await this.run(createParty, { name: this.word(s), kind: 'company', is_customer: 0, is_supplier: 1, phone: s.phone, terms_days: 30 })).party_id)
    }
    const isChinese = this.locale === 'zh-CN'
    for (const [i, it] of sampleItems.entries()) {
      const pack_unit = isChinese ? '箱' : 'carton'
      const base_unit = isChinese ? it.unit_zh : it.unit_en
      const units = [{ name: pack_unit, numerator: it.pack, denominator: 1 }]
      const barcodes = [{ barcode: ean13(690_123_400_000 + i) }]
      const input = { name: this.word(it), spec: it.spec, kind: 'stocked' as const, base_unit, costing: it.costing, price_e4: it.price_e4, units, barcodes }
      const { item_id } = await this.run(createItem, input)
      this.items.push({ item_id, cost_e4: Math.floor((it.price_e4 * 6) / 1000) * 100, price_e4: it.price_e4, pack: it.pack, pack_unit })
    }
    for (const s of sampleServices) {
      this.services.push((await this.run(createItem, { name: this.word(s), kind: 'service', base_unit: isChinese ? s.unit_zh : s.unit_en, price_e4: s.price_e4 })).item_id)
    }
    const lines = this.items.map((it) => ({ item_id: it.item_id, quantity_e6: it.pack * 8 * E6, value_minor: Math.floor((it.cost_e4 * it.pack * 8) / 100) }))
    await this.run(postAdjustment, { kind: 'opening', day: this.clock.today, reason: isChinese ? '期初库存' : 'Opening stock', lines })
    await this.payIn(lines.reduce((sum, line) => sum + line.value_minor, 0))
  }

  /** What the owner brought in: the opening stock, and money in the bank. */
  private async payIn(stock_minor: number): Promise<void> {
    const bank = (await this.ask(paymentMethods, {})).rows.find((m) => m.code === 'bank')!
    const capital = (await this.ask(accounts, {})).rows.find((a) => a.code === CAPITAL[this.locale])!
    await this.run(postOpeningBalances, {
      lines: [
        { account_id: bank.account_id, debit_minor: BANK_MINOR },
        { account_id: capital.account_id, credit_minor: BANK_MINOR + stock_minor },
      ],
    })
  }

  /** One working day: goods come in, orders are taken and served, money moves. */
  async day(): Promise<void> {
    const today = this.clock.today
    if (weekday(today) === 1) {
      await this.buy()
      if (today <= this.sendsThrough) await this.sendWaiting()
    }
    const orders = weekday(today) >= 6 ? 0 : 1 + this.roll(2)
    for (let i = 0; i < orders; i++) await this.sell()
    if (this.roll(4) === 0) await this.counterSale()
    await this.collect()
    await this.payBills()
  }

  private async buy(): Promise<void> {
    const lines = Array.from({ length: 4 }, () => this.goods())
    const unique = [...new Map(lines.map((it) => [it.item_id, it])).values()]
    const party_id = this.pick(this.suppliers)
    const bill = await this.run(postBill, {
      party_id,
      day: this.clock.today,
      prices_include_tax: 1,
      lines: unique.map((it) => ({ item_id: it.item_id, unit: it.pack_unit, quantity_e6: (4 + this.roll(5)) * E6, price_e4: it.cost_e4 * it.pack + this.roll(20) * 100 })),
    })
    this.bills.push({ party_id, open_item_id: bill.open_item_id, gross_minor: bill.gross_minor, due: addDays(this.clock.today, 30) })
  }

  private async sell(): Promise<void> {
    const party_id = this.pick(this.customers)
    const lines = Array.from({ length: 1 + this.roll(4) }, () => this.goods())
    const unique = [...new Map(lines.map((it) => [it.item_id, it])).values()]
    const asked = unique.map((it) => ({
      item_id: it.item_id,
      quantity_e6: (1 + this.roll(it.pack * 2)) * E6,
      price_e4: it.price_e4,
      discount_rate_e8: this.roll(5) === 0 ? 5_000_000 : 0,
    }))
    if (this.roll(6) === 0) {
      const quote = await this.run(createQuote, { party_id, lines: asked, valid_until: addDays(this.clock.today, 30) })
      await this.run(sendQuote, { quote_id: quote.quote_id })
      return
    }
    if (this.roll(8) === 0) asked.push({ item_id: this.services[0]!, quantity_e6: E6, price_e4: 300_000, discount_rate_e8: 0 })
    const order = await this.run(createOrder, { party_id, lines: asked, wanted_on: addDays(this.clock.today, 3 + this.roll(10)) })
    this.orders++
    const confirmed = await this.run(confirmOrder, { order_id: order.order_id })
    const ready = confirmed.lines.filter((l) => l.reserved_e6 > 0).map((l) => ({ order_line_no: l.line_no, quantity_e6: l.reserved_e6 }))
    const isWhole = ready.length === unique.length && ready.every((l, i) => l.quantity_e6 === asked[i]!.quantity_e6)
    const isServed = ready.length > 0 && this.roll(10) !== 0
    if (!isServed || !isWhole) this.waiting.push({ order_id: order.order_id, party_id })
    if (!isServed) return
    await this.serve({ order_id: order.order_id, party_id, lines: isWhole ? undefined : ready })
  }

  private async serve({ order_id, party_id, lines }: { order_id: string; party_id: string; lines: { order_line_no: number; quantity_e6: number }[] | undefined }): Promise<void> {
    const apart = this.roll(5) === 0
    const sale = await this.run(deliver, { order_id, lines, invoice: apart ? 'apart' : 'with' })
    const isBilledLater = apart && this.roll(4) === 0
    const bill = apart && !isBilledLater && sale.delivery_id ? await this.run(postInvoice, { delivery_ids: [sale.delivery_id] }) : sale
    if (bill.invoice_id && bill.open_minor > 0) this.unpaid.push({ invoice_id: bill.invoice_id, party_id, day: this.clock.today, open_minor: bill.open_minor })
    if (sale.delivery_id && !apart && this.roll(15) === 0) {
      const reason = this.locale === 'zh-CN' ? '包装破损' : 'Damaged packing'
      await this.run(returnGoods, { lines: [{ delivery_id: sale.delivery_id, delivery_line_no: 1, quantity_e6: E6, disposition: 'restock' }], reason, invoice: 'with' })
    }
  }

  /** Goods have come: what now can leave does, with its invoice; the rest waits on. */
  private async sendWaiting(): Promise<void> {
    for (const order of this.waiting.splice(0)) {
      const input = { order_id: order.order_id, invoice: 'with' as const }
      const answer = await this.tryRun(deliver, input)
      if (!answer.ok && answer.kind !== 'refusal') throw new Error(`the sample's delivery on ${this.clock.today}: ${JSON.stringify(answer)}`)
      if (!answer.ok) {
        this.waiting.push(order)
        continue
      }
      const { invoice_id, open_minor } = answer.output as OutputOf<typeof deliver>
      if (invoice_id && open_minor > 0) this.unpaid.push({ invoice_id, party_id: order.party_id, day: this.clock.today, open_minor })
    }
  }

  /** The counter: a few pieces, paid at once. */
  private async counterSale(): Promise<void> {
    const it = this.goods()
    const pieces = 1 + this.roll(3)
    const quantity_e6 = pieces * E6
    const payments = [{ method: this.pick(['cash', 'wechat', 'alipay']), amount_minor: Math.floor((it.price_e4 * pieces) / 100) }]
    const answer = await this.tryRun(deliverDirect, { lines: [{ item_id: it.item_id, quantity_e6, price_e4: it.price_e4 }], payments })
    if (!answer.ok && answer.kind !== 'refusal') throw new Error(`the sample's counter sale on ${this.clock.today}: ${JSON.stringify(answer)}`)
  }

  /** Most customers pay about their due day; some pay a part, a few keep us waiting. */
  private async collect(): Promise<void> {
    for (const [i, invoice] of [...this.unpaid.entries()].reverse()) {
      const age = daysBetween({ from: invoice.day, to: this.clock.today })
      if (age < 15 || this.roll(8) !== 0) continue
      this.unpaid.splice(i, 1)
      const { rows } = await this.ask(openItems, { party_id: invoice.party_id, side: 'receivable', limit: 500 })
      const item = rows.find((r) => r.source_id === invoice.invoice_id)
      if (!item || item.open_minor <= 1) continue
      const paid = this.roll(8) === 0 ? Math.floor(item.open_minor / 2) : item.open_minor
      const allocations = this.roll(15) === 0 ? [] : [{ open_item_id: item.open_item_id, amount_minor: paid }]
      const method = this.pick(['bank', 'wechat', 'alipay'])
      await this.run(receivePayment, { party_id: invoice.party_id, day: this.clock.today, method, amount_minor: paid, allocations })
    }
  }

  private async payBills(): Promise<void> {
    const due = this.bills.filter((b) => b.due <= this.clock.today)
    for (const bill of due) {
      this.bills.splice(this.bills.indexOf(bill), 1)
      const allocations = bill.open_item_id ? [{ open_item_id: bill.open_item_id, amount_minor: bill.gross_minor }] : []
      await this.run(paySupplier, { party_id: bill.party_id, day: this.clock.today, method: 'bank', amount_minor: bill.gross_minor, allocations })
    }
  }
}

/** EAN-13 of a 12-digit number, with its check digit (GS1 General Specifications, 7.9). */
function ean13(twelve: number): string {
  const digits = String(twelve)
  const sum = [...digits].reduce((s, d, i) => s + Number(d) * (i % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/**
 * Makes the sample company in a folder of its own: a year of lively trade up to today, every row through a command.
 * Refuses when a company is there already; leaves nothing behind when it fails.
 */
export async function buildSample(given: { data: string; locale: Locale; onProgress?: (progress: Progress) => void; now?: () => number }): Promise<{ days: number; orders: number }> {
  const place = placeOf(given.data, scratchFolder())
  const last = localDay((given.now ?? Date.now)())
  const first_day = firstOfMonth(addMonths(last, -12))
  const clock: Clock = { today: first_day, minute: 0 }
  // From nine in the morning at this desk; the last day goes no further than the day itself has gone.
  const now = () => Math.min(new Date(`${clock.today}T09:00:00`).getTime() + clock.minute * 60_000, (given.now ?? Date.now)())
  const isChinese = given.locale === 'zh-CN'
  const founding = {
    name: isChinese ? '掌柜示例茶行' : 'Zhanggui Sample Tea House',
    profile: isChinese ? ('cn-small' as const) : ('international' as const),
    currency: isChinese ? 'CNY' : 'USD',
    first_day,
    locale: given.locale,
    taxpayer: isChinese ? ('small' as const) : ('none' as const),
    is_sample: 1 as const,
  }
  await createCompany({ data: given.data, founding, now, today: () => clock.today })
  const office = await openOffice({ data: given.data, now, today: () => clock.today })
  try {
    const trade = new Trade({ office, clock, locale: given.locale, last })
    const front = new Front({ shop: trade, roll: dice(4_711), last })
    await trade.open()
    const days = daysBetween({ from: first_day, to: last })
    for (let i = 0; i <= days; i++) {
      clock.today = addDays(first_day, i)
      if (i > 0) clock.minute = 0
      await trade.day()
      await front.day()
      given.onProgress?.({ done: i + 1, total: days + 1, phase: 'sample' })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await front.close()
    return { days: days + 1, orders: trade.orders }
  } catch (error) {
    await office.close()
    if (place.kind === 'folder') for (const tail of ['', '-wal', '-shm']) rmSync(place.file + tail, { force: true })
    throw error instanceof Refusal ? error : new Error('the sample could not be made', { cause: error })
  } finally {
    await office.close().catch(() => undefined)
  }
}
