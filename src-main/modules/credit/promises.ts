import { handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { assertVisible, ofParty, partyOf } from '../parties/index.ts'
import { endPromise, insertPromise } from './collection.store.ts'
import { promiseToPay, withdrawPromise } from './contract.ts'
import { partStates, promiseState, type Part, type PromiseState, type Receipt } from './promise.ts'
import { lateBy } from './standing.ts'

export const promiseToPayHandler = handle(promiseToPay, async (ctx, { party_id, parts, note }) => {
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  if ((await lateBy(ctx, { party_id, days: 0 })).overdue_minor === 0) throw new Refusal('credit.nothingOverdue', { party_name: party.name })
  if (parts[0]!.due_on < ctx.today) throw new Refusal('credit.dayPassed', { day: parts[0]!.due_on })
  if (parts.some((p, i) => i > 0 && p.due_on <= parts[i - 1]!.due_on)) throw new Refusal('credit.partsOutOfOrder')
  const running = await runningPromise(ctx, party_id)
  if (running) await endPromise(ctx, { promise_id: running.id, ended_on: ctx.today, ended_reason: ctx.company.locale === 'zh-CN' ? '另有新的承诺' : 'A later promise took its place' })
  const promise_id = ctx.newId()
  await insertPromise(ctx, {
    row: { id: promise_id, party_id, total_minor: parts.reduce((sum, p) => sum + p.amount_minor, 0), note: note || null, made_on: ctx.today, by_id: ctx.actor.id, at: ctx.now, ended_on: null, ended_reason: null },
    parts: parts.map((p, i) => ({ promise_id, part_no: i + 1, ...p })),
  })
  return { promise_id }
})

const runningPromise = (ctx: CommandCtx, party_id: string): Promise<{ id: string } | undefined> =>
  ctx.db.get<{ id: string }>(`select id from credit_promise where ${ofParty('party_id')} and ended_on is null order by made_on desc, id desc limit 1`, [party_id])

export const withdrawPromiseHandler = handle(withdrawPromise, async (ctx, { promise_id, reason }) => {
  const row = await ctx.db.get<{ party_id: string; ended_on: string | null }>('select party_id, ended_on from credit_promise where id = ?', [promise_id])
  if (!row) throw new Refusal('credit.promiseNotFound', { promise_id })
  await assertVisible(ctx, row.party_id)
  if (row.ended_on !== null) throw new Refusal('credit.promiseEnded', { day: row.ended_on })
  await endPromise(ctx, { promise_id, ended_on: ctx.today, ended_reason: reason })
  return {}
})

type Row = { promise_id: string; party_id: string; made_on: string; at: number; total_minor: number; note: string | null; by_name: string; ended_on: string | null; ended_reason: string | null }
export type PromiseRow = Omit<Row, 'party_id' | 'at'> & { readonly state: PromiseState; readonly parts: (Part & { readonly part_no: number; readonly state: PromiseState })[] }

/** Promises of these customers with what became of each part, the newest first; few statements however many they are. */
export async function promisesOf({ db, today }: Pick<QueryCtx, 'db' | 'today'>, party_ids: readonly string[]): Promise<Map<string, PromiseRow[]>> {
  if (party_ids.length === 0) return new Map()
  const rows = await db.all<Row>(
    `select p.id as promise_id, s.same_as as party_id, p.made_on, p.at, p.total_minor, p.note, u.name as by_name, p.ended_on, p.ended_reason
       from credit_promise p join parties_party s on s.id = p.party_id join platform_user u on u.id = p.by_id where s.same_as in (${marks(party_ids)}) order by s.same_as, p.made_on desc, p.at desc, p.id desc`,
    party_ids,
  )
  const parts = Map.groupBy(
    await db.all<Part & { promise_id: string; part_no: number }>(
      `select promise_id, part_no, due_on, amount_minor from credit_promise_part where promise_id in (${marks(rows)}) order by promise_id, part_no`,
      rows.map((r) => r.promise_id),
    ),
    (p) => p.promise_id,
  )
  // What came from the customer after it was promised; a reversal is a row of the other sign.
  const receipts = Map.groupBy(
    await db.all<Receipt & { party_id: string; created_at: number }>(
      `select s.same_as as party_id, m.day, m.created_at, case when m.kind = 'receipt' then m.amount_minor else -m.amount_minor end as amount_minor
         from accounting_payment m join parties_party s on s.id = m.party_id
        where m.kind in ('receipt', 'refund') and s.same_as in (${marks(party_ids)}) order by s.same_as, m.day, m.id`,
      party_ids,
    ),
    (r) => r.party_id,
  )
  const shown = rows.map(({ party_id, at, ...row }) => {
    const own = parts.get(row.promise_id) ?? []
    const came = (receipts.get(party_id) ?? []).filter((r) => r.created_at > at)
    const states = partStates(own, { receipts: came, today: row.ended_on ?? today })
    return { party_id, row: { ...row, state: promiseState(states), parts: own.map(({ part_no, due_on, amount_minor }, i) => ({ part_no, due_on, amount_minor, state: states[i]! })) } }
  })
  return new Map([...Map.groupBy(shown, (s) => s.party_id)].map(([party_id, list]) => [party_id, list.map((s) => s.row)]))
}
