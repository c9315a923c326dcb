import type { AskOutput, RowOf } from '../../api/operations.ts'
import type { Tone } from '../../ui/status-tag.tsx'

export type Campaign = AskOutput<'marketing.campaign'>
export type CampaignRow = RowOf<'marketing.campaigns'>
export type MailState = RowOf<'marketing.mail'>['state']
export const channels = ['email', 'letter', 'message', 'online', 'event', 'store', 'other'] as const
export const campaignStates = ['planned', 'running', 'closed'] as const
export const responses = ['interested', 'bought', 'declined', 'answered'] as const
export const mailStates: readonly MailState[] = ['waiting', 'claimed', 'sent', 'unknown', 'bounced', 'failed', 'skipped']
export const campaignTone: Readonly<Record<CampaignRow['state'], Tone>> = { planned: 'neutral', running: 'info', closed: 'success' }
export const mailTone: Readonly<Record<MailState, Tone>> = { waiting: 'info', claimed: 'info', sent: 'success', unknown: 'danger', bounced: 'warning', failed: 'danger', skipped: 'neutral' }
/** Rates of return to whole percents: nobody reckons finer. */
export const wholePercent = (rate_e8: number | null): number | null => (rate_e8 === null ? null : Math.round(rate_e8 / 1_000_000) * 1_000_000)
/** The fields of a letter, as the program knows them in each language. */
export const letterFields = {
  'zh-CN': ['客户', '联系人', '公司', '最近购买', '最近购买日期', '负责人', '今天', '退订'],
  en: ['name', 'contact', 'company', 'bought', 'last_on', 'owner', 'today', 'unsubscribe'],
}
