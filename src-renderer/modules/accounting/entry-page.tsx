import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage, Facts } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useAccountName } from './account-names.ts'
import { DocumentLink } from './document-link.tsx'

/** One voucher. */
export function EntryPage() {
  const { entry_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const nameOf = useAccountName()
  const [isReversing, setReversing] = useState(false)
  const { data: entry, error } = useAsk('accounting.entry', { entry_id })
  const review = useRun('accounting.reviewEntry')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!entry) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t('ui.entry')}
      number={`${entry.period} ${entry.word}-${entry.number}`}
      backTo={{ path: '/books/journal', label: t('ui.nav.journal') }}
      tags={
        <>
          <StatusTag tone="neutral">{t(`ui.entryKind.${entry.kind}`)}</StatusTag>
          {entry.is_reviewed ? <StatusTag tone="success">{t('ui.reviewed')}</StatusTag> : null}
          {entry.reversed_by ? <StatusTag tone="warning">{t('ui.reversed')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          {entry.kind === 'manual' && !entry.reversed_by && may('accounting.post') ? <Button onClick={() => setReversing(true)}>{t('command.accounting.reverseVoucher')}</Button> : null}
          {!entry.is_reviewed && may('accounting.review') ? (
            <Button loading={review.isRunning} onClick={() => void review.run({ entry_ids: [entry_id] })}>
              {t('command.accounting.reviewEntry')}
            </Button>
          ) : null}
        </>
      }
      messages={<RefusalMessage no={review.no} />}
    >
      <section className="zg-card">
        <Facts
          facts={[
            [t('ui.f.day'), entry.day],
            [t('ui.f.summary'), entry.summary],
            [t('ui.f.document'), entry.source_id ? <DocumentLink kind={entry.source_kind} id={entry.source_id} number={entry.source_number ?? t('ui.open')} /> : null],
            [t('ui.f.by'), `${entry.posted_by_name ?? ''} ${format.instant(entry.posted_at)}`],
            entry.reverses ? [t('ui.reverses'), <Link to={`/books/entries/${entry.reverses.entry_id}`}>{`${entry.reverses.word}-${entry.reverses.number}`}</Link>] : null,
            entry.reversed_by ? [t('ui.reversedBy'), <Link to={`/books/entries/${entry.reversed_by.entry_id}`}>{`${entry.reversed_by.word}-${entry.reversed_by.number}`}</Link>] : null,
            ...entry.reviews.map((r) => [t('ui.reviewed'), `${r.user_name ?? ''} ${format.instant(r.at)}`] as const),
          ]}
        />
      </section>
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">{t('ui.f.summary')}</th>
              <th scope="col">{t('ui.f.account')}</th>
              <th scope="col">{t('ui.f.party')}</th>
              <th scope="col" className="zg-end">{t('ui.f.debit')}</th>
              <th scope="col" className="zg-end">{t('ui.f.credit')}</th>
            </tr>
          </thead>
          <tbody>
            {entry.lines.map((l) => (
              <tr key={l.line_no}>
                <td>{l.summary ?? entry.summary}</td>
                <td>
                  <Link to={`/books/ledger?account=${l.account_id}`}>{nameOf(l)}</Link>
                </td>
                <td>{l.party_name}</td>
                <td className={`zg-end${l.debit_minor < 0 ? ' zg-danger-text' : ''}`}>{l.debit_minor === 0 ? '' : format.money(l.debit_minor)}</td>
                <td className={`zg-end${l.credit_minor < 0 ? ' zg-danger-text' : ''}`}>{l.credit_minor === 0 ? '' : format.money(l.credit_minor)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={3}>{t('ui.f.sum')}</td>
              <td className="zg-end">{format.money(entry.lines.reduce((sum, l) => sum + l.debit_minor, 0))}</td>
              <td className="zg-end">{format.money(entry.lines.reduce((sum, l) => sum + l.credit_minor, 0))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      {isReversing ? (
        <ReasonDialog
          name="accounting.reverseVoucher"
          asks="day"
          text={t('ui.reverse.voucher')}
          inputOf={(reason, day) => ({ entry_id, day, ...(reason === null ? {} : { summary: reason }) })}
          onClose={() => setReversing(false)}
        />
      ) : null}
    </DocumentPage>
  )
}
