import { on } from '../../kernel/operation.ts'
import { among } from '../../kernel/personal.ts'
import { personErased } from '../platform/index.ts'
import { patchMail } from './marketing.store.ts'

/** Nothing is sent to somebody any more whose address is not known; of a letter that is just being sent nobody will know what became. */
export const followErasure = on(personErased, async (ctx, { party_ids, extent }) => {
  if (extent === 'part') return
  const of = among('m.party_id', party_ids)
  const open = await ctx.db.all<{ id: string; state: string }>(`select x.id, x.state from marketing_mail x join marketing_member m on m.id = x.member_id where x.state in ('waiting', 'claimed') and ${of.sql} order by x.id`, of.params)
  for (const { id, state } of open) await patchMail(ctx, id, state === 'waiting' ? { state: 'skipped' } : { state: 'unknown', told_at: ctx.now })
})
