import type { CommandCtx } from '../../kernel/operation.ts'
import { addOpenItem, assertOpenDay, cancelOpenItem, openItemsOf, postEntry } from '../accounting/index.ts'
import { snapshotOf, type PartyInfo } from '../parties/index.ts'
import { carriedExtra, takeNumber } from '../platform/index.ts'
import { insertInvoice, type NewInvoice, type NewInvoiceLine } from './document.store.ts'
import { lineColumns, offerFigures } from './offer-rows.ts'
import { invoiceEntry } from './posting.ts'
import { document, type PreparedLine } from './prepare.ts'
import type { Totals } from './pricing.ts'
import { summaryOf, type Wording } from './wording.ts'

/** What an invoice line was made from, and the cost that it takes on from goods delivered to cost of sales. */
export type InvoiceLinks = Partial<
  Pick<
    NewInvoiceLine,
    'order_id' | 'order_line_no' | 'delivery_id' | 'delivery_line_no' | 'original_id' | 'original_line_no' | 'cost_minor'
  >
>
export type InvoiceLineDraft = PreparedLine & InvoiceLinks

export type InvoiceDraft = {
  readonly kind: 'invoice' | 'credit_note' | 'reversal'
  readonly party: PartyInfo
  readonly day: string
  readonly due_on: string
  readonly prices_include_tax: number
  readonly order_id?: string | null
  /** The invoice that a credit note gives back, where it is one. */
  readonly original_id?: string | null
  readonly undoes?: { readonly id: string; readonly kind: 'invoice' | 'credit_note'; readonly entry_id: string | null }
  readonly reference?: string | null
  readonly salesperson_id?: string | null
  readonly note?: string | null
  /** The column of custom fields. */
  readonly extra?: string
  /** Or an order's, of which the invoice takes the fields that both have. */
  readonly extra_of_order?: string
  /** Positive on invoices, negative on credit notes. */
  readonly lines: readonly InvoiceLineDraft[]
}

export type InvoicePosted = Totals & {
  readonly invoice_id: string
  readonly number: string
  /** Undefined where nothing is owed, and for reversals, whose item is settled with the original's. */
  readonly open_item_id: string | undefined
}

/**
 * Posts an invoice or, with negative lines, a credit note: number, one entry, one open item, one document. A document of no amount posts
 * no entry. Refuses 'accounting.periodLocked'. Reference data is read once in a command, so thousands can be posted in one.
 */
export async function postInvoice(ctx: CommandCtx, draft: InvoiceDraft): Promise<InvoicePosted> {
  await assertOpenDay(ctx, draft.day)
  const invoice_id = ctx.newId()
  const isCredit = draft.kind === 'credit_note' || draft.undoes?.kind === 'credit_note'
  const number = await takeNumber(ctx, { series: isCredit ? 'sales.creditNote' : 'sales.invoice', day: draft.day })
  const { discount_minor, net_minor, tax_minor, gross_minor } = document(draft.lines)
  const totals = { net_minor, tax_minor, gross_minor }
  const cost_minor = draft.lines.reduce((sum, line) => sum + (line.cost_minor ?? 0), 0)

  const source = { kind: 'sales.invoice', id: invoice_id, number }
  const entry = await postEntry(ctx, {
    day: draft.day,
    kind: draft.undoes?.entry_id ? 'reversal' : 'document',
    summary: summaryOf(ctx.company, { what: wordingOf(draft), number, party: draft.party.name }),
    source,
    lines: invoiceEntry({ party_id: draft.party.id, totals, cost_minor }),
    reverses_id: draft.undoes?.entry_id ?? undefined,
  })
  const open_item_id = await openItem(ctx, { draft, invoice_id, number, gross_minor })
  await insertInvoice(ctx, {
    row: rowOf(ctx, { draft, invoice_id, number, entry_id: entry?.id ?? null, discount_minor, ...totals }),
    lines: draft.lines.map((line) => lineRow(invoice_id, line)),
  })
  return { invoice_id, number, open_item_id, ...totals }
}

async function openItem(
  ctx: CommandCtx,
  { draft, invoice_id, number, gross_minor }: { draft: InvoiceDraft; invoice_id: string; number: string; gross_minor: number },
): Promise<string | undefined> {
  const { party, day, due_on, undoes } = draft
  const source = { kind: 'sales.invoice', id: invoice_id }
  if (!undoes) {
    return addOpenItem(
      ctx,
      { side: 'receivable', party_id: party.id, account_role: 'receivable', source, number, day, due_on, amount_minor: gross_minor },
    )
  }
  for (const item of await openItemsOf(ctx.db, { source_kind: 'sales.invoice', source_id: undoes.id })) {
    await cancelOpenItem(ctx, { item_id: item.id, day, source, number })
  }
  return undefined
}

function wordingOf({ kind, undoes }: InvoiceDraft): Wording {
  if (kind !== 'reversal') return kind
  return undoes?.kind === 'credit_note' ? 'credit_note_reversal' : 'invoice_reversal'
}

function rowOf(
  ctx: CommandCtx,
  given: Totals & { draft: InvoiceDraft; invoice_id: string; number: string; entry_id: string | null; discount_minor: number },
): NewInvoice {
  const { draft, invoice_id, number, entry_id, discount_minor, net_minor, tax_minor, gross_minor } = given
  const { kind, party, day, due_on, prices_include_tax } = draft
  return {
    id: invoice_id, number, kind, party_id: party.id, party_snapshot: snapshotOf(party), day, due_on, currency: ctx.company.currency,
    prices_include_tax, discount_minor, net_minor, tax_minor, gross_minor, order_id: draft.order_id ?? null,
    original_id: draft.original_id ?? null, reverses_id: draft.undoes?.id ?? null, reference: draft.reference || null,
    salesperson_id: draft.salesperson_id ?? null, note: draft.note || null, extra: extraOf(ctx, given), entry_id,
    created_by: ctx.actor.id, created_at: ctx.now,
  }
}

function extraOf(ctx: CommandCtx, { draft, ...totals }: Totals & { draft: InvoiceDraft; discount_minor: number }): string {
  if (draft.extra_of_order === undefined) return draft.extra ?? '{}'
  return carriedExtra(ctx, { from: 'sales.order', to: 'sales.invoice', extra: draft.extra_of_order, figures: offerFigures(totals) })
}

const lineRow = (invoice_id: string, line: InvoiceLineDraft): NewInvoiceLine => ({
  invoice_id,
  ...lineColumns(line),
  order_id: line.order_id ?? null,
  order_line_no: line.order_line_no ?? null,
  delivery_id: line.delivery_id ?? null,
  delivery_line_no: line.delivery_line_no ?? null,
  original_id: line.original_id ?? null,
  original_line_no: line.original_line_no ?? null,
  cost_minor: line.cost_minor ?? 0,
})

/** The line turned round: what an invoice charged, given back, and the other way about. */
export function negated<L extends PreparedLine>(line: L): L {
  return {
    ...line,
    quantity_e6: 0 - line.quantity_e6,
    base_quantity_e6: 0 - line.base_quantity_e6,
    discount_minor: 0 - line.discount_minor,
    order_discount_minor: 0 - line.order_discount_minor,
    net_minor: 0 - line.net_minor,
    tax_minor: 0 - line.tax_minor,
    gross_minor: 0 - line.gross_minor,
  }
}
