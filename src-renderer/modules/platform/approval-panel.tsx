import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ApprovalActions, approvalTone, Reasons } from './approval-actions.tsx'

/** What was asked and decided about the document shown, the last one whole. Nothing where nothing was. */
export function ApprovalPanel({ of }: { of: AskInput<'platform.approvalsOf'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useAsk('platform.approvalsOf', of)
  const [last, ...earlier] = data?.rows ?? []
  if (!last) return null
  const by = last.decided_name ?? (last.state === 'by_rule' ? null : last.asked_name)
  return (
    <section className="zg-card" aria-label={t('ui.approval.title')}>
      <div className="zg-approval">
        <StatusTag tone={approvalTone[last.state]}>{t(`state.approval.${last.state}`)}</StatusTag>
        <Link to={`/approvals/${last.approval_id}`}>{t(`command.${last.name}`)}</Link>
        <span className="zg-soft">
          {by} <span className="zg-figures">{format.instant(last.decided_at ?? last.asked_at)}</span>
          {last.note ? ` · ${last.note}` : ''}
          {earlier.length > 0 ? ` · ${earlier.map((e) => t(`state.approval.${e.state}`)).join(' · ')}` : ''}
        </span>
        <span className="zg-spring" />
        <ApprovalActions approval={last} />
      </div>
      <Reasons of={last} />
    </section>
  )
}
