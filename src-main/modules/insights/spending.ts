import { lnGamma } from './special-functions.ts'
import { farFrom, lowest, type Steps } from './simplex.ts'

// Gamma-Gamma: what somebody spends on a purchase. Fader & Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). Estimates in floats.

/** Purchases after the first, and what they came to on average, above 0, in any unit. */
export type Spent = { readonly repeats: number; readonly mean: number }
/** `v` in the unit of the amounts. */
export type SpendingModel = { readonly p: number; readonly q: number; readonly v: number }

/** The log-likelihood of a model (equation 1a of the note). */
export function spendingLikelihood({ p, q, v }: SpendingModel, all: readonly Spent[]): number {
  const whole = q * Math.log(v) - lnGamma(q)
  let sum = 0
  for (const { repeats: x, mean } of all) {
    const px = p * x
    sum += whole + lnGamma(px + q) - lnGamma(px) + (px - 1) * Math.log(mean) + px * Math.log(x) - (px + q) * Math.log(x * mean + v)
  }
  return sum
}

const FARTHEST = 1e6

/** The model under which what was spent is likeliest; undefined where the data do not tell one. Only who came back, and paid, counts. `prior` as in `fitBuying`. */
export function* fitSpending(all: readonly Spent[], prior: 'prior' | 'none' = 'none'): Steps<{ model: SpendingModel; likelihood: number } | undefined> {
  const told = all.filter((one) => one.repeats > 0 && one.mean > 0)
  if (told.length === 0) return undefined
  const usual = told.reduce((sum, one) => sum + one.mean, 0) / told.length
  const modelAt = (at: readonly number[]): SpendingModel => ({ p: Math.exp(at[0]!), q: Math.exp(at[1]!), v: usual * Math.exp(at[2]!) })
  const from = [1, 1, 0]
  const found = yield* lowest((at) => -spendingLikelihood(modelAt(at), told) + (prior === 'prior' ? farFrom(from, at) : 0), { from })
  const model = modelAt(found.at)
  // With q at 1 or below a population has no mean to draw anybody towards.
  const isTold = found.isSettled && model.q > 1 && model.p < FARTHEST && model.q < FARTHEST
  return isTold ? { model, likelihood: spendingLikelihood(model, told) } : undefined
}

/** What a purchase of theirs may be expected to come to (equation 5): their own average, drawn towards everybody's. */
export const expectedSpend = ({ p, q, v }: SpendingModel, { repeats: x, mean }: Spent): number => (p * (v + x * mean)) / (p * x + q - 1)
