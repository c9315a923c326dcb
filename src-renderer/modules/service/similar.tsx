import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAsk } from '../../api/use-ask.ts'
import { useSettled } from '../../ui/alike-list.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ticketTone } from './ticket-words.ts'

type Props = {
  readonly text: string
  readonly item_id: string | null
  readonly class_id: string | null
  readonly party_id: string | null
  readonly except_id?: string
  /** Takes over how one of them was solved. */
  onUse?(solution: string): void
}

/** Tickets like the one being written or read, and how they were solved. */
export function SimilarTickets({ onUse, except_id, ...about }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const asked = useSettled({ ...about, text: about.text.trim().slice(0, 500), ...(except_id === undefined ? {} : { except_id }) })
  const { data } = useAsk('service.similar', asked, { enabled: asked.text.length > 1, keeps: 'previous' })
  const rows = asked.text.length > 1 ? (data?.rows ?? []) : []
  return (
    <Panel title={t('ui.service.similar')}>
      {rows.length === 0 ? <span className="zg-soft">{t('ui.service.similarNone')}</span> : null}
      <ul className="zg-similar" aria-live="polite">
        {rows.map((row) => (
          <li key={row.ticket_id}>
            <div>
              <Link to={`/service/tickets/${row.ticket_id}`} className="zg-figures">
                {row.number}
              </Link>{' '}
              <StatusTag tone={ticketTone[row.state]}>{t(`state.ticket.${row.state}`)}</StatusTag>{' '}
              <span className="zg-soft">{t('ui.service.likeness', { rate: format.percent(Math.round(row.likeness_e8 / 1_000_000) * 1_000_000) })}</span>
            </div>
            <div>{row.subject}</div>
            {row.solution === null ? null : <div className="zg-similar-solution">{row.solution}</div>}
            {row.solution !== null && onUse ? (
              <Button size="small" onClick={() => onUse(row.solution!)}>
                {t('ui.service.similarUse')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
