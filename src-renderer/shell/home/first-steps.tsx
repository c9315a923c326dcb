import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { CheckCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ListedBackup } from '../../../src-main/app/backups-folder.ts'
import { post } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'

const PUT_AWAY = 'sales.first_steps_put_away'

/** What a new company does first, each a click away, ticked off by what is really there; gone when all is done or somebody puts it away. */
export function FirstSteps() {
  const { company, may } = useSession()
  // The sample company is there to be looked at: nobody sets it up.
  return may('platform.settings') && !company.is_sample ? <Steps /> : null
}

function Steps() {
  const { t } = useTranslation()
  const { data: settings } = useAsk('platform.settings', {})
  const { data: there } = useAsk('sales.firstSteps', {})
  const putAway = useRun('platform.setSetting')
  const isAway = settings?.rows.some((s) => s.key === PUT_AWAY && s.value === 1) ?? true
  const hasBackup = useHasBackup({ isWanted: !isAway })
  if (isAway || !there || hasBackup === undefined) return null
  const steps = [
    { key: 'company', to: '/settings/company', isDone: there.has_company },
    { key: 'item', to: '/items/new', isDone: there.has_item },
    { key: 'stock', to: '/stock/adjustments/new', isDone: there.has_stock },
    { key: 'customer', to: '/customers/new', isDone: there.has_customer },
    { key: 'order', to: '/sales/orders/new', isDone: there.has_order },
    { key: 'invoice', to: '/sales/orders?choice=to_invoice', isDone: there.has_invoice },
    { key: 'backup', to: '/settings/backup', isDone: hasBackup },
    { key: 'colleague', to: '/settings/users', isDone: there.has_colleague },
  ]
  const done = steps.filter((s) => s.isDone).length
  // A colleague is nobody's duty: a company of one is complete without.
  if (steps.every((s) => s.isDone || s.key === 'colleague')) return null
  return (
    <section className="zg-card zg-first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">
        {t('home.first')} <span className="zg-figures">{t('home.first.count', { done, of: steps.length })}</span>
        <Button type="text" size="small" onClick={() => void putAway.run({ key: PUT_AWAY, value: 1 })}>
          {t('home.first.putAway')}
        </Button>
      </h2>
      <RefusalMessage no={putAway.no} />
      <ol>
        {steps.map(({ key, to, isDone }, i) => (
          <li key={key} data-done={Boolean(isDone)}>
            <span className="zg-first-mark" aria-hidden>
              {isDone ? <CheckCircleFilled /> : i + 1}
            </span>
            <Link to={to}>{t(`home.first.${key}`)}</Link>
            {isDone ? <span className="zg-sr">{t('home.first.done')}</span> : null}
            <span className="zg-soft">{t(`home.first.${key}.why`)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Is there a backup already? Undefined while nobody knows; where backups are made elsewhere (a server) the step counts as done. */
function useHasBackup({ isWanted }: { isWanted: boolean }): boolean | undefined {
  return useQuery({
    queryKey: ['/lobby/backups', 'any'],
    enabled: isWanted,
    queryFn: async () => {
      const said = await post<{ readonly rows: readonly ListedBackup[] }>('/lobby/backups', {})
      return !said.ok || said.output.rows.length > 0
    },
  }).data
}
