import { answer, handle, on, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { companyFounded, teamRemoved } from '../platform/index.ts'
import type { OutputOf } from '../../kernel/contract.ts'
import { removeRoutingRule, removeScoreRule, routingRules, saveRoutingRule, saveScoreRule, scoreRules, type ScoreFact } from './contract.ts'
import { deleteRoutingRule, deleteScoreRule, insertRoutingRule, insertScoreRules, patchRoutingRule, patchScoreRule } from './rule.store.ts'
import { hotScore } from './rules.ts'
import { scoreRulesIn } from './score.ts'
import { assertColleague } from './tasks.ts'

const MOST_RULES = 40

/** What a new company takes for promising: [fact, word, number, points]. */
const first: readonly (readonly [ScoreFact, string | null, number | null, number])[] = [
  ['has_phone', null, null, 10],
  ['has_company', null, null, 10],
  ['is_referred', null, null, 20],
  ['last_result', 'interested', null, 30],
  ['last_result', 'promised', null, 40],
  ['followed_up', null, 2, 10],
  ['idle_days', null, 14, -20],
]

/** Every company can tell promising leads from the first day. */
export const seedScoreRules = on(companyFounded, (ctx) =>
  insertScoreRules(ctx, first.map(([fact, word, number, points], i) => ({ id: ctx.newId(), position: i + 1, fact, word, number, points, is_active: 1 }))),
)

/** A team that leads go to is not taken away. */
export const keepRoutedTeams = on(teamRemoved, async (ctx, { team_id, name }) => {
  const rule = await ctx.db.get<{ name: string }>('select name from crm_routing_rule where team_id = ? order by position, id limit 1', [team_id])
  if (rule) throw new Refusal('platform.teamHasDuties', { name, duty: rule.name })
})

type Place = { readonly id: string; readonly position: number }

/** Puts a rule at a place among the others, and numbers them anew from 1. */
async function arrange(ctx: CommandCtx, { rules, rule_id, position, patch }: { rules: readonly Place[]; rule_id: string; position: number | undefined; patch: (ctx: CommandCtx, id: string, patch: { position: number }) => Promise<unknown> }): Promise<void> {
  const others = rules.filter((r) => r.id !== rule_id).map((r) => r.id)
  const at = position ?? rules.find((r) => r.id === rule_id)?.position ?? others.length + 1
  const order = [...others.slice(0, at - 1), rule_id, ...others.slice(at - 1)]
  for (const [i, id] of order.entries()) if (rules.find((r) => r.id === id)?.position !== i + 1) await patch(ctx, id, { position: i + 1 })
}
const places = (ctx: CommandCtx, table: 'crm_score_rule' | 'crm_routing_rule'): Promise<Place[]> => ctx.db.all<Place>(`select id, position from ${table} order by position, id`)

function assertKnown(rules: readonly Place[], rule_id: string): void {
  if (!rules.some((r) => r.id === rule_id)) throw new Refusal('crm.ruleNotFound', { rule_id })
}

export const saveScoreRuleHandler = handle(saveScoreRule, async (ctx, { rule_id: known, position, ...form }) => {
  const rules = await places(ctx, 'crm_score_rule')
  if (known !== undefined) assertKnown(rules, known)
  else if (rules.length >= MOST_RULES) throw new Refusal('crm.tooManyRules', { most: MOST_RULES })
  const rule_id = known ?? ctx.newId()
  if (known === undefined) await insertScoreRules(ctx, [{ id: rule_id, position: rules.length + 1, ...form }])
  else await patchScoreRule(ctx, rule_id, form)
  await arrange(ctx, { rules, rule_id, position, patch: patchScoreRule })
  return { rule_id }
})

export const removeScoreRuleHandler = handle(removeScoreRule, async (ctx, { rule_id }) => {
  assertKnown(await places(ctx, 'crm_score_rule'), rule_id)
  await deleteScoreRule(ctx, rule_id)
  for (const [i, rule] of (await places(ctx, 'crm_score_rule')).entries()) if (rule.position !== i + 1) await patchScoreRule(ctx, rule.id, { position: i + 1 })
  return {}
})

export const saveRoutingRuleHandler = handle(saveRoutingRule, async (ctx, { rule_id: known, position, ...form }) => {
  const rules = await places(ctx, 'crm_routing_rule')
  if (known !== undefined) assertKnown(rules, known)
  else if (rules.length >= MOST_RULES) throw new Refusal('crm.tooManyRules', { most: MOST_RULES })
  if (form.user_id !== null) await assertColleague(ctx, form.user_id)
  if (form.team_id !== null && !(await ctx.db.get<{ id: string }>('select id from platform_team where id = ?', [form.team_id]))) throw new Refusal('platform.teamNotFound', { team_id: form.team_id })
  const rule_id = known ?? ctx.newId()
  const columns = { ...form, source: form.source || null, region: form.region || null, word: form.word || null }
  if (known === undefined) await insertRoutingRule(ctx, { id: rule_id, position: rules.length + 1, ...columns, last_user_id: null })
  else await patchRoutingRule(ctx, rule_id, columns)
  await arrange(ctx, { rules, rule_id, position, patch: patchRoutingRule })
  return { rule_id }
})

export const removeRoutingRuleHandler = handle(removeRoutingRule, async (ctx, { rule_id }) => {
  assertKnown(await places(ctx, 'crm_routing_rule'), rule_id)
  await deleteRoutingRule(ctx, rule_id)
  for (const [i, rule] of (await places(ctx, 'crm_routing_rule')).entries()) if (rule.position !== i + 1) await patchRoutingRule(ctx, rule.id, { position: i + 1 })
  return {}
})

export const scoreRulesHandler = answer(scoreRules, async (ctx) => ({ rows: await scoreRulesIn(ctx.db), hot_score: ctx.setting(hotScore) }))

export const routingRulesHandler = answer(routingRules, async ({ db }) => ({
  rows: await db.all<OutputOf<typeof routingRules>['rows'][number]>(
    `select r.id as rule_id, r.position, r.name, r.source, r.region, r.word, r.method, r.user_id, r.team_id, coalesce(u.name, m.name) as to_name, w.name as last_name, r.is_active
       from crm_routing_rule r left join platform_user u on u.id = r.user_id left join platform_team m on m.id = r.team_id left join platform_user w on w.id = r.last_user_id
      order by r.position, r.id`,
  ),
}))
