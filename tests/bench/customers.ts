import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { activity, opportunity, stageMove, task } from '../../db/schema/crm.ts'
import { item } from '../../db/schema/catalog.ts'
import { assignment, party } from '../../db/schema/parties.ts'
import { invoice, invoiceLine } from '../../db/schema/sales.ts'
import { dice } from '../../src-main/app/sample.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import type { QueryContract, SentInputOf } from '../../src-main/kernel/contract.ts'
import { addDays } from '../../src-main/kernel/day.ts'
import { partyBalance } from '../../src-main/modules/accounting/contract.ts'
import { customerCredit } from '../../src-main/modules/credit/contract.ts'
import * as crm from '../../src-main/modules/crm/contract.ts'
import * as insights from '../../src-main/modules/insights/contract.ts'
import { getParty } from '../../src-main/modules/parties/contract.ts'
import { customerHistory } from '../../src-main/modules/sales/contract.ts'
import type { NewRow, Table, Writer } from '../../src-main/storage/db.ts'
import { benchCompany, benchOffice, type BenchOffice } from './company.ts'
import { benchFolder, note, option, percentile, say } from './figure.ts'

// 100,000 customers, 1,000,000 follow-ups: the customer's page, the board and the list of tasks, as a desk asks for them.

const DAY = '2026-06-30'
const PORTION = 50_000
const ITEMS = 500
const KINDS = ['call', 'visit', 'message', 'email', 'note']
const id = (kind: number, no: number): string => `019b0000-000${kind.toString(16)}-7000-8000-${no.toString(16).padStart(12, '0')}`
const AT = Date.parse(`${DAY}T01:00:00Z`)

type Fill = { readonly customers: number; readonly activities: number; readonly owner: string; readonly stages: readonly string[] }

/** Rows written as its store would write them, without commands: a million of those would take an hour. */
async function filled({ office }: BenchOffice, { customers, activities, owner, stages }: Fill): Promise<void> {
  const roll = dice(11)
  const ago = (days: number): string => addDays(DAY, -roll(days) - 1)
  const write = async <T extends Table>(table: T, count: number, rowOf: (no: number) => NewRow<T>): Promise<void> => {
    for (let from = 0; from < count; from += PORTION) {
      await office.engine.write((db: Writer) => db.insertMany(table, Array.from({ length: Math.min(PORTION, count - from) }, (_, i) => rowOf(from + i))))
    }
  }
  await write(item, ITEMS, (i) => ({ id: id(1, i), code: `I${i}`, name: `Item ${i}`, kind: 'stocked', base_unit: 'pc', costing: 'average', is_active: 1, created_at: AT }))
  await write(party, customers, (i) => ({ id: id(2, i), same_as: id(2, i), code: `C${100_000 + i}`, name: `Customer ${i}`, name_key: `customer${i}`, kind: 'company', is_customer: 1, is_supplier: 0, is_active: 1, created_at: AT - roll(1000) * 86_400_000 }))
  await write(assignment, Math.floor(customers / 2), (i) => ({ party_id: id(2, i * 2), user_id: owner, from_day: '2026-01-01', to_day: null, seq: 1 }))
  note('customers are there')
  await write(activity, activities, (i) => ({ id: id(3, i), party_id: id(2, i % customers), kind: KINDS[roll(5)]!, channel: null, contact_name: null, day: ago(900), minute: roll(1439), text: `Talked about order ${i}`, result: null, user_id: owner, created_at: AT, is_withdrawn: 0 }))
  note('follow-ups are there')
  await write(task, customers, (i) => ({ id: id(4, i), kind: 'call', title: `Call no. ${i}`, party_id: id(2, i), assignee_id: owner, due_on: addDays(DAY, roll(120) - 30), priority: 2, state: i % 4 === 0 ? 'open' : 'done', ...(i % 4 === 0 ? {} : { done_at: AT, done_by: owner }), created_by: owner, created_at: AT }))
  const deals = Math.floor(customers / 10)
  const stageOf = (i: number): string => stages[i % stages.length]!
  await write(opportunity, deals, (i) => ({ id: id(5, i), number: `OP${i}`, name: `Opportunity ${i}`, party_id: id(2, roll(customers)), stage_id: stageOf(i), state: 'open', amount_minor: roll(1_000_000), expected_on: addDays(DAY, roll(90)), owner_id: owner, stage_since: ago(60), created_by: owner, created_on: ago(90), created_at: AT }))
  await write(stageMove, deals, (i) => ({ opportunity_id: id(5, i), seq: 1, stage_id: stageOf(i), state: 'open', day: ago(60), at: AT, user_id: owner }))
  const invoices = customers * 3
  const amounts = (minor: number) => ({ net_minor: minor, tax_minor: 0, gross_minor: minor })
  await write(invoice, invoices, (i) => {
    const day = addDays(DAY, -roll(175) - 1)
    return { id: id(6, i), number: `IN${i}`, kind: 'invoice', party_id: id(2, i % customers), party_snapshot: '{}', day, due_on: day, currency: 'CNY', ...amounts(10_000 + roll(90_000)), created_by: owner, created_at: AT }
  })
  await write(invoiceLine, invoices, (i) => ({ invoice_id: id(6, i), line_no: 1, item_id: id(1, roll(ITEMS)), unit: 'pc', unit_numerator: 1, unit_denominator: 1, quantity_e6: 1_000_000, base_quantity_e6: 1_000_000, price_e4: 10_000, ...amounts(10_000) }))
  note('invoices are there')
}

/** What the customer's page asks when it opens on its first tab, all of it. */
const pageOf = (party_id: string): readonly (readonly [QueryContract, object])[] => [
  [getParty, { party_id }], [insights.wholeCustomer, { party_id }], [insights.getCustomer, { party_id }], [partyBalance, { party_id }], [customerCredit, { party_id }], [crm.listActivities, { party_id, limit: 3 }],
]

const ROUNDS = 200

/** A million rows filled and every customer worked out. */
async function readied(desk: BenchOffice, { customers, activities }: { customers: number; activities: number }): Promise<void> {
  const start = performance.now()
  const owner = (await desk.office.bus.people()).ownerId!
  const stages = (await desk.ask(crm.listStages, {})).rows.map((s) => s.stage_id)
  await filled(desk, { customers, activities, owner, stages })
  note(`filled in ${Math.round((performance.now() - start) / 1000)} s`)
  const began = performance.now()
  const answer = await desk.office.run({ name: insights.recompute.name, input: {}, commandId: newCommandId() }, { desk: 'bench', userId: owner })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  const { run_id: _, ...counts } = answer.output as Record<string, number>
  say({ name: 'customers/recompute', figure: (performance.now() - began) / 1000, unit: 's', bar: 'told, not judged', ok: true, customers, ...counts })
}

/** With `--keep FOLDER` the filled company stays there and the next run reads it again. */
export async function bench(args: readonly string[]): Promise<void> {
  const [customers, activities] = [option(args, 'customers', 100_000), option(args, 'activities', 1_000_000)]
  const kept = args.includes('--keep') ? args[args.indexOf('--keep') + 1] : undefined
  const { folder, remove } = kept === undefined ? benchFolder() : { folder: kept, remove: () => {} }
  try {
    const isThere = existsSync(join(folder, 'company.db'))
    if (!isThere) await benchCompany(folder, DAY)
    const desk = await benchOffice(folder, DAY)
    if (!isThere) await readied(desk, { customers, activities })
    if (!args.includes('--fill')) await measured(desk, { customers, activities })
    await desk.office.close()
  } finally {
    remove()
  }
}

async function measured(desk: BenchOffice, { customers, activities }: { customers: number; activities: number }): Promise<void> {
  const roll = dice(5)
  const some = (): string => id(2, roll(customers))
  const ask = (contract: QueryContract, input: object): Promise<unknown> => desk.ask(contract, input as SentInputOf<QueryContract>)
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'customer page': async () => {
      for (const [contract, input] of pageOf(some())) await ask(contract, input)
    },
    timeline: () => ask(crm.timeline, { party_id: some() }),
    history: () => ask(customerHistory, { party_id: some() }),
    board: () => ask(crm.board, {}),
    'tasks of mine': () => ask(crm.listTasks, { whose: 'mine', show: 'now', limit: 100 }),
    'all tasks': () => ask(crm.listTasks, { show: 'open', limit: 100, offset: roll(10_000) }),
    'follow-ups': () => ask(crm.listActivities, { limit: 100 }),
    'value ranking': () => ask(insights.listCustomers, { sort: 'lifetime', limit: 100 }),
    'next purchases': () => ask(insights.nextPurchases, { limit: 100 }),
  }
  for (const [what, work] of Object.entries(asked)) {
    await work()
    const times: number[] = []
    for (let round = 0; round < (what === 'board' ? 30 : ROUNDS); round++) {
      const at = performance.now()
      await work()
      times.push(performance.now() - at)
    }
    const [p50, p95, worst] = [percentile(times, 50), percentile(times, 95), Math.max(...times)]
    say({ name: `customers/${what}`, figure: p95, unit: 'ms p95', bar: 'p50 <= 50, p95 <= 100, none >= 200 ms', ok: p50 <= 50 && p95 <= 100 && worst < 200, p50, worst, customers, activities })
  }
}
