import { z } from 'zod'
import { setting, type QueryCtx } from '../../kernel/operation.ts'
import type { RfmRule } from './rfm.ts'

const permission = 'insights.configure'
const cuts = (key: string, fallback: readonly number[]) =>
  setting<readonly number[]>({ key, schema: z.array(z.int().min(0).max(90_000_000_000_000)).length(4).refine((c) => c.every((x, i) => i === 0 || x >= c[i - 1]!), 'upwards'), fallback, permission })

/** Sales of so many days back from today are scored. */
export const windowDays = setting({ key: 'insights.window_days', schema: z.int().min(7).max(3650), fallback: 365, permission })
/** 1: scores part at the company's own figures; 0: by fifths of all customers. */
export const usesThresholds = setting({ key: 'insights.uses_thresholds', schema: z.union([z.literal(0), z.literal(1)]), fallback: 0, permission })
/** The company's own figures, upwards: days, invoices, minor units. */
export const rDays = cuts('insights.r_days', [30, 60, 120, 240])
export const fCounts = cuts('insights.f_counts', [1, 3, 6, 12])
export const mMinor = cuts('insights.m_minor', [100_000, 500_000, 2_000_000, 10_000_000])
export const rfmRule = (ctx: Pick<QueryCtx, 'setting'>): RfmRule => ({
  way: ctx.setting(usesThresholds) === 1 ? 'thresholds' : 'quantiles', r_days: ctx.setting(rDays), f_counts: ctx.setting(fCounts), m_minor: ctx.setting(mMinor),
})

/** How far lifetime value looks ahead. */
export const horizonMonths = setting({ key: 'insights.horizon_months', schema: z.int().min(1).max(60), fallback: 12, permission })
/** What money a year from now is worth less. */
export const discountRate = setting({ key: 'insights.discount_rate_e8', schema: z.int().min(0).max(100_000_000), fallback: 10_000_000, permission })
/** So many days after the expected purchase somebody is called. */
export const callAfter = setting({ key: 'insights.call_after_days', schema: z.int().min(0).max(365), fallback: 3, permission })
/** 1: working customers out anew raises the calls and visits that are due by itself. */
export const raisesTasks = setting({ key: 'insights.raises_tasks', schema: z.union([z.literal(0), z.literal(1)]), fallback: 1, permission })

const words = (key: string) => setting({ key, schema: z.string().trim().max(300), fallback: '', permission })
/** An OpenAI-compatible service of the company's own that may put a suggestion into other words; empty: none is ever asked. */
export const phrasingUrl = setting({ key: 'insights.phrasing_url', schema: z.string().trim().max(300).regex(/^(https?:\/\/[^\s@/?#]+(\/[^\s@?#]*)?)?$/i), fallback: '', permission })
export const phrasingModel = words('insights.phrasing_model')
/** An answer is not waited for longer. */
export const phrasingSeconds = setting({ key: 'insights.phrasing_seconds', schema: z.int().min(1).max(120), fallback: 20, permission })
/** 1: names of customers, goods and documents go along; 0: marks stand in their place, and are put back in the answer. */
export const phrasingNames = setting({ key: 'insights.phrasing_names', schema: z.union([z.literal(0), z.literal(1)]), fallback: 0, permission })
