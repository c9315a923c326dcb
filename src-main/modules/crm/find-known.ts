import { answer, type CommandCtx, type QueryCtx, type Scope } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { marks, type SqlValue } from '../../storage/db.ts'
import { findAlike, findSimilar, keysOf, likenessKeysOf, LIKELY, phoneKeyOf, resemblanceOf, tidyTaxNo, visibleParties } from '../parties/index.ts'
import { findKnown, leadLikenesses, type Known } from './contract.ts'
import { profileOfLead } from './lead.store.ts'
import { visibleLeads } from './query-parts.ts'

type Ctx = Pick<QueryCtx, 'scope' | 'scopeUnder'> & { readonly db: Pick<QueryCtx['db'], 'all'> }
type Because = Known['because'][number]
/** `hidden_sure`: of the hidden ones those that share more than a similar name. */
type Found = { candidates: Known[]; hidden_count: number; hidden_sure: number }

/** How somebody may be known already. */
export type Identity = {
  readonly name: string | null
  readonly company: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly tax_no: string | null
}

export const findKnownHandler = answer(findKnown, async (ctx, { lead_id, ...identity }) => {
  const { candidates, hidden_count } = await known(ctx, { identity, except: lead_id })
  return { candidates, hidden_count }
})

/** Refuses 'crm.looksLikeKnown' with whom the lead may already be, unless that was accepted. A name that is only similar is worth a look, not a no. */
export async function assertUnknown(ctx: CommandCtx, { identity, except, accept_duplicate }: { identity: Identity; except?: string; accept_duplicate: number }): Promise<void> {
  if (accept_duplicate === 1) return
  const found = await known(ctx, { identity, except })
  const candidates = found.candidates.filter((c) => c.because.some((why) => why !== 'similar'))
  if (candidates.length + found.hidden_sure > 0) throw new Refusal('crm.looksLikeKnown', { candidates, hidden_count: found.hidden_sure })
}

/** Customers and leads who share a name, alias, phone, mail address or tax number, or whose name is similar. Out of sight: counted. */
async function known(ctx: Ctx, { identity, except }: { identity: Identity; except: string | undefined }): Promise<Found> {
  const parties = await knownParties(ctx, identity)
  const leads = await knownLeads(ctx, { identity, except })
  return {
    candidates: [...parties.candidates, ...leads.candidates].slice(0, 20),
    hidden_count: parties.hidden_count + leads.hidden_count,
    hidden_sure: parties.hidden_sure + leads.hidden_sure,
  }
}

const namesOf = ({ name, company }: Identity): string[] => [company, company ? null : name].filter((n): n is string => Boolean(n))

async function knownParties(ctx: Ctx, identity: Identity): Promise<Found> {
  const scope = ctx.scopeUnder('parties.read')
  const own = { scope: scope ?? { kind: 'all' as const }, db: ctx.db }
  const names = namesOf(identity)
  const alike = await findAlike(own, { keys: keysOf({ name: names[0] ?? '', aliases: [], phones: [identity.phone], tax_no: identity.tax_no }), except: undefined })
  const mail = await partiesByMail(own, { email: identity.email, except: new Set(alike.candidates.map((c) => c.party_id)) })
  const described = { names, phones: [identity.phone], tax_no: identity.tax_no, kind: identity.company ? 'company' : 'person' }
  const similar = await findSimilar(own, { described, except: [...alike.candidates.map((c) => c.party_id), ...mail.candidates.map((c) => c.id)] })
  const asKnown = (c: (typeof alike.candidates)[number]): Known => ({ kind: 'party', id: c.party_id, code: c.code, name: c.name, phone: c.phone, because: c.because })
  const sure = [...alike.candidates.map(asKnown), ...mail.candidates]
  const candidates = [...sure, ...similar.candidates.map(asKnown)]
  const hidden_sure = alike.hidden_count + mail.hidden_count
  const hidden_count = Math.max(hidden_sure, similar.hidden_count)
  // Who may not read customers at all sees none of them, only how many there are.
  if (scope === undefined) return { candidates: [], hidden_count: candidates.length, hidden_sure: sure.length }
  return { candidates, hidden_count, hidden_sure }
}

/** Customers, or contacts of them, with this mail address. */
async function partiesByMail(
  { scope, db }: { scope: Scope; db: Ctx['db'] },
  { email, except }: { email: string | null; except: ReadonlySet<string> },
): Promise<{ candidates: Known[]; hidden_count: number }> {
  if (!email) return { candidates: [], hidden_count: 0 }
  const seen = visibleParties(scope, 'p.id')
  const rows = await db.all<Omit<Known, 'kind' | 'because'> & { is_visible: number }>(
    `select p.id, p.code, p.name, p.phone, case when ${seen.sql} then 1 else 0 end as is_visible from parties_party p
      where p.id in (select id from parties_party where lower(email) = ? union select party_id from parties_contact where lower(email) = ?) order by p.code, p.id`,
    [...seen.params, email.toLowerCase(), email.toLowerCase()],
  )
  const others = rows.filter((row) => !except.has(row.id))
  const shown = others.filter((row) => row.is_visible === 1)
  return { candidates: shown.map(({ id, code, name, phone }) => ({ kind: 'party', id, code, name, phone, because: ['email'] })), hidden_count: others.length - shown.length }
}

type Row = { id: string; code: string; name: string | null; company: string | null; phone: string | null; name_key: string | null; company_key: string | null; phone_key: string | null; email: string | null; tax_no: string | null; is_visible: number }

async function knownLeads(ctx: Ctx, { identity, except }: { identity: Identity; except: string | undefined }): Promise<Found> {
  const keys = {
    name: identity.company ? '' : nameKeyOf(identity.name ?? ''),
    company: identity.company ? nameKeyOf(identity.company) : '',
    phone: phoneKeyOf(identity.phone) ?? '',
    email: (identity.email ?? '').toLowerCase(),
    tax_no: tidyTaxNo(identity.tax_no) ?? '',
  }
  const profile = profileOfLead(identity)
  const likely = likenessKeysOf(profile)
  const asked: { sql: string; params: SqlValue[] }[] = []
  const ask = (column: string, value: string): void => void (value !== '' && asked.push({ sql: `l.${column} = ?`, params: [value] }))
  ask('company_key', keys.company || keys.name)
  ask('name_key', keys.name)
  ask('phone_key', keys.phone)
  ask('email', keys.email)
  ask('tax_no', keys.tax_no)
  if (likely.length > 0) asked.push({ sql: `l.id in (select x.lead_id from crm_lead_likeness x where x.key in (${marks(likely)}))`, params: likely })
  if (asked.length === 0) return { candidates: [], hidden_count: 0, hidden_sure: 0 }
  const seen = visibleLeads(ctx.scope, 'l')
  const rows = await ctx.db.all<Row>(
    `select l.id, l.code, l.name, l.company, l.phone, l.name_key, l.company_key, l.phone_key, l.email, l.tax_no, case when ${seen.sql} then 1 else 0 end as is_visible
       from crm_lead l where l.state <> 'converted' and l.id <> ? and (${asked.map((a) => a.sql).join(' or ')}) order by l.code, l.id limit 2000`,
    [...seen.params, except ?? '', ...asked.flatMap((a) => a.params)],
  )
  const because = (row: Row): Because[] => {
    const isNamed = (keys.company !== '' && row.company_key === keys.company) || (keys.name !== '' && (row.name_key === keys.name || row.company_key === keys.name))
    const found = new Set<Because>(isNamed ? ['name'] : [])
    for (const key of ['phone', 'email', 'tax_no'] as const) if (keys[key] !== '' && row[key === 'phone' ? 'phone_key' : key] === keys[key]) found.add(key)
    if (!isNamed && resemblanceOf(profile, profileOfLead(row)).score >= LIKELY) found.add('similar')
    return leadLikenesses.filter((l) => found.has(l))
  }
  const alike = rows.map((row) => ({ row, because: because(row) })).filter((hit) => hit.because.length > 0)
  const shown = alike.filter(({ row }) => row.is_visible === 1)
  return {
    candidates: shown.map(({ row, because }) => ({ kind: 'lead', id: row.id, code: row.code, name: row.company ?? row.name ?? '', phone: row.phone, because })),
    hidden_count: alike.length - shown.length,
    hidden_sure: alike.filter((hit) => hit.row.is_visible === 0 && hit.because.some((why) => why !== 'similar')).length,
  }
}

