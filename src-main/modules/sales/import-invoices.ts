import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { itemsOf } from '../catalog/index.ts'
import { defaultWarehouseId, preloadStock } from '../inventory/index.ts'
import { partiesOf, type PartyInfo } from '../parties/index.ts'
import { problemsIn } from '../platform/index.ts'
import { importInvoices } from './contract.ts'
import type { LineForm } from './contract-forms.ts'
import { documentsIn, readFileBooks, rowProblems, type FileDocument } from './file-documents.ts'
import { postReturn, postSale } from './post-at-once.ts'
import { digitsOf, document, measureLines, type Prepared } from './prepare.ts'
import { priceLines } from './pricing.ts'

/** Documents posted between two breaths. */
const DOCUMENTS_A_BREATH = 50

/** Checks every row, then posts every document as a sale in one step; what has negative quantities comes back and is credited. */
export const importInvoicesHandler = handle(importInvoices, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readFileBooks(ctx, staged)
  const problems = await problemsIn(ctx, { staged, judge: (row) => rowProblems(row, books) })
  if (problems.count > 0) throw new Refusal('sales.importRejected', problems)

  const drafts = await documentsIn(staged, books)
  const parties = await partiesOf(ctx, [...new Set(drafts.map((d) => d.party_id))])
  await preloadStock(ctx, await stockedIds(ctx, drafts))
  const done = { invoices: 0, credit_notes: 0, deliveries: 0, returns: 0, gross_minor: 0 }
  for (const [i, draft] of drafts.entries()) {
    await postDocument(ctx, { draft, party: parties.get(draft.party_id)!, done })
    if (i % DOCUMENTS_A_BREATH === 0) await ctx.breathe(i, drafts.length)
  }
  return { ...done, sha256: staged.sha256 }
})

async function stockedIds(ctx: CommandCtx, drafts: readonly FileDocument[]): Promise<string[]> {
  const items = await itemsOf(ctx, [...new Set(drafts.flatMap((d) => d.lines.map((l) => l.item_id)))])
  return [...items.values()].filter((item) => item.kind === 'stocked').map((item) => item.id)
}

type Done = { invoices: number; credit_notes: number; deliveries: number; returns: number; gross_minor: number }

async function postDocument(ctx: CommandCtx, { draft, party, done }: { draft: FileDocument; party: PartyInfo; done: Done }): Promise<void> {
  const warehouse_id = await defaultWarehouseId(ctx)
  const head = { reference: draft.number, note: draft.note, salesperson_id: null }
  const sold = draft.lines.filter((l) => !l.isReturned)
  const returned = draft.lines.filter((l) => l.isReturned)
  if (sold.length > 0) {
    const { delivered, invoice } = await postSale(ctx, { prepared: await prepared(ctx, { draft, party, lines: sold }), warehouse_id, head })
    done.invoices++
    if (delivered) done.deliveries++
    done.gross_minor += invoice.gross_minor
  }
  if (returned.length > 0) {
    const { delivered, invoice } = await postReturn(
      ctx,
      { prepared: await prepared(ctx, { draft, party, lines: returned }), warehouse_id, head },
    )
    done.credit_notes++
    if (delivered) done.returns++
    done.gross_minor += invoice.gross_minor
  }
}

async function prepared(
  ctx: CommandCtx,
  { draft, party, lines }: { draft: FileDocument; party: PartyInfo; lines: readonly LineForm[] },
): Promise<Prepared> {
  const { day } = draft
  const { prices_include_tax, currency } = ctx.company
  const measured = await measureLines(ctx, { lines: lines.map((line, i) => ({ ...line, line_no: i + 1 })), day })
  const amounts = priceLines(measured, { digits: digitsOf(ctx), prices_include_tax, discount_minor: 0, total_minor: null })
  return { party, day, currency, prices_include_tax, ...document(measured.map((line, i) => ({ ...line, ...amounts[i]! }))) }
}
