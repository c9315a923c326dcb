import { addDays, daysBetween } from '../../kernel/day.ts'
import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { earnedByParty } from '../sales/index.ts'
import { raiseDue } from './calls.ts'
import { recompute } from './contract.ts'
import { applyLevels, type Standing } from './policies.ts'
import { historiesOf, weeksBetween, type History } from './purchases.ts'
import { cutsOf, scoresOf, tierOf } from './rfm.ts'
import { intervalOf, nextOf, riskOf } from './rhythm.ts'
import { discountRate, horizonMonths, raisesTasks, rfmRule, windowDays } from './rules.ts'
import { insertMoves, insertRun, replaceScores, replaceTogether, type ScoreRow } from './score.store.ts'
import { tiersOf, type Tier } from './tiers.ts'
import { workOutTogether } from './together.ts'
import { fitModels, worthOf, type Models, type Past, type Worth } from './worth.ts'

const NOTHING: Worth = { alive_e8: null, expected_e6: null, spend_minor: null, future_minor: null }
type Scored = { readonly past: Past; readonly history: History; readonly standing: Standing }

export const recomputeHandler = handle(recompute, async (ctx, { again }) => {
  if (ctx.scope.kind !== 'all') throw new Refusal('insights.wholeCompanyOnly', {})
  if (!(await ctx.db.get<{ id: string }>('select id from sales_invoice order by id limit 1'))) throw new Refusal('insights.nothingSold', {})
  const done = again === 0 && (await ctx.db.get<{ id: string }>('select id from insights_run where day = ? order by id limit 1', [ctx.today]))
  if (done) throw new Refusal('insights.doneToday', { today: ctx.today })
  const window_days = ctx.setting(windowDays)
  const from_on = addDays(ctx.today, 1 - window_days)
  const all = await storiesOf(ctx, { from_on, before_on: addDays(from_on, -window_days), today: ctx.today })
  const models = fitModels(all.map((s) => s.past).filter((past) => past.purchases > 0))
  const tiers = (await tiersOf(ctx.db)).filter((t) => t.is_active === 1)
  const before = await scoresBefore(ctx)
  const rows = scored(ctx, { all, models, tiers }).map((row): ScoreRow => ({ ...row, applied_level: before.get(row.party_id)?.applied_level ?? null }))
  const moves = rows.filter((row) => (before.get(row.party_id)?.tier_id ?? null) !== (row.tier_id ?? null))
  // Who is no customer any more, or became one with another, leaves their tier.
  const known = new Set(rows.map((row) => row.party_id))
  const gone = [...before.values()].filter((b) => b.tier_id !== null && !known.has(b.party_id))
  await insertMoves(ctx, [...moves, ...gone.map(({ party_id }) => ({ party_id, tier_id: null }))].map((row) => ({ id: ctx.newId(), party_id: row.party_id, from_tier_id: before.get(row.party_id)?.tier_id ?? null, to_tier_id: row.tier_id ?? null, day: ctx.today, at: ctx.now })))
  const levels = await applyLevels(ctx, { rows, tiers })
  await replaceScores(ctx, levels.rows)
  const { baskets, rows: pairs } = await workOutTogether(ctx, from_on)
  await replaceTogether(ctx, pairs)
  const count = (standing: Standing): number => all.filter((s) => s.standing === standing).length
  const counts = { scored: count('scored'), quiet: count('quiet'), not_positive: count('not_positive'), no_invoice: count('no_invoice'), moved: moves.length }
  const run_id = ctx.newId()
  await insertRun(ctx, { id: run_id, day: ctx.today, from_on, at: ctx.now, by_id: ctx.actor.id, ...counts, baskets, models: JSON.stringify(models) })
  const raised = ctx.setting(raisesTasks) === 1 ? await raiseDue(ctx) : { calls: 0, visits: 0 }
  return { run_id, ...counts, levels_set: levels.set, levels_kept: levels.kept, tasks_raised: raised.calls + raised.visits }
})

type Before = { readonly party_id: string; readonly tier_id: string | null; readonly applied_level: string | null }
const scoresBefore = async (ctx: CommandCtx): Promise<Map<string, Before>> =>
  new Map((await ctx.db.all<Before>('select party_id, tier_id, applied_level from insights_score order by party_id')).map((row) => [row.party_id, row]))

/** What every customer bought and earned us; the cash customer is nobody to know. */
async function storiesOf(ctx: CommandCtx, span: { from_on: string; before_on: string; today: string }): Promise<Scored[]> {
  const customers = await ctx.db.all<{ id: string }>('select id from parties_party where is_customer = 1 and is_cash = 0 and same_as = id order by id')
  const earned = new Map((await earnedByParty(ctx.db, ctx.today)).map((e) => [e.party_id, e]))
  const stories: Scored[] = []
  for await (const portion of historiesOf(ctx.db, customers.map((c) => c.id), span)) {
    for (const history of portion) {
      const { net_minor, cost_minor } = earned.get(history.party_id) ?? { net_minor: 0, cost_minor: 0 }
      stories.push({ history, standing: standingOf(history), past: pastOf(history, { net_minor, margin_minor: net_minor - cost_minor, today: span.today }) })
    }
    await ctx.breathe(stories.length, customers.length)
  }
  return stories
}

/** Whether somebody can be scored, and if not, why. */
function standingOf({ days, invoice_count, amount_minor }: History): Standing {
  if (days.length === 0) return 'no_invoice'
  if (invoice_count === 0) return 'quiet'
  return amount_minor > 0 ? 'scored' : 'not_positive'
}

function pastOf({ days, mean_minor }: History, { net_minor, margin_minor, today }: { net_minor: number; margin_minor: number; today: string }): Past {
  const first = days[0] ?? today
  return { repeats: Math.max(0, days.length - 1), last: weeksBetween(first, days.at(-1) ?? first), watched: weeksBetween(first, today), mean_minor, purchases: days.length, net_minor, margin_minor }
}

function scored(ctx: CommandCtx, { all, models, tiers }: { all: readonly Scored[]; models: Models; tiers: readonly Tier[] }): ScoreRow[] {
  const horizon = { months: ctx.setting(horizonMonths), yearly: ctx.setting(discountRate) / 1e8 }
  const boughtOf = ({ days, invoice_count, amount_minor }: History) => ({ days_ago: daysBetween({ from: days.at(-1)!, to: ctx.today }), invoice_count, amount_minor })
  const cuts = cutsOf(rfmRule(ctx), all.filter((s) => s.standing === 'scored').map((s) => boughtOf(s.history)))
  return all.map(({ history, standing, past }): ScoreRow => {
    const { party_id, days, mean_minor: _, ...sums } = history
    const last_on = days.at(-1)
    const interval_days = intervalOf(days)
    const worth = last_on === undefined ? NOTHING : worthOf(models, past, horizon)
    const scores = standing === 'scored' ? scoresOf(cuts, boughtOf(history)) : undefined
    const alive = worth.alive_e8 === null ? undefined : worth.alive_e8 / 1e8
    const { risk, reasons } = last_on === undefined ? { risk: 0, reasons: [] } : riskOf({ today: ctx.today, last_on, interval_days, alive, ...sums })
    return {
      party_id, standing, ...scores, tier_id: (scores && tierOf(tiers, scores)?.tier_id) ?? null, ...sums, first_on: days[0] ?? null, last_on: last_on ?? null, purchase_days: days.length,
      margin_minor: past.margin_minor, interval_days: interval_days ?? null, ...(last_on !== undefined && interval_days !== undefined ? nextOf({ last_on, interval_days }) : {}),
      ...worth, lifetime_minor: past.margin_minor + (worth.future_minor ?? 0), risk, risk_reasons: JSON.stringify(reasons), computed_on: ctx.today,
    }
  })
}
