import { hypergeometric, lnGamma, lnSum } from './special-functions.ts'
import { farFrom, lowest, type Steps } from './simplex.ts'

// BG/NBD: how often somebody buys while they are a customer, and whether they still are.
// Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005). Estimates in floats; times in weeks.

/** How one has bought: purchases after the first, when the last was and how long one has been watched, both counted from the first. */
export type Bought = { readonly repeats: number; readonly last: number; readonly watched: number }
/** The four parameters; `alpha` in the unit of time. */
export type BuyingModel = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number }

type Counted = Bought & { readonly customers: number }

/** Those who have bought alike are counted together. */
function counted(all: readonly Bought[]): Counted[] {
  const groups = new Map<string, Bought & { customers: number }>()
  for (const one of all) {
    const key = `${one.repeats} ${one.last} ${one.watched}`
    const group = groups.get(key)
    if (group) group.customers += 1
    else groups.set(key, { ...one, customers: 1 })
  }
  return [...groups.values()]
}

/** The log-likelihood of a model (equation 6 of the paper), in logarithms throughout. */
function likelihoodOf({ r, alpha, a, b }: BuyingModel, groups: readonly Counted[]): number {
  const whole = r * Math.log(alpha) - lnGamma(r) + lnGamma(a + b) - lnGamma(b)
  const ofRepeats = new Map<number, number>()
  let sum = 0
  for (const { repeats: x, last, watched, customers } of groups) {
    let gammas = ofRepeats.get(x)
    if (gammas === undefined) ofRepeats.set(x, (gammas = lnGamma(r + x) + lnGamma(b + x) - lnGamma(a + b + x)))
    const alive = -(r + x) * Math.log(alpha + watched)
    const gone = x === 0 ? -Infinity : Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + last)
    sum += customers * (whole + gammas + lnSum(alive, gone))
  }
  return sum
}

/** A parameter beyond this is no estimate: the customers do not tell it. */
const FARTHEST = 1e5

/**
 * The model under which what was bought is likeliest; undefined where the data do not tell one. A few customers who all buy alike do not: with
 * `prior` each parameter's logarithm is held, by a normal of two, near where fitting begins, which always tells one and matters little to many.
 */
export function* fitBuying(all: readonly Bought[], prior: 'prior' | 'none' = 'none'): Steps<{ model: BuyingModel; likelihood: number } | undefined> {
  const groups = counted(all)
  const weeks = all.reduce((sum, one) => sum + one.watched, 0) / Math.max(1, all.length)
  if (!all.some((one) => one.repeats > 0) || weeks <= 0) return undefined
  const modelAt = (at: readonly number[]): BuyingModel => ({ r: Math.exp(at[0]!), alpha: Math.exp(at[1]!), a: Math.exp(at[2]!), b: Math.exp(at[3]!) })
  const from = [0, Math.log(weeks / 4 + 1e-3), 0, 1]
  const found = yield* lowest((at) => -likelihoodOf(modelAt(at), groups) + (prior === 'prior' ? farFrom(from, at) : 0), { from })
  const model = modelAt(found.at)
  const isTold = found.isSettled && Object.values(model).every((p) => p > 1 / FARTHEST && p < FARTHEST)
  return isTold ? { model, likelihood: likelihoodOf(model, groups) } : undefined
}

/** How much likelier than still being there it is to have gone after the last purchase. */
const oddsOfGone = ({ r, alpha, a, b }: BuyingModel, { repeats: x, last, watched }: Bought): number =>
  x === 0 ? 0 : (a / (b + x - 1)) * Math.exp((r + x) * (Math.log(alpha + watched) - Math.log(alpha + last)))

/** The probability that somebody is still a customer; by the model who never came back still is. */
export const alive = (model: BuyingModel, one: Bought): number => 1 / (1 + oddsOfGone(model, one))

/**
 * Purchases to expect within the next `weeks` (equation 10). The hypergeometric function is taken in Euler's form (Abramowitz & Stegun 15.3.3),
 * in which the powers of the paper's formula fall away: nothing overflows, however often somebody has bought.
 */
export function expectedPurchases(model: BuyingModel, one: Bought, weeks: number): number {
  const { r, alpha, b } = model
  const { repeats: x, watched } = one
  // At a = 1 the formula is a limit: a little beside it is as good.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a
  const ahead = a + b + x - 1
  const c = Math.abs(ahead) < 1e-9 ? 1e-9 : ahead
  const z = weeks / (alpha + watched + weeks)
  const share = Math.exp((a - 1) * Math.log1p(-z)) * hypergeometric({ a: a + b - 1 - r, b: a - 1, c, z })
  return Math.max(0, ((c / (a - 1)) * (1 - share)) / (1 + oddsOfGone(model, one)))
}
