import { answer, handle } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { deleteVoucherDraft, saveVoucherDraft, voucherDrafts } from './contract.ts'
import { dropDraft, putDraft } from './voucher-draft.store.ts'

/** Drafts hold anything a person has typed so far, and no number. */
export const saveVoucherDraftHandler = handle(saveVoucherDraft, async (ctx, { draft_id, day, summary, attachments, lines }) => {
  const known = draft_id === undefined
    ? undefined
    : await ctx.db.get<{ created_by: string; created_at: number }>(
      'select created_by, created_at from accounting_voucher_draft where id = ?', [draft_id],
    )
  if (draft_id !== undefined && !known) throw new Refusal('accounting.draftNotFound', { draft_id })
  const id = draft_id ?? ctx.newId()
  const { created_by, created_at } = known ?? { created_by: ctx.actor.id, created_at: ctx.now }
  await putDraft(ctx, { id, day, summary, attachments, lines: JSON.stringify(lines), created_by, created_at })
  return { draft_id: id }
})

export const deleteVoucherDraftHandler = handle(deleteVoucherDraft, async (ctx, { draft_id }) => {
  await dropDraft(ctx, draft_id)
  return {}
})

type DraftRow = {
  draft_id: string; day: string; summary: string; attachments: number; lines: string; created_by: string; created_at: number
}
type DraftLine = { account_id: string | null; summary?: string; debit_minor: number; credit_minor: number }

export const voucherDraftsAnswer = answer(voucherDrafts, async ({ db }, { limit, offset }) => {
  const rows = await db.all<DraftRow>(
    `select id as draft_id, day, summary, attachments, lines, created_by, created_at
       from accounting_voucher_draft order by day desc, id desc limit ? offset ?`,
    [limit, offset],
  )
  const counted = await db.get<{ total: number }>('select count(*) as total from accounting_voucher_draft')
  return { rows: rows.map((r) => ({ ...r, lines: JSON.parse(r.lines) as DraftLine[] })), total: counted!.total }
})
