import { activity, lead, task } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'

// The only code that writes leads.

type Ctx = Pick<CommandCtx, 'db'>
export type NewLead = NewRow<typeof lead>

export async function insertLeads({ db }: Ctx, rows: readonly NewLead[]): Promise<void> {
  await db.insertMany(lead, rows)
}

export async function patchLead({ db }: Ctx, lead_id: string, patch: Patch<typeof lead>): Promise<void> {
  await db.update(lead, { id: lead_id }, patch)
}

/** What was said with a lead, and what is to be done about it, is the customer's from now on. */
export async function followToParty({ db }: Ctx, { lead_id, party_id }: { lead_id: string; party_id: string }): Promise<void> {
  await db.run(activity, 'update crm_activity set party_id = ? where lead_id = ?', [party_id, lead_id])
  await db.run(task, 'update crm_task set party_id = ? where lead_id = ?', [party_id, lead_id])
}
