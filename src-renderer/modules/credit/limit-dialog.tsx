import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { addMonths } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField } from '../../ui/fields/value-fields.tsx'
import { useFormat, type Format } from '../../ui/format.ts'

/** Another limit than the rule's, and why. */
export function LimitDialog({ party, limit_minor, onClose }: { party: { readonly party_id: string; readonly name: string }; limit_minor: number | null; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [limit, setLimit] = useState(limit_minor)
  const [holds_until, setHolds] = useState<string | null>(addMonths(today, 3))
  const [reason, setReason] = useState('')
  return (
    <ActionDialog
      name="credit.setLimit"
      subject={party.name}
      enter="submits"
      isReady={reason.trim() !== '' && holds_until !== null}
      inputOf={() => ({ party_id: party.party_id, limit_minor: limit, reason: reason.trim(), holds_until: holds_until ?? today })}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.credit.limit')} path="limit_minor" span={6} hint={t('ui.limit.none')}>
          {(ids) => <MoneyField {...ids} autoFocus value={limit} onChange={setLimit} />}
        </Field>
        <Field label={t('ui.limit.holds')} path="holds_until" isRequired span={6} hint={t('ui.limit.holdsHint')}>
          {(ids) => <DayField {...ids} value={holds_until} onChange={setHolds} />}
        </Field>
        <TextInput label={t('ui.f.reason')} path="reason" isRequired span={12} value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}

export type LimitFacts = RowOf<'credit.limitProposals'>['facts']
/** What the rule went by. */
export const factsInWords = (facts: LimitFacts, { t, format }: { t: TFunction; format: Format }): string =>
  t('ui.limit.facts', { monthly_minor: format.money(facts.monthly_minor), days_late: facts.days_late, months: facts.months_e2 / 100 })

/** How the limit came to be what it is. */
export function LimitHistory({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('credit.limitHistory', { party_id })
  const limit = (minor: number | null): string => (minor === null ? t('ui.credit.noLimit') : format.money(minor))
  if (!data || data.rows.length === 0) return null
  return (
    <ul className="zg-list-plain" aria-label={t('ui.limit.history')}>
      {data.rows.slice(0, 5).map((c) => (
        <li key={c.seq}>
          <span>
            <span className="zg-figures">
              {limit(c.before_minor)} → {limit(c.after_minor)}
            </span>{' '}
            <span className="zg-soft">
              {t(`ui.limit.how.${c.how}`)} · {c.by_name}
              {c.reason ? ` · ${c.reason}` : ''}
              {c.facts ? ` · ${factsInWords(c.facts, { t, format })}` : ''}
            </span>
          </span>
          <span className="zg-soft zg-figures">{c.day}</span>
        </li>
      ))}
    </ul>
  )
}
