import { addDays } from '../../kernel/day.ts'
import type { InputOf } from '../../kernel/contract.ts'
import { currencyOf } from '../../kernel/money.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { accountIdOf, addOpenItem, assertOpenDay, postEntry } from '../accounting/index.ts'
import { itemsOf, ratioOf, taxRateOn, type ItemInfo } from '../catalog/index.ts'
import { defaultWarehouseId, inBase, outsideLocation, postMoves, stockLocationOf, type MovesPosted } from '../inventory/index.ts'
import { assertVisible, partyOf, snapshotOf, type PartyInfo } from '../parties/index.ts'
import { settledExtra, takeNumber } from '../platform/index.ts'
import { billEntry, priceLine, recoversTax, totalsOf, type Costed } from './bill.ts'
import { writeBill } from './bill.store.ts'
import { postBill } from './contract.ts'
import { billSummary } from './wording.ts'

/** What formulas of custom fields may speak of. */
export const BILL_FIGURES = ['net_minor', 'tax_minor', 'gross_minor'] as const

const LARGEST_MINOR = 90_000_000_000_000

type Input = InputOf<typeof postBill>
type Line = Omit<Input['lines'][number], 'tax_code'> &
  Costed & {
    readonly line_no: number
    readonly item: ItemInfo
    readonly unit: string
    readonly unit_numerator: number
    readonly unit_denominator: number
    readonly base_quantity_e6: number
    readonly tax_code: string | null
    readonly tax_rate_e8: number
  }

/** Goods come in together with the supplier's bill: stock, books and what is owed, in one step. */
export const postBillHandler = handle(postBill, async (ctx, input) => {
  await assertOpenDay(ctx, input.day)
  const party = await supplierOf(ctx, input.party_id)
  const due_on = dueOn(input, party)
  const prices_include_tax = input.prices_include_tax ?? ctx.company.prices_include_tax
  const lines = await linesOf(ctx, { input, prices_include_tax })
  const totals = totalsOf(lines)
  if (totals.gross_minor > LARGEST_MINOR) throw new Refusal('purchasing.amountTooLarge', { gross_minor: totals.gross_minor })
  const warehouse_id = input.warehouse_id ?? (await defaultWarehouseId(ctx))
  const { net_minor, tax_minor, gross_minor } = totals
  const extra = await settledExtra(ctx, { target: 'purchasing.bill', given: input.extra, figures: { net_minor, tax_minor, gross_minor } })
  const bill_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'purchasing.bill', day: input.day })
  const source = { kind: 'purchasing.bill', id: bill_id, number }
  const entry_id = totals.gross_minor === 0 ? null : ctx.newId()
  const { warnings } = await receiveGoods(ctx, { source, day: input.day, warehouse_id, entry_id, lines })
  await writeBill(ctx, {
    row: {
      id: bill_id,
      number,
      kind: 'bill',
      party_id: party.id,
      party_snapshot: snapshotOf(party),
      supplier_reference: input.supplier_reference || null,
      warehouse_id,
      day: input.day,
      due_on,
      currency: ctx.company.currency,
      prices_include_tax,
      net_minor,
      tax_minor,
      gross_minor,
      note: input.note || null,
      extra,
      reverses_id: null,
      late_cost_of_id: null,
      entry_id,
      created_by: ctx.actor.id,
      created_at: ctx.now,
    },
    lines: lines.map(({ item, description, ...l }) => ({ ...l, bill_id, item_id: item.id, description: description || null })),
  })
  if (entry_id !== null)
    await postEntry(ctx, {
      id: entry_id,
      day: input.day,
      kind: 'document',
      summary: billSummary(ctx.company, { party: party.name, number }),
      source,
      lines: entryOf(ctx, { party, lines }),
    })
  const open_item_id = await owe(ctx, { party, source, day: input.day, due_on, amount_minor: totals.gross_minor })
  return { bill_id, number, entry_id, open_item_id, ...totals, due_on, warnings: [...warnings] }
})

type Owing = { party: PartyInfo; source: { kind: string; id: string; number: string }; day: string; due_on: string; amount_minor: number }

/** Opens what is owed to the supplier; null where it is nothing. */
export async function owe(ctx: CommandCtx, { party, source, ...terms }: Owing): Promise<string | null> {
  const head = { side: 'payable', account_role: 'payable', party_id: party.id, number: source.number } as const
  return (await addOpenItem(ctx, { ...head, source, ...terms })) ?? null
}

/** Refuses 'parties.partyNotFound' and 'purchasing.partyNotSupplier'. */
export async function supplierOf(ctx: CommandCtx, party_id: string): Promise<PartyInfo> {
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if (party.is_supplier === 0) throw new Refusal('purchasing.partyNotSupplier', { party_id, name: party.name })
  return party
}

/** The day said, or the supplier's terms. Refuses 'purchasing.dueBeforeDay'. */
export function dueOn({ day, due_on }: { day: string; due_on?: string }, { terms_days }: PartyInfo): string {
  if (due_on !== undefined && due_on < day) throw new Refusal('purchasing.dueBeforeDay', { day, due_on })
  return due_on ?? addDays(day, terms_days)
}

async function linesOf(ctx: CommandCtx, { input, prices_include_tax }: { input: Input; prices_include_tax: number }): Promise<Line[]> {
  const items = await itemsOf(
    ctx,
    input.lines.map((l) => l.item_id),
  )
  const digits = currencyOf(ctx.company.currency)?.digits ?? 2
  const lines: Line[] = []
  for (const [i, asked] of input.lines.entries()) {
    const item = items.get(asked.item_id)!
    const unit = asked.unit ?? item.base_unit
    const ratio = ratioOf(item, unit)
    const tax_code = asked.tax_code ?? item.tax_code
    const tax_rate_e8 = asked.tax_rate_e8 ?? (await taxRateOn(ctx, { tax_code, day: input.day }))
    lines.push({
      ...asked,
      line_no: i + 1,
      item,
      unit,
      unit_numerator: ratio.numerator,
      unit_denominator: ratio.denominator,
      base_quantity_e6: inBase(item, { unit, quantity_e6: asked.quantity_e6 }),
      tax_code,
      tax_rate_e8,
      ...priceLine({ ...asked, tax_rate_e8 }, { prices_include_tax, digits, company: ctx.company }),
    })
  }
  return lines
}

const isStocked = ({ item }: Line): boolean => item.kind === 'stocked'

type Receiving = {
  source: { kind: string; id: string; number: string }
  day: string
  warehouse_id: string
  entry_id: string | null
  lines: readonly Line[]
}

async function receiveGoods(ctx: CommandCtx, { source, day, warehouse_id, entry_id, lines }: Receiving): Promise<MovesPosted> {
  const from_location_id = await outsideLocation(ctx, 'supplier')
  const to_location_id = await stockLocationOf(ctx, warehouse_id)
  // A receipt's own value never changes but by late costs, which name their own account; this one is never posted to.
  const counter_account_id = await accountIdOf(ctx, 'payable')
  return postMoves(ctx, {
    source,
    day,
    entry_id: entry_id ?? undefined,
    moves: lines
      .filter(isStocked)
      .map((l) => ({
        line_no: l.line_no,
        item_id: l.item.id,
        quantity_e6: l.base_quantity_e6,
        from_location_id,
        to_location_id,
        basis: { kind: 'given', value_minor: l.cost_minor },
        counter_account_id,
      })),
  })
}

function entryOf(ctx: CommandCtx, { party, lines }: { party: PartyInfo; lines: readonly Line[] }) {
  const cost = (of: readonly Line[]): number => of.reduce((sum, l) => sum + l.cost_minor, 0)
  const totals = totalsOf(lines)
  return billEntry({
    party_id: party.id,
    stock_minor: cost(lines.filter(isStocked)),
    expense_minor: cost(lines.filter((l) => !isStocked(l))),
    tax_minor: recoversTax(ctx.company) ? totals.tax_minor : 0,
    gross_minor: totals.gross_minor,
    over_minor: 0,
  })
}
