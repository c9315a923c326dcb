import { useState } from 'react'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'

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
        <ActionButtons
          offers={[
            lastLocked && may('accounting.unlock') && { text: t('ui.periods.unlock', { period: lastLocked.period }), run: () => setFront('unlock') },
            data.next_through !== null && may('accounting.lock') && { text: t('ui.periods.lock', { period: data.next_through.slice(0, 7) }), look: 'main', run: () => setFront('lock') },
          ]}
        />
      }
      messages={
        <>
          {opening_clearing_minor === 0 ? null : <Alert type="warning" showIcon title={t('ui.periods.clearing', { amount: format.money(opening_clearing_minor) })} action={<Link to="/books/opening">{t('ui.nav.opening')}</Link>} />}
          {drafts.length === 0 ? null : <Alert type="warning" showIcon title={t('ui.periods.drafts', { count: drafts.length })} action={<Link to="/books/vouchers/new">{t('ui.voucher.drafts')}</Link>} />}
        </>
      }
      side={
        data.events.length === 0 ? undefined : <Panel title={t('ui.periods.events')}>
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
      <Table
        rows={data.rows}
        keyOf={(r) => r.period}
        columns={[
          { key: 'period', title: t('ui.f.period'), figures: 'tabular', render: (r) => r.period },
          { key: 'entries', title: t('ui.periods.entries'), align: 'end', render: (r) => r.entries },
          { key: 'unreviewed', title: t('ui.periods.unreviewed'), align: 'end', render: (r) => r.unreviewed },
          { key: 'state', title: t('ui.f.state'), render: (r) => <StatusTag tone={r.is_locked ? 'neutral' : 'info'}>{t(r.is_locked ? 'ui.periods.locked' : 'ui.periods.open')}</StatusTag> },
        ]}
      />
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
