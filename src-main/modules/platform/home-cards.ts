import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle } from '../../kernel/operation.ts'
import { getHome, setHome } from './contract-home.ts'
import { deleteHome, putHome } from './home.store.ts'

type Cards = OutputOf<typeof getHome>['cards']

/** Everybody reads and arranges the own page only. */
export const getHomeHandler = answer(getHome, async ({ db, actor }) => {
  const kept = await db.get<{ cards: string }>('select cards from platform_home where user_id = ?', [actor.id])
  return { cards: kept ? (JSON.parse(kept.cards) as Cards) : null }
})

export const setHomeHandler = handle(setHome, async (ctx, { cards }) => {
  if (cards === null) await deleteHome(ctx, ctx.actor.id)
  else await putHome(ctx, { user_id: ctx.actor.id, cards: JSON.stringify(cards) })
  return {}
})
