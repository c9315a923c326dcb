import { answer, handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dropDraft, getDraft, keepDraft, listDrafts } from './contract-drafts.ts'
import { deleteDraft, putDraft } from './draft.store.ts'

/** Characters of one draft: an order of some ten thousand lines. */
const MOST_CHARACTERS = 8_000_000
/** Open forms of one person: more than anybody finds again. */
const MOST_DRAFTS = 100

type Head = { readonly address: string; readonly subject: string; readonly writer: string; readonly revision: number; readonly saved_at: number }

export const listDraftsHandler = answer(listDrafts, async ({ db, actor }) => ({
  rows: await db.all<Head>('select address, subject, writer, revision, saved_at from platform_draft where user_id = ? order by saved_at, address', [actor.id]),
}))

export const getDraftHandler = answer(getDraft, async ({ db, actor }, { address }) => ({
  draft:
    (await db.get<Head & { body: string }>(
      'select address, subject, writer, revision, saved_at, body from platform_draft where user_id = ? and address = ?',
      [actor.id, address],
    )) ?? null,
}))

export const keepDraftHandler = handle(keepDraft, async (ctx, { address, subject, body, writer, revision }) => {
  if (body.length > MOST_CHARACTERS) throw new Refusal('platform.draftTooLarge', { limit: MOST_CHARACTERS })
  const user_id = ctx.actor.id
  const known = await ctx.db.get<{ writer: string; revision: number }>('select writer, revision from platform_draft where user_id = ? and address = ?', [user_id, address])
  // The same page may say the same again after a broken line; another desk's words are never written over.
  const isOthers = known !== undefined && known.revision !== revision && known.writer !== writer
  const kept_at = isOthers ? `${address.split('?')[0]}?d=${ctx.newId()}` : address
  if (known === undefined || isOthers) {
    const own = await ctx.db.get<{ n: number }>('select count(*) as n from platform_draft where user_id = ?', [user_id])
    if (own!.n >= MOST_DRAFTS) throw new Refusal('platform.tooManyDrafts', { limit: MOST_DRAFTS })
  }
  const next = isOthers ? 1 : Math.max(known?.revision ?? 0, revision) + 1
  await putDraft(ctx, { user_id, address: kept_at, subject, body, writer, revision: next, saved_at: ctx.now })
  return { address: kept_at, revision: next }
})

export const dropDraftHandler = handle(dropDraft, async (ctx, { address }) => {
  await deleteDraft(ctx, { user_id: ctx.actor.id, address })
  return {}
})
