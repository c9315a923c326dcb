import type { InputOf } from '../../kernel/contract.ts'
import { handle, type CommandCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { partiesOfSegment } from '../insights/index.ts'
import { visibleParties } from '../parties/index.ts'
import { campaignInHand } from './campaigns.ts'
import { createSequence, leaveSequence, moveSequence, sequenceStates, updateSequence, type SequenceState } from './contract.ts'
import { letterInHand } from './letters.ts'
import { insertSequence, patchLetter, patchSequence, patchWalk, putSteps } from './marketing.store.ts'
import { hasAccount } from './settings.ts'

type Form = Omit<InputOf<typeof createSequence>, 'campaign_id'>
export type Sequence = { readonly id: string; readonly campaign_id: string; readonly name: string; readonly segment_id: string | null; readonly goal: 'none' | 'ordered' | 'replied'; readonly state: SequenceState }

/** Refuses 'marketing.sequenceNotFound'. */
export async function sequenceInHand({ db }: { db: Pick<QueryCtx['db'], 'get'> }, sequence_id: string): Promise<Sequence> {
  const row = await db.get<Sequence>('select id, campaign_id, name, segment_id, goal, state from marketing_sequence where id = ?', [sequence_id])
  if (!row) throw new Refusal('marketing.sequenceNotFound', { sequence_id })
  return row
}

/** Its letters are the campaign's, each at one step: nobody gets the same one twice. */
async function assertWhole(ctx: CommandCtx, { form, campaign_id, except }: { form: Form; campaign_id: string; except: string }): Promise<void> {
  const known = await ctx.db.get<{ id: string }>('select id from marketing_sequence where campaign_id = ? and lower(name) = lower(?) and id <> ?', [campaign_id, form.name, except])
  if (known) throw new Refusal('marketing.sequenceKnown', { name: form.name })
  if (form.segment_id !== null) await partiesOfSegment(ctx, form.segment_id)
  const letters = new Set<string>()
  for (const { what, when } of form.steps) {
    if (when.condition === 'tier' && !(await ctx.db.get<{ id: string }>('select id from insights_tier where id = ?', [when.tier_id]))) throw new Refusal('marketing.tierNotFound', { tier_id: when.tier_id })
    if (what.kind !== 'letter') continue
    const letter = await letterInHand(ctx, what.letter_id)
    if (letter.campaign_id !== campaign_id) throw new Refusal('marketing.letterNotFound', { letter_id: letter.id })
    if (letters.has(letter.id)) throw new Refusal('marketing.letterTwice', { subject: letter.subject })
    letters.add(letter.id)
  }
}

const stepsOf = (ctx: CommandCtx, { steps, sequence_id }: { steps: Form['steps']; sequence_id: string }) =>
  putSteps(ctx, sequence_id, steps.map(({ what, when, is_not, otherwise }, position) => ({
    id: ctx.newId(), sequence_id, position, kind: what.kind, letter_id: what.kind === 'letter' ? what.letter_id : null, title: what.kind === 'task' ? what.title : null,
    days: what.kind === 'wait' ? what.days : null, condition: when.condition, tier_id: when.condition === 'tier' ? when.tier_id : null, is_not, otherwise,
  })))

export const createSequenceHandler = handle(createSequence, async (ctx, { campaign_id, ...form }) => {
  await campaignInHand(ctx, campaign_id)
  await assertWhole(ctx, { form, campaign_id, except: '' })
  const sequence_id = ctx.newId()
  await insertSequence(ctx, { id: sequence_id, campaign_id, name: form.name, segment_id: form.segment_id, goal: form.goal, state: 'draft', created_by: ctx.actor.id, created_at: ctx.now })
  await stepsOf(ctx, { steps: form.steps, sequence_id })
  return { sequence_id }
})

export const updateSequenceHandler = handle(updateSequence, async (ctx, { sequence_id, ...form }) => {
  const sequence = await sequenceInHand(ctx, sequence_id)
  if (sequence.state !== 'draft') throw new Refusal('marketing.sequenceStateForbids', { from: sequence.state, to: 'draft' })
  await assertWhole(ctx, { form, campaign_id: sequence.campaign_id, except: sequence_id })
  await patchSequence(ctx, sequence_id, { name: form.name, segment_id: form.segment_id, goal: form.goal })
  await stepsOf(ctx, { steps: form.steps, sequence_id })
  return { sequence_id }
})

/** Does anybody of the campaign have an e-mail address? Where nobody does, its letters go by post. */
const hasMailbox = async (ctx: CommandCtx, campaign_id: string): Promise<boolean> =>
  (await ctx.db.get<{ id: string }>('select id from marketing_member where campaign_id = ? and email is not null order by id limit 1', [campaign_id])) !== undefined

export const moveSequenceHandler = handle(moveSequence, async (ctx, { sequence_id, state }) => {
  const sequence = await sequenceInHand(ctx, sequence_id)
  assertMove(sequenceStates, { from: sequence.state, to: state, refusal: 'marketing.sequenceStateForbids' })
  const letters = await ctx.db.all<{ id: string; state: string }>('select l.id, l.state from marketing_step s join marketing_letter l on l.id = s.letter_id where s.sequence_id = ? order by l.id', [sequence_id])
  if (state === 'running' && letters.length > 0 && !hasAccount(ctx) && (await hasMailbox(ctx, sequence.campaign_id))) throw new Refusal('marketing.noAccount', {})
  // What some will get, all will get: its words stand from here on.
  for (const letter of state === 'running' ? letters : []) if (letter.state === 'draft') await patchLetter(ctx, letter.id, { state: 'queued', queued_at: ctx.now })
  if (state === 'closed') {
    const walking = await ctx.db.all<{ id: string }>(`select id from marketing_walk where sequence_id = ? and state = 'walking' order by id`, [sequence_id])
    for (const { id } of walking) await patchWalk(ctx, id, { state: 'left', why: 'closed', ended_on: ctx.today })
  }
  await patchSequence(ctx, sequence_id, { state })
  return { sequence_id }
})

export const leaveSequenceHandler = handle(leaveSequence, async (ctx, { walk_id }) => {
  const seen = visibleParties(ctx.scope, 'm.party_id')
  const row = await ctx.db.get<{ state: string; name: string }>(`select w.state, m.name from marketing_walk w join marketing_member m on m.id = w.member_id where w.id = ? and ${seen.sql}`, [walk_id, ...seen.params])
  if (!row) throw new Refusal('marketing.walkNotFound', { walk_id })
  if (row.state !== 'walking') throw new Refusal('marketing.walkEnded', { name: row.name })
  await patchWalk(ctx, walk_id, { state: 'left', why: 'taken_out', ended_on: ctx.today })
  return { walk_id }
})
