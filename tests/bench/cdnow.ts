import { expectedPurchases, fitBuying } from '../../src-main/modules/insights/buying.ts'
import { fitSpending } from '../../src-main/modules/insights/spending.ts'
import { cdnowBought, cdnowIsMissing, cdnowSpent, HOLDOUT_WEEKS } from '../support/cdnow.ts'
import { say } from './figure.ts'
import { whole } from '../support/steps.ts'

// The models of customers against the figures that were published with them.

const off = (model: Readonly<Record<string, number>>, published: Readonly<Record<string, number>>): number =>
  Math.max(...Object.entries(published).map(([name, value]) => Math.abs(model[name]! - value)))

export async function bench(): Promise<void> {
  if (cdnowIsMissing) throw new Error('the CDNOW data set is missing: name the folder of data sets in ZHANGGUI_DATA_SETS')
  const { calibration, holdout } = cdnowBought()
  const start = performance.now()
  const buying = whole(fitBuying(calibration))!
  const ms = performance.now() - start
  const spending = whole(fitSpending(cdnowSpent()))!
  const apart = off(buying.model, { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 })
  say({ name: 'cdnow/bg-nbd', figure: apart, unit: 'furthest of four parameters from the published ones', bar: '<= 0.001', ok: apart <= 0.001, ...buying.model, fit_ms: ms })
  say({ name: 'cdnow/likelihood', figure: buying.likelihood, unit: 'log-likelihood', bar: '-9582.4', ok: Math.abs(buying.likelihood + 9582.4) < 0.05 })
  const expected = expectedPurchases(buying.model, { repeats: 2, last: 30.43, watched: 38.86 }, 39)
  say({ name: 'cdnow/expected', figure: expected, unit: 'purchases in 39 weeks of (2, 30.43, 38.86)', bar: '1.226', ok: Math.abs(expected - 1.226) < 0.0005 })
  const foretold = calibration.map((one) => expectedPurchases(buying.model, one, HOLDOUT_WEEKS))
  const mae = foretold.reduce((sum, e, i) => sum + Math.abs(e - holdout[i]!), 0) / holdout.length
  // The same pace as before, for ever: what anybody would say without a model.
  const naive = calibration.reduce((sum, one, i) => sum + Math.abs((one.repeats / one.watched) * HOLDOUT_WEEKS - holdout[i]!), 0) / holdout.length
  say({ name: 'cdnow/holdout', figure: mae, unit: 'purchases off a customer in 39 weeks', yardstick: naive, ratio: mae / naive, bar: '<= 0.786', ok: mae <= 0.786, foretold: foretold.reduce((a, b) => a + b, 0), bought: holdout.reduce((a, b) => a + b, 0) })
  const spent = off(spending.model, { p: 6.25, q: 3.74, v: 15.44 })
  say({ name: 'cdnow/gamma-gamma', figure: spent, unit: 'furthest of three parameters from the published ones', bar: '<= 0.02', ok: spent <= 0.02, ...spending.model, likelihood: spending.likelihood })
}
