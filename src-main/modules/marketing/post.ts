import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertVisible, partyOf, visibleParties } from '../parties/index.ts'
import { claimMail, readReturned, setMailPassword, settleMail, tellMail, unsubscribe } from './contract.ts'
import { UNSUBSCRIBED } from './letters.ts'
import { insertUnsubscribed, patchMail } from './marketing.store.ts'
import { addressKey, readReturnedText } from './returned.ts'
import { mailRate } from './settings.ts'

const MINUTE = 60_000
/** After so many tries a letter has failed; the wait doubles each time. */
const MOST_TRIES = 6
const FIRST_WAIT = 2 * MINUTE

type Due = { mail_id: string; email: string; name: string; subject: string; body: string; is_unsubscribed: number }

/** The claim is committed before anything is sent: whatever happens then, nobody else sends this letter. */
export const claimMailHandler = handle(claimMail, async (ctx, { run }) => {
  const lost = await ctx.db.all<{ id: string }>(`select id from marketing_mail where state = 'claimed' and claimed_by <> ? order by id`, [run])
  for (const { id } of lost) await patchMail(ctx, id, { state: 'unknown', told_at: ctx.now })
  const unknown = lost.length
  const recent = await ctx.db.get<{ n: number }>('select count(*) as n from marketing_mail where claimed_at > ?', [ctx.now - MINUTE])
  if (recent!.n >= ctx.setting(mailRate)) return { mail: null, unknown }
  for (;;) {
    const due = await ctx.db.get<Due>(
      `select x.id as mail_id, x.email, x.name, x.subject, x.body, case when ${UNSUBSCRIBED} then 1 else 0 end as is_unsubscribed
         from marketing_mail x join marketing_letter l on l.id = x.letter_id join marketing_member m on m.id = x.member_id
        where x.state = 'waiting' and x.way = 'email' and x.next_at <= ? and l.state = 'queued' order by x.next_at, x.id limit 1`,
      [ctx.now],
    )
    if (!due) return { mail: null, unknown }
    const { is_unsubscribed, ...mail } = due
    if (is_unsubscribed === 0) {
      await patchMail(ctx, mail.mail_id, { state: 'claimed', claimed_at: ctx.now, claimed_by: run })
      return { mail, unknown }
    }
    await patchMail(ctx, mail.mail_id, { state: 'skipped', told_at: ctx.now })
  }
})

export const tellMailHandler = handle(tellMail, async (ctx, { mail_id, run, became, reply }) => {
  const row = await ctx.db.get<{ tries: number }>(`select tries from marketing_mail where id = ? and state = 'claimed' and claimed_by = ?`, [mail_id, run])
  if (!row) throw new Refusal('marketing.mailNotFound', { mail_id })
  const tries = row.tries + 1
  const told = { told_at: ctx.now, reply, tries }
  // Held: the server could not be reached at all, which is no fault of the letter.
  if (became === 'held') await patchMail(ctx, mail_id, { state: 'waiting', reply, next_at: ctx.now + FIRST_WAIT })
  else if (became === 'later') await patchMail(ctx, mail_id, tries >= MOST_TRIES ? { ...told, state: 'failed' } : { ...told, state: 'waiting', next_at: ctx.now + FIRST_WAIT * 2 ** (tries - 1) })
  else await patchMail(ctx, mail_id, { ...told, state: became, ...(became === 'sent' ? { sent_on: ctx.today } : {}) })
  return { mail_id }
})

export const settleMailHandler = handle(settleMail, async (ctx, { mail_id, was }) => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const row = await ctx.db.get<{ state: string; way: string }>(`select x.state, x.way from marketing_mail x join marketing_member m on m.id = x.member_id where x.id = ? and ${seen.sql}`, [mail_id, ...seen.params])
  if (!row) throw new Refusal('marketing.mailNotFound', { mail_id })
  const isReturned = was === 'returned' && row.way === 'post' && row.state === 'sent'
  if (!isReturned && (was === 'returned' || (row.state !== 'unknown' && !(row.state === 'failed' && was === 'not_sent')))) throw new Refusal('marketing.mailStateForbids', { from: row.state })
  await patchMail(ctx, mail_id, isReturned ? { state: 'bounced', told_at: ctx.now } : was === 'sent' ? { state: 'sent', told_at: ctx.now, sent_on: ctx.today } : { state: 'waiting', tries: 0, next_at: ctx.now })
  return { mail_id }
})

export const readReturnedHandler = handle(readReturned, async (ctx, { text }) => {
  const returned = readReturnedText(text)
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const ids = new Set<string>()
  for (const id of returned.mail_ids) {
    const row = await ctx.db.get<{ id: string }>(`select x.id from marketing_mail x join marketing_member m on m.id = x.member_id where x.id = ? and x.state in ('sent', 'unknown') and ${seen.sql}`, [id, ...seen.params])
    if (row) ids.add(row.id)
  }
  if (ids.size === 0) {
    for (const email of returned.bounced) {
      // Without our own id in the report: the letter that went to this address last.
      const row = await ctx.db.get<{ id: string }>(
        `select x.id from marketing_mail x join marketing_member m on m.id = x.member_id where x.email_key = ? and x.state in ('sent', 'unknown') and ${seen.sql} order by x.told_at desc, x.id desc limit 1`,
        [email, ...seen.params],
      )
      if (row) ids.add(row.id)
    }
  }
  for (const id of ids) await patchMail(ctx, id, { state: 'bounced', told_at: ctx.now, reply: 'DSN' })
  let unsubscribed = 0
  for (const email of returned.unsubscribed) unsubscribed += await noMore(ctx, { party_id: null, email_key: email, reason: null })
  if (ids.size + unsubscribed === 0) throw new Refusal('marketing.nothingRecognised', {})
  return { bounced: ids.size, unsubscribed }
})

/** Writes it down once; gives 1, or 0 where it was known. */
async function noMore(ctx: CommandCtx, { party_id, email_key, reason }: { party_id: string | null; email_key: string | null; reason: string | null }): Promise<number> {
  const [column, value] = party_id === null ? ['email_key', email_key!] : ['party_id', party_id]
  if (await ctx.db.get<{ id: string }>(`select id from marketing_unsubscribed where ${column} = ?`, [value])) return 0
  await insertUnsubscribed(ctx, [{ id: ctx.newId(), party_id, email_key, reason, at: ctx.now, by_id: ctx.actor.id }])
  return 1
}

export const unsubscribeHandler = handle(unsubscribe, async (ctx, { party_id, email, reason }) => {
  if (party_id !== undefined) {
    await assertVisible(ctx, party_id)
    await partyOf(ctx, party_id)
  }
  let count = 0
  if (party_id !== undefined) count += await noMore(ctx, { party_id, email_key: null, reason: reason || null })
  if (email) count += await noMore(ctx, { party_id: null, email_key: addressKey(email), reason: reason || null })
  return { count }
})

export const setMailPasswordHandler = handle(setMailPassword, async (ctx, { secret }) => {
  ctx.keepSecret('mail', secret)
  return {}
})
