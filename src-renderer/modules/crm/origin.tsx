import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'

/** Before the quote or order: the opportunity it came of, and the lead before that. Nothing where there was none. */
export function Origin({ of }: { of: AskInput<'crm.originOfDocument'> }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { data } = useAsk('crm.originOfDocument', of, { enabled: may('crm.read') })
  if (!data?.opportunity) return null
  const { opportunity, lead } = data
  return (
    <div className="zg-hint-bar">
      {lead ? (
        <>
          {t('ui.kind.lead')} <Link to={`/crm/leads/${lead.lead_id}`}>{lead.code}</Link> {lead.source} →{' '}
        </>
      ) : null}
      {t('ui.kind.opportunity')} <Link to={`/crm/deals/${opportunity.opportunity_id}`}>{opportunity.number}</Link> {opportunity.name} · {opportunity.owner_name} · <span className="zg-figures">{opportunity.created_on}</span> →
    </div>
  )
}
