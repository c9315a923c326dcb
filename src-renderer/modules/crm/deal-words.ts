import type { TFunction } from 'i18next'
import type { AskOutput, RowOf } from '../../api/operations.ts'
import type { Locale } from '../../../src-main/kernel/text.ts'
import type { Tone } from '../../ui/status-tag.tsx'

export type Deal = AskOutput<'crm.opportunity'>
export type DealRow = RowOf<'crm.opportunities'>
export type StageRow = RowOf<'crm.stages'>

export const dealTone: Readonly<Record<DealRow['state'], Tone>> = { open: 'info', won: 'success', lost: 'neutral' }
/** A stage in the reader's language, else in the other. */
export const stageName = ({ name_zh, name_en }: { readonly name_zh: string; readonly name_en: string }, locale: Locale): string =>
  locale === 'zh-CN' ? name_zh || name_en : name_en || name_zh

/** Why it is called stalled: past the day on which it was expected, else too long in its stage. */
export const stalledWords = ({ is_overdue, days_in_stage }: Pick<DealRow, 'is_overdue' | 'days_in_stage'>, t: TFunction): string =>
  is_overdue ? t('ui.crm.deal.overdue') : t('ui.crm.deal.stalled', { count: days_in_stage })
