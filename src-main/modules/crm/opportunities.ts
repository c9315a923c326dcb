import type { InputOf } from '../../kernel/contract.ts'
import { currencyOf } from '../../kernel/money.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMove } from '../../kernel/states.ts'
import { marks } from '../../storage/db.ts'
import { itemsOf, ratioOf } from '../catalog/index.ts'
import { assertVisible } from '../parties/index.ts'
import { takeNumber } from '../platform/index.ts'
import { createOpportunity, loseOpportunity, moveOpportunity, opportunityStates, reopenOpportunity, updateOpportunity, type OpportunityState, type StageField } from './contract.ts'
import { linesAmount, missingFor, type Filled } from './opportunity.ts'
import { opportunityInHand, type Opportunity } from './opportunity-in-hand.ts'
import { addMove, insertOpportunity, patchOpportunity, replaceParts } from './opportunity.store.ts'
import { leadInHand } from './subject.ts'
import { assertColleague } from './tasks.ts'

type Form = Omit<InputOf<typeof updateOpportunity>, 'opportunity_id'>

export const createOpportunityHandler = handle(createOpportunity, (ctx, input) => newOpportunity(ctx, input))

/** A new opportunity in its stage, with everything that the stage asks. */
export async function newOpportunity(ctx: CommandCtx, { party_id, stage_id, lead_id, ...form }: InputOf<typeof createOpportunity>): Promise<{ opportunity_id: string; number: string }> {
  await assertVisible(ctx, party_id)
  if (lead_id !== undefined) await leadInHand(ctx, lead_id)
  const parts = await partsOf(ctx, form)
  const stage = await stageOf(ctx, stage_id)
  assertStage(stage, filledOf(parts))
  const opportunity_id = ctx.newId()
  const number = await takeNumber(ctx, { series: 'crm.opportunity', day: ctx.today })
  await insertOpportunity(ctx, {
    row: {
      id: opportunity_id, number, party_id, lead_id: lead_id ?? null, stage_id: stage.id, state: 'open', ...parts.columns, owner_id: form.owner_id ?? ctx.actor.id,
      stage_since: ctx.today, created_by: ctx.actor.id, created_on: ctx.today, created_at: ctx.now,
    },
    ...parts,
  })
  return { opportunity_id, number }
}

export const updateOpportunityHandler = handle(updateOpportunity, async (ctx, { opportunity_id, ...form }) => {
  const before = await opportunityInHand(ctx, opportunity_id)
  assertOpen(before)
  const parts = await partsOf(ctx, form)
  assertStage(await stageOf(ctx, before.stage_id), filledOf(parts))
  await patchOpportunity(ctx, opportunity_id, { ...parts.columns, owner_id: form.owner_id ?? before.owner_id })
  await replaceParts(ctx, { opportunity_id, lines: parts.lines, rivals: parts.rivals })
  return { opportunity_id }
})

type Parts = Awaited<ReturnType<typeof partsOf>>
const filledOf = ({ columns, lines, rivals }: Parts): Filled => ({ ...columns, line_count: lines.length, rival_count: rivals.length })

/** The columns and lines of a form, checked: items and units there are, competitors that are known, an owner who works here. */
async function partsOf(ctx: CommandCtx, { name, amount_minor, expected_on, contact_name, owner_id, note, lines, rivals }: Form) {
  if (owner_id !== undefined) await assertColleague(ctx, owner_id)
  const items = await itemsOf(ctx, lines.map((line) => line.item_id))
  const measured = lines.map((line) => {
    const item = items.get(line.item_id)!
    const unit = line.unit ?? item.base_unit
    ratioOf(item, unit)
    return { ...line, unit }
  })
  const sum = linesAmount(measured, currencyOf(ctx.company.currency).digits)
  if (sum > 90_000_000_000_000n) throw new Refusal('crm.linesTooLarge', { name })
  await assertCompetitors(ctx, rivals.map((r) => r.competitor_id))
  return {
    columns: { name, amount_minor: amount_minor ?? Number(sum), expected_on, contact_name: contact_name || null, note: note || null },
    lines: measured,
    rivals: [...new Map(rivals.map((r) => [r.competitor_id, { ...r, note: r.note || null }])).values()],
  }
}

async function assertCompetitors(ctx: CommandCtx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  const known = await ctx.db.all<{ id: string }>(`select id from crm_competitor where id in (${marks(wanted)}) order by id`, wanted)
  const missing = wanted.find((id) => !known.some((k) => k.id === id))
  if (missing !== undefined) throw new Refusal('crm.competitorNotFound', { competitor_id: missing })
}

type Stage = { readonly id: string; readonly name_zh: string; readonly name_en: string; readonly required_fields: string; readonly is_active: number }

/** A stage in use; the first one where none is named. Refuses 'crm.stageNotFound'. */
async function stageOf(ctx: CommandCtx, stage_id: string | undefined): Promise<Stage> {
  const row = await ctx.db.get<Stage>(
    `select id, name_zh, name_en, required_fields, is_active from crm_stage where ${stage_id === undefined ? 'is_active = 1' : 'id = ?'} order by position, id limit 1`,
    stage_id === undefined ? [] : [stage_id],
  )
  if (!row || row.is_active === 0) throw new Refusal('crm.stageNotFound', { stage_id: stage_id ?? null })
  return row
}

/** Refuses 'crm.stageNeedsFields' with what the stage asks and is not there. */
function assertStage({ name_zh, name_en, required_fields }: Stage, filled: Filled): void {
  const missing = missingFor(JSON.parse(required_fields) as StageField[], filled)
  if (missing.length > 0) throw new Refusal('crm.stageNeedsFields', { name_zh: name_zh || name_en, name_en: name_en || name_zh, missing })
}

export function assertOpen({ state }: Opportunity): void {
  if (state !== 'open') throw new Refusal('crm.opportunityStateForbids', { from: state, to: 'open' })
}

export const moveOpportunityHandler = handle(moveOpportunity, async (ctx, { opportunity_id, stage_id }) => {
  const opportunity = await opportunityInHand(ctx, opportunity_id)
  assertOpen(opportunity)
  const stage = await stageOf(ctx, stage_id)
  if (stage.id === opportunity.stage_id) return { opportunity_id }
  const parts = await ctx.db.get<{ line_count: number; rival_count: number }>(
    `select (select count(*) from crm_opportunity_line where opportunity_id = ?) as line_count, (select count(*) from crm_rival where opportunity_id = ?) as rival_count`,
    [opportunity_id, opportunity_id],
  )
  assertStage(stage, { ...opportunity, ...parts! })
  await step(ctx, { opportunity, stage_id, state: 'open' })
  return { opportunity_id }
})

/** Takes an opportunity to another stage or state, and writes that down. */
export async function step(ctx: CommandCtx, { opportunity, stage_id, state }: { opportunity: Opportunity; stage_id: string; state: OpportunityState }): Promise<void> {
  const last = await ctx.db.get<{ seq: number }>('select max(seq) as seq from crm_stage_move where opportunity_id = ?', [opportunity.id])
  await addMove(ctx, { opportunity_id: opportunity.id, seq: last!.seq + 1, stage_id, state })
  await patchOpportunity(ctx, opportunity.id, { stage_id, state, ...(stage_id === opportunity.stage_id ? {} : { stage_since: ctx.today }) })
}

export const loseOpportunityHandler = handle(loseOpportunity, async (ctx, { opportunity_id, close_reason, lost_to_id }) => {
  const opportunity = await opportunityInHand(ctx, opportunity_id)
  assertMove(opportunityStates, { from: opportunity.state, to: 'lost', refusal: 'crm.opportunityStateForbids' })
  if (lost_to_id !== null) await assertCompetitors(ctx, [lost_to_id])
  await step(ctx, { opportunity, stage_id: opportunity.stage_id, state: 'lost' })
  await patchOpportunity(ctx, opportunity_id, { close_reason, lost_to_id, closed_on: ctx.today })
  return { opportunity_id }
})

export const reopenOpportunityHandler = handle(reopenOpportunity, async (ctx, { opportunity_id }) => {
  const opportunity = await opportunityInHand(ctx, opportunity_id)
  assertMove(opportunityStates, { from: opportunity.state, to: 'open', refusal: 'crm.opportunityStateForbids' })
  // Its stage may have been put away meanwhile: then it begins anew.
  const stage = await ctx.db.get<{ is_active: number }>('select is_active from crm_stage where id = ?', [opportunity.stage_id])
  const stage_id = stage!.is_active === 1 ? opportunity.stage_id : (await stageOf(ctx, undefined)).id
  await step(ctx, { opportunity, stage_id, state: 'open' })
  await patchOpportunity(ctx, opportunity_id, { close_reason: null, lost_to_id: null, closed_on: null })
  return { opportunity_id }
})
