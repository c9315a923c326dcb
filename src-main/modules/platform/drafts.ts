import { answer, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dropDraft, getDraft, keepDraft, listDrafts, type DraftRef } from './contract-drafts.ts'
import { deleteDraft, forgetTaken, markTaken, putDraft } from './draft.store.ts'

/** Characters of one draft: an order of some ten thousand lines. */
const MOST_CHARACTERS = 8_000_000
/** Open forms of one person: more than anybody finds again. */
const MOST_DRAFTS = 100
/** So long a page that was left open learns what became of its draft. */
const TAKEN_KNOWN_MS = 30 * 86_400_000

type Head = { readonly address: string; readonly subject: string; readonly writer: string; readonly revision: number; readonly saved_at: number }
type Known = { readonly writer: string; readonly revision: number; readonly taken_by: string | null }

export const listDraftsHandler = answer(listDrafts, async ({ db, actor }) => ({
  rows: await db.all<Head>('select address, subject, writer, revision, saved_at from platform_draft where user_id = ? and taken_by is null order by saved_at, address', [actor.id]),
}))

export const getDraftHandler = answer(getDraft, async ({ db, actor }, { address }) => ({
  draft:
    (await db.get<Head & { body: string }>(
      'select address, subject, writer, revision, saved_at, body from platform_draft where user_id = ? and address = ? and taken_by is null',
      [actor.id, address],
    )) ?? null,
}))

const knownDraft = (ctx: CommandCtx, address: string): Promise<Known | undefined> =>
  ctx.db.get<Known>('select writer, revision, taken_by from platform_draft where user_id = ? and address = ?', [ctx.actor.id, address])

/** Why a page that goes on from a draft cannot: what was made of it elsewhere, or that it was thrown away there. */
async function goneRefusal(ctx: CommandCtx, known: Known | undefined): Promise<Refusal> {
  if (known === undefined) return new Refusal('platform.draftGone')
  const made = await ctx.db.get<{ name: string; at: number; answer: string }>('select name, at, answer from platform_audit where command_id = ?', [known.taken_by])
  return new Refusal('platform.draftTaken', { command: made!.name, taken_at: made!.at, made: JSON.parse(made!.answer) as unknown })
}

/**
 * The draft becomes real in the caller's transaction: the first desk that posts it wins. Refuses where another desk made something of it,
 * threw it away or changed it meanwhile. A form that was never kept, or whose draft nobody else saw, has nothing to take.
 */
export async function takeDraft(ctx: CommandCtx, { address, revision, writer }: DraftRef): Promise<void> {
  const known = await knownDraft(ctx, address)
  if (known === undefined || known.taken_by !== null) {
    if (revision > 0) throw await goneRefusal(ctx, known)
    return
  }
  if (known.writer !== writer && known.revision !== revision) throw new Refusal('platform.draftChanged')
  await markTaken(ctx, { user_id: ctx.actor.id, address }, { taken_by: ctx.commandId, saved_at: ctx.now })
}

export const keepDraftHandler = handle(keepDraft, async (ctx, { address, subject, body, writer, revision }) => {
  if (body.length > MOST_CHARACTERS) throw new Refusal('platform.draftTooLarge', { limit: MOST_CHARACTERS })
  const user_id = ctx.actor.id
  const known = await knownDraft(ctx, address)
  const isNew = known === undefined || known.taken_by !== null
  // What another desk posted does not come to life again under the hands of this one.
  if (isNew && revision > 0) throw await goneRefusal(ctx, known)
  // The same page may say the same again after a broken line; another desk's words are never written over.
  const isOthers = !isNew && known.revision !== revision && known.writer !== writer
  const kept_at = isOthers ? `${address.split('?')[0]}?d=${ctx.newId()}` : address
  if (isNew || isOthers) {
    await forgetTaken(ctx, { user_id, before: ctx.now - TAKEN_KNOWN_MS })
    const own = await ctx.db.get<{ n: number }>('select count(*) as n from platform_draft where user_id = ? and taken_by is null', [user_id])
    if (own!.n >= MOST_DRAFTS) throw new Refusal('platform.tooManyDrafts', { limit: MOST_DRAFTS })
  }
  const next = isOthers ? 1 : Math.max(known?.revision ?? 0, revision) + 1
  await putDraft(ctx, { user_id, address: kept_at, subject, body, writer, revision: next, saved_at: ctx.now, taken_by: null })
  return { address: kept_at, revision: next }
})

export const dropDraftHandler = handle(dropDraft, async (ctx, { address }) => {
  await deleteDraft(ctx, { user_id: ctx.actor.id, address })
  return {}
})
