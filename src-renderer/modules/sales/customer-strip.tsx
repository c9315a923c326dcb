import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'

/** What matters about a customer while selling: what they owe, what is overdue, what they may owe. */
export function CustomerStrip({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { data } = useAsk('sales.customerHistory', { party_id, limit: 1 })
  const { data: credit } = useAsk('credit.customer', { party_id }, { enabled: may('credit.read') })
  if (!data) return <div className="zg-hint-bar" />
  const isOver = data.credit_limit_minor !== null && data.owed_minor > data.credit_limit_minor
  return (
    <div className="zg-hint-bar">
      {t('ui.customer.owes')} <b className="zg-figures">{format.money(data.open_minor)}</b>
      {data.overdue_minor > 0 ? (
        <span className="zg-danger-text">
          {' '}
          · {t('ui.customer.overdue')} <b className="zg-figures">{format.money(data.overdue_minor)}</b>
        </span>
      ) : null}
      {credit?.is_frozen && credit.released_until === null ? <b className="zg-danger-text"> · {t('ui.credit.frozen')}</b> : null}
      {data.credit_limit_minor === null ? null : (
        <span className={isOver ? 'zg-danger-text' : ''}>
          {' '}
          · {t('ui.customer.creditUsed')} <b className="zg-figures">{format.money(data.owed_minor)}</b> / {format.money(data.credit_limit_minor)}
        </span>
      )}
      {data.last_sold_on ? (
        <span>
          {' '}
          · {t('ui.customer.lastSold')} <b className="zg-figures">{data.last_sold_on}</b>
        </span>
      ) : null}{' '}
      · <Link to={`/customers/${party_id}`}>{t('ui.customer.page')}</Link>
    </div>
  )
}
