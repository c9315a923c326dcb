import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { wordsOf } from '../../ui/data-grid/columns.ts'
import { useFormat } from '../../ui/format.ts'
import { ListScreen } from '../../ui/list-screen.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { classOf, ticketStates, ticketTone } from './ticket-words.ts'

type Show = NonNullable<AskInput<'service.tickets'>['show']>
const shows: readonly Show[] = ['mine', 'unassigned', 'overdue', 'escalated', 'waiting', 'solved', 'closed', 'all']

/** Complaints and service tickets: what is late first, then what is due next. */
export function TicketsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const escalate = useRun('service.escalateDue')
  const toManager = async (): Promise<void> => {
    const said = await escalate.run({})
    if (said?.ok) void message.success(t('ui.service.escalatedNow', said.output))
  }
  return (
    <ListScreen
      name="service.tickets"
      title={t('ui.nav.tickets')}
      columns={() => [
        { key: 'number', from: 'number', title: t('ui.f.number'), width: 118, figures: 'tabular', render: (r) => r.number },
        { key: 'subject', from: 'subject', title: t('field.service.subject'), width: 160, grow: 3, render: (r) => r.subject },
        { key: 'party', from: 'party_name', title: t('ui.f.customer'), width: 120, grow: 2, render: (r) => r.party_name },
        { key: 'class', from: format.locale === 'zh-CN' ? 'class_name_zh' : 'class_name_en', title: t('field.service.class_id'), width: 104, render: (r) => classOf(r, format.locale) },
        { key: 'item', from: 'item_name', at: 'choice', title: t('ui.f.item'), width: 120, render: (r) => r.item_name },
        { key: 'priority', from: 'priority', words: wordsOf(['1', '2', '3'], (p) => t(`ui.service.priority.${p}`)), title: t('field.service.priority'), width: 76, sort: 'priority', render: (r) => <span className={r.priority === 1 ? 'zg-danger-text' : ''}>{t(`ui.service.priority.${r.priority}`)}</span> },
        { key: 'assignee', from: 'assignee_name', title: t('field.service.assignee_id'), width: 88, render: (r) => r.assignee_name },
        { key: 'due', from: 'due_at', title: t('field.service.due_at'), width: 132, sort: 'due_at', figures: 'tabular', render: (r) => <span className={r.is_overdue ? 'zg-danger-text' : ''}>{format.instant(r.due_at)}</span> },
        { key: 'score', from: 'score', at: 'choice', title: t('field.service.score'), width: 72, align: 'end', render: (r) => r.score },
        { key: 'created', from: 'created_on', title: t('field.service.created_on'), width: 96, sort: 'created_at', figures: 'tabular', render: (r) => r.created_on },
        { key: 'state', from: 'state', words: wordsOf(ticketStates, (state) => t(`state.ticket.${state}`)), title: t('ui.f.state'), width: 104, render: (r) => <StatusTag tone={r.is_overdue ? 'danger' : ticketTone[r.state]}>{r.is_overdue ? t('ui.service.late') : t(`state.ticket.${r.state}`)}</StatusTag> },
      ]}
      inputOf={(v) => ({
        text: v.text,
        show: (v.choice || 'open') as Show,
        sort: v.sort as NonNullable<AskInput<'service.tickets'>['sort']>,
        direction: v.direction as 'asc' | 'desc',
      })}
      idField="ticket_id"
      pathOf={(row) => `/service/tickets/${row.ticket_id}`}
      toneOf={(row) => (row.is_overdue ? 'danger' : row.state === 'closed' || row.state === 'merged' ? 'muted' : undefined)}
      search={t('ui.service.find')}
      choice={{
        label: t('ui.service.openOnes'),
        options: shows.map((show) => ({ value: show, label: show === 'all' ? t('ui.all') : show === 'waiting' || show === 'solved' || show === 'closed' ? t(`state.ticket.${show}`) : t(`ui.service.${show}`) })),
      }}
      sort={{ key: 'due_at', direction: 'asc' }}
      actions={
        <>
          {may('service.assign') ? <Button loading={escalate.isRunning} onClick={() => void toManager()}>{t('command.service.escalateDue')}</Button> : null}
          <Button onClick={() => void navigate('/service/refunds')}>{t('ui.nav.refunds')}</Button>
        </>
      }
      make={{ path: '/service/tickets/new', text: t('ui.nav.newTicket'), permission: 'service.work' }}
      empty={{ title: t('ui.service.empty'), text: t('ui.service.emptyText') }}
    />
  )
}
