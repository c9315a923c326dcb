import { handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { reviewEntry } from './contract.ts'
import { insertReviews } from './review.store.ts'

type Seen = { id: string; word: string; period: string; number: number; posted_by: string; mine: number }

/** 审核: somebody else has looked at the entry. Where one person keeps the books alone, that person may. */
export const reviewEntryHandler = handle(reviewEntry, async (ctx, { entry_ids, note }) => {
  const ids = [...new Set(entry_ids)]
  const rows = await ctx.db.all<Seen>(
    `select e.id, e.word, e.period, e.number, e.posted_by,
            (select count(*) from accounting_review r where r.entry_id = e.id and r.user_id = ?) as mine
       from accounting_entry e where e.id in (${marks(ids)}) order by e.id`,
    [ctx.actor.id, ...ids],
  )
  if (rows.length < ids.length) throw new Refusal('accounting.entryNotFound', { entry_id: ids.find((i) => !rows.some((r) => r.id === i)) })
  const people = await ctx.db.get<{ n: number }>('select count(*) as n from platform_user where is_active = 1')
  for (const { word, period, number, posted_by, mine } of rows) {
    if (people!.n > 1 && posted_by === ctx.actor.id) throw new Refusal('accounting.reviewOwnEntry', { word, period, number })
    if (mine > 0) throw new Refusal('accounting.alreadyReviewed', { word, period, number })
  }
  await insertReviews(ctx, rows.map((r) => ({ id: ctx.newId(), entry_id: r.id, user_id: ctx.actor.id, at: ctx.now, note: note || null })))
  return { reviewed: rows.length }
})
