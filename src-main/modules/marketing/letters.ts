import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { fieldsIn, merged } from '../../kernel/merge-fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { visibleParties } from '../parties/index.ts'
import { createLetter, letterFields, pauseLetter, preparePost, previewLetter, queueLetter, tellPosted, updateLetter, type LetterField, type ways } from './contract.ts'
import { campaignInHand } from './campaigns.ts'
import { insertLetter, insertMail, patchLetter, patchMail, type NewMail } from './marketing.store.ts'
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
async function valuesOf(ctx: CommandCtx | QueryCtx, { members, way }: { members: readonly Member[]; way: Way }): Promise<(member: Member) => Record<LetterField, string | null>> {
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
    unsubscribe: howToLeave(ctx, way),
  })
}

/** How to get no more letters, in the company's language. */
function howToLeave(ctx: CommandCtx | QueryCtx, way: Way): string {
  const isChinese = ctx.company.locale === 'zh-CN'
  if (way === 'email') return isChinese ? `如不想再收到，请发邮件到 ${ctx.setting(mailFrom)}，主题写“退订”。` : `To get no more letters, write to ${ctx.setting(mailFrom)} with the subject "unsubscribe".`
  const phone = ctx.company.phone
  if (isChinese) return phone ? `如不想再收到，请致电 ${phone} 告知。` : '如不想再收到，请告诉我们。'
  return phone ? `To get no more letters, please call ${phone}.` : 'To get no more letters, please tell us.'
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

export type Way = (typeof ways)[number]
/** A member as a letter finds them. */
export type Addressed = Member & { readonly address: string | null; readonly is_unsubscribed: number }

/**
 * Fills the letter for these members and lays it in the queue: e-mail goes by itself, post is printed. Who unsubscribed, has no usable address or
 * shares one that has it is passed over. Gives the mail that waits, by member.
 */
export async function layInQueue(ctx: CommandCtx, { letter, members, way }: { letter: Letter; members: readonly Addressed[]; way: Way }): Promise<{ mail_of: ReadonlyMap<string, string>; skipped: number }> {
  const keys = await ctx.db.all<{ email_key: string }>('select distinct email_key from marketing_mail where letter_id = ? and email_key is not null order by email_key', [letter.id])
  const addressed = new Set(keys.map((r) => r.email_key))
  const mail_of = new Map<string, string>()
  for (let from = 0; from < members.length; from += A_STATEMENT) {
    const some = members.slice(from, from + A_STATEMENT)
    const values = await valuesOf(ctx, { members: some, way })
    const rows = some.map((m): NewMail => {
      const email_key = way === 'email' ? addressKey(m.email!) : null
      // One address gets a letter once, whoever shares it.
      const passes = m.is_unsubscribed === 1 || (email_key !== null && (addressed.has(email_key) || !/^[^\s@<>]+@[^\s@<>]+$/.test(m.email!)))
      if (email_key !== null) addressed.add(email_key)
      const id = ctx.newId()
      if (!passes) mail_of.set(m.id, id)
      return {
        id, letter_id: letter.id, member_id: m.id, way, email: way === 'email' ? m.email : null, email_key, address: way === 'post' ? m.address : null, name: m.contact_name ?? m.name,
        subject: filled(letter.subject, values(m)).replace(/[\r\n]+/g, ' '), body: bodyFor(letter.body, values(m)), state: passes ? 'skipped' : 'waiting', tries: 0, next_at: ctx.now,
      }
    })
    await insertMail(ctx, rows)
    await ctx.breathe(Math.min(members.length, from + A_STATEMENT), members.length)
  }
  await patchLetter(ctx, letter.id, { state: letter.state === 'paused' ? 'paused' : 'queued', queued_at: ctx.now })
  return { mail_of, skipped: members.length - mail_of.size }
}

/** What is asked of a member `m` before they are written to. */
export const ADDRESSED = `m.id, m.party_id, m.name, m.contact_name, m.email, m.address, case when ${UNSUBSCRIBED} then 1 else 0 end as is_unsubscribed`

const membersLeft = (ctx: CommandCtx, letter: Letter, reachable: string): Promise<Addressed[]> => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  return ctx.db.all<Addressed>(
    `select ${ADDRESSED} from marketing_member m
      where m.campaign_id = ? and ${reachable} and ${seen.sql} and not exists (select 1 from marketing_mail x where x.letter_id = ? and x.member_id = m.id) order by m.id`,
    [letter.campaign_id, ...seen.params, letter.id],
  )
}

export const queueLetterHandler = handle(queueLetter, async (ctx, { letter_id }) => {
  const letter = await letterInHand(ctx, letter_id)
  if (!hasAccount(ctx)) throw new Refusal('marketing.noAccount', {})
  const members = await membersLeft(ctx, letter, 'm.email is not null')
  if (members.length === 0) throw new Refusal('marketing.nobodyToWrite', { subject: letter.subject })
  const { mail_of, skipped } = await layInQueue(ctx, { letter: { ...letter, state: 'queued' }, members, way: 'email' })
  return { letter_id, queued: mail_of.size, skipped }
})

export const preparePostHandler = handle(preparePost, async (ctx, { letter_id, whom }) => {
  const letter = await letterInHand(ctx, letter_id)
  const members = await membersLeft(ctx, letter, whom === 'rest' ? 'm.address is not null' : 'm.address is not null and m.email is null')
  if (members.length === 0) throw new Refusal('marketing.nobodyToPost', { subject: letter.subject })
  const { mail_of, skipped } = await layInQueue(ctx, { letter, members, way: 'post' })
  return { letter_id, prepared: mail_of.size, skipped }
})

export const tellPostedHandler = handle(tellPosted, async (ctx, { letter_id, posted_on = ctx.today }) => {
  await letterInHand(ctx, letter_id)
  if (posted_on > ctx.today) throw new Refusal('marketing.postedInFuture', { day: posted_on, today: ctx.today })
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const rows = await ctx.db.all<{ id: string; is_unsubscribed: number }>(
    `select x.id, case when ${UNSUBSCRIBED} then 1 else 0 end as is_unsubscribed from marketing_mail x join marketing_member m on m.id = x.member_id
      where x.letter_id = ? and x.way = 'post' and x.state = 'waiting' and ${seen.sql} order by x.id`,
    [letter_id, ...seen.params],
  )
  if (rows.length === 0) throw new Refusal('marketing.nothingToPost', {})
  for (const { id, is_unsubscribed } of rows) await patchMail(ctx, id, is_unsubscribed === 1 ? { state: 'skipped', told_at: ctx.now } : { state: 'sent', told_at: ctx.now, sent_on: posted_on })
  const skipped = rows.filter((r) => r.is_unsubscribed === 1).length
  return { letter_id, posted: rows.length - skipped, skipped }
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
  const values = (await valuesOf(ctx, { members: [member], way: member.email === null ? 'post' : 'email' }))(member)
  return { name: member.name, email: member.email, subject: filled(letter.subject, values), body: bodyFor(letter.body, values), members: count!.n }
})
