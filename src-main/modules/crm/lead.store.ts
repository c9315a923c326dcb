import { activity, lead, leadLikeness, task } from '../../../db/schema/crm.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import { likenessKeysOf, profileOf, type Profile } from '../parties/index.ts'

// The only code that writes leads.

type Ctx = Pick<CommandCtx, 'db'>
export type NewLead = NewRow<typeof lead>

export async function insertLeads({ db }: Ctx, rows: readonly NewLead[]): Promise<void> {
  await db.insertMany(lead, rows)
  await db.insertMany(leadLikeness, rows.flatMap((row) => keyRows(row.id, profileOfLead(row))))
}

type Told = { readonly company?: string | null; readonly name?: string | null; readonly phone?: string | null; readonly tax_no?: string | null }

/** What is compared of a lead: its company, or itself where there is none. */
export const profileOfLead = ({ company, name, phone, tax_no }: Told): Profile =>
  profileOf({ names: [company ?? name ?? null], phones: [phone ?? null], tax_no: tax_no ?? null, kind: company ? 'company' : 'person' })

const keyRows = (lead_id: string, profile: Profile) => likenessKeysOf(profile).map((key) => ({ key, lead_id }))

/** The keys by which a lead is met, all of them anew. */
export async function renewLeadLikeness({ db }: Ctx, { lead_id, told }: { lead_id: string; told: Told }): Promise<void> {
  await db.removeWhere(leadLikeness, { lead_id })
  await db.insertMany(leadLikeness, keyRows(lead_id, profileOfLead(told)))
}

export async function patchLead({ db }: Ctx, lead_id: string, patch: Patch<typeof lead>): Promise<void> {
  await db.update(lead, { id: lead_id }, patch)
}

/** What was said with a lead, and what is to be done about it, is the customer's from now on. */
export async function followToParty({ db }: Ctx, { lead_id, party_id }: { lead_id: string; party_id: string }): Promise<void> {
  await db.run(activity, 'update crm_activity set party_id = ? where lead_id = ?', [party_id, lead_id])
  await db.run(task, 'update crm_task set party_id = ? where lead_id = ?', [party_id, lead_id])
}
