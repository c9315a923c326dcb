import { on, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { among, ofBoth, type Person, type ErasureObstacle, type PersonSubject } from '../../kernel/personal.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { phoneKeyOf, tellingWords } from '../parties/index.ts'
import { indexForSearch, personErased } from '../platform/index.ts'
import { patchLead, renewLeadLikeness } from './lead.store.ts'
import { LEAD_KIND, visibleLeads } from './query-parts.ts'
import { patchTask } from './task.store.ts'

export const erasureObstacles: readonly ErasureObstacle[] = [
  { refusal: 'crm.opportunitiesOpen', count: (person) => ({ sql: `select count(*) as n from crm_opportunity where state = 'open' and ${among('party_id', person.party_ids).sql}`, params: person.party_ids }) },
]

type Known = { id: string; code: string; name: string | null; company: string | null; phone: string | null; email: string | null; wechat: string | null; tax_no: string | null; address: string | null; state: string }

const find = async (ctx: QueryCtx | CommandCtx, lead_id: string): Promise<Person> => {
  const seen = visibleLeads(ctx.scope, 'l')
  const row = await ctx.db.get<Known>(`select l.id, l.code, l.name, l.company, l.phone, l.email, l.wechat, l.tax_no, l.address, l.state from crm_lead l where l.id = ? and ${seen.sql}`, [lead_id, ...seen.params])
  if (!row) throw new Refusal('crm.leadNotFound', { lead_id })
  // A lead that became a customer is erased as the customer, or as the contact, that it is now.
  if (row.state === 'converted') throw new Refusal('crm.leadIsConverted', { code: row.code })
  const { code, name, company, phone, email, wechat, tax_no, address } = row
  const words = await tellingWords(ctx, { words: [name, company, name && nameKeyOf(name), company && nameKeyOf(company), phone, phoneKeyOf(phone), email, wechat, tax_no, address], party_ids: [] })
  const label = ctx.company.locale === 'zh-CN' ? `已删除 ${code}` : `Erased ${code}`
  return { code, label, party_ids: [], lead_ids: [lead_id], contact_ids: [], extent: 'whole', ...words }
}

export const leadSubject: PersonSubject = { kind: 'crm.lead', refusal: 'crm.leadErased', find }

type Left = { id: string; code: string; name: string | null; company: string | null; phone: string | null; email: string | null; wechat: string | null; tax_no: string | null; state: string }

/** Keys and search from what the books say now; nobody works on a lead that is nobody, and nothing is to be done for them. */
export const followErasure = on(personErased, async (ctx, person) => {
  const of = ofBoth('l.party_id', 'l.id').rows(person)
  const leads = await ctx.db.all<Left>(`select l.id, l.code, l.name, l.company, l.phone, l.email, l.wechat, l.tax_no, l.state from crm_lead l where ${of.sql} order by l.id`, of.params)
  for (const { id, code, state, ...told } of leads) {
    const isWhole = person.extent === 'whole'
    if (isWhole && (state === 'new' || state === 'working')) await patchLead(ctx, id, { state: 'lost', lost_reason: person.label })
    if (!isWhole) await patchLead(ctx, id, { name_key: told.name && nameKeyOf(told.name), phone_key: phoneKeyOf(told.phone) })
    await renewLeadLikeness(ctx, { lead_id: id, told: isWhole ? {} : told })
    const texts = [told.name, told.phone, told.email, told.wechat, told.tax_no].filter((word) => word !== null)
    await indexForSearch(ctx, [{ kind: LEAD_KIND, ref_id: id, code, title: told.company ?? told.name ?? '', texts }])
  }
  if (person.extent === 'part') return
  const open = ofBoth('t.party_id', 't.lead_id').rows(person)
  for (const { id } of await ctx.db.all<{ id: string }>(`select t.id from crm_task t where t.state = 'open' and ${open.sql} order by t.id`, open.params)) {
    await patchTask(ctx, id, { state: 'dropped', done_at: ctx.now, done_by: ctx.actor.id })
  }
})
