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
