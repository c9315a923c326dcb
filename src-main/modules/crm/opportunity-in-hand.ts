import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { visibleParties } from '../parties/index.ts'
import type { OpportunityState } from './contract.ts'

export type Opportunity = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly party_id: string
  readonly stage_id: string
  readonly state: OpportunityState
  readonly amount_minor: number
  readonly expected_on: string | null
  readonly contact_name: string | null
  readonly owner_id: string
  readonly note: string | null
}

/** An opportunity whose customer the actor may see. Refuses 'crm.opportunityNotFound'. */
export async function opportunityInHand(ctx: CommandCtx, opportunity_id: string): Promise<Opportunity> {
  const { sql, params } = visibleParties(ctx.scope, 'o.party_id')
  const row = await ctx.db.get<Opportunity>(
    `select o.id, o.number, o.name, o.party_id, o.stage_id, o.state, o.amount_minor, o.expected_on, o.contact_name, o.owner_id, o.note
       from crm_opportunity o where o.id = ? and ${sql}`,
    [opportunity_id, ...params],
  )
  if (!row) throw new Refusal('crm.opportunityNotFound', { opportunity_id })
  return row
}
