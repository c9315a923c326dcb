import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { addContact, assertVisible, newParty, partyOf, phoneKeyOf, tidyTaxNo, visibleParties } from '../parties/index.ts'
import { extraWords, indexForSearch, settledExtra, takeNumber } from '../platform/index.ts'
import type { SearchEntry } from '../../storage/search.ts'
import { partyForm } from '../parties/index.ts'
import { convertLead, createLead, createOpportunity, leadStates, loseLead, reviveLead, updateLead } from './contract.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { assertUnknown } from './find-known.ts'
import { followToParty, insertLeads, patchLead, renewLeadLikeness, type NewLead } from './lead.store.ts'
import { newOpportunity } from './opportunities.ts'
import { giveLead } from './pool.ts'
import { LEAD_KIND } from './query-parts.ts'
import { router } from './routing.ts'
import { leadInHand, type Lead } from './subject.ts'
import { assertColleague } from './tasks.ts'

type Form = Omit<InputOf<typeof updateLead>, 'lead_id' | 'accept_duplicate'>

export const createLeadHandler = handle(createLead, async (ctx, { accept_duplicate, owner_id, ...form }) => {
  await assertReferrer(ctx, form.referrer_id)
  await assertUnknown(ctx, { identity: form, accept_duplicate })
  const extra = await settledExtra(ctx, { target: 'crm.lead', given: form.extra, figures: {} })
  const to = owner_id === undefined ? await (await router(ctx))({ ...form }) : undefined
  const [row] = await addLeads(ctx, [{ form, extra, owner_id: to ? null : await ownerOf(ctx, owner_id) }])
  const lead_id = row!.id
  if (to) await giveLead(ctx, { lead_id, to: to.user_id, rule: to.rule })
  return { lead_id, code: row!.code, owner_id: to?.user_id ?? row!.owner_id ?? null }
})

/** Writes checked forms as new leads, with codes, and makes them findable. */
export async function addLeads(ctx: CommandCtx, leads: readonly { form: Form; extra: string; owner_id: string | null }[]): Promise<NewLead[]> {
  const rows: NewLead[] = []
  for (const { form, extra, owner_id } of leads) {
    rows.push({
      id: ctx.newId(),
      code: await takeNumber(ctx, { series: 'crm.lead', day: ctx.today }),
      ...columnsOf(form),
      extra,
      state: 'new',
      owner_id,
      owned_since: owner_id === null ? null : ctx.today,
      created_by: ctx.actor.id,
      created_on: ctx.today,
      created_at: ctx.now,
    })
  }
  await insertLeads(ctx, rows)
  await indexForSearch(ctx, rows.map((row) => searchEntryOf(ctx, row)))
  return rows
}

const orNull = (text: string | null): string | null => (text === null || text === '' ? null : text)

function columnsOf({ name, company, title, phone, email, wechat, tax_no, address, source, campaign, referrer_id, note }: Form) {
  return {
    name: orNull(name),
    name_key: name ? nameKeyOf(name) : null,
    company: orNull(company),
    company_key: company ? nameKeyOf(company) : null,
    title: orNull(title),
    phone: orNull(phone),
    phone_key: phoneKeyOf(phone),
    email: orNull(email)?.toLowerCase() ?? null,
    wechat: orNull(wechat),
    tax_no: tidyTaxNo(tax_no),
    address: orNull(address),
    source: orNull(source),
    campaign: orNull(campaign),
    referrer_id,
    note: orNull(note),
  }
}

function searchEntryOf(ctx: CommandCtx, lead: Pick<NewLead, 'id' | 'code' | 'name' | 'company' | 'phone' | 'email' | 'wechat' | 'tax_no' | 'extra'>): SearchEntry {
  const words = [lead.name, lead.phone, lead.email, lead.wechat, lead.tax_no, ...extraWords(ctx, { target: 'crm.lead', extra: lead.extra ?? '{}' })]
  return {
    kind: LEAD_KIND,
    ref_id: lead.id,
    code: lead.code,
    title: lead.company ?? lead.name ?? '',
    texts: [...new Set(words.filter((word): word is string => Boolean(word)))],
  }
}

/** Whose a new lead is that no rule gives to anybody: the one named, else the actor's. Giving it to somebody out of one's reach takes the right to assign. */
async function ownerOf(ctx: CommandCtx, owner_id: string | null | undefined): Promise<string | null> {
  if (owner_id === undefined) return ctx.actor.id
  if (owner_id === null) return null
  const { scope } = ctx
  if (scope.kind === 'users' && !scope.user_ids.includes(owner_id) && !ctx.may('crm.assign')) throw new Refusal('crm.assignNotPermitted', { user_id: owner_id })
  await assertColleague(ctx, owner_id)
  return owner_id
}

/** Refuses 'crm.referrerNotFound' for a customer who is not there or out of sight. */
async function assertReferrer(ctx: CommandCtx, referrer_id: string | null): Promise<void> {
  if (referrer_id === null) return
  const { sql, params } = visibleParties(ctx.scope, 'p.id')
  if (!(await ctx.db.get<{ id: string }>(`select p.id from parties_party p where p.id = ? and ${sql}`, [referrer_id, ...params]))) {
    throw new Refusal('crm.referrerNotFound', { referrer_id })
  }
}

export const updateLeadHandler = handle(updateLead, async (ctx, { lead_id, accept_duplicate, ...form }) => {
  const before = await leadInHand(ctx, lead_id)
  if (before.state === 'converted') throw new Refusal('crm.leadIsConverted', { code: before.code })
  if (form.referrer_id !== before.referrer_id) await assertReferrer(ctx, form.referrer_id)
  await assertUnknown(ctx, { identity: changedIdentity(before, form), except: lead_id, accept_duplicate })
  const extra = await settledExtra(ctx, { target: 'crm.lead', given: form.extra, before: before.extra, figures: {} })
  const columns = columnsOf(form)
  await patchLead(ctx, lead_id, { ...columns, extra })
  await renewLeadLikeness(ctx, { lead_id, told: columns })
  await indexForSearch(ctx, [searchEntryOf(ctx, { id: lead_id, code: before.code, ...columns, extra })])
  return { lead_id }
})

/** What a change adds to by what a lead is known: what was there before has been accepted already. */
function changedIdentity(before: Lead, form: Form) {
  const added = (key: 'name' | 'company' | 'phone' | 'email' | 'tax_no'): string | null => (form[key] === before[key] ? null : form[key])
  return { name: added('name'), company: added('company'), phone: added('phone'), email: added('email'), tax_no: added('tax_no') }
}

export const loseLeadHandler = handle(loseLead, async (ctx, { lead_id, lost_reason }) => {
  const { state } = await leadInHand(ctx, lead_id)
  assertMove(leadStates, { from: state, to: 'lost', refusal: 'crm.leadStateForbids' })
  await patchLead(ctx, lead_id, { state: 'lost', lost_reason })
  return { lead_id }
})

export const reviveLeadHandler = handle(reviveLead, async (ctx, { lead_id }) => {
  const { state } = await leadInHand(ctx, lead_id)
  if (state !== 'lost') throw new Refusal('crm.leadStateForbids', { from: state, to: 'working' })
  await patchLead(ctx, lead_id, { state: 'working', lost_reason: null })
  return { lead_id }
})

/** In one command: the customer (or a contact of a known one), the lead that leads to it, and all that was said. */
export const convertLeadHandler = handle(convertLead, async (ctx, { lead_id, party_id: known, opportunity, accept_duplicate }) => {
  const lead = await leadInHand(ctx, lead_id)
  assertMove(leadStates, { from: lead.state, to: 'converted', refusal: 'crm.leadStateForbids' })
  if (!ctx.may('parties.write')) throw new Refusal('crm.partyNotPermitted', { code: lead.code })
  const party_id = known === undefined ? (await newParty(ctx, { ...partyFormOf(ctx, lead), accept_duplicate })).party_id : await joinParty(ctx, { lead, party_id: known })
  await patchLead(ctx, lead_id, { state: 'converted', lost_reason: null, party_id, converted_on: ctx.today })
  await followToParty(ctx, { lead_id, party_id })
  const begun = opportunity && (await newOpportunity(ctx, createOpportunity.input.parse({ ...opportunity, party_id, lead_id, contact_name: lead.name })))
  return { lead_id, party_id, opportunity_id: begun?.opportunity_id ?? null }
})

const contactOf = ({ name, title, phone, email, wechat }: Lead) => ({ name: name ?? '', title, phone, email, wechat, is_primary: 0 as const, note: null })

/** The lead as a new customer: a company with its person as contact, or a person. */
function partyFormOf(ctx: CommandCtx, lead: Lead) {
  const { company, name, phone, email, wechat, tax_no, address, note } = lead
  return partyForm.parse({
    name: company ?? name,
    kind: company === null ? 'person' : 'company',
    phone: company === null || name === null ? phone : null,
    email: company === null || name === null ? email : null,
    tax_no,
    note,
    contacts: company !== null && name !== null ? [{ ...contactOf(lead), is_primary: 1 }] : [],
    handles: wechat !== null && (company === null || name === null) ? [{ kind: 'wechat', value: wechat }] : [],
    addresses: address === null ? [] : [{ street: address, is_default: 1 }],
    assigned_to: lead.owner_id ?? ctx.actor.id,
  })
}

/** The lead's person becomes one of the contacts of a customer who is there already. */
async function joinParty(ctx: CommandCtx, { lead, party_id }: { lead: Lead; party_id: string }): Promise<string> {
  await assertVisible(ctx, party_id)
  await partyOf(ctx, party_id)
  if (lead.name !== null) await addContact(ctx, { party_id, contact: contactOf(lead) })
  return party_id
}
