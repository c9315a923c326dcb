import { addDays } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isFrozen } from '../credit/index.ts'
import { raiseTask } from '../crm/index.ts'
import { partiesOfSegment } from '../insights/index.ts'
import { takeIn } from './campaigns.ts'
import { runSequences } from './contract.ts'
import { ADDRESSED, layInQueue, letterInHand, UNSUBSCRIBED, type Addressed, type Letter } from './letters.ts'
import { insertWalked, insertWalks, patchWalk } from './marketing.store.ts'
import type { Sequence } from './sequences.ts'

/** Nobody waits for a longer run; the rest is led on a few minutes later. */
const MOST_A_RUN = 500

type Step = { readonly id: string; readonly kind: 'letter' | 'task' | 'wait'; readonly letter_id: string | null; readonly title: string | null; readonly days: number | null; readonly condition: 'always' | 'replied' | 'ordered' | 'ticket' | 'tier'; readonly is_not: 0 | 1; readonly tier_id: string | null; readonly otherwise: 'skip' | 'leave' }
type Walk = Addressed & { readonly walk_id: string; readonly position: number; readonly owner_id: string | null; readonly replied: number; readonly ordered: number; readonly ticket: number; readonly tier_id: string | null }
type Running = Sequence & { readonly campaign_owner_id: string }

// Of member `m` of walk `w`, by whoever the customer is today.
const SAME = '(select q.id from parties_party q where q.same_as = (select s.same_as from parties_party s where s.id = m.party_id))'
const REPLIED = 'm.response is not null and m.responded_on >= w.entered_on'
const ORDERED = `exists (select 1 from sales_order o where o.party_id in ${SAME} and o.number is not null and o.state <> 'cancelled' and o.day >= w.entered_on)
  or exists (select 1 from sales_invoice i where i.party_id in ${SAME} and i.kind = 'invoice' and i.day >= w.entered_on)`
const TICKET = `exists (select 1 from service_ticket k where k.party_id in ${SAME} and k.created_on >= w.entered_on)`
const is = (sql: string): string => `case when ${sql} then 1 else 0 end`

export const runSequencesHandler = handle(runSequences, async (ctx) => {
  const running = await ctx.db.all<Running>(
    `select q.id, q.campaign_id, q.name, q.segment_id, q.goal, q.state, c.owner_id as campaign_owner_id from marketing_sequence q join marketing_campaign c on c.id = q.campaign_id
      where q.state = 'running' and c.state = 'running' order by q.id`,
  )
  const told = { entered: 0, ended: 0, letters: 0, tasks: 0 }
  for (const sequence of running) {
    told.entered += await enter(ctx, sequence)
    told.ended += await end(ctx, sequence)
    const led = await leadOn(ctx, sequence)
    told.letters += led.letters
    told.tasks += led.tasks
    told.ended += led.ended
  }
  return told
})

/** Who is a member and was not led yet begins; the segment's customers become members first. */
async function enter(ctx: CommandCtx, { id: sequence_id, campaign_id, segment_id }: Running): Promise<number> {
  if (segment_id !== null) {
    try {
      await takeIn(ctx, { campaign_id, ids: await partiesOfSegment(ctx, segment_id) })
    } catch (error) {
      // A segment that was taken away, or asks for a field that is gone, leads nobody in; who is on the way goes on.
      if (!(error instanceof Refusal)) throw error
    }
  }
  const fresh = await ctx.db.all<{ id: string }>(
    `select m.id from marketing_member m join parties_party p on p.id = m.party_id and p.same_as = p.id and p.is_active = 1
      where m.campaign_id = ? and not ${UNSUBSCRIBED} and not exists (select 1 from marketing_walk w where w.sequence_id = ? and w.member_id = m.id) order by m.id limit ?`,
    [campaign_id, sequence_id, MOST_A_RUN],
  )
  await insertWalks(ctx, fresh.map(({ id }) => ({ id: ctx.newId(), sequence_id, member_id: id, position: 0, due_on: ctx.today, entered_on: ctx.today, state: 'walking' })))
  return fresh.length
}

/** Whoever wants no more, is somebody else's double or gone leaves; whoever did what was hoped for has reached it. */
async function end(ctx: CommandCtx, { id, goal }: Running): Promise<number> {
  const reached = goal === 'none' ? '1 = 0' : goal === 'replied' ? REPLIED : ORDERED
  const rows = await ctx.db.all<{ id: string; why: 'unsubscribed' | 'merged' | 'gone' | null }>(
    `select w.id, case when ${UNSUBSCRIBED} then 'unsubscribed' when p.same_as <> p.id then 'merged' when p.is_active = 0 then 'gone' end as why
       from marketing_walk w join marketing_member m on m.id = w.member_id join parties_party p on p.id = m.party_id
      where w.sequence_id = ? and w.state = 'walking' and (${UNSUBSCRIBED} or p.same_as <> p.id or p.is_active = 0 or (${reached})) order by w.id`,
    [id],
  )
  for (const { id: walk_id, why } of rows) await patchWalk(ctx, walk_id, why === null ? { state: 'reached', ended_on: ctx.today } : { state: 'left', why, ended_on: ctx.today })
  return rows.length
}

async function leadOn(ctx: CommandCtx, sequence: Running): Promise<{ letters: number; tasks: number; ended: number }> {
  const steps = await ctx.db.all<Step>('select id, kind, letter_id, title, days, condition, is_not, tier_id, otherwise from marketing_step where sequence_id = ? order by position, id', [sequence.id])
  const walks = await ctx.db.all<Walk>(
    `select w.id as walk_id, w.position, ${ADDRESSED}, (select a.user_id from parties_assignment a where a.party_id = m.party_id and a.to_day is null) as owner_id,
            ${is(REPLIED)} as replied, ${is(ORDERED)} as ordered, ${is(TICKET)} as ticket, (select s.tier_id from insights_score s where s.party_id = m.party_id) as tier_id
       from marketing_walk w join marketing_member m on m.id = w.member_id where w.sequence_id = ? and w.state = 'walking' and w.due_on <= ? order by w.due_on, w.id limit ?`,
    [sequence.id, ctx.today, MOST_A_RUN],
  )
  const letters = new Map<string, Letter>()
  for (const { letter_id } of steps) if (letter_id !== null) letters.set(letter_id, await letterInHand(ctx, letter_id))
  const told = { letters: 0, tasks: 0, ended: 0 }
  for (const walk of walks) {
    if (await isFrozen(ctx, walk.party_id)) {
      await patchWalk(ctx, walk.walk_id, { state: 'left', why: 'frozen', ended_on: ctx.today })
      told.ended++
      continue
    }
    const led = await leadOne(ctx, { sequence, steps, walk, letters })
    told.letters += led.letters
    told.tasks += led.tasks
    told.ended += led.ended
  }
  return told
}

type Leading = { readonly sequence: Running; readonly steps: readonly Step[]; readonly walk: Walk; readonly letters: ReadonlyMap<string, Letter> }

/** From where they stand to the next wait, or the end. Every step is written down: it is done for them once. */
async function leadOne(ctx: CommandCtx, { sequence, steps, walk, letters }: Leading): Promise<{ letters: number; tasks: number; ended: number }> {
  const told = { letters: 0, tasks: 0, ended: 0 }
  const log = (step: Step, did: 'letter' | 'task' | 'wait' | 'passed', made: { mail_id?: string; task_id?: string } = {}) =>
    insertWalked(ctx, [{ id: ctx.newId(), walk_id: walk.walk_id, step_id: step.id, did, on_day: ctx.today, ...made }])
  for (let position = walk.position; position < steps.length; position++) {
    const step = steps[position]!
    if (!holds(step, walk)) {
      await log(step, 'passed')
      if (step.otherwise === 'skip') continue
      await patchWalk(ctx, walk.walk_id, { position, state: 'left', why: 'condition', ended_on: ctx.today })
      return { ...told, ended: 1 }
    }
    if (step.kind === 'wait') {
      await log(step, 'wait')
      await patchWalk(ctx, walk.walk_id, { position: position + 1, due_on: addDays(ctx.today, step.days!) })
      return told
    }
    if (step.kind === 'task') {
      const task_id = await raiseTask(ctx, {
        title: `${step.title!}`, note: sequence.name, kind: 'call', party_id: walk.party_id, assignee_id: walk.owner_id ?? sequence.campaign_owner_id, due_on: ctx.today, priority: 2,
      })
      await log(step, 'task', { task_id })
      told.tasks++
      continue
    }
    const mail_id = await write(ctx, { letter: letters.get(step.letter_id!)!, walk })
    await log(step, mail_id === undefined ? 'passed' : 'letter', mail_id === undefined ? {} : { mail_id })
    if (mail_id !== undefined) told.letters++
  }
  await patchWalk(ctx, walk.walk_id, { position: steps.length, state: 'finished', ended_on: ctx.today })
  return { ...told, ended: 1 }
}

/** By e-mail, or by post for who has none. Undefined: no address, or they have it already. */
async function write(ctx: CommandCtx, { letter, walk }: { letter: Letter; walk: Walk }): Promise<string | undefined> {
  if (walk.email === null && walk.address === null) return undefined
  if (await ctx.db.get<{ id: string }>('select id from marketing_mail where letter_id = ? and member_id = ?', [letter.id, walk.id])) return undefined
  const { mail_of } = await layInQueue(ctx, { letter, members: [walk], way: walk.email === null ? 'post' : 'email' })
  return mail_of.get(walk.id)
}

const holds = ({ condition, is_not, tier_id }: Step, walk: Walk): boolean => {
  const held = condition === 'always' || (condition === 'tier' ? walk.tier_id === tier_id : walk[condition] === 1)
  return held !== (is_not === 1)
}
