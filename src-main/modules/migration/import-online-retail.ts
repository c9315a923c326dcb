import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { currencyOf, lineAmount } from '../../kernel/money.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addDays } from '../../kernel/day.ts'
import { assertOpenDay } from '../accounting/index.ts'
import { adjustStock, defaultWarehouseId, preloadStock } from '../inventory/index.ts'
import { cashPartyId } from '../parties/index.ts'
import { importOnlineRetail } from './contract.ts'
import { postAdjustment, postDebt, postTrade, type Books } from './post-document.ts'
import { createAllCustomers, createAllItems } from './reference-data.ts'
import type { StagedCustomer, StagedDocument, StagedItem, StagedRecord } from './staged-rows.ts'

/** Opening stock stands on the day before the first document of the data set. */
export const OPENING_DAY = '2010-11-30'
/** The data set is in pounds. */
const CURRENCY = 'GBP'
/** Documents between two breaths: a few hundredths of a second. */
const DOCUMENTS_A_BREATH = 20

export const importOnlineRetailHandler = handle(importOnlineRetail, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  await assertBooksFit(ctx)
  const tally = newTally()
  const [items, customers]: [StagedItem[], StagedCustomer[]] = [[], []]
  let books: Books | undefined
  let done = 0
  for await (const { values } of staged.rows()) {
    const record = values as StagedRecord
    if (record.record === 'item') items.push(record)
    else if (record.record === 'customer') customers.push(record)
    else {
      books ??= await openBooks(ctx, { items, customers, tally })
      await postDocument(ctx, { books, document: record, tally })
      if (++done % DOCUMENTS_A_BREATH === 0) await ctx.breathe(done, staged.count - items.length - customers.length)
    }
  }
  return { ...tally, sha256: staged.sha256, items: items.length, customers: customers.length }
})

const newTally = () => ({
  opening_items: 0, opening_minor: 0, invoices: 0, deliveries: 0, credit_notes: 0, returns: 0, adjustments: 0, memos: 0, bad_debt_entries: 0,
  zero_invoices: 0, lines: 0, revenue_minor: 0, bad_debt_minor: 0,
})
type Tally = ReturnType<typeof newTally>

/** Refuses books in another currency, books whose first day is too late, and books in which something was posted. */
async function assertBooksFit(ctx: CommandCtx): Promise<void> {
  const { currency } = ctx.company
  if (currency !== CURRENCY) throw new Refusal('migration.booksDoNotFit', { currency, wanted: CURRENCY })
  await assertOpenDay(ctx, OPENING_DAY)
  const posted = await ctx.db.get<{ id: string }>('select id from accounting_entry order by id limit 1')
  if (posted) throw new Refusal('migration.booksNotEmpty')
}

/** Makes items, customers and the opening stock. */
async function openBooks(
  ctx: CommandCtx,
  { items, customers, tally }: { items: readonly StagedItem[]; customers: readonly StagedCustomer[]; tally: Tally },
): Promise<Books> {
  const itemIds = await createAllItems(ctx, items)
  const books = {
    items,
    itemIds,
    customers: await createAllCustomers(ctx, customers),
    cash_id: await cashPartyId(ctx),
    warehouse_id: await defaultWarehouseId(ctx),
  }
  await preloadStock(ctx, items.filter((item) => item.is_service === 0).map((item) => itemIds[item.no]!))
  const opening = items.filter((item) => item.opening_e6 > 0)
  const lines = opening.map(({ no, opening_e6, opening_minor }) => ({ item_id: itemIds[no]!, quantity_e6: opening_e6, value_minor: opening_minor }))
  const reason = `Opening stock before ${addDays(OPENING_DAY, 1)}`
  const { value_minor } = await adjustStock(ctx, { kind: 'opening', day: OPENING_DAY, warehouse_id: books.warehouse_id, reason, lines })
  tally.opening_items = opening.length
  tally.opening_minor = value_minor
  return books
}

async function postDocument(ctx: CommandCtx, work: { books: Books; document: StagedDocument; tally: Tally }): Promise<void> {
  const { document, tally } = work
  tally.lines += document.lines.length
  switch (document.kind) {
    case 'invoice':
    case 'credit_note':
      return countSale(tally, { kind: document.kind, ...(await postTrade(ctx, work)) })
    case 'adjustment':
      tally.adjustments++
      return postAdjustment(ctx, work)
    case 'memo':
      tally.memos++
      return postAdjustment(ctx, work)
    case 'bad_debt': {
      const { digits } = currencyOf(ctx.company.currency)
      tally.bad_debt_entries++
      tally.bad_debt_minor += await postDebt(ctx, work, ([, quantity_e6, price_e4]) => lineAmount({ quantity_e6, price_e4, digits }))
    }
  }
}

function countSale(tally: Tally, sale: { kind: 'invoice' | 'credit_note'; invoice: { net_minor: number; gross_minor: number }; hasGoods: 0 | 1 }): void {
  const { kind, invoice, hasGoods } = sale
  tally.revenue_minor += invoice.net_minor
  if (kind === 'credit_note') {
    tally.credit_notes++
    tally.returns += hasGoods
    return
  }
  tally.invoices++
  tally.deliveries += hasGoods
  if (invoice.gross_minor === 0) tally.zero_invoices++
}
