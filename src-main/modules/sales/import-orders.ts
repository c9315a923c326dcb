import { handle, type CommandCtx, type Staged } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { defaultWarehouseId } from '../inventory/index.ts'
import { ownColumns, problemsIn, type OwnColumns, type RowProblem } from '../platform/index.ts'
import { importOrders } from './contract.ts'
import { insertDraft } from './create-order.ts'
import { documentsIn, partyIn, readFileBooks, rowProblems, textOf, type FileBooks, type FileDocument, type Values } from './file-documents.ts'
import { offerColumns, offerFigures } from './offer-rows.ts'
import { prepareOffer } from './prepare.ts'

/** Orders written between two breaths, and numbers looked up by one statement. */
const BATCH = 200

/** Checks every row, then keeps every order as a draft under its number as the customer's reference, to be looked at and confirmed. */
export const importOrdersHandler = handle(importOrders, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const books = await readFileBooks(ctx, staged)
  const own = await ownColumns(ctx, { target: 'sales.order', staged })
  const known = await knownReferences(ctx, staged)
  const seen = new Set<string>()
  const problems = await problemsIn(ctx, { staged, judge: (row) => problemsOf(row, { books, own, known, seen }) })
  if (problems.count > 0) throw new Refusal('sales.importRejected', problems)

  const documents = await documentsIn(staged, books)
  let gross_minor = 0
  for (const [i, document] of documents.entries()) {
    gross_minor += await draftOf(ctx, { document, own })
    if (i % BATCH === 0) await ctx.breathe(i, documents.length)
  }
  return { orders: documents.length, gross_minor, sha256: staged.sha256 }
})

type Judging = { readonly books: FileBooks; readonly own: OwnColumns; readonly known: ReadonlySet<string>; readonly seen: Set<string> }

function problemsOf(row: { readonly source_row: number; readonly values: Values }, { books, own, known, seen }: Judging): RowProblem[] {
  const { source_row, values } = row
  const found = rowProblems(row, books)
  const tell = (field: string, reason_code: string): void => void found.push({ source_row, field, reason_code, details: { value: textOf(values[field]) } })
  if (typeof values['quantity_e6'] === 'number' && values['quantity_e6'] < 0) tell('quantity_e6', 'sales.importQuantityNegative')
  const number = textOf(values['number'])
  if (known.has(`${partyIn(values, books)} ${number}`)) tell('number', 'sales.importOrderKnown')
  // The first row of an order speaks for all of it.
  if (seen.has(number)) return found
  seen.add(number)
  return [...found, ...own.problemsOf(row)]
}

/** `party_id reference` of orders that stand in the books already. */
async function knownReferences(ctx: CommandCtx, staged: Staged): Promise<Set<string>> {
  const numbers = new Set<string>()
  for await (const { values } of staged.rows()) numbers.add(textOf(values['number']))
  const list = [...numbers]
  const known = new Set<string>()
  for (let from = 0; from < list.length; from += BATCH) {
    const some = list.slice(from, from + BATCH)
    const rows = await ctx.db.all<{ party_id: string; customer_reference: string }>(
      `select distinct party_id, customer_reference from sales_order where state <> 'cancelled' and customer_reference in (${marks(some)})
        order by party_id, customer_reference`,
      some,
    )
    for (const { party_id, customer_reference } of rows) known.add(`${party_id} ${customer_reference}`)
  }
  return known
}

/** Keeps one order of the file as a draft; gives its total. */
async function draftOf(ctx: CommandCtx, { document, own }: { document: FileDocument; own: OwnColumns }): Promise<number> {
  const { number, day, party_id, note, values, lines } = document
  const prepared = await prepareOffer(ctx, { party_id, ...(day === '' ? {} : { day }), discount_minor: 0, total_minor: null, lines })
  await insertDraft(ctx, {
    prepared,
    columns: {
      ...offerColumns(ctx, { prepared, form: { note }, extra: own.columnOf(values, offerFigures(prepared)) }),
      warehouse_id: await defaultWarehouseId(ctx),
      wanted_on: textOf(values['wanted_on']) || null,
      ship_to: textOf(values['ship_to']) || null,
      customer_reference: number,
    },
  })
  return prepared.gross_minor
}
