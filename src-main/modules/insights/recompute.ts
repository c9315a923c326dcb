import type { InputOf } from '../../kernel/contract.ts'
import { addDays, daysBetween } from '../../kernel/day.ts'
import { handleLong, type CommandCtx, type LongCtx, type QueryCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import { earnedBetween } from '../sales/index.ts'
import { raiseDue } from './calls.ts'
import { recompute } from './contract.ts'
import { monthsIn, slowly } from './pieces.ts'
import { applyLevels, type Standing } from './policies.ts'
import { historiesOf, IDS_A_STATEMENT, weeksBetween, type History } from './purchases.ts'
import { cutsOf, scoresOf, tierOf, type RfmRule } from './rfm.ts'
import { intervalOf, nextOf, riskOf } from './rhythm.ts'
import { discountRate, horizonMonths, raisesTasks, rfmRule, windowDays } from './rules.ts'
import { insertMoves, insertRun, putScores, removeScore, replaceTogether, type ScoreRow } from './score.store.ts'
import { tiersOf, type Tier } from './tiers.ts'
import { workOutTogether } from './together.ts'
import { fitModels, worthOf, type Models, type Past, type Worth } from './worth.ts'

const NOTHING: Worth = { alive_e8: null, expected_e6: null, spend_minor: null, future_minor: null }
type Scored = { readonly past: Past; readonly history: History; readonly standing: Standing }

/** What is asked once, before anything is worked out. */
type Plan = {
  readonly today: string
  readonly from_on: string
  readonly before_on: string
  /** The day of the first invoice. */
  readonly since: string
  readonly ids: readonly string[]
  readonly tiers: readonly Tier[]
  readonly rule: RfmRule
  readonly horizon: { readonly months: number; readonly yearly: number }
}

export const recomputeHandler = handleLong(recompute, (long, input) => workedOut(long, input).catch((error: unknown) => {
  // What its pieces kept stands: that nothing had changed would not be true.
  throw error instanceof Refusal && error.code === 'platform.cancelled' ? new Refusal('insights.stopped') : error
}))

async function workedOut(long: LongCtx, { again }: InputOf<typeof recompute>) {
  const plan = await long.read((ctx) => planned(ctx, again))
  // Every customer is read, reckoned and written once; what else is done counts as a tenth.
  const { length } = plan.ids
  const breath = (begun: number) => (done: number) => long.breathe(begun + Math.min(done, length), Math.ceil(3.1 * length))
    const all = await storiesOf(long, { plan, breathe: breath(0) })
  const models = await slowly(fitModels(all.map((s) => s.past).filter((past) => past.purchases > 0)), () => breath(length)(0))
  const rows = await scored({ all, models, plan, breathe: breath(length) })
  let moved = 0
  for (const [i, portion] of [...portionsOf(rows)].entries()) {
    moved += await long.write((ctx) => keep(ctx, portion))
    await breath(2 * length)((i + 1) * IDS_A_STATEMENT)
  }
  const { baskets, rows: pairs } = await workOutTogether(long, { spans: monthsIn({ from: plan.from_on, to: plan.today }), breathe: () => breath(3 * length)(0) })
  await long.write((ctx) => replaceTogether(ctx, pairs))
  const count = (standing: Standing): number => all.filter((s) => s.standing === standing).length
  const counts = { scored: count('scored'), quiet: count('quiet'), not_positive: count('not_positive'), no_invoice: count('no_invoice'), moved }
  return async (ctx: CommandCtx) => {
    await leaveBehind(ctx)
    const levels = await applyLevels(ctx, plan.tiers)
    const run_id = ctx.newId()
    await insertRun(ctx, { id: run_id, day: ctx.today, from_on: plan.from_on, at: ctx.now, by_id: ctx.actor.id, ...counts, baskets, models: JSON.stringify(models) })
    const raised = ctx.setting(raisesTasks) === 1 ? await raiseDue(ctx) : { calls: 0, visits: 0 }
    return { run_id, ...counts, levels_set: levels.set, levels_kept: levels.kept, tasks_raised: raised.calls + raised.visits }
  }
}

/** The cash customer is nobody to know. */
async function planned(ctx: QueryCtx, again: 0 | 1): Promise<Plan> {
  const { db, today } = ctx
  if (ctx.scope.kind !== 'all') throw new Refusal('insights.wholeCompanyOnly', {})
  const first = await db.get<{ day: string | null }>('select min(day) as day from sales_invoice')
  if (!first?.day) throw new Refusal('insights.nothingSold', {})
  const done = again === 0 && (await db.get<{ id: string }>('select id from insights_run where day = ? order by id limit 1', [today]))
  if (done) throw new Refusal('insights.doneToday', { today })
  const window_days = ctx.setting(windowDays)
  const from_on = addDays(today, 1 - window_days)
  return {
    today, from_on, before_on: addDays(from_on, -window_days), since: first.day,
    ids: (await db.all<{ id: string }>('select id from parties_party where is_customer = 1 and is_cash = 0 and same_as = id order by id')).map((c) => c.id),
    tiers: (await tiersOf(db)).filter((t) => t.is_active === 1),
    rule: rfmRule(ctx),
    horizon: { months: ctx.setting(horizonMonths), yearly: ctx.setting(discountRate) / 1e8 },
  }
}

function* portionsOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += IDS_A_STATEMENT) yield rows.slice(from, from + IDS_A_STATEMENT)
}

type Breathing = { readonly plan: Plan; readonly breathe: (done: number) => Promise<void> }

/** What every customer bought and earned us. */
async function storiesOf(long: LongCtx, { plan, breathe }: Breathing): Promise<Scored[]> {
  const { today } = plan
  const earned = new Map<string, { net_minor: number; margin_minor: number }>()
  // Goods may have left before they were invoiced: the first month begins with the books.
  for (const [i, { from, to }] of monthsIn({ from: plan.since, to: today }).entries()) {
    for (const { party_id, net_minor, cost_minor } of await long.read((ctx) => earnedBetween(ctx.db, { from: i === 0 ? BEGINNING : from, to }))) {
      const before = earned.get(party_id) ?? { net_minor: 0, margin_minor: 0 }
      earned.set(party_id, { net_minor: before.net_minor + net_minor, margin_minor: before.margin_minor + net_minor - cost_minor })
    }
    await breathe(0)
  }
  const stories: Scored[] = []
  for (const ids of portionsOf(plan.ids)) {
    for (const history of await long.read((ctx) => historiesOf(ctx.db, ids, plan))) {
      stories.push({ history, standing: standingOf(history), past: pastOf(history, { ...(earned.get(history.party_id) ?? { net_minor: 0, margin_minor: 0 }), today }) })
    }
    await breathe(stories.length)
  }
  return stories
}
const BEGINNING = '1900-01-01'

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

async function scored({ all, models, plan, breathe }: Breathing & { all: readonly Scored[]; models: Models }): Promise<ScoreRow[]> {
  const boughtOf = ({ days, invoice_count, amount_minor }: History) => ({ days_ago: daysBetween({ from: days.at(-1)!, to: plan.today }), invoice_count, amount_minor })
  const cuts = cutsOf(plan.rule, all.filter((s) => s.standing === 'scored').map((s) => boughtOf(s.history)))
  const rows: ScoreRow[] = []
  for (const portion of portionsOf(all)) {
    for (const { history, standing, past } of portion) {
      const { party_id, days, mean_minor: _, ...sums } = history
      const last_on = days.at(-1)
      const interval_days = intervalOf(days)
      const worth = last_on === undefined ? NOTHING : worthOf(models, past, plan.horizon)
      const scores = standing === 'scored' ? scoresOf(cuts, boughtOf(history)) : undefined
      const alive = worth.alive_e8 === null ? undefined : worth.alive_e8 / 1e8
      const { risk, reasons } = last_on === undefined ? { risk: 0, reasons: [] } : riskOf({ today: plan.today, last_on, interval_days, alive, ...sums })
      rows.push({
        party_id, standing, ...scores, tier_id: (scores && tierOf(plan.tiers, scores)?.tier_id) ?? null, ...sums, first_on: days[0] ?? null, last_on: last_on ?? null, purchase_days: days.length,
        margin_minor: past.margin_minor, interval_days: interval_days ?? null, ...(last_on !== undefined && interval_days !== undefined ? nextOf({ last_on, interval_days }) : {}),
        ...worth, lifetime_minor: past.margin_minor + (worth.future_minor ?? 0), risk, risk_reasons: JSON.stringify(reasons), computed_on: plan.today,
      })
    }
    await breathe(rows.length)
  }
  return rows
}

/** Keeps the scores of some customers, and writes down who of them came into another tier; gives how many. */
async function keep(ctx: CommandCtx, rows: readonly ScoreRow[]): Promise<number> {
  type Before = { readonly party_id: string; readonly tier_id: string | null; readonly applied_level: string | null }
  const ids = rows.map((row) => row.party_id)
  const before = new Map((await ctx.db.all<Before>(`select party_id, tier_id, applied_level from insights_score where party_id in (${marks(ids)}) order by party_id`, ids)).map((row) => [row.party_id, row]))
  const moves = rows.filter((row) => (before.get(row.party_id)?.tier_id ?? null) !== (row.tier_id ?? null))
  await insertMoves(ctx, moves.map((row) => ({ id: ctx.newId(), party_id: row.party_id, from_tier_id: before.get(row.party_id)?.tier_id ?? null, to_tier_id: row.tier_id ?? null, day: ctx.today, at: ctx.now })))
  await putScores(ctx, rows.map((row) => ({ ...row, applied_level: before.get(row.party_id)?.applied_level ?? null })))
  return moves.length
}

/** Who is no customer any more, or became one with another, leaves their tier. */
async function leaveBehind(ctx: CommandCtx): Promise<void> {
  const gone = await ctx.db.all<{ party_id: string; tier_id: string | null }>(
    `select s.party_id, s.tier_id from insights_score s join parties_party p on p.id = s.party_id where p.is_customer = 0 or p.is_cash = 1 or p.same_as <> p.id order by s.party_id`,
  )
  await insertMoves(ctx, gone.flatMap(({ party_id, tier_id }) => (tier_id === null ? [] : [{ id: ctx.newId(), party_id, from_tier_id: tier_id, to_tier_id: null, day: ctx.today, at: ctx.now }])))
  for (const { party_id } of gone) await removeScore(ctx, party_id)
}
