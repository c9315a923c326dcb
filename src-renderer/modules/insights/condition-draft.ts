import type { RunInput } from '../../api/operations.ts'

export type Condition = RunInput<'insights.createSegment'>['conditions'][number]
export type Kind = Condition['kind']

/** A condition while it is put together: every field that any kind has, empty where nothing was said. */
export type ConditionDraft = {
  readonly kind: Kind
  readonly is_not: 0 | 1
  readonly field: 'name' | 'short_name' | 'code' | 'phone' | 'email' | 'country' | 'price_level' | 'note'
  readonly value: string
  readonly party_kind: 'company' | 'person'
  readonly user_id: string | null
  readonly key: string
  readonly from: string | number | null
  readonly to: string | number | null
  readonly item: { readonly id: string; readonly label: string } | null
  readonly category_id: string | null
  readonly within_days: number | null
  readonly min_count: number | null
  readonly min_minor: number | null
  readonly min_days: number | null
  readonly tier_id: string | null
  readonly standing: 'scored' | 'quiet' | 'not_positive' | 'no_invoice'
  readonly risk: 'high' | 'watch' | 'low'
  readonly state: 'open' | 'won' | 'lost'
}

export const emptyCondition = (kind: Kind): ConditionDraft => ({
  kind, is_not: 0, field: 'name', value: '', party_kind: 'company', user_id: null, key: '', from: null, to: null, item: null, category_id: null, within_days: kind === 'created' || kind === 'ticket' || kind === 'contacted' || kind === 'expected' ? 30 : null,
  min_count: 1, min_minor: null, min_days: 30, tier_id: null, standing: 'quiet', risk: 'high', state: 'open',
})

/** The condition as the office takes it; undefined while something is missing. */
export function conditionOf(d: ConditionDraft): Condition | undefined {
  const { kind, is_not } = d
  switch (kind) {
    case 'field':
      return { kind, is_not, field: d.field, value: d.value }
    case 'party_kind':
      return { kind, is_not, value: d.party_kind }
    case 'tag':
      return d.value.trim() === '' ? undefined : { kind, is_not, tag: d.value }
    case 'owner':
      return { kind, is_not, user_id: d.user_id }
    case 'created':
    case 'ticket':
    case 'contacted':
    case 'expected':
      return d.within_days === null ? undefined : { kind, is_not, within_days: d.within_days }
    case 'extra':
      return d.key === '' || (d.value === '' && d.from === null && d.to === null)
        ? undefined
        : { kind, is_not, key: d.key, ...(d.value === '' ? {} : { value: d.value }), ...(d.from === null ? {} : { from: d.from }), ...(d.to === null ? {} : { to: d.to }) }
    case 'bought':
      return {
        kind, is_not, min_count: d.min_count ?? 1, ...(d.item ? { item_id: d.item.id } : {}), ...(d.category_id ? { category_id: d.category_id } : {}),
        ...(d.within_days === null ? {} : { within_days: d.within_days }), ...(d.min_minor === null ? {} : { min_minor: d.min_minor }),
      }
    case 'tier':
      return d.tier_id === null ? undefined : { kind, is_not, tier_ids: [d.tier_id] }
    case 'standing':
      return { kind, is_not, standing: d.standing }
    case 'risk':
      return { kind, is_not, risk: d.risk }
    case 'lifetime':
      return d.min_minor === null ? undefined : { kind, is_not, min_minor: d.min_minor }
    case 'overdue':
      return { kind, is_not, min_days: d.min_days ?? 1, min_minor: Math.max(1, d.min_minor ?? 1) }
    case 'opportunity':
      return { kind, is_not, state: d.state }
  }
}

/** A saved condition as it is put together again; several tiers become as many conditions' first. */
export function draftOf(c: Condition, names: Readonly<Record<string, string>>): ConditionDraft {
  const empty = { ...emptyCondition(c.kind), is_not: c.is_not ?? 0 }
  switch (c.kind) {
    case 'party_kind':
      return { ...empty, party_kind: c.value }
    case 'tag':
      return { ...empty, value: c.tag }
    case 'tier':
      return { ...empty, tier_id: c.tier_ids[0] ?? null }
    case 'extra':
      return { ...empty, key: c.key, value: c.value ?? '', from: c.from ?? null, to: c.to ?? null }
    case 'bought':
      return {
        ...empty, item: c.item_id === undefined ? null : { id: c.item_id, label: names[c.item_id] ?? '' }, category_id: c.category_id ?? null, within_days: c.within_days ?? null,
        min_count: c.min_count ?? 1, min_minor: c.min_minor ?? null,
      }
    default:
      return { ...empty, ...c, is_not: c.is_not ?? 0 } as ConditionDraft
  }
}
