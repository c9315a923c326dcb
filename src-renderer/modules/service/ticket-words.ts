import type { TFunction } from 'i18next'
import type { Locale } from '../../../src-main/kernel/text.ts'
import type { AskOutput, RowOf } from '../../api/operations.ts'
import type { Tone } from '../../ui/status-tag.tsx'

export type Ticket = AskOutput<'service.ticket'>
export type TicketRow = RowOf<'service.tickets'>
type State = TicketRow['state']

export const ticketStates: readonly State[] = ['new', 'working', 'waiting', 'solved', 'closed', 'merged']
export const ticketTone: Readonly<Record<State, Tone>> = { new: 'warning', working: 'info', waiting: 'neutral', solved: 'success', closed: 'neutral', merged: 'neutral' }
export const closingReasons = ['solved', 'repaired', 'replaced', 'refunded', 'no_fault', 'withdrawn', 'no_answer', 'other'] as const
export const priorities = ['1', '2', '3'] as const
export const isOpenState = (state: State): boolean => state !== 'closed' && state !== 'merged'

/** A name in the reader's language, else in the other. */
export const nameIn = ({ name_zh, name_en }: { readonly name_zh: string; readonly name_en: string }, locale: Locale): string => (locale === 'zh-CN' ? name_zh || name_en : name_en || name_zh)
export const classOf = ({ class_name_zh, class_name_en }: Pick<TicketRow, 'class_name_zh' | 'class_name_en'>, locale: Locale): string => nameIn({ name_zh: class_name_zh, name_en: class_name_en }, locale)

/** Working minutes in words. */
export const minutesText = (minutes: number | null, t: TFunction): string =>
  minutes === null ? '' : minutes < 60 ? t('ui.service.minutes', { count: minutes }) : t('ui.service.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })

export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
