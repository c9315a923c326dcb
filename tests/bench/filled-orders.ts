import type { CommandContract, OutputOf, SentInputOf } from '../../src-main/kernel/contract.ts'
import { createCompany, openOffice } from '../../src-main/app/office.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import { createItem } from '../../src-main/modules/catalog/contract.ts'
import { createParty } from '../../src-main/modules/parties/contract.ts'
import { closeOrder, confirmOrder, createOrder } from '../../src-main/modules/sales/contract.ts'
import { addDays } from '../../src-main/kernel/day.ts'
import { note } from './figure.ts'

const E6 = 1_000_000
const LINES = 5

/** Makes a company with so many orders through its commands, spread over a year: most are over, a few are drafts, some wait for goods. */
export async function fillWithOrders(data: string, orders: number): Promise<void> {
  const firstDay = '2026-01-01'
  let today = firstDay
  const began = performance.now()
  const clock = { now: () => Date.parse(`${firstDay}T01:00:00Z`) + Math.floor(performance.now() - began), today: () => today }
  await createCompany({ data, founding: { name: 'Bench', profile: 'cn-small', first_day: firstDay, taxpayer: 'general', locale: 'en' }, ...clock })
  const office = await openOffice({ data, ...clock })
  const userId = (await office.bus.people()).ownerId!
  const run = async <C extends CommandContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> => {
    const answer = await office.bus.run({ name: contract.name, input, commandId: newCommandId() }, { userId, desk: 'bench' })
    if (!answer.ok) throw new Error(`${contract.name}: ${JSON.stringify(answer)}`)
    return answer.output as OutputOf<C>
  }
  const customers: string[] = []
  const items: string[] = []
  for (let i = 0; i < 1000; i++) customers.push((await run(createParty, { name: `Customer ${i}`, kind: 'company', is_customer: 1, is_supplier: 0 })).party_id)
  for (let i = 0; i < 1000; i++) items.push((await run(createItem, { name: `Item ${i}`, kind: 'stocked', base_unit: 'pc', price_e4: 125_000 })).item_id)
  for (let no = 0; no < orders; no++) {
    if (no > 0 && no % 10_000 === 0) note(`${no} of ${orders} orders on the books`)
    today = addDays(firstDay, Math.floor((no * 320) / orders))
    const lines = Array.from({ length: LINES }, (_, i) => ({ item_id: items[(no * LINES + i * 7) % items.length]!, quantity_e6: (1 + ((no + i) % 5)) * E6, price_e4: 125_000 + i * 1000 + (no % 977) * 100 }))
    const { order_id } = await run(createOrder, { party_id: customers[(no * 31) % customers.length]!, lines })
    if (no % 50 === 0) continue
    await run(confirmOrder, { order_id })
    if (no % 25 !== 1) await run(closeOrder, { order_id, reason: 'Over' })
  }
  await office.close()
}
