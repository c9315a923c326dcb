import type { CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, winnerOf } from '../parties/index.ts'
import type { LeadState } from './contract.ts'
import { opportunityInHand } from './opportunity-in-hand.ts'
import { patchLead } from './lead.store.ts'
import { visibleLeads } from './query-parts.ts'

/** Whom a follow-up or task is about. */
export type Subject = { readonly party_id: string | null; readonly lead_id: string | null; readonly opportunity_id: string | null }
type Asked = { readonly party_id?: string | null | undefined; readonly lead_id?: string | null | undefined; readonly opportunity_id?: string | null | undefined }

/** Whom a task is about, or nobody; a lead that has become a customer is meant as the customer. Refuses whom the actor may not see. */
export async function subjectIn(ctx: CommandCtx, { party_id, lead_id, opportunity_id }: Asked): Promise<Subject> {
  if (opportunity_id) return { party_id: (await opportunityInHand(ctx, opportunity_id)).party_id, lead_id: null, opportunity_id }
  if (party_id) {
    await assertVisible(ctx, party_id)
    // A merged customer is spoken to as the one it is now.
    return { party_id: await winnerOf(ctx, party_id), lead_id: null, opportunity_id: null }
  }
  if (!lead_id) return { party_id: null, lead_id: null, opportunity_id: null }
  const lead = await leadInHand(ctx, lead_id)
  if (lead.party_id !== null) await assertVisible(ctx, lead.party_id, () => new Refusal('crm.leadNotFound', { lead_id }))
  return { party_id: lead.party_id, lead_id, opportunity_id: null }
}

/** Whom a follow-up is about; it takes a new lead into work. */
export async function subjectOf(ctx: CommandCtx, asked: Asked): Promise<Subject> {
  const subject = await subjectIn(ctx, asked)
  if (subject.lead_id !== null && (await leadInHand(ctx, subject.lead_id)).state === 'new') await patchLead(ctx, subject.lead_id, { state: 'working' })
  return subject
}

export type Lead = {
  readonly id: string
  readonly code: string
  readonly name: string | null
  readonly company: string | null
  readonly title: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly wechat: string | null
  readonly tax_no: string | null
  readonly address: string | null
  readonly note: string | null
  readonly referrer_id: string | null
  readonly extra: string
  readonly state: LeadState
  readonly owner_id: string | null
  readonly party_id: string | null
}

/** A lead that the actor may see. Refuses 'crm.leadNotFound'. */
export async function leadInHand(ctx: CommandCtx, lead_id: string): Promise<Lead> {
  const { sql, params } = visibleLeads(ctx.scope, 'l')
  const row = await ctx.db.get<Lead>(
    `select l.id, l.code, l.name, l.company, l.title, l.phone, l.email, l.wechat, l.tax_no, l.address, l.note, l.referrer_id, l.extra, l.state, l.owner_id, l.party_id
       from crm_lead l where l.id = ? and ${sql}`,
    [lead_id, ...params],
  )
  if (!row) throw new Refusal('crm.leadNotFound', { lead_id })
  return row
}
