import type { TFunction } from 'i18next'
import type { AskOutput, RowOf } from '../../api/operations.ts'
import type { CustomField } from '../../../src-main/kernel/custom-fields.ts'
import type { Format } from '../../ui/format.ts'
import { tierName } from './insight-words.ts'

type Condition = RowOf<'insights.segments'>['conditions'][number]
type Says = {
  readonly t: TFunction
  readonly format: Format
  readonly names: AskOutput<'insights.segments'>['names']
  readonly tiers: readonly RowOf<'insights.tiers'>[]
  readonly fields: readonly CustomField[]
}

/** A condition in words: what it asks, and how much of it. */
export function conditionText(condition: Condition, says: Says): string {
  const { t, format } = says
  const parts = partsOf(condition, says)
  const subject = subjectOf(condition, says)
  const said = parts.length === 0 ? subject : t('ui.segment.says.of', { subject, parts: format.list(parts) })
  return condition.is_not === 1 ? t('ui.segment.says.not', { said }) : said
}

function subjectOf(c: Condition, { t, fields }: Says): string {
  if (c.kind === 'field') return t(`ui.segment.field.${c.field}`)
  if (c.kind === 'extra') return fields.find((f) => f.key === c.key)?.label ?? c.key
  return t(`ui.segment.kind.${c.kind}`)
}

function partsOf(c: Condition, { t, format, names, tiers, fields }: Says): string[] {
  const within = (days: number | undefined): string[] => (days === undefined ? [] : [t('ui.segment.says.within', { days })])
  const atLeast = (minor: number | undefined): string[] => (minor === undefined ? [] : [t('ui.segment.says.atLeast', { amount: format.moneyWithSymbol(minor) })])
  const named = (id: string | undefined): string[] => (id === undefined ? [] : [names[id] ?? '…'])
  switch (c.kind) {
    case 'field':
      return [c.value === '' ? t('ui.segment.says.empty') : c.value]
    case 'party_kind':
      return [t(`ui.party.kind.${c.value}`)]
    case 'tag':
      return [c.tag]
    case 'owner':
      return c.user_id === null ? [t('ui.segment.nobody')] : named(c.user_id)
    case 'created':
    case 'expected':
    case 'contacted':
    case 'ticket':
      return within(c.within_days)
    case 'extra': {
      const isNumber = fields.find((f) => f.key === c.key)?.kind === 'number'
      const end = (value: string | number | undefined): string => (typeof value === 'number' && isNumber ? format.quantity(value) : String(value ?? ''))
      return c.value === undefined ? [`${end(c.from)}–${end(c.to)}`] : [c.value]
    }
    case 'bought':
      return [
        ...named(c.item_id),
        ...named(c.category_id),
        ...within(c.within_days),
        ...(c.min_count > 1 ? [t('ui.segment.says.times', { count: c.min_count })] : []),
        ...atLeast(c.min_minor),
      ]
    case 'tier':
      return c.tier_ids.map((id) => tiers.find((tier) => tier.tier_id === id)).map((tier) => (tier ? tierName(tier, format.locale) : '…'))
    case 'standing':
      return [t(`ui.insights.standing.${c.standing}`)]
    case 'risk':
      return [t(`ui.insights.risk.${c.risk}`)]
    case 'lifetime':
      return atLeast(c.min_minor)
    case 'overdue':
      return [...(c.min_days > 1 ? [t('ui.segment.says.overdue', { days: c.min_days })] : []), ...(c.min_minor > 1 ? atLeast(c.min_minor) : [])]
    case 'opportunity':
      return [t(`state.opportunity.${c.state}`)]
  }
}
