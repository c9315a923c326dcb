import { addDays, daysBetween } from '../../kernel/day.ts'
import { answer, handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { raiseTask } from '../crm/index.ts'
import { assertVisible, ofParty, partyOf, visibleParties, winnerOf } from '../parties/index.ts'
import { isErased, takeNumber } from '../platform/index.ts'
import { insertCollectionTask, insertDunning } from './collection.store.ts'
import { customerCollection, dun, getDunning, giveTasks, listCollections } from './contract.ts'
import { interestDue } from './charge-interest.ts'
import { dunningLevel } from './promise.ts'
import { promisesOf } from './promises.ts'
import { chargesInterest, collects, dunningDays, interestRate, payWithinDays } from './rules.ts'
import { assertSeen, lateBy } from './standing.ts'

type Ctx = Pick<CommandCtx | QueryCtx, 'db' | 'today' | 'setting' | 'scope'>
type Overdue = { party_id: string; party_code: string; party_name: string; phone: string | null; owner_id: string | null; owner_name: string | null; overdue_minor: number; oldest_on: string }

const levelOf = (ctx: Pick<Ctx, 'setting'>, overdue_days: number): 0 | 1 | 2 | 3 =>
  dunningLevel(overdue_days, [ctx.setting(dunningDays[0]), ctx.setting(dunningDays[1]), ctx.setting(dunningDays[2])])

/** Customers who may be seen and are overdue today, net of what is open in their favour; overdue for longest first. */
function overdueParties({ db, today, scope }: Ctx): Promise<Overdue[]> {
  const seen = visibleParties(scope, 'i.party_id')
  const late = 'sum(case when i.amount_minor > 0 and i.due_on < ? then i.amount_minor - i.settled_minor else 0 end)'
  const inFavour = 'sum(case when i.amount_minor < 0 then i.amount_minor - i.settled_minor else 0 end)'
  return db.all<Overdue>(
    `select o.party_id, p.code as party_code, p.name as party_name, p.phone, a.user_id as owner_id, u.name as owner_name, o.overdue_minor, o.oldest_on
       from (select s.same_as as party_id, ${late} + ${inFavour} as overdue_minor, min(case when i.amount_minor > 0 then i.due_on end) as oldest_on
               from accounting_open_item i join parties_party s on s.id = i.party_id where i.side = 'receivable' and i.amount_minor <> i.settled_minor and ${seen.sql}
              group by s.same_as having ${late} > 0 and ${late} + ${inFavour} > 0) o
       join parties_party p on p.id = o.party_id
       left join parties_assignment a on a.party_id = p.id and a.to_day is null left join platform_user u on u.id = a.user_id and u.is_active = 1
      where p.is_cash = 0 order by o.oldest_on, o.party_id`,
    [today, ...seen.params, today, today],
  )
}

export const giveTasksHandler = handle(giveTasks, async (ctx) => {
  if (ctx.setting(collects) === 0) throw new Refusal('credit.collectingOff')
  const overdue = (await overdueParties(ctx)).filter((o) => levelOf(ctx, daysBetween({ from: o.oldest_on, to: ctx.today })) > 0)
  const promises = await promisesOf(ctx, overdue.map((o) => o.party_id))
  const busy = new Set((await tasksOf(ctx, overdue.map((o) => o.party_id))).map((t) => t.party_id))
  // Whoever was called today and whose task is done is not called again today.
  const today = new Set((await ctx.db.all<{ party_id: string }>('select s.same_as as party_id from credit_collection_task c join parties_party s on s.id = c.party_id where c.day = ? order by c.task_id', [ctx.today])).map((t) => t.party_id))
  let count = 0
  for (const customer of overdue) {
    const promise = promises.get(customer.party_id)?.find((p) => p.ended_on === null)
    if (busy.has(customer.party_id) || today.has(customer.party_id) || promise?.state === 'open') continue
    // Nobody can call somebody whose data were erased; what they owe stands in the books.
    if (await isErased(ctx, customer.party_id)) continue
    const task_id = await raiseTask(ctx, {
      kind: 'call',
      priority: 1,
      title: titleOf(ctx, { customer, isBroken: promise?.state === 'broken' }),
      note: null,
      party_id: customer.party_id,
      assignee_id: customer.owner_name === null ? ctx.actor.id : customer.owner_id!,
      due_on: ctx.today,
    })
    await insertCollectionTask(ctx, { task_id, party_id: customer.party_id, day: ctx.today })
    count++
  }
  return { count }
})

/** In the company's language, for whoever the task goes to. */
function titleOf({ company, today }: CommandCtx, { customer, isBroken }: { customer: Overdue; isBroken: boolean }): string {
  const days = daysBetween({ from: customer.oldest_on, to: today })
  if (company.locale === 'zh-CN') return `${isBroken ? '承诺未付，' : ''}催款：逾期 ${days} 天`
  return `${isBroken ? 'Promise broken: collect' : 'Collect'}: ${days} days overdue`
}

/** The open collection tasks of these customers. */
const tasksOf = async ({ db }: Pick<Ctx, 'db'>, ids: readonly string[]) =>
  ids.length === 0 ? [] : db.all<{ party_id: string; task_id: string; due_on: string }>(
    `select s.same_as as party_id, c.task_id, t.due_on from credit_collection_task c join parties_party s on s.id = c.party_id join crm_task t on t.id = c.task_id
      where t.state = 'open' and s.same_as in (${marks(ids)}) order by c.task_id`,
    ids,
  )

export const listCollectionsHandler = answer(listCollections, async (ctx, { show, limit, offset }) => {
  const overdue = await overdueParties(ctx)
  const ids = overdue.map((o) => o.party_id)
  const promises = await promisesOf(ctx, ids)
  const tasks = new Map((await tasksOf(ctx, ids)).map((t) => [t.party_id, t]))
  const letters = new Map((await lastLetters(ctx, ids)).map((l) => [l.party_id, l]))
  const rows = overdue.map(({ owner_id: _owner, oldest_on, ...row }) => {
    const overdue_days = daysBetween({ from: oldest_on, to: ctx.today })
    const promise = promises.get(row.party_id)?.find((p) => p.ended_on === null)
    const [task, letter] = [tasks.get(row.party_id), letters.get(row.party_id)]
    return {
      ...row,
      overdue_days,
      level: levelOf(ctx, overdue_days),
      last_level: letter?.level ?? null,
      last_dunned_on: letter?.day ?? null,
      promise_state: promise?.state ?? null,
      promised_on: promise?.parts.find((p) => p.state === 'open')?.due_on ?? null,
      task_id: task?.task_id ?? null,
      task_due_on: task?.due_on ?? null,
    }
  })
  const shown = rows.filter((r) => {
    if (show === 'promised') return r.promise_state === 'open'
    if (show === 'broken') return r.promise_state === 'broken'
    return show === 'all' || (r.level > (r.last_level ?? 0) && r.promise_state !== 'open')
  })
  return { rows: shown.slice(offset, offset + limit), total: shown.length, overdue_minor: shown.reduce((sum, r) => sum + r.overdue_minor, 0) }
})

/** The last letter of each, by its day, since the debt of then may have been paid meanwhile: only letters of items that are still open count. */
const lastLetters = async ({ db }: Pick<Ctx, 'db'>, ids: readonly string[]) =>
  ids.length === 0 ? [] : db.all<{ party_id: string; level: number; day: string }>(
    `select s.same_as as party_id, max(d.level) as level, max(d.day) as day from credit_dunning d join parties_party s on s.id = d.party_id
      where s.same_as in (${marks(ids)})
        and exists (select 1 from credit_dunning_line l join accounting_open_item i on i.id = l.open_item_id where l.dunning_id = d.id and i.amount_minor <> i.settled_minor)
      group by s.same_as order by s.same_as`,
    ids,
  )

type Item = { id: string; number: string; day: string; due_on: string; amount_minor: number; open_minor: number }

export const dunHandler = handle(dun, async (ctx, input) => {
  const { party_id } = input
  await assertVisible(ctx, party_id)
  const party = await partyOf(ctx, party_id)
  const late = await lateBy(ctx, { party_id, days: 0 })
  if (late.overdue_minor === 0) throw new Refusal('credit.nothingOverdue', { party_name: party.name })
  const pay_by = input.pay_by ?? addDays(ctx.today, ctx.setting(payWithinDays))
  if (pay_by < ctx.today) throw new Refusal('credit.dayPassed', { day: pay_by })
  const items = await ctx.db.all<Item>(
    `select id, number, day, due_on, amount_minor, amount_minor - settled_minor as open_minor from accounting_open_item
      where side = 'receivable' and ${ofParty('party_id')} and amount_minor <> settled_minor and (amount_minor < 0 or due_on < ?) order by due_on, id`,
    [party_id, ctx.today],
  )
  const owes = ctx.setting(chargesInterest) === 1 ? await interestDue(ctx, { party_id, through_on: ctx.today, of: 'open' }) : []
  const dunning_id = ctx.newId()
  const level = input.level ?? (Math.max(1, levelOf(ctx, late.overdue_days)) as 1 | 2 | 3)
  const number = await takeNumber(ctx, { series: 'credit.dunning', day: ctx.today })
  await insertDunning(ctx, {
    row: { id: dunning_id, number, party_id, level, day: ctx.today, pay_by, total_minor: late.overdue_minor, interest_minor: owes.reduce((sum, l) => sum + l.interest_minor, 0), interest_rate_e8: ctx.setting(interestRate), note: input.note || null, by_id: ctx.actor.id, at: ctx.now },
    // What is open in the customer's favour stands in the letter too, so that its lines come to its total.
    lines: items.map(({ id, ...item }, i) => ({ dunning_id, line_no: i + 1, open_item_id: id, ...item, overdue_days: item.amount_minor < 0 ? 0 : daysBetween({ from: item.due_on, to: ctx.today }) })),
  })
  return { dunning_id, number, level }
})

type Letter = { dunning_id: string; number: string; level: number; day: string; pay_by: string; total_minor: number; by_name: string }

export const customerCollectionHandler = answer(customerCollection, async (ctx, { party_id }) => {
  await assertSeen(ctx, party_id)
  const { overdue_minor, overdue_days } = await lateBy(ctx, { party_id, days: 0 })
  const winner_id = await winnerOf(ctx, party_id)
  const letters = await ctx.db.all<Letter>(
    `select d.id as dunning_id, d.number, d.level, d.day, d.pay_by, d.total_minor, u.name as by_name from credit_dunning d join platform_user u on u.id = d.by_id
      where ${ofParty('d.party_id')} order by d.day desc, d.number desc, d.id desc limit 50`,
    [party_id],
  )
  return { overdue_minor, overdue_days, promises: (await promisesOf(ctx, [winner_id])).get(winner_id) ?? [], letters }
})

type Head = Letter & { party_id: string; interest_minor: number; interest_rate_e8: number; party_name: string; note: string | null; at: number }

export const getDunningHandler = answer(getDunning, async (ctx, { dunning_id }) => {
  const seen = visibleParties(ctx.scope, 'd.party_id')
  const head = await ctx.db.get<Head>(
    `select d.id as dunning_id, d.number, d.party_id, p.name as party_name, d.level, d.day, d.pay_by, d.total_minor, d.interest_minor, d.interest_rate_e8, d.note, u.name as by_name, d.at
       from credit_dunning d join parties_party p on p.id = d.party_id join platform_user u on u.id = d.by_id where d.id = ? and ${seen.sql}`,
    [dunning_id, ...seen.params],
  )
  if (!head) throw new Refusal('credit.dunningNotFound', { dunning_id })
  const lines = await ctx.db.all<Omit<Item, 'id'> & { line_no: number; overdue_days: number }>(
    'select line_no, number, day, due_on, amount_minor, open_minor, overdue_days from credit_dunning_line where dunning_id = ? order by line_no',
    [dunning_id],
  )
  return { ...head, lines }
})
