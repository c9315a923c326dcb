import { assert } from '../../kernel/assert.ts'
import { addDays } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { splitInclusive } from '../../kernel/tax.ts'
import { marks } from '../../storage/db.ts'
import { addOpenItem, cancelOpenItem, openItemsOf, postEntry, reverseEntry } from '../accounting/index.ts'
import { defaultTaxCode, taxRateOn } from '../catalog/index.ts'
import { assertVisible, ofParty, partyOf, visibleParties } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { chargeInterest, customerInterest, reverseInterest } from './contract.ts'
import { stretchesOf, type Stretch } from './interest.ts'
import { insertInterest, markReversed } from './interest.store.ts'
import { chargesInterest, interestGraceDays, interestRate } from './rules.ts'
import { assertSeen } from './standing.ts'

const SOURCE = 'credit.interest'

type Ctx = Pick<CommandCtx | QueryCtx, 'db' | 'setting'>
type Item = { readonly id: string; readonly number: string; readonly due_on: string; readonly amount_minor: number }
/** A stretch of days of one invoice. */
type Line = Stretch & { readonly open_item_id: string; readonly number: string; readonly due_on: string }
type Asked = { readonly party_id: string; readonly through_on: string; readonly of: 'open' | 'paid' }

/**
 * Interest not charged yet on a customer's invoices through a day. It begins after the days of grace, or after the last day that was charged;
 * a charge of interest bears none itself, nor does an invoice that was reversed.
 */
export async function interestDue(ctx: Ctx, { party_id, through_on, of }: Asked): Promise<Line[]> {
  const items = await ctx.db.all<Item>(
    `select i.id, i.number, i.due_on, i.amount_minor from accounting_open_item i
      where i.side = 'receivable' and ${ofParty('i.party_id')} and i.amount_minor > 0 and i.due_on < ? and i.source_kind <> '${SOURCE}'
        and ${of === 'open' ? 'i.amount_minor <> i.settled_minor' : `not exists (select 1 from accounting_allocation f where f.positive_id = i.id and f.is_final = 1)`}
      order by i.due_on, i.id`,
    [party_id, through_on],
  )
  if (items.length === 0) return []
  const ids = items.map((i) => i.id)
  const settled = await ctx.db.all<{ positive_id: string; day: string; settled_minor: number }>(
    `select positive_id, day, sum(amount_minor + discount_minor) as settled_minor from accounting_allocation where positive_id in (${marks(ids)})
      group by positive_id, day order by positive_id, day`,
    ids,
  )
  const charged = await ctx.db.all<{ open_item_id: string; through_on: string }>(
    `select l.open_item_id, max(l.through_on) as through_on from credit_interest_line l join credit_interest c on c.id = l.interest_id
      where c.reversed_on is null and l.open_item_id in (${marks(ids)}) group by l.open_item_id order by l.open_item_id`,
    ids,
  )
  const [settlements, done] = [Map.groupBy(settled, (s) => s.positive_id), new Map(charged.map((c) => [c.open_item_id, c.through_on]))]
  const [rate_e8, grace] = [ctx.setting(interestRate), ctx.setting(interestGraceDays)]
  return items.flatMap(({ id, number, due_on, amount_minor }) => {
    const first = addDays(due_on, grace + 1)
    const last = done.get(id)
    const from_on = last !== undefined && last >= first ? addDays(last, 1) : first
    if (from_on > through_on) return []
    return stretchesOf({ amount_minor, settlements: settlements.get(id) ?? [], from_on, through_on, rate_e8 }).filter((s) => s.interest_minor > 0).map((s) => ({ open_item_id: id, number, due_on, ...s }))
  })
}

const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, l) => sum + l.interest_minor, 0)

type Charge = Omit<OutputOf<typeof customerInterest>['charges'][number], 'lines'>

export const customerInterestHandler = answer(customerInterest, async (ctx, { party_id, of, through_on = ctx.today }) => {
  await assertSeen(ctx, party_id)
  const isOn = ctx.setting(chargesInterest) === 1
  const rows = isOn ? await interestDue(ctx, { party_id, through_on, of }) : []
  const charges = await ctx.db.all<Charge>(
    `select c.id as interest_id, c.number, c.day, c.through_on, c.gross_minor, c.tax_minor, c.tax_code, c.note, u.name as by_name, c.reversed_on, c.reversed_reason
       from credit_interest c join platform_user u on u.id = c.by_id where ${ofParty('c.party_id')} order by c.day desc, c.number desc, c.id desc limit 50`,
    [party_id],
  )
  const lines = charges.length === 0 ? [] : await ctx.db.all<Line & { interest_id: string }>(
    `select interest_id, open_item_id, number, due_on, from_on, through_on, days, base_minor, interest_minor from credit_interest_line
      where interest_id in (${marks(charges)}) order by interest_id, line_no`,
    charges.map((c) => c.interest_id),
  )
  const ofCharge = Map.groupBy(lines, (l) => l.interest_id)
  return {
    is_charged: isOn ? (1 as const) : (0 as const),
    rate_e8: ctx.setting(interestRate),
    grace_days: ctx.setting(interestGraceDays),
    through_on,
    interest_minor: sumOf(rows),
    rows,
    charges: charges.map((c) => ({ ...c, lines: (ofCharge.get(c.interest_id) ?? []).map(({ interest_id: _, ...l }) => l) })),
  }
})

export const chargeInterestHandler = handle(chargeInterest, async (ctx, { party_id, of, note, through_on = ctx.today, ...input }) => {
  if (ctx.setting(chargesInterest) === 0) throw new Refusal('credit.interestOff')
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if (through_on > ctx.today) throw new Refusal('credit.interestAhead', { day: through_on })
  const lines = await interestDue(ctx, { party_id, through_on, of })
  const gross_minor = sumOf(lines)
  if (gross_minor === 0) throw new Refusal('credit.noInterest', { party_name: party.name })
  const day = ctx.today
  const tax_code = input.tax_code === undefined ? defaultTaxCode(ctx, 'service') : input.tax_code
  const tax_rate_e8 = await taxRateOn(ctx, { tax_code, day })
  const { net_minor, tax_minor } = splitInclusive({ gross_minor, rate_e8: tax_rate_e8 })
  const interest_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'credit.interest', day })
  const source = { kind: SOURCE, id: interest_id, number }
  const entry = await postEntry(ctx, {
    day,
    kind: 'document',
    summary: ctx.company.locale === 'zh-CN' ? `逾期利息 ${number} ${party.name}` : `Interest on arrears ${number} ${party.name}`,
    source,
    lines: [
      { role: 'receivable', party_id, debit_minor: gross_minor },
      { role: 'late_interest', party_id, credit_minor: net_minor },
      { role: 'output_tax', credit_minor: tax_minor },
    ],
  })
  assert(entry, 'a charge of interest is not 0')
  await addOpenItem(ctx, { side: 'receivable', party_id, account_role: 'receivable', source, number, day, due_on: day, amount_minor: gross_minor })
  await insertInterest(ctx, {
    row: { id: interest_id, number, party_id, day, through_on, rate_e8: ctx.setting(interestRate), tax_code, tax_rate_e8, net_minor, tax_minor, gross_minor, entry_id: entry.id, note: note || null, by_id: ctx.actor.id, at: ctx.now },
    lines: lines.map((l, i) => ({ interest_id, line_no: i + 1, ...l })),
  })
  return { interest_id, number, gross_minor }
})

export const reverseInterestHandler = handle(reverseInterest, async (ctx, { interest_id, reason }) => {
  const seen = visibleParties(ctx.scope, 'c.party_id')
  const charge = await ctx.db.get<{ number: string; entry_id: string; reversed_on: string | null }>(
    `select c.number, c.entry_id, c.reversed_on from credit_interest c where c.id = ? and ${seen.sql}`,
    [interest_id, ...seen.params],
  )
  if (!charge) throw new Refusal('credit.interestNotFound', { interest_id })
  const { number, entry_id, reversed_on } = charge
  if (reversed_on !== null) throw new Refusal('credit.interestReversed', { number, day: reversed_on })
  const source = { kind: SOURCE, id: interest_id, number }
  await reverseEntry(ctx, { entry_id, day: ctx.today, source, summary: ctx.company.locale === 'zh-CN' ? `冲回逾期利息 ${number}` : `Interest ${number} taken back` })
  const [item] = await openItemsOf(ctx.db, { source_kind: SOURCE, source_id: interest_id })
  assert(item, 'a charge has an open item')
  await cancelOpenItem(ctx, { item_id: item.id, day: ctx.today, source, number })
  await markReversed(ctx, { interest_id, reversed_on: ctx.today, reversed_reason: reason })
  return {}
})
