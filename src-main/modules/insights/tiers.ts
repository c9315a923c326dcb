import { answer, handle, on, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader } from '../../storage/db.ts'
import { companyFounded } from '../platform/index.ts'
import { createTier, listTiers, updateTier } from './contract.ts'
import { insertTiers, patchTier, type NewTier } from './tier.store.ts'

const MOST_TIERS = 20
const COLUMNS = `id as tier_id, position, name_zh, name_en, r_from, r_to, f_from, f_to, m_from, m_to, price_level, offer, service_priority, visit_days, is_active`
export type Tier = {
  readonly tier_id: string
  readonly position: number
  readonly name_zh: string
  readonly name_en: string
  readonly r_from: number
  readonly r_to: number
  readonly f_from: number
  readonly f_to: number
  readonly m_from: number
  readonly m_to: number
  readonly price_level: string | null
  readonly offer: string | null
  readonly service_priority: number | null
  readonly visit_days: number | null
  readonly is_active: 0 | 1
}

export const tiersOf = (db: Reader): Promise<Tier[]> => db.all<Tier>(`select ${COLUMNS} from insights_tier order by position, id`)

type Bounds = readonly [r: readonly [number, number], f: readonly [number, number], m: readonly [number, number]]
const ANY = [1, 5] as const
const first: readonly (readonly [name_zh: string, name_en: string, bounds: Bounds])[] = [
  ['高价值客户', 'Champions', [[4, 5], [4, 5], [4, 5]]],
  ['忠诚客户', 'Loyal', [[3, 5], [3, 5], ANY]],
  ['潜力客户', 'Promising', [[4, 5], ANY, ANY]],
  ['需挽回客户', 'To win back', [[1, 2], ANY, [4, 5]]],
  ['一般客户', 'Regular', [[2, 5], ANY, ANY]],
  ['沉睡客户', 'Asleep', [ANY, ANY, ANY]],
]

/** Every company has tiers from the first day. */
export const seedTiers = on(companyFounded, async (ctx) => {
  const rows = first.map(([name_zh, name_en, [r, f, m]], i): NewTier => ({
    id: ctx.newId(), position: i + 1, name_zh, name_en, r_from: r[0], r_to: r[1], f_from: f[0], f_to: f[1], m_from: m[0], m_to: m[1], is_active: 1,
  }))
  await insertTiers(ctx, rows)
})

export const listTiersHandler = answer(listTiers, async ({ db }) => ({ rows: await tiersOf(db) }))

const cleaned = <F extends { price_level: string | null; offer: string | null }>(form: F): F => ({ ...form, price_level: form.price_level || null, offer: form.offer || null })

/** Tiers that are put away do not count. */
function assertRoom(tiers: readonly Tier[]): void {
  if (tiers.filter((t) => t.is_active === 1).length >= MOST_TIERS) throw new Refusal('insights.tooManyTiers', { most: MOST_TIERS })
}

export const createTierHandler = handle(createTier, async (ctx, form) => {
  const tiers = await tiersOf(ctx.db)
  assertRoom(tiers)
  const tier_id = ctx.newId()
  await insertTiers(ctx, [{ id: tier_id, ...cleaned(form), position: tiers.length + 1, is_active: 1 }])
  return { tier_id }
})

export const updateTierHandler = handle(updateTier, async (ctx, { tier_id, position, ...form }) => {
  const tiers = await tiersOf(ctx.db)
  const tier = tiers.find((t) => t.tier_id === tier_id)
  if (!tier) throw new Refusal('insights.tierNotFound', { tier_id })
  if (form.is_active === 1 && tier.is_active === 0) assertRoom(tiers)
  await patchTier(ctx, tier_id, cleaned(form))
  await renumber(ctx, { tiers, tier, position })
  return { tier_id }
})

/** The tier goes to its place, the others make room. */
async function renumber(ctx: CommandCtx, { tiers, tier, position }: { tiers: readonly Tier[]; tier: Tier; position: number }): Promise<void> {
  const others = tiers.filter((t) => t !== tier)
  for (const [i, t] of [...others.slice(0, position - 1), tier, ...others.slice(position - 1)].entries()) {
    if (t.position !== i + 1) await patchTier(ctx, t.tier_id, { position: i + 1 })
  }
}
