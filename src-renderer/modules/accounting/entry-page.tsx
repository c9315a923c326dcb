import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { useAccountName } from './account-names.ts'
import { DocumentLink } from '../../ui/document-link.tsx'

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
  const side = (key: 'debit_minor' | 'credit_minor', title: string): TableColumn<AskOutput<'accounting.entry'>['lines'][number]> => ({
    key,
    title,
    align: 'end',
    toneOf: (l) => (l[key] < 0 ? 'danger' : undefined),
    render: (l) => (l[key] === 0 ? '' : format.money(l[key])),
    total: format.money(entry.lines.reduce((sum, l) => sum + l[key], 0)),
  })
  return (
    <DocumentPage
      kind={t('ui.entry')}
      record={{ kind: 'accounting.entry', id: entry.entry_id }}
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
        <ActionButtons
          offers={[
            entry.kind === 'manual' && !entry.reversed_by && may('accounting.post') && { text: t('command.accounting.reverseVoucher'), run: () => setReversing(true) },
            !entry.is_reviewed && may('accounting.review') && { text: t('command.accounting.reviewEntry'), isRunning: review.isRunning, run: () => void review.run({ entry_ids: [entry_id] }) },
          ]}
        />
      }
      messages={<RefusalMessage no={review.no} />}
    >
      <FactCard
        facts={[
          [t('ui.f.day'), entry.day],
          [t('ui.f.summary'), entry.summary],
          entry.source_id && entry.source_kind !== 'accounting.entry' ? [t('ui.f.document'), <DocumentLink kind={entry.source_kind} id={entry.source_id} number={entry.source_number ?? t('ui.open')} />] : null,
          [t('ui.f.by'), `${entry.posted_by_name ?? ''} ${format.instant(entry.posted_at)}`],
          entry.reverses ? [t('ui.reverses'), <Link to={`/books/entries/${entry.reverses.entry_id}`}>{`${entry.reverses.word}-${entry.reverses.number}`}</Link>] : null,
          entry.reversed_by ? [t('ui.reversedBy'), <Link to={`/books/entries/${entry.reversed_by.entry_id}`}>{`${entry.reversed_by.word}-${entry.reversed_by.number}`}</Link>] : null,
          ...entry.reviews.map((r) => [t('ui.reviewed'), `${r.user_name ?? ''} ${format.instant(r.at)}`] as const),
        ]}
      />
      <Table
        rows={entry.lines}
        keyOf={(l) => l.line_no}
        columns={[
          { key: 'summary', title: t('ui.f.summary'), render: (l) => l.summary ?? entry.summary },
          { key: 'account', title: t('ui.f.account'), render: (l) => <Link to={`/books/ledger?account=${l.account_id}`}>{nameOf(l)}</Link> },
          { key: 'party', title: t('ui.f.party'), render: (l) => l.party_name },
          side('debit_minor', t('ui.f.debit')),
          side('credit_minor', t('ui.f.credit')),
        ]}
      />
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
