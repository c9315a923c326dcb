import { expect, test } from 'vitest'
import { openItems, receivePayment } from '../../../src-main/modules/accounting/contract.ts'
import { assignParty, updateParty } from '../../../src-main/modules/parties/contract.ts'
import {
  confirmOrder, convertQuote, createOrder, createQuote, deliver, deliverDirect, lifecycle, loseQuote, postInvoice, returnGoods, reverseDelivery, sendQuote,
} from '../../../src-main/modules/sales/contract.ts'
import type { OutputOf } from '../../../src-main/kernel/contract.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { E6, openShop, price, type Shop } from './shop.ts'

type Begin = { kind: 'quote' | 'order' | 'delivery' | 'invoice'; id: string }
type Steps = OutputOf<typeof lifecycle>['steps']

/** 'order all 1/2' for each step, and what is stuck. */
const told = (steps: Steps) => steps.map((s) => `${s.step} ${s.is_stopped ? 'stopped' : s.progress}${s.due === null ? '' : ` ${s.done}/${s.due}`}`)
const stuckIn = (steps: Steps) => steps.flatMap((s) => s.stuck.map((r) => ({ step: s.step, ...Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)) as Partial<Steps[number]['stuck'][number]> })))

async function stepsOf({ t }: Shop, begin: Begin): Promise<Steps> {
  return (await t.ask(lifecycle, begin)).steps
}

const line = (item_id: string, pieces: number, major: number) => ({ item_id, quantity_e6: pieces * E6, price_e4: price(major) })

test('a sale is followed from its quote to its money, from any of its documents', async () => {
  const shop = await openShop()
  const { t, water, lamp, customer } = shop
  const { quote_id } = await t.run(createQuote, { party_id: customer, valid_until: '2026-01-20', lines: [line(water, 150, 10), line(lamp, 2, 99)] })
  await t.run(sendQuote, { quote_id })
  expect(told(await stepsOf(shop, { kind: 'quote', id: quote_id }))).toEqual(['quote part', 'order none', 'goods none', 'delivered none', 'invoiced none', 'paid none'])
  t.today = '2026-01-21'
  expect(stuckIn(await stepsOf(shop, { kind: 'quote', id: quote_id }))).toEqual([{ step: 'quote', reason: 'quote_expired', day: '2026-01-20' }])

  const { order_id } = await t.run(convertQuote, { quote_id, wanted_on: '2026-01-25' })
  await t.run(confirmOrder, { order_id })
  const order: Begin = { kind: 'order', id: order_id }
  const confirmed = await stepsOf(shop, order)
  expect(told(confirmed)).toEqual(['quote all', 'order all', 'goods part 1/2', 'delivered none 0/2', 'invoiced none 0/2', 'paid none'])
  expect(stuckIn(confirmed)).toEqual([{ step: 'goods', reason: 'short', item_id: water, item_name: '矿泉水', quantity_words: '2箱6瓶' }])
  expect(confirmed[1]).toMatchObject({ user_name: expect.any(String), at: expect.any(Number), documents: [{ kind: 'order', id: order_id }] })

  const sent = await t.run(deliver, { order_id, lines: [{ order_line_no: 2, quantity_e6: 2 * E6 }], invoice: 'apart' })
  t.today = '2026-01-26'
  const late = await stepsOf(shop, { kind: 'delivery', id: sent.delivery_id! })
  expect(told(late)).toEqual(['quote all', 'order all', 'goods part 1/2', 'delivered part 1/2', 'invoiced none 0/2', 'paid none'])
  expect(stuckIn(late).map((s) => [s.reason, 'day' in s ? s.day : null])).toEqual([['short', null], ['late', '2026-01-25']])

  const billed = await t.run(postInvoice, { order_ids: [order_id], due_on: '2026-01-30' })
  const invoice: Begin = { kind: 'invoice', id: billed.invoice_id! }
  const { rows } = await t.ask(openItems, { side: 'receivable', party_id: customer })
  await t.run(receivePayment, { party_id: customer, day: t.today, method: 'cash', amount_minor: 5_000, allocations: [{ open_item_id: rows[0]!.open_item_id, amount_minor: 5_000 }] })
  t.today = '2026-02-01'
  const owing = await stepsOf(shop, invoice)
  expect(told(owing).slice(3)).toEqual(['delivered part 1/2', 'invoiced part 1/2', 'paid part 5000/19800'])
  expect(stuckIn(owing).at(-1)).toEqual({ step: 'paid', reason: 'overdue', document_id: billed.invoice_id, number: billed.invoice_number, day: '2026-01-30', amount_minor: 14_800 })
  expect(owing.at(-1)!.documents).toMatchObject([{ kind: 'receipt', amount_minor: 5_000 }])
})

test('what is reversed counts nothing; goods that came back ask for their credit note', async () => {
  const shop = await openShop()
  const { t, water, freight, customer } = shop
  const { order_id } = await t.run(createOrder, { party_id: customer, lines: [line(water, 10, 10)] })
  await t.run(confirmOrder, { order_id })
  const order: Begin = { kind: 'order', id: order_id }
  const first = await t.run(deliver, { order_id, invoice: 'apart' })
  expect(told(await stepsOf(shop, order))).toContain('delivered all 1/1')
  await t.run(reverseDelivery, { delivery_id: first.delivery_id! })
  const undone = await stepsOf(shop, order)
  expect(told(undone)).toContain('delivered none 0/1')
  expect(undone.find((s) => s.step === 'delivered')!.documents).toEqual([])
  // A reversed delivery still leads to its order.
  expect(told(await stepsOf(shop, { kind: 'delivery', id: first.delivery_id! }))).toEqual(told(undone))

  const second = await t.run(deliver, { order_id, invoice: 'with', payments: [{ method: 'cash', amount_minor: 10_000 }] })
  expect(told(await stepsOf(shop, order))).toEqual(['order all', 'goods all 1/1', 'delivered all 1/1', 'invoiced all 1/1', 'paid all 10000/10000'])
  await t.run(returnGoods, { lines: [{ delivery_id: second.delivery_id!, delivery_line_no: 1, quantity_e6: 3 * E6 }], invoice: 'apart' })
  expect(stuckIn(await stepsOf(shop, order))).toEqual([{ step: 'invoiced', reason: 'credit_missing' }])

  const service = (await t.run(createOrder, { party_id: customer, lines: [line(freight, 1, 30)] })).order_id
  await t.run(confirmOrder, { order_id: service })
  expect(told(await stepsOf(shop, { kind: 'order', id: service }))).toEqual(['order all', 'invoiced none 0/1', 'paid none'])
})

test('a sale without an order begins with its delivery', async () => {
  const shop = await openShop()
  const { t, water, freight, customer } = shop
  const sold = await t.run(deliverDirect, { party_id: customer, lines: [line(water, 2, 10)], payments: [{ method: 'cash', amount_minor: 2_000 }] })
  const all = ['delivered all', 'invoiced all', 'paid all 2000/2000']
  expect(told(await stepsOf(shop, { kind: 'delivery', id: sold.delivery_id! }))).toEqual(all)
  expect(told(await stepsOf(shop, { kind: 'invoice', id: sold.invoice_id! }))).toEqual(all)
  const served = await t.run(deliverDirect, { party_id: customer, lines: [line(freight, 1, 30)] })
  expect(told(await stepsOf(shop, { kind: 'invoice', id: served.invoice_id! }))).toEqual(['invoiced all', 'paid none 0/3000'])
})

test('a draft says beforehand what its confirming would be refused for', async () => {
  const shop = await openShop()
  const { t, lamp, customer } = shop
  await t.run(updateParty, { party_id: customer, credit_limit_minor: 10_000 })
  const { quote_id } = await t.run(createQuote, { party_id: customer, lines: [line(lamp, 2, 99)] })
  await t.run(sendQuote, { quote_id })
  const { order_id } = await t.run(convertQuote, { quote_id })
  const draft = await stepsOf(shop, { kind: 'order', id: order_id })
  expect(told(draft).slice(0, 2)).toEqual(['quote all', 'order none'])
  expect(stuckIn(draft)).toEqual([{ step: 'order', reason: 'credit_limit', amount_minor: 19_800, limit_minor: 10_000 }])
  expect((await t.refused(confirmOrder, { order_id })).code).toBe('sales.creditLimitExceeded')

  const lost = (await t.run(createQuote, { party_id: customer, lines: [line(lamp, 1, 99)] })).quote_id
  await t.run(sendQuote, { quote_id: lost })
  await t.run(loseQuote, { quote_id: lost, lost_reason: '太贵' })
  expect(told(await stepsOf(shop, { kind: 'quote', id: lost }))[0]).toBe('quote stopped')
})

test('who may not see the customer does not see the sale', async () => {
  const shop = await openShop()
  const { t, water, customer } = shop
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  await t.run(assignParty, { party_id: customer, user_id: amy })
  const { quote_id } = await t.run(createQuote, { party_id: customer, lines: [line(water, 1, 10)] }, amy)
  await t.run(sendQuote, { quote_id }, amy)
  const { order_id } = await t.run(convertQuote, { quote_id }, amy)
  await t.run(confirmOrder, { order_id }, amy)
  const sold = await t.run(deliver, { order_id, invoice: 'with' }, amy)
  expect((await t.ask(lifecycle, { kind: 'order', id: order_id }, amy)).steps).toHaveLength(6)
  for (const [kind, id] of [['quote', quote_id], ['order', order_id], ['delivery', sold.delivery_id!], ['invoice', sold.invoice_id!]] as const) {
    expect((await t.refused(lifecycle, { kind, id }, bob)).code).toBe(`sales.${kind}NotFound`)
  }
})
