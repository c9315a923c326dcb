import { on } from '../../kernel/operation.ts'
import { among } from '../../kernel/personal.ts'
import { personErased } from '../platform/index.ts'
import { patchMail } from './marketing.store.ts'

/** Nothing is sent to somebody any more whose address is not known. */
export const followErasure = on(personErased, async (ctx, { party_ids, extent }) => {
  if (extent === 'part') return
  const of = among('m.party_id', party_ids)
  const waiting = await ctx.db.all<{ id: string }>(`select x.id from marketing_mail x join marketing_member m on m.id = x.member_id where x.state = 'waiting' and ${of.sql} order by x.id`, of.params)
  for (const { id } of waiting) await patchMail(ctx, id, { state: 'skipped' })
})
