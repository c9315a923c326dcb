import type { OutputOf } from '../../kernel/contract.ts'
import { mulDiv } from '../../kernel/math.ts'
import { answer, handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { accountIdOf, postEntry } from '../accounting/index.ts'
import { itemsOf } from '../catalog/index.ts'
import { costOfMoves, defaultWarehouseId, inBase, outsideLocation, postMoves, stockLocationOf, type CostOfLine } from '../inventory/index.ts'
import { takeNumber } from '../platform/index.ts'
import { logLabour, returnParts, ticketEffort, useParts, withdrawLabour } from './contract.ts'
import { assertWorker } from './deal.ts'
import { hourCost } from './hours.ts'
import { assertOpen, familyOf, ticketInHand, visibleTicketIds } from './sight.ts'
import { insertLabour, insertParts, withdrawLabourRow } from './ticket.store.ts'
import { partsReturnSummary, partsSummary } from './wording.ts'

type Line = { readonly item_id: string; readonly unit: string; readonly quantity_e6: number; readonly base_quantity_e6: number }
type Posting = { readonly row: { readonly kind: 'use' | 'reversal'; readonly day: string; readonly ticket_id: string; readonly warehouse_id: string; readonly engineer_id: string; readonly note: string | null; readonly reverses_id: string | null } }

/** Parts go to the customer; the costs of repairs bear what they cost, now and by later corrections. */
export const usePartsHandler = handle(useParts, async (ctx, { ticket_id, day = ctx.today, engineer_id = ctx.actor.id, note, ...input }) => {
  const ticket = await ticketInHand(ctx, ticket_id)
  assertOpen(ticket)
  if (engineer_id !== ctx.actor.id) await assertWorker(ctx, engineer_id)
  const items = await itemsOf(ctx, input.lines.map((l) => l.item_id))
  const lines = input.lines.map(({ item_id, unit, quantity_e6 }): Line => {
    const item = items.get(item_id)!
    return { item_id, unit: unit ?? item.base_unit, quantity_e6, base_quantity_e6: inBase(item, { unit, quantity_e6 }) }
  })
  const warehouse_id = input.warehouse_id ?? (await defaultWarehouseId(ctx))
  const [from_location_id, to_location_id] = [await stockLocationOf(ctx, warehouse_id), await outsideLocation(ctx, 'customer')]
  const counter_account_id = await accountIdOf(ctx, 'repairs')
  const moves = lines.map((l, i) => ({ line_no: i + 1, item_id: l.item_id, quantity_e6: l.base_quantity_e6, from_location_id, to_location_id, basis: { kind: 'current' as const }, counter_account_id }))
  const row = { kind: 'use' as const, day, ticket_id, warehouse_id, engineer_id, note: note || null, reverses_id: null }
  return post(ctx, { row, lines, moves, summaryOf: (number) => partsSummary(ctx.company, { number, ticket: ticket.number }), sign: 1 })
})

type Moves = Parameters<typeof postMoves>[1]['moves']

async function post(ctx: CommandCtx, { row, lines, moves, summaryOf, sign }: Posting & { lines: readonly Line[]; moves: Moves; summaryOf(number: string): string; sign: 1 | -1 }) {
  const parts_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'service.parts', day: row.day })
  const source = { kind: 'service.parts', id: parts_id, number }
  const entry = ctx.newId()
  let entry_id: string | null = null
  const { posted, warnings } = await postMoves(ctx, { source, day: row.day, moves, entry_id: (done) => (done.some((p) => p.value_minor !== 0) ? (entry_id = entry) : undefined) })
  await insertParts(ctx, {
    row: { id: parts_id, number, ...row, entry_id, created_by: ctx.actor.id, created_at: ctx.now },
    lines: lines.map((l, i) => ({ parts_id, line_no: i + 1, ...l })),
  })
  if (entry_id !== null) {
    const cost_minor = sign * posted.reduce((sum, p) => sum + p.value_minor, 0)
    await postEntry(ctx, {
      id: entry,
      day: row.day,
      kind: sign === 1 ? 'document' : 'reversal',
      summary: summaryOf(number),
      source,
      lines: [{ role: 'repairs', debit_minor: cost_minor }, { role: 'inventory', credit_minor: cost_minor }],
    })
  }
  return { parts_id, number, entry_id, warnings: [...warnings] }
}

type Used = { readonly number: string; readonly kind: string; readonly day: string; readonly ticket_id: string; readonly warehouse_id: string; readonly engineer_id: string; readonly returned: string | null }

export const returnPartsHandler = handle(returnParts, async (ctx, { parts_id, day = ctx.today, reason }) => {
  const seen = visibleTicketIds(ctx.scope, 'p.ticket_id')
  const used = await ctx.db.get<Used>(
    `select p.number, p.kind, p.day, p.ticket_id, p.warehouse_id, p.engineer_id, (select r.number from service_parts r where r.reverses_id = p.id) as returned from service_parts p where p.id = ? and ${seen.sql}`,
    [parts_id, ...seen.params],
  )
  if (!used || used.kind !== 'use') throw new Refusal('service.partsNotFound', { parts_id })
  const { number, returned, ticket_id, warehouse_id, engineer_id } = used
  if (returned !== null) throw new Refusal('service.partsReturned', { number, returned })
  if (day < used.day) throw new Refusal('service.beforeParts', { number, day, parts_day: used.day })
  const taken = await costOfMoves(ctx.db, { source_kind: 'service.parts', source_id: parts_id })
  const lines = await ctx.db.all<Line>('select item_id, unit, quantity_e6, base_quantity_e6 from service_parts_line where parts_id = ? order by line_no, parts_id', [parts_id])
  return post(ctx, {
    row: { kind: 'reversal', day, ticket_id, warehouse_id, engineer_id, note: reason, reverses_id: parts_id },
    lines: lines.map((l) => ({ ...l, quantity_e6: 0 - l.quantity_e6, base_quantity_e6: 0 - l.base_quantity_e6 })),
    moves: taken.map(backOf),
    summaryOf: () => partsReturnSummary(ctx.company, { number, reason }),
    sign: -1,
  })
})

const backOf = (m: CostOfLine): Moves[number] => ({
  line_no: m.line_no, item_id: m.item_id, quantity_e6: m.quantity_e6, from_location_id: m.to_location_id, to_location_id: m.from_location_id, basis: { kind: 'original', seq: m.seq },
  counter_account_id: m.counter_account_id!,
})

export const logLabourHandler = handle(logLabour, async (ctx, { ticket_id, user_id = ctx.actor.id, day = ctx.today, minutes, note }) => {
  assertOpen(await ticketInHand(ctx, ticket_id))
  if (user_id !== ctx.actor.id) await assertWorker(ctx, user_id)
  if (day > ctx.today) throw new Refusal('service.labourInFuture', { day, today: ctx.today })
  const labour_id = ctx.newId()
  const cost_minor = mulDiv({ a: ctx.setting(hourCost), b: minutes, divisor: 60, rounding: 'halfUp' })
  await insertLabour(ctx, { id: labour_id, ticket_id, user_id, day, minutes, cost_minor, note: note || null, is_withdrawn: 0, created_by: ctx.actor.id, created_at: ctx.now })
  return { labour_id, cost_minor }
})

export const withdrawLabourHandler = handle(withdrawLabour, async (ctx, { labour_id }) => {
  const seen = visibleTicketIds(ctx.scope, 'l.ticket_id')
  const row = await ctx.db.get<{ ticket_id: string }>(`select l.ticket_id from service_labour l where l.id = ? and l.is_withdrawn = 0 and ${seen.sql}`, [labour_id, ...seen.params])
  if (!row) throw new Refusal('service.labourNotFound', { labour_id })
  await withdrawLabourRow(ctx, labour_id)
  return { labour_id }
})

type Effort = OutputOf<typeof ticketEffort>

/** What the parts `p` cost, later corrections included; negative where they came back. */
export const COST_OF_PARTS = `(select coalesce(sum(case when m.kind = 'in' then -1 else 1 end * (m.value_minor + coalesce((select sum(a.value_minor) from inventory_move a
    where a.original_seq = m.seq and a.kind = 'adjustment'), 0))), 0) from inventory_move m where m.source_kind = 'service.parts' and m.source_id = p.id and m.kind <> 'adjustment')`

export const ticketEffortHandler = answer(ticketEffort, async (ctx, { ticket_id }) => {
  await ticketInHand(ctx, ticket_id)
  const family = await familyOf(ctx, ticket_id)
  const showsCosts = ctx.may('inventory.readCosts')
  const rows = await ctx.db.all<Omit<Effort['parts'][number], 'lines' | 'cost_minor'> & { cost_minor: number }>(
    `select p.id as parts_id, p.number, p.day, u.name as engineer_name, p.note, case when exists (select 1 from service_parts r where r.reverses_id = p.id) then 1 else 0 end as is_returned,
            p.entry_id, ${COST_OF_PARTS} as cost_minor
       from service_parts p join platform_user u on u.id = p.engineer_id where p.kind = 'use' and p.ticket_id in (${marks(family)}) order by p.day, p.id`,
    family,
  )
  const lines = await ctx.db.all<Effort['parts'][number]['lines'][number] & { parts_id: string }>(
    `select l.parts_id, l.line_no, l.item_id, i.code as item_code, i.name as item_name, l.unit, l.quantity_e6 from service_parts_line l join catalog_item i on i.id = l.item_id
      where l.parts_id in (${marks(rows)}) order by l.parts_id, l.line_no`,
    rows.map((r) => r.parts_id),
  )
  const labour = await ctx.db.all<Effort['labour'][number]>(
    `select l.id as labour_id, l.day, u.name as user_name, l.minutes, l.cost_minor, l.note from service_labour l join platform_user u on u.id = l.user_id
      where l.is_withdrawn = 0 and l.ticket_id in (${marks(family)}) order by l.day, l.id`,
    family,
  )
  const hidden = <T>(value: T): T | null => (showsCosts ? value : null)
  return {
    parts: rows.map((r) => ({ ...r, cost_minor: hidden(r.cost_minor), lines: lines.filter((l) => l.parts_id === r.parts_id).map(({ parts_id: _, ...l }) => l) })),
    labour: labour.map((l) => ({ ...l, cost_minor: hidden(l.cost_minor) })),
    parts_minor: hidden(rows.reduce((sum, r) => sum + (r.is_returned ? 0 : r.cost_minor), 0)),
    labour_minor: hidden(labour.reduce((sum, l) => sum + l.cost_minor!, 0)),
    minutes: labour.reduce((sum, l) => sum + l.minutes, 0),
  }
})
