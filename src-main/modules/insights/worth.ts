import { alive, expectedPurchases, fitBuying, type Bought, type BuyingModel } from './buying.ts'
import type { Steps } from './simplex.ts'
import { expectedSpend, fitSpending, type SpendingModel } from './spending.ts'

// What customers are likely to buy and to earn us. Everything here is an estimate in floats; it becomes whole minor units at one place, `worthOf`.

/** Fewer who came back do not tell a model; more than enough are not all needed for one. */
const FEWEST = 10
const MOST = 10_000
/** Purchases of everybody's that weigh in somebody's own margin rate. */
const OTHERS_WEIGH = 5
const WEEKS_A_MONTH = 365.25 / 12 / 7

/** One customer's purchases; weeks, and minor units. */
export type Past = Bought & {
  /** What a purchase after the first came to on average; 0 where there was none. */
  readonly mean_minor: number
  readonly purchases: number
  readonly net_minor: number
  readonly margin_minor: number
}
export type Models = { readonly buying: BuyingModel | null; readonly spending: SpendingModel | null; readonly likelihood: number | null; readonly margin_rate: number }

/** Every so-manieth, so that no more than enough are fitted: the same ones each time. */
const some = <T>(all: readonly T[]): T[] => {
  const step = Math.ceil(all.length / MOST)
  return all.filter((_, i) => i % Math.max(1, step) === 0)
}

/** The models that all customers' purchases tell; null for what they do not. */
export function* fitModels(all: readonly Past[]): Steps<Models> {
  const net = all.reduce((sum, p) => sum + p.net_minor, 0)
  const margin_rate = net > 0 ? all.reduce((sum, p) => sum + p.margin_minor, 0) / net : 0
  const nothing = { buying: null, spending: null, likelihood: null, margin_rate }
  if (all.filter((p) => p.repeats > 0).length < FEWEST) return nothing
  const [bought, spent] = [some(all), some(all.filter((p) => p.repeats > 0)).map((p) => ({ repeats: p.repeats, mean: p.mean_minor }))]
  const buying = (yield* fitBuying(bought)) ?? (yield* fitBuying(bought, 'prior'))
  const spending = (yield* fitSpending(spent)) ?? (yield* fitSpending(spent, 'prior'))
  return buying ? { buying: buying.model, spending: spending?.model ?? null, likelihood: buying.likelihood, margin_rate } : nothing
}

export type Worth = { readonly alive_e8: number | null; readonly expected_e6: number | null; readonly spend_minor: number | null; readonly future_minor: number | null }

/**
 * What one customer may still bring within a horizon: purchases, what each comes to, and the margin on them by the rate that they earned so far
 * (drawn towards everybody's, the more the fewer they bought), quarter by quarter of it discounted to today. Rounded here, once, to the nearest.
 */
export function worthOf({ buying, spending, margin_rate }: Models, past: Past, { months, yearly }: { months: number; yearly: number }): Worth {
  if (!buying) return { alive_e8: null, expected_e6: null, spend_minor: null, future_minor: null }
  const expected = expectedPurchases(buying, past, months * WEEKS_A_MONTH)
  const told = { alive_e8: Math.round(alive(buying, past) * 1e8), expected_e6: Math.round(expected * 1e6) }
  if (!spending) return { ...told, spend_minor: null, future_minor: null }
  const spend = expectedSpend(spending, { repeats: past.mean_minor > 0 ? past.repeats : 0, mean: past.mean_minor })
  const own = past.net_minor > 0 ? past.margin_minor / past.net_minor : margin_rate
  const rate = (own * past.purchases + margin_rate * OTHERS_WEIGH) / (past.purchases + OTHERS_WEIGH)
  return { ...told, spend_minor: Math.round(spend), future_minor: Math.round(spend * rate * discounted({ buying, past, months, yearly, expected })) }
}

/** The purchases of each quarter of the horizon, discounted from its middle. */
function discounted({ buying, past, months, yearly, expected }: { buying: BuyingModel; past: Past; months: number; yearly: number; expected: number }): number {
  const steps = [0.25, 0.5, 0.75].map((share) => expectedPurchases(buying, past, share * months * WEEKS_A_MONTH))
  const curve = [0, ...steps, expected]
  return curve.slice(1).reduce((sum, bought, i) => sum + (bought - curve[i]!) / (1 + yearly) ** (((i + 0.5) / 4) * (months / 12)), 0)
}
