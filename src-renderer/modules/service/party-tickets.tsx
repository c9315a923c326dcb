import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { classOf, ticketTone } from './ticket-words.ts'

/** What a customer complained about and had done, the latest first. */
export function PartyTickets({ party_id }: { party_id: string }) {
  const { t } = useTranslation()
  const { locale, instant } = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const { data } = useAsk('service.tickets', { party_id, show: 'all', sort: 'created_at', direction: 'desc', limit: 100 })
  if (!data) return <div aria-busy />
  return (
    <div className="zg-stack">
      {may('service.work') ? (
        <div className="zg-actions">
          <Button onClick={() => void navigate(`/service/tickets/new?party=${party_id}`)}>{t('ui.nav.newTicket')}</Button>
        </div>
      ) : null}
      <Table
        rows={data.rows}
        none={t('ui.service.empty')}
        keyOf={(row) => row.ticket_id}
        columns={[
          { key: 'number', title: t('ui.f.number'), render: (row) => <Link to={`/service/tickets/${row.ticket_id}`} className="zg-figures">{row.number}</Link> },
          { key: 'day', title: t('field.service.created_on'), figures: 'tabular', render: (row) => row.created_on },
          { key: 'class', title: t('field.service.class_id'), render: (row) => classOf(row, locale) },
          { key: 'subject', title: t('field.service.subject'), render: (row) => row.subject },
          { key: 'assignee', title: t('field.service.assignee_id'), render: (row) => row.assignee_name },
          { key: 'due', title: t('field.service.due_at'), figures: 'tabular', toneOf: (row) => (row.is_overdue ? 'danger' : undefined), render: (row) => instant(row.due_at) },
          { key: 'score', title: t('field.service.score'), align: 'end', render: (row) => row.score },
          { key: 'state', title: t('ui.f.state'), render: (row) => <StatusTag tone={ticketTone[row.state]}>{t(`state.ticket.${row.state}`)}</StatusTag> },
        ]}
      />
    </div>
  )
}
