import { assert } from '../../kernel/assert.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { partiesOf } from '../parties/index.ts'
import { addOpenItem } from './allocate.ts'
import { postOpeningBalances, postOpeningItems, type AccountRole, type Side } from './contract.ts'
import { postEntry, type LineInput, type Posted } from './post-entry.ts'
import { assertOrdinary, postedOf, sumOf } from './post-voucher.ts'
import { openingItemsSummary, openingSummary } from './wording.ts'

export type OpeningLine = { readonly account_id: string; readonly debit_minor: number; readonly credit_minor: number }
export type OpeningItem = {
  readonly side: Side
  readonly party_id: string
  readonly number: string
  readonly day: string
  readonly due_on: string
  readonly amount_minor: number
}

/** Opening entries stand on the first day of books, kind 'opening'; what does not balance waits on the clearing account. */
export async function postOpeningLines(ctx: CommandCtx, lines: readonly OpeningLine[]): Promise<Posted> {
  const missing_minor = sumOf(lines, 'debit_minor') - sumOf(lines, 'credit_minor')
  const entry = await postOpening(ctx, openingSummary(ctx.company), [...lines, clearing(missing_minor)])
  assert(entry, 'an opening balance has lines')
  return entry
}

/** What the named lines lack on the credit side. */
const clearing = (minor: number): LineInput =>
  minor >= 0 ? { role: 'opening_clearing', credit_minor: minor } : { role: 'opening_clearing', debit_minor: -minor }

function postOpening(ctx: CommandCtx, summary: string, lines: readonly LineInput[], id = ctx.newId()): Promise<Posted | undefined> {
  const source = { kind: 'accounting.opening', id, number: null }
  return postEntry(ctx, { id, day: ctx.company.first_day, kind: 'opening', summary, source, lines })
}

export const postOpeningBalancesHandler = handle(postOpeningBalances, async (ctx, { lines }) => {
  await assertOrdinary(ctx, lines.map((l) => l.account_id))
  return postedOf(await postOpeningLines(ctx, lines))
})

/** The account on which an opening item stands: what is owed on the control account, what was paid ahead on the advances. */
const roleOf = ({ side, amount_minor }: OpeningItem): AccountRole => {
  if (side === 'receivable') return amount_minor > 0 ? 'receivable' : 'customer_advances'
  return amount_minor > 0 ? 'payable' : 'supplier_advances'
}

/** Lines of one entry at most: an import of many items becomes several entries. */
const ITEMS_AN_ENTRY = 500

/** Opens the items and posts them against the clearing account; all parties and numbers were checked by the caller. */
export async function postOpeningItemRows(ctx: CommandCtx, items: readonly OpeningItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += ITEMS_AN_ENTRY) {
    const some = items.slice(from, from + ITEMS_AN_ENTRY)
    const entry_id = ctx.newId()
    const source = { kind: 'accounting.opening', id: entry_id }
    const lines: LineInput[] = []
    let clearing_minor = 0
    for (const item of some) {
      const { side, party_id, number, amount_minor } = item
      const role = roleOf(item)
      const debit_minor = side === 'receivable' ? amount_minor : -amount_minor
      const amount = debit_minor > 0 ? { debit_minor } : { credit_minor: -debit_minor }
      lines.push({ role, party_id, summary: number, ...amount })
      clearing_minor += debit_minor
      await addOpenItem(ctx, { ...item, account_role: role, source })
    }
    lines.push(clearing(clearing_minor))
    await postOpening(ctx, openingItemsSummary(ctx.company), lines, entry_id)
    await ctx.breathe(from + some.length, items.length)
  }
}

export const postOpeningItemsHandler = handle(postOpeningItems, async (ctx, { items }) => {
  await partiesOf(ctx, items.map((i) => i.party_id))
  const known = await knownOpeningItems(ctx, items.map((i) => i.party_id))
  for (const item of items) {
    if (item.day > ctx.company.first_day) {
      throw new Refusal('accounting.openingItemTooLate', { number: item.number, day: item.day, first_day: ctx.company.first_day })
    }
    const key = openingKey(item)
    if (known.has(key)) throw new Refusal('accounting.openingItemExists', { number: item.number })
    known.add(key)
  }
  await postOpeningItemRows(ctx, items)
  return { posted: items.length }
})

export const openingKey = (
  { side, party_id, number }: Pick<OpeningItem, 'side' | 'party_id' | 'number'>,
): string => `${side} ${party_id} ${number}`

const PARTIES_A_STATEMENT = 500

/** Opening items of these parties that stand: those of reversed opening entries may be posted anew. */
export async function knownOpeningItems(ctx: CommandCtx, party_ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>()
  const ids = [...new Set(party_ids)]
  for (let from = 0; from < ids.length; from += PARTIES_A_STATEMENT) {
    const some = ids.slice(from, from + PARTIES_A_STATEMENT)
    const rows = await ctx.db.all<{ side: Side; party_id: string; number: string }>(
      `select i.side, i.party_id, i.number from accounting_open_item i
        where i.party_id in (${marks(some)}) and i.source_kind = 'accounting.opening'
          and not exists (select 1 from accounting_entry r where r.reverses_id = i.source_id)
        order by i.id`,
      some,
    )
    for (const row of rows) known.add(openingKey(row))
  }
  return known
}
