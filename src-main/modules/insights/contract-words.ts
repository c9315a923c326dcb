import { z } from 'zod'
import { amount, day, flag, id, line, money, name, text } from '../../kernel/contract.ts'

export const standings = ['scored', 'quiet', 'not_positive', 'no_invoice'] as const
export const risks = ['high', 'watch', 'low'] as const
export const riskWords = ['silent', 'late', 'once', 'gone', 'doubtful', 'falling'] as const
export const textFields = ['name', 'short_name', 'code', 'phone', 'email', 'country', 'price_level', 'note'] as const

const score = () => z.int().min(1).max(5)
const days = () => z.int().min(0).max(36_500)
/** 1: true where the rest is not. */
const is_not = flag().default(0)

/** What can be said of a customer in a segment. Days are counted back from today, on the day on which the segment is asked. */
export const segmentCondition = z.discriminatedUnion('kind', [
  /** A field holds a text; an empty text: the field is empty. */
  z.strictObject({ kind: z.literal('field'), is_not, field: z.enum(textFields), value: line(100) }),
  z.strictObject({ kind: z.literal('party_kind'), is_not, value: z.enum(['company', 'person']) }),
  z.strictObject({ kind: z.literal('tag'), is_not, tag: name(40) }),
  /** Null: nobody's. */
  z.strictObject({ kind: z.literal('owner'), is_not, user_id: id().nullable() }),
  z.strictObject({ kind: z.literal('created'), is_not, within_days: days() }),
  /** A field that the company added: text by a part, choice and link by the whole, days and figures by their range. */
  z.strictObject({ kind: z.literal('extra'), is_not, key: z.string().max(60), value: line(200).optional(), from: z.union([z.int(), day()]).optional(), to: z.union([z.int(), day()]).optional() }),
  /** Bought (this item, or of this category) within so many days, at least so often and for so much net. */
  z.strictObject({
    kind: z.literal('bought'),
    is_not,
    item_id: id().optional(),
    category_id: id().optional(),
    within_days: days().optional(),
    min_count: z.int().min(1).max(1_000_000).default(1),
    min_minor: money().optional(),
  }),
  z.strictObject({ kind: z.literal('tier'), is_not, tier_ids: z.array(id()).min(1).max(30) }),
  z.strictObject({ kind: z.literal('standing'), is_not, standing: z.enum(standings) }),
  z.strictObject({ kind: z.literal('risk'), is_not, risk: z.enum(risks) }),
  /** The next purchase is expected within so many days, or was and has not come. */
  z.strictObject({ kind: z.literal('expected'), is_not, within_days: days() }),
  z.strictObject({ kind: z.literal('lifetime'), is_not, min_minor: money() }),
  /** Owes at least so much that has been due for so many days. */
  z.strictObject({ kind: z.literal('overdue'), is_not, min_days: days().default(1), min_minor: amount().default(1) }),
  z.strictObject({ kind: z.literal('contacted'), is_not, within_days: days() }),
  /** Complained, or asked for service, within so many days. */
  z.strictObject({ kind: z.literal('ticket'), is_not, within_days: days() }),
  z.strictObject({ kind: z.literal('opportunity'), is_not, state: z.enum(['open', 'won', 'lost']) }),
])
export type SegmentCondition = z.output<typeof segmentCondition>

/** Conditions that hold all together, or of which one is enough. */
export const segmentRule = { match: z.enum(['all', 'any']).default('all'), conditions: z.array(segmentCondition).min(1).max(20) }
export type SegmentRule = { readonly match: 'all' | 'any'; readonly conditions: readonly SegmentCondition[] }
export const segmentForm = { name: name(80), note: text(500).nullable().default(null), ...segmentRule }

export const tierForm = {
  name_zh: line(40).default(''),
  name_en: line(40).default(''),
  r_from: score(), r_to: score(), f_from: score(), f_to: score(), m_from: score(), m_to: score(),
  price_level: line(40).nullable().default(null),
  offer: text(500).nullable().default(null),
  service_priority: z.int().min(1).max(3).nullable().default(null),
  visit_days: z.int().min(1).max(3650).nullable().default(null),
}
type Bounds = Readonly<Record<'r_from' | 'r_to' | 'f_from' | 'f_to' | 'm_from' | 'm_to', number>>
type Rule<T> = [rule: (value: T) => boolean, told: { path: string[]; message: string }]
export const boundsRise: Rule<Bounds> = [(t) => t.r_from <= t.r_to && t.f_from <= t.f_to && t.m_from <= t.m_to, { path: ['r_to'], message: 'from is above to' }]
export const named: Rule<{ readonly name_zh: string; readonly name_en: string }> = [(t) => t.name_zh !== '' || t.name_en !== '', { path: ['name_zh'], message: 'a name in one language at least' }]

/** What the rules may suggest. */
export const stepWords = ['answerTicket', 'collect', 'lateTask', 'tellDelay', 'quoteExpiring', 'quoteSilent', 'callAgain', 'winBack', 'dealStalled', 'firstOrder', 'crossSell', 'keepTouch'] as const
