import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { RowButtons } from '../../ui/action-buttons.tsx'
import { Panel, Sums } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { LimitDialog, LimitHistory } from './limit-dialog.tsx'
import { ReleaseDialog } from './release-dialog.tsx'

/** A customer's credit beside the page: limit, what is owed and overdue, and whether new orders are taken. */
export function CreditPanel({ party }: { party: { readonly party_id: string; readonly name: string } }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [isReleasing, setReleasing] = useState(false)
  const [isLimiting, setLimiting] = useState(false)
  const end = useRun('credit.endRelease')
  const { party_id } = party
  const { data } = useAsk('credit.customer', { party_id })
  if (!data) return null
  const isReleased = data.released_until !== null
  const mayRelease = may('credit.release') && data.is_frozen === 1
  return (
    <Panel
      title={t('ui.credit.title')}
      extra={
        data.is_frozen === 0 ? null : isReleased ? (
          <StatusTag tone="warning">{t('ui.credit.released', { day: data.released_until })}</StatusTag>
        ) : (
          <StatusTag tone="danger">{t('ui.credit.frozen')}</StatusTag>
        )
      }
    >
      <RefusalMessage no={end.no} />
      <Sums
        sums={[
          [t('ui.credit.limit'), data.limit_minor === null ? t('ui.credit.noLimit') : format.money(data.limit_minor)],
          [t('ui.credit.owed'), format.money(data.owed_minor), data.limit_minor !== null && data.owed_minor > data.limit_minor ? 'danger' : undefined],
          [t('ui.credit.overdue'), format.money(data.overdue_minor), data.overdue_minor > 0 ? 'danger' : undefined],
        ]}
      />
      {data.oldest_number === null ? null : <p className="zg-soft">{t('ui.credit.oldest', { number: data.oldest_number, days: data.overdue_days })}</p>}
      {mayRelease || may('credit.setLimits') ? (
        <RowButtons
          offers={[
            may('credit.setLimits') && { text: t('command.credit.setLimit'), run: () => setLimiting(true) },
            mayRelease && { text: t('command.credit.releaseCustomer'), run: () => setReleasing(true) },
            mayRelease && isReleased && { text: t('command.credit.endRelease'), run: () => void end.run({ party_id }) },
          ]}
        />
      ) : null}
      {data.releases.length === 0 ? null : (
        <ul className="zg-list-plain" aria-label={t('ui.credit.releases')}>
          {data.releases.map((r) => (
            <li key={r.release_id}>
              <span>
                {r.by_name} · {r.reason}
                {r.ended_at === null ? '' : ` · ${t('ui.credit.ended')}`}
              </span>
              <span className="zg-soft zg-figures">→ {r.until_on}</span>
            </li>
          ))}
        </ul>
      )}
      <LimitHistory party_id={party_id} />
      {isLimiting ? <LimitDialog party={party} limit_minor={data.limit_minor} onClose={() => setLimiting(false)} /> : null}
      {isReleasing ? <ReleaseDialog party={party} onClose={() => setReleasing(false)} /> : null}
    </Panel>
  )
}
