import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentPage, FactCard } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { PrintButton } from '../platform/print-button.tsx'

/** A letter as it was written. */
export function DunningPage() {
  const { dunning_id = '' } = useParams()
  const { t } = useTranslation()
  const format = useFormat()
  const { data: letter, error } = useAsk('credit.dunning', { dunning_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!letter) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t('ui.kind.dunning')}
      number={letter.number}
      record={{ kind: 'credit.dunning', id: dunning_id }}
      backTo={{ path: '/money/collections', label: t('ui.nav.collections') }}
      tags={<StatusTag tone={letter.level === 3 ? 'danger' : 'warning'}>{t(`ui.collect.level.${letter.level}`)}</StatusTag>}
      actions={<PrintButton name="credit.dunning" id={dunning_id} />}
    >
      <FactCard
        facts={[
          [t('ui.f.customer'), <Link to={`/customers/${letter.party_id}`}>{letter.party_name}</Link>],
          [t('ui.f.day'), <span className="zg-figures">{letter.day}</span>],
          [t('ui.collect.payBy'), <span className="zg-figures">{letter.pay_by}</span>],
          [t('ui.collect.by'), letter.by_name],
          letter.interest_minor > 0 ? [t('ui.interest.onLetter', { rate: format.percent(letter.interest_rate_e8) }), <span className="zg-figures">{format.money(letter.interest_minor)}</span>] : null,
          letter.note ? [t('ui.f.note'), letter.note] : null,
        ]}
      />
      <Table
        rows={letter.lines}
        keyOf={(l) => String(l.line_no)}
        columns={[
          { key: 'number', title: t('ui.f.document'), render: (l) => l.number },
          { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (l) => l.day },
          { key: 'due', title: t('ui.f.dueOn'), figures: 'tabular', render: (l) => l.due_on },
          { key: 'days', title: t('ui.credit.days'), align: 'end', render: (l) => (l.overdue_days === 0 ? '' : l.overdue_days) },
          { key: 'amount', title: t('ui.f.amount'), align: 'end', render: (l) => format.money(l.amount_minor) },
          { key: 'open', title: t('ui.f.open'), align: 'end', render: (l) => format.money(l.open_minor), total: format.money(letter.total_minor) },
        ]}
      />
    </DocumentPage>
  )
}
