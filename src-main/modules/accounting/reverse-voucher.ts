import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { cancelOpenItem, openItemsOf } from './allocate.ts'
import { reverseVoucher } from './contract.ts'
import { reverseEntry } from './post-entry.ts'
import { postedOf } from './post-voucher.ts'
import { reversalSummary } from './wording.ts'

/** Entries that stand for themselves; all others are reversed by reversing their document. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['accounting.voucher', 'accounting.opening'])

type Head = {
  word: string; period: string; number: number; day: string; summary: string; reverses_id: string | null; source_kind: string; source_id: string;
  source_number: string | null
}

/** 红字冲销 of a manual voucher, a write-off or an opening entry; open items that came with it are cancelled. */
export const reverseVoucherHandler = handle(reverseVoucher, async (ctx, { entry_id, day, summary }) => {
  const head = await headToReverse(ctx, entry_id)
  const id = ctx.newId()
  const { source_kind, source_id } = head
  const posted = await reverseEntry(ctx, {
    id,
    entry_id,
    day,
    summary: summary || reversalSummary(ctx.company, head),
    source: { kind: source_kind, id, number: null },
  })
  const number = `${posted.period} ${posted.word}-${posted.number}`
  for (const item of await openItemsOf(ctx.db, { source_kind, source_id })) {
    await cancelOpenItem(ctx, { item_id: item.id, day, source: { kind: source_kind, id }, number })
  }
  return postedOf(posted)
})

async function headToReverse(ctx: CommandCtx, entry_id: string): Promise<Head> {
  const head = await ctx.db.get<Head>(
    'select word, period, number, day, summary, reverses_id, source_kind, source_id, source_number from accounting_entry where id = ?',
    [entry_id],
  )
  if (!head) throw new Refusal('accounting.entryNotFound', { entry_id })
  const { source_kind, source_id, source_number } = head
  if (!OWN_SOURCES.has(source_kind)) {
    throw new Refusal('accounting.reverseAtSource', { source_kind, source_id, source_number: source_number ?? head.summary })
  }
  if (head.reverses_id !== null) {
    throw new Refusal('accounting.reversalIsFinal', { word: head.word, period: head.period, number: head.number })
  }
  return head
}
