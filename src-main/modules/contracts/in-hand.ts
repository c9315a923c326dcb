import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import type { ContractState } from './contract.ts'

export type Contract = {
  readonly id: string
  readonly number: string | null
  readonly title: string
  readonly party_id: string
  readonly opportunity_id: string | null
  readonly quote_id: string | null
  readonly amount_minor: number
  readonly starts_on: string
  readonly ends_on: string
  readonly remind_days: number | null
  readonly owner_id: string
  readonly note: string | null
  readonly state: ContractState
  readonly order_id: string | null
  readonly lines: readonly { readonly item_id: string; readonly unit: string; readonly quantity_e6: number; readonly price_e4: number }[]
  readonly plan: readonly { readonly due_on: string; readonly amount_minor: number; readonly note: string | null }[]
}

/** A contract whose customer the actor may see, with what was agreed. Refuses 'contracts.contractNotFound'. */
export async function contractInHand(ctx: CommandCtx, contract_id: string): Promise<Contract> {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  const row = await ctx.db.get<Omit<Contract, 'lines' | 'plan'>>(
    `select c.id, c.number, c.title, c.party_id, c.opportunity_id, c.quote_id, c.amount_minor, c.starts_on, c.ends_on, c.remind_days, c.owner_id, c.note, c.state, c.order_id
       from contracts_contract c where c.id = ? and ${seen.sql}`,
    [contract_id, ...seen.params],
  )
  if (!row) throw new Refusal('contracts.contractNotFound', { contract_id })
  const lines = await ctx.db.all<Contract['lines'][number]>('select item_id, unit, quantity_e6, price_e4 from contracts_line where contract_id = ? order by line_no', [contract_id])
  const plan = await ctx.db.all<Contract['plan'][number]>('select due_on, amount_minor, note from contracts_instalment where contract_id = ? order by part_no', [contract_id])
  return { ...row, lines, plan }
}
