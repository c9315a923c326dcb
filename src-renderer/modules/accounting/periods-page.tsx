import { useState } from 'react'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentPage, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

/** Months of the books: which are closed, what stands in the way of the next, who closed and opened them. */
export function PeriodsPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [front, setFront] = useState<'lock' | 'unlock' | null>(null)
  const { data, error } = useAsk('accounting.periods', {})
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const lastLocked = data.rows.find((r) => r.is_locked)
  const { opening_clearing_minor, drafts } = data.blockers
  return (
    <DocumentPage
      kind={t('ui.nav.periods')}
      backTo={{ path: '/books/journal', label: t('ui.nav.journal') }}
      actions={
        <>
          {lastLocked && may('accounting.unlock') ? <Button onClick={() => setFront('unlock')}>{t('ui.periods.unlock', { period: lastLocked.period })}</Button> : null}
          {data.next_through && may('accounting.lock') ? (
            <Button type="primary" onClick={() => setFront('lock')}>
              {t('ui.periods.lock', { period: data.next_through.slice(0, 7) })}
            </Button>
          ) : null}
        </>
      }
      messages={
        <>
          {opening_clearing_minor === 0 ? null : <Alert type="warning" showIcon title={t('ui.periods.clearing', { amount: format.money(opening_clearing_minor) })} action={<Link to="/books/opening">{t('ui.nav.opening')}</Link>} />}
          {drafts.length === 0 ? null : <Alert type="warning" showIcon title={t('ui.periods.drafts', { count: drafts.length })} action={<Link to="/books/vouchers/new">{t('ui.voucher.drafts')}</Link>} />}
        </>
      }
      side={
        <Panel title={t('ui.periods.events')}>
          <ul className="zg-list-plain">
            {data.events.map((e) => (
              <li key={`${e.at} ${e.locked_through}`} style={{ display: 'block' }}>
                {t(e.locked_through > e.previous ? 'ui.periods.closedThrough' : 'ui.periods.openedBackTo', { day: e.locked_through })}
                <div className="zg-soft">
                  {e.user_name} {format.instant(e.at)} {e.reason}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      }
    >
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.period')}</th>
              <th scope="col" className="zg-end">{t('ui.periods.entries')}</th>
              <th scope="col" className="zg-end">{t('ui.periods.unreviewed')}</th>
              <th scope="col">{t('ui.f.state')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((r) => (
              <tr key={r.period}>
                <td className="zg-figures">{r.period}</td>
                <td className="zg-end">{r.entries}</td>
                <td className="zg-end">{r.unreviewed}</td>
                <td>
                  <StatusTag tone={r.is_locked ? 'neutral' : 'success'}>{t(r.is_locked ? 'ui.periods.locked' : 'ui.periods.open')}</StatusTag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {front === 'lock' ? (
        <ReasonDialog
          name="accounting.lockPeriod"
          text={t('ui.periods.lockText', { day: data.next_through ?? '' })}
          inputOf={(reason) => ({ through: data.next_through ?? '', ...(reason === null ? {} : { reason }) })}
          onClose={() => setFront(null)}
        />
      ) : null}
      {front === 'unlock' && lastLocked ? (
        <ReasonDialog
          name="accounting.unlockPeriod"
          needs="reason"
          text={t('ui.periods.unlockText', { period: lastLocked.period })}
          inputOf={(reason) => ({ period: lastLocked.period, reason: reason ?? '' })}
          onClose={() => setFront(null)}
        />
      ) : null}
    </DocumentPage>
  )
}
