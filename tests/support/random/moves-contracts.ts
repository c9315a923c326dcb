import * as contracts from '../../../src-main/modules/contracts/contract.ts'
import { anyItem, customer, E6, move, type Move, type Walk } from './walk.ts'

type Id = { id: string }
const later = (w: Walk, days: number): string => new Date(Date.parse(`${w.t.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const contractIn = (w: Walk, state: string) => w.pick<Id>(`select id from contracts_contract where state = '${state}' order by id desc`)

async function form(w: Walk) {
  const parts = Array.from({ length: 1 + w.roll(4) }, (_, i) => ({ due_on: later(w, 10 * i), amount_minor: 1 + w.roll(500_000), note: null }))
  return {
    title: w.fresh('合同'),
    amount_minor: parts.reduce((sum, p) => sum + p.amount_minor, 0) + (w.chance(8) ? 1 : 0),
    starts_on: w.t.today,
    ends_on: later(w, w.roll(60)),
    remind_days: w.chance(4) ? null : w.roll(40),
    lines: w.chance(3) ? [] : [{ item_id: await anyItem(w), quantity_e6: (1 + w.roll(5)) * E6, price_e4: w.roll(500_000) }],
    plan: parts,
  }
}
const moved = <C extends Move['contract']>(contract: C, state: string, more: (w: Walk) => Promise<object> = async () => ({})): Move => move(contract, async (w) => {
  const row = await contractIn(w, state)
  return row && ({ contract_id: row.id, ...(await more(w)) } as never)
})

export const contractsMoves: readonly Move[] = [
  move(contracts.createContract, async (w) => ({ party_id: await customer(w), ...(await form(w)) })),
  move(contracts.draftContract, async (w) => {
    const deal = await w.pick<Id>('select id from crm_opportunity where amount_minor > 0 order by id desc')
    const quote = await w.pick<Id>('select id from sales_quote order by id desc')
    return deal && w.chance(2) ? { opportunity_id: deal.id } : quote && { quote_id: quote.id }
  }),
  moved(contracts.updateContract, 'draft', form),
  moved(contracts.signContract, 'draft', async (w) => ({ signed_on: w.t.today })),
  moved(contracts.terminateContract, 'active', async () => ({ reason: 'they moved' })),
  move(contracts.renewContract, async (w) => {
    const row = await w.pick<Id>(`select c.id from contracts_contract c where c.state = 'active' and not exists (select 1 from contracts_contract n where n.renews_id = c.id) order by c.id desc`)
    return row && { contract_id: row.id }
  }),
  move(contracts.orderContract, async (w) => {
    const row = await w.pick<Id>(
      `select c.id from contracts_contract c join parties_party p on p.id = c.party_id ${w.chance(9) ? '' : 'and p.is_active = 1'}
        where c.state = 'active' and c.order_id is null and exists (select 1 from contracts_line l where l.contract_id = c.id) order by c.id desc`,
    )
    return row && { contract_id: row.id }
  }),
  move(contracts.remindOfEnds, async () => ({})),
]
