import type { TFunction } from 'i18next'
import type { RowOf } from '../../api/operations.ts'

type Reason = RowOf<'crm.leads'>['reasons'][number]
export type ScoreFact = Reason['fact']

/** What each fact needs besides itself; as the contract has it. */
export const scoreFacts: Readonly<Record<ScoreFact, 'nothing' | 'word' | 'result' | 'number'>> = {
  has_phone: 'nothing', has_email: 'nothing', has_company: 'nothing', has_tax_no: 'nothing', is_referred: 'nothing',
  source_is: 'word', campaign_is: 'word', address_has: 'word', note_has: 'word',
  last_result: 'result', followed_up: 'number', idle_days: 'number', younger_days: 'number',
}

/** +10, −20. */
export const pointsText = (points: number): string => (points > 0 ? `+${points}` : `−${-points}`)

/** A fact with its word or number, as a sentence would say it. */
export const reasonText = ({ fact, word, number }: Pick<Reason, 'fact' | 'word' | 'number'>, t: TFunction): string =>
  scoreFacts[fact] === 'nothing' ? t(`ui.crm.score.fact.${fact}`) : t(`ui.crm.score.is.${fact}`, { word: scoreFacts[fact] === 'result' ? t(`ui.crm.result.${word}`) : word, count: number ?? 0 })

/** All reasons in a row. */
export const reasonsText = (reasons: readonly Reason[], t: TFunction): string => reasons.map((r) => `${reasonText(r, t)} ${pointsText(r.points)}`).join(' · ')
