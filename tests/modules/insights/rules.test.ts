import { describe, expect, test } from 'vitest'
import { visitDueOn } from '../../../src-main/modules/insights/calls.ts'
import { levelOf } from '../../../src-main/modules/insights/policies.ts'
import { cutsOf, fifths, scoresOf, tierOf } from '../../../src-main/modules/insights/rfm.ts'
import { intervalOf, nextOf, riskOf } from '../../../src-main/modules/insights/rhythm.ts'
import { pairsIn } from '../../../src-main/modules/insights/together.ts'
import { fitModels, worthOf, type Past } from '../../../src-main/modules/insights/worth.ts'
import { whole } from '../../support/steps.ts'

describe('scores', () => {
  const rule = { way: 'thresholds' as const, r_days: [30, 60, 120, 240], f_counts: [1, 3, 6, 12], m_minor: [1000, 2000, 3000, 4000] }

  test('part at the figures that somebody set, each edge on its side', () => {
    const score = (days_ago: number, invoice_count: number, amount_minor: number) => Object.values(scoresOf(cutsOf(rule, []), { days_ago, invoice_count, amount_minor })).join('')
    expect(score(0, 1, 1)).toBe('511')
    expect(score(30, 1, 1000)).toBe('511')
    expect(score(31, 2, 1001)).toBe('422')
    expect(score(240, 12, 4000)).toBe('244')
    expect(score(241, 13, 4001)).toBe('155')
  })

  test('part at fifths, and what is equal is never parted', () => {
    expect(fifths([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toEqual([2, 4, 6, 8])
    expect(fifths([])).toEqual([0, 0, 0, 0])
    const all = [1, 1, 1, 1, 1, 1, 2, 2, 3, 9].map((invoice_count) => ({ days_ago: 1, invoice_count, amount_minor: 5 }))
    const cuts = cutsOf({ ...rule, way: 'quantiles' }, all)
    expect(all.map((b) => scoresOf(cuts, b).f)).toEqual([1, 1, 1, 1, 1, 1, 4, 4, 5, 5])
    expect(new Set(all.map((b) => scoresOf(cuts, b).r))).toEqual(new Set([5]))
  })

  test('the first tier that holds all three counts; none may', () => {
    const tier = (name: string, r: [number, number], f: [number, number]) => ({ name, r_from: r[0], r_to: r[1], f_from: f[0], f_to: f[1], m_from: 1, m_to: 5 })
    const tiers = [tier('best', [4, 5], [4, 5]), tier('new', [4, 5], [1, 5])]
    expect(tierOf(tiers, { r: 4, f: 4, m: 1 })?.name).toBe('best')
    expect(tierOf(tiers, { r: 5, f: 3, m: 5 })?.name).toBe('new')
    expect(tierOf(tiers, { r: 3, f: 5, m: 5 })).toBeUndefined()
  })
})

describe('rhythm', () => {
  test('is the middle of the gaps, and foretells the next purchase and the day of giving up', () => {
    expect(intervalOf([])).toBeUndefined()
    expect(intervalOf(['2026-01-01'])).toBeUndefined()
    expect(intervalOf(['2026-01-01', '2026-01-11'])).toBe(10)
    // A holiday of 90 days does not make a rhythm; of an even number of gaps the two in the middle are halved, half a day up.
    expect(intervalOf(['2026-01-01', '2026-01-11', '2026-01-21', '2026-04-21'])).toBe(10)
    expect(intervalOf(['2026-01-01', '2026-01-11', '2026-01-22'])).toBe(11)
    expect(nextOf({ last_on: '2026-01-21', interval_days: 10 })).toEqual({ expected_on: '2026-01-31', lapses_on: '2026-03-02' })
    expect(nextOf({ last_on: '2026-01-21', interval_days: 60 })).toEqual({ expected_on: '2026-03-22', lapses_on: '2026-07-20' })
  })

  const watched = { today: '2026-06-30', last_on: '2026-05-31', interval_days: 15, alive: undefined, amount_minor: 100, amount_before_minor: 0 }
  test.each([
    ['twice their rhythm', {}, ['silent'], 45],
    ['one day less than twice', { last_on: '2026-06-01' }, ['late'], 20],
    ['a rhythm of days forgives two weeks', { last_on: '2026-06-16', interval_days: 3 }, [], 0],
    ['and no more', { last_on: '2026-06-13', interval_days: 3 }, ['silent'], 45],
    ['once, half a year ago', { last_on: '2026-01-01', interval_days: undefined }, [], 0],
    ['once, a day longer', { last_on: '2025-12-31', interval_days: undefined }, ['once'], 25],
    ['the model gives them up', { last_on: '2026-06-20', alive: 0.19 }, ['gone'], 40],
    ['the model doubts', { last_on: '2026-06-20', alive: 0.2 }, ['doubtful'], 20],
    ['the model is even', { last_on: '2026-06-20', alive: 0.5 }, [], 0],
    ['less than half', { last_on: '2026-06-20', amount_minor: 49, amount_before_minor: 100 }, ['falling'], 20],
    ['half', { last_on: '2026-06-20', amount_minor: 50, amount_before_minor: 100 }, [], 0],
    ['all at once', { alive: 0.1, amount_minor: -1, amount_before_minor: 100 }, ['silent', 'gone', 'falling'], 100],
  ] as const)('risk: %s', (_, changed, reasons, risk) => {
    expect(riskOf({ ...watched, ...changed })).toEqual({ risk, reasons })
  })

  test('a visit is due so many days after the last, or after it was last asked for', () => {
    const due = (seen_on: string | null, raised_on: string | null) => visitDueOn({ visit_days: 30, seen_on, raised_on }, '2026-06-30')
    expect(due(null, null)).toBe('2026-06-30')
    expect(due('2026-06-01', null)).toBe('2026-07-01')
    expect(due('2026-05-01', '2026-06-10')).toBe('2026-07-10')
  })
})

test('a tier sets price levels where nobody else did', () => {
  const level = (now: string | null, applied: string | null, wanted: string | null) => levelOf({ now, applied, wanted })
  expect(level(null, null, '批发')).toEqual({ level: '批发', applied: '批发', isKept: false })
  expect(level('批发', '批发', '会员')).toEqual({ level: '会员', applied: '会员', isKept: false })
  expect(level('批发', '批发', null)).toEqual({ level: null, applied: null, isKept: false })
  expect(level('老友', null, '批发')).toEqual({ level: '老友', applied: null, isKept: true })
  expect(level('老友', '批发', '会员')).toEqual({ level: '老友', applied: null, isKept: true })
  expect(level('老友', null, null)).toEqual({ level: '老友', applied: null, isKept: false })
  // Taken away by a person: it is not put back as long as the tier asks for the same.
  expect(level(null, '批发', '批发')).toEqual({ level: null, applied: '批发', isKept: true })
  expect(level(null, '批发', '会员')).toEqual({ level: '会员', applied: '会员', isKept: false })
})

test('what is bought together is counted both ways, and chance is left out', () => {
  // Tea with cups on three of five invoices; sugar on all of them goes with everything and tells nothing.
  const pairs = whole(pairsIn([['tea', 'cup', 'sugar'], ['tea', 'cup', 'sugar'], ['tea', 'cup', 'sugar'], ['tea', 'sugar'], ['sugar']]))
  expect(pairs).toEqual([
    { item_id: 'tea', other_id: 'cup', item_count: 4, both_count: 3, support_e8: 60_000_000, confidence_e8: 75_000_000, lift_e6: 1_250_000 },
    { item_id: 'cup', other_id: 'tea', item_count: 3, both_count: 3, support_e8: 60_000_000, confidence_e8: 100_000_000, lift_e6: 1_250_000 },
  ])
  expect(whole(pairsIn([['a', 'b'], ['a', 'b']]))).toEqual([])
  expect(whole(pairsIn([]))).toEqual([])
})

test('worth: too few who came back tell no model; own margin is drawn towards everybody’s; money to come is discounted', () => {
  const past = (repeats: number, i = 0): Past => ({ repeats, last: repeats * (2 + i), watched: 30 + i, mean_minor: repeats === 0 ? 0 : 10_000 + 500 * (i % 7), purchases: repeats + 1, net_minor: 10_000 * (repeats + 1), margin_minor: 3_000 * (repeats + 1) })
  const few = whole(fitModels([past(2), past(1), past(0)]))
  expect(few).toEqual({ buying: null, spending: null, likelihood: null, margin_rate: 0.3 })
  expect(worthOf(few, past(2), { months: 12, yearly: 0.1 })).toEqual({ alive_e8: null, expected_e6: null, spend_minor: null, future_minor: null })
  const models = { buying: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, spending: { p: 6.25, q: 3.74, v: 15_440 }, likelihood: 0, margin_rate: 0.3 }
  const undiscounted = worthOf(models, past(5), { months: 12, yearly: 0 })
  // 30 % of what they buy, to the rounding of the two factors that are shown.
  expect(undiscounted.future_minor! / ((undiscounted.expected_e6! / 1e6) * undiscounted.spend_minor!)).toBeCloseTo(0.3, 3)
  expect(worthOf(models, past(5), { months: 12, yearly: 0.1 }).future_minor!).toBeLessThan(undiscounted.future_minor!)
  // Five purchases at a loss of 10 %, five of everybody's at 30 %: 10 % in the middle.
  const loser = { ...past(4), net_minor: 50_000, margin_minor: -5_000 }
  const lost = worthOf(models, loser, { months: 12, yearly: 0 })
  expect(lost.future_minor! / ((lost.expected_e6! / 1e6) * lost.spend_minor!)).toBeCloseTo(0.1, 3)
})
