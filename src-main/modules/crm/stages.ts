import { handle, on, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nameKeyOf } from '../../kernel/text.ts'
import { companyFounded } from '../platform/index.ts'
import { createCompetitor, createStage, updateCompetitor, updateStage, type StageField } from './contract.ts'
import { insertCompetitor, insertStages, patchCompetitor, patchStage, type NewStage } from './opportunity.store.ts'

const PERCENT = 1_000_000
const MOST_STAGES = 20

/** The way that a new company begins with. */
const first: readonly (readonly [name_zh: string, name_en: string, percent: number, required_fields: readonly StageField[]])[] = [
  ['初步接洽', 'First contact', 10, []],
  ['需求确认', 'Needs understood', 25, ['contact_name']],
  ['方案报价', 'Offer made', 50, ['amount_minor', 'expected_on']],
  ['商务谈判', 'Negotiation', 75, ['amount_minor', 'expected_on']],
]

/** Every company has a way from interest to order from the first day. */
export const seedStages = on(companyFounded, async (ctx) => {
  const rows = first.map(([name_zh, name_en, percent, required], i): NewStage => ({
    id: ctx.newId(), position: i + 1, name_zh, name_en, probability_e8: percent * PERCENT, required_fields: JSON.stringify(required), is_active: 1,
  }))
  await insertStages(ctx, rows)
})

type Stage = { readonly id: string; readonly position: number; readonly is_active: number }
const stagesOf = (ctx: CommandCtx): Promise<Stage[]> => ctx.db.all<Stage>('select id, position, is_active from crm_stage order by position, id')

export const createStageHandler = handle(createStage, async (ctx, { required_fields, ...form }) => {
  const stages = await stagesOf(ctx)
  assertRoom(stages)
  const stage_id = ctx.newId()
  await insertStages(ctx, [{ id: stage_id, ...form, required_fields: JSON.stringify(required_fields), position: stages.length + 1, is_active: 1 }])
  return { stage_id }
})

export const updateStageHandler = handle(updateStage, async (ctx, { stage_id, position, required_fields, is_active, ...form }) => {
  const stages = await stagesOf(ctx)
  const stage = stages.find((s) => s.id === stage_id)
  if (!stage) throw new Refusal('crm.stageNotFound', { stage_id })
  if (is_active === 1 && stage.is_active === 0) assertRoom(stages)
  if (is_active === 0 && stage.is_active === 1) await assertDispensable(ctx, { stage_id, stages, name: form.name_zh || form.name_en })
  await patchStage(ctx, stage_id, { ...form, required_fields: JSON.stringify(required_fields), is_active })
  const others = stages.filter((s) => s.id !== stage_id)
  const inOrder = [...others.slice(0, position - 1), stage, ...others.slice(position - 1)]
  for (const [i, s] of inOrder.entries()) if (s.position !== i + 1) await patchStage(ctx, s.id, { position: i + 1 })
  return { stage_id }
})

/** A board of more columns is none; stages that are put away do not count. */
function assertRoom(stages: readonly Stage[]): void {
  if (stages.filter((s) => s.is_active === 1).length >= MOST_STAGES) throw new Refusal('crm.tooManyStages', { most: MOST_STAGES })
}

/** Nothing stands in it, and it is not the last one there is. */
async function assertDispensable(ctx: CommandCtx, { stage_id, stages, name }: { stage_id: string; stages: readonly Stage[]; name: string }): Promise<void> {
  if (stages.filter((s) => s.is_active === 1).length === 1) throw new Refusal('crm.stageNeeded', { name })
  const open = await ctx.db.get<{ n: number }>(`select count(*) as n from crm_opportunity where stage_id = ? and state = 'open'`, [stage_id])
  if (open!.n > 0) throw new Refusal('crm.stageInUse', { name, count: open!.n })
}

export const createCompetitorHandler = handle(createCompetitor, async (ctx, { name, strengths }) => {
  await assertNewName(ctx, { name, except: '' })
  const competitor_id = ctx.newId()
  await insertCompetitor(ctx, { id: competitor_id, name, name_key: nameKeyOf(name), strengths: strengths || null, is_active: 1 })
  return { competitor_id }
})

export const updateCompetitorHandler = handle(updateCompetitor, async (ctx, { competitor_id, name, strengths, is_active }) => {
  if (!(await ctx.db.get<{ id: string }>('select id from crm_competitor where id = ?', [competitor_id]))) throw new Refusal('crm.competitorNotFound', { competitor_id })
  await assertNewName(ctx, { name, except: competitor_id })
  await patchCompetitor(ctx, competitor_id, { name, name_key: nameKeyOf(name), strengths: strengths || null, is_active })
  return { competitor_id }
})

async function assertNewName(ctx: CommandCtx, { name, except }: { name: string; except: string }): Promise<void> {
  const row = await ctx.db.get<{ name: string }>('select name from crm_competitor where name_key = ? and id <> ?', [nameKeyOf(name), except])
  if (row) throw new Refusal('crm.competitorKnown', { name: row.name })
}
