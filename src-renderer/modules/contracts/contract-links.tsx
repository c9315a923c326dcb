import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'

/** The contracts that belong to an opportunity, quote or order. Nothing where there is none. */
export function ContractLinks({ of }: { of: Pick<AskInput<'contracts.list'>, 'opportunity_id' | 'quote_id' | 'order_id'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { data } = useAsk('contracts.list', { ...of, show: 'all', limit: 20 }, { enabled: may('contracts.read') })
  if (!data || data.rows.length === 0) return null
  return (
    <Panel title={t('ui.nav.contracts')}>
      <ul className="zg-list-plain">
        {data.rows.map((c) => (
          <li key={c.contract_id}>
            <Link to={`/crm/contracts/${c.contract_id}`}>{c.number ?? t(`state.contract.${c.state}`)}</Link>
            <span className="zg-soft">{c.ends_on}</span>
            <span className="zg-figures">{format.money(c.amount_minor)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
