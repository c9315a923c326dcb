import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { fieldsIn, merged } from '../../kernel/merge-fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { createLetter, letterFields, pauseLetter, previewLetter, queueLetter, updateLetter, type LetterField } from './contract.ts'
import { campaignInHand } from './campaigns.ts'
import { insertLetter, insertMail, patchLetter, type NewMail } from './marketing.store.ts'
import { hasAccount, mailFrom } from './settings.ts'
import { addressKey } from './returned.ts'

/** Refuses 'marketing.fieldUnknown': a field nobody fills would go out as it is. */
function assertFields({ actor }: CommandCtx, texts: readonly string[]): void {
  const known = Object.entries(letterFields)
  const field = texts.flatMap(fieldsIn).find((f) => !known.some((names) => names.includes(f)))
  if (field !== undefined) throw new Refusal('marketing.fieldUnknown', { field, known: known.map(([en, zh]) => `{{${actor.locale === 'zh-CN' ? zh : en}}}`).join(' ') })
}

export const createLetterHandler = handle(createLetter, async (ctx, { campaign_id, subject, body }) => {
  await campaignInHand(ctx, campaign_id)
  assertFields(ctx, [subject, body])
  const letter_id = ctx.newId()
  await insertLetter(ctx, { id: letter_id, campaign_id, subject, body, state: 'draft', created_by: ctx.actor.id, created_at: ctx.now })
  return { letter_id }
})

export type Letter = { readonly id: string; readonly campaign_id: string; readonly subject: string; readonly body: string; readonly state: 'draft' | 'queued' | 'paused' }
export async function letterInHand({ db }: { db: Pick<QueryCtx['db'], 'get'> }, letter_id: string): Promise<Letter> {
  const row = await db.get<Letter>('select id, campaign_id, subject, body, state from marketing_letter where id = ?', [letter_id])
  if (!row) throw new Refusal('marketing.letterNotFound', { letter_id })
  return row
}

export const updateLetterHandler = handle(updateLetter, async (ctx, { letter_id, subject, body }) => {
  const letter = await letterInHand(ctx, letter_id)
  if (letter.state !== 'draft') throw new Refusal('marketing.letterIsQueued', { subject: letter.subject })
  assertFields(ctx, [subject, body])
  await patchLetter(ctx, letter_id, { subject, body })
  return { letter_id }
})

type Member = { readonly id: string; readonly party_id: string; readonly name: string; readonly contact_name: string | null; readonly email: string | null }
type Bought = { party_id: string; last_on: string; item: string | null }

/** What fills a letter for each of these members: name, last purchase, who looks after them. */
async function valuesOf(ctx: CommandCtx | QueryCtx, members: readonly Member[]): Promise<(member: Member) => Record<LetterField, string | null>> {
  const ids = members.map((m) => m.party_id)
  // Their purchase history is told to themselves; who writes sees it only under sales.
  const sales = ctx.scopeUnder('sales.read')
  const bought = sales === undefined ? [] : await ctx.db.all<Bought>(
    `select i.party_id, i.day as last_on, (select g.name from sales_invoice_line l join catalog_item g on g.id = l.item_id where l.invoice_id = i.id order by l.line_no limit 1) as item
       from sales_invoice i where i.kind = 'invoice' and i.party_id in (${marks(ids)}) and ${visibleParties(sales, 'i.party_id').sql}
        and i.id = (select max(x.id) from sales_invoice x where x.party_id = i.party_id and x.kind = 'invoice') order by i.id`,
    [...ids, ...visibleParties(sales, 'i.party_id').params],
  )
  const owners = await ctx.db.all<{ party_id: string; name: string }>(
    `select a.party_id, u.name from parties_assignment a join platform_user u on u.id = a.user_id where a.to_day is null and a.party_id in (${marks(ids)}) order by a.party_id`,
    ids,
  )
  const lastOf = new Map(bought.map((b) => [b.party_id, b]))
  const ownerOf = new Map(owners.map((o) => [o.party_id, o.name]))
  return (m) => ({
    name: m.name, contact: m.contact_name ?? m.name, company: ctx.company.name, bought: lastOf.get(m.party_id)?.item ?? null, last_on: lastOf.get(m.party_id)?.last_on ?? null,
    owner: ownerOf.get(m.party_id) ?? null, today: ctx.today,
    unsubscribe: ctx.company.locale === 'zh-CN' ? `如不想再收到，请发邮件到 ${ctx.setting(mailFrom)}，主题写“退订”。` : `To get no more letters, write to ${ctx.setting(mailFrom)} with the subject "unsubscribe".`,
  })
}

const filled = (text: string, values: Record<LetterField, string | null>): string =>
  merged(text, { ...values, ...Object.fromEntries(Object.entries(letterFields).map(([en, zh]) => [zh, values[en as LetterField]])) })

/** Every letter says how to get no more, whether its writer thought of it or not. */
function bodyFor(body: string, values: Record<LetterField, string | null>): string {
  const names: readonly string[] = ['unsubscribe', letterFields.unsubscribe]
  return fieldsIn(body).some((f) => names.includes(f)) ? filled(body, values) : `${filled(body, values)}\n\n${values.unsubscribe ?? ''}`
}

/** SQL that is true where the member `m` wants no letters: the person, or the address. */
export const UNSUBSCRIBED = `exists (select 1 from marketing_unsubscribed z where z.party_id in (select q.id from parties_party q where q.same_as = (select s.same_as from parties_party s where s.id = m.party_id))
  or z.email_key = lower(m.email))`

const A_STATEMENT = 300

export const queueLetterHandler = handle(queueLetter, async (ctx, { letter_id }) => {
  const letter = await letterInHand(ctx, letter_id)
  if (!hasAccount(ctx)) throw new Refusal('marketing.noAccount', {})
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const members = await ctx.db.all<Member & { is_unsubscribed: number }>(
    `select m.id, m.party_id, m.name, m.contact_name, m.email, case when ${UNSUBSCRIBED} then 1 else 0 end as is_unsubscribed from marketing_member m
      where m.campaign_id = ? and m.email is not null and ${seen.sql} and not exists (select 1 from marketing_mail x where x.letter_id = ? and x.member_id = m.id) order by m.id`,
    [letter.campaign_id, ...seen.params, letter_id],
  )
  if (members.length === 0) throw new Refusal('marketing.nobodyToWrite', { subject: letter.subject })
  const addressed = new Set((await ctx.db.all<{ email_key: string }>('select distinct email_key from marketing_mail where letter_id = ? order by email_key', [letter_id])).map((r) => r.email_key))
  let skipped = 0
  for (let from = 0; from < members.length; from += A_STATEMENT) {
    const some = members.slice(from, from + A_STATEMENT)
    const values = await valuesOf(ctx, some)
    const rows = some.map((m): NewMail => {
      const email_key = addressKey(m.email!)
      // One address gets a letter once, whoever shares it.
      const passes = m.is_unsubscribed === 1 || addressed.has(email_key) || !/^[^\s@<>]+@[^\s@<>]+$/.test(m.email!)
      if (passes) skipped++
      addressed.add(email_key)
      return { id: ctx.newId(), letter_id, member_id: m.id, email: m.email!, email_key, name: m.contact_name ?? m.name, subject: filled(letter.subject, values(m)).replace(/[\r\n]+/g, ' '), body: bodyFor(letter.body, values(m)), state: passes ? 'skipped' : 'waiting', tries: 0, next_at: ctx.now }
    })
    await insertMail(ctx, rows)
    await ctx.breathe(Math.min(members.length, from + A_STATEMENT), members.length)
  }
  await patchLetter(ctx, letter_id, { state: 'queued', queued_at: ctx.now })
  return { letter_id, queued: members.length - skipped, skipped }
})

export const pauseLetterHandler = handle(pauseLetter, async (ctx, { letter_id, paused }) => {
  const letter = await letterInHand(ctx, letter_id)
  if (letter.state === 'draft') throw new Refusal('marketing.letterNotQueued', { subject: letter.subject })
  await patchLetter(ctx, letter_id, { state: paused === 1 ? 'paused' : 'queued' })
  return { letter_id }
})

export const previewLetterHandler = answer(previewLetter, async (ctx, { letter_id, position }) => {
  const letter = await letterInHand(ctx, letter_id)
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const count = await ctx.db.get<{ n: number }>(`select count(*) as n from marketing_member m where m.campaign_id = ? and ${seen.sql}`, [letter.campaign_id, ...seen.params])
  const member = await ctx.db.get<Member>(
    `select m.id, m.party_id, m.name, m.contact_name, m.email from marketing_member m where m.campaign_id = ? and ${seen.sql} order by m.name, m.id limit 1 offset ?`,
    [letter.campaign_id, ...seen.params, Math.min(position, Math.max(0, count!.n - 1))],
  )
  if (!member) throw new Refusal('marketing.nobodyToWrite', { subject: letter.subject })
  const values = (await valuesOf(ctx, [member]))(member)
  return { name: member.name, email: member.email, subject: filled(letter.subject, values), body: bodyFor(letter.body, values), members: count!.n }
})
