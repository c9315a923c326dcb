import { openOffice } from '../../src-main/app/office.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../../src-main/kernel/contract.ts'
import { daysBetween } from '../../src-main/kernel/day.ts'
import * as insights from '../../src-main/modules/insights/contract.ts'
import { setSetting } from '../../src-main/modules/platform/contract.ts'
import { listInvoices } from '../../src-main/modules/sales/contract.ts'

// What is known of the customers of the Online Retail books on their last day, timed, and five of them reckoned again from their invoices.

export const LAST_DAY = '2011-12-09'
const WINDOW_DAYS = 374

type Ran = { readonly ms: Readonly<Record<string, number>>; readonly run: OutputOf<typeof insights.recompute>; readonly overview: OutputOf<typeof insights.overview>; readonly stories: readonly string[] }

export async function knowCustomers(data: string): Promise<Ran> {
  const office = await openOffice({ data, now: () => Date.now(), today: () => LAST_DAY })
  const caller = { desk: 'books', userId: (await office.bus.people()).ownerId! }
  const good = async (contract: CommandContract | QueryContract, input: unknown): Promise<unknown> => {
    const { name } = contract
    const answer = await (contract.kind === 'command' ? office.run({ name, input, commandId: newCommandId() }, caller) : office.ask({ name, input }, caller))
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    return answer.output
  }
  const does = <C extends CommandContract | QueryContract>(contract: C, input: SentInputOf<C>): Promise<OutputOf<C>> => good(contract, input) as Promise<OutputOf<C>>
  const ms: Record<string, number> = {}
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    ms[what] = performance.now() - start
    return result
  }
  try {
    await does(setSetting, { key: 'insights.window_days', value: WINDOW_DAYS })
    await does(setSetting, { key: 'insights.raises_tasks', value: 0 })
    const run = await timed('recompute', () => does(insights.recompute, { again: 1 }))
    const overview = await timed('overview', () => does(insights.overview, {}))
    await timed('ranking', () => does(insights.listCustomers, { sort: 'lifetime', limit: 500 }))
    await timed('next', () => does(insights.nextPurchases, { show: 'all', limit: 500 }))
    await timed('segment', () =>
      does(insights.previewSegment, { conditions: [{ kind: 'bought', within_days: 365, min_count: 3 }, { kind: 'bought', is_not: 1, within_days: 60 }, { kind: 'risk', is_not: 1, risk: 'low' }], limit: 500 }),
    )
    const some = await does(insights.listCustomers, { standing: 'scored', sort: 'amount', limit: 500 })
    const quiet = await does(insights.listCustomers, { standing: 'scored', sort: 'risk', limit: 10 })
    const five = [some.rows[0]!, some.rows[20]!, some.rows[400]!, quiet.rows[0]!, (await does(insights.listCustomers, { standing: 'not_positive', limit: 1 })).rows[0]!]
    const stories: string[] = []
    for (const customer of five) stories.push(storyOf(customer, (await does(listInvoices, { party_id: customer.party_id, limit: 500, sort: 'day' })).rows as never))
    return { ms, run, overview, stories }
  } finally {
    await office.close()
  }
}

type Customer = OutputOf<typeof insights.listCustomers>['rows'][number]
type Invoice = { readonly kind: string; readonly day: string; readonly net_minor: number }
const pounds = (minor: number | null): string => (minor === null ? '–' : (minor / 100).toFixed(2))

/** Reckons a customer's figures from the list of their invoices, and says them; throws where they are others than the program's. */
function storyOf(c: Customer, invoices: readonly Invoice[]): string {
  const sold = invoices.filter((i) => i.kind === 'invoice')
  const days = [...new Set(sold.map((i) => i.day))].sort()
  const net = invoices.reduce((sum, i) => sum + i.net_minor, 0)
  const gaps = days.slice(1).map((day, i) => daysBetween({ from: days[i]!, to: day })).sort((a, b) => a - b)
  const half = gaps.length / 2
  const middle = gaps.length === 0 ? null : gaps.length % 2 === 1 ? gaps[Math.floor(half)]! : Math.round((gaps[half - 1]! + gaps[half]!) / 2)
  const said = [c.invoice_count, c.amount_minor, c.first_on, c.last_on, c.purchase_days, c.interval_days]
  const found = [sold.length, net, days[0] ?? null, days.at(-1) ?? null, days.length, middle]
  if (JSON.stringify(said) !== JSON.stringify(found)) throw new Error(`${c.name}: said ${JSON.stringify(said)}, found ${JSON.stringify(found)}`)
  const scores = c.standing === 'scored' ? `R${c.r} F${c.f} M${c.m}, ${c.tier_en}` : `not scored: ${c.standing}`
  return [
    `${c.name}: ${sold.length} invoices on ${days.length} days from ${days[0]} to ${days.at(-1)} (${daysBetween({ from: days.at(-1)!, to: LAST_DAY })} days ago), net ${pounds(net)} after credits -> ${scores}.`,
    `  gaps between days: middle ${middle ?? '–'} -> expected ${c.expected_on ?? '–'}, given up ${c.lapses_on ?? '–'}; probably alive ${c.alive_e8 === null ? '–' : (c.alive_e8 / 1e6).toFixed(1)} %, ` +
      `${c.expected_e6 === null ? '–' : (c.expected_e6 / 1e6).toFixed(2)} purchases in 12 months of ${pounds(c.spend_minor)}; margin so far ${pounds(c.margin_minor)} + to come ${pounds(c.future_minor)} = ${pounds(c.lifetime_minor)}; risk ${c.risk} (${c.risk_reasons.join(', ') || 'none'})`,
  ].join('\n')
}
