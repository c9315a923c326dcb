import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AskInput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentLink } from '../../ui/document-link.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, useFilters, useTitle } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefundSteps, refundTone } from './refund-panel.tsx'

const shows = ['posted', 'declined', 'all'] as const

/** Refunds that wait for who keeps the money: ticket, order, invoice and payment side by side. */
export function RefundsPage() {
  const { t } = useTranslation()
  const format = useFormat()
  useTitle(t('ui.nav.refunds'))
  const { values, set } = useFilters({ show: '' })
  const { data, error } = useAsk('service.refunds', { show: (values.show || 'asked') as NonNullable<AskInput<'service.refunds'>['show']>, limit: 200 }, { keeps: 'previous' })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return (
    <div className="zg-page zg-page-scroll">
      <div className="zg-page-head">
        <h1>{t('ui.nav.refunds')}</h1>
        <div className="zg-filters">
          <SelectField
            aria-label={t('ui.f.state')}
            none={t('state.refund.asked')}
            value={values.show || null}
            options={shows.map((value) => ({ value, label: value === 'all' ? t('ui.all') : t(`state.refund.${value}`) }))}
            onChange={(show) => set({ show: show ?? '' })}
          />
        </div>
      </div>
      {data.rows.length === 0 ? (
        <EmptyState title={t('ui.service.refundsNone')} text={t('ui.service.refundsNoneText')} />
      ) : (
        <Table
          rows={data.rows}
          keyOf={(r) => r.refund_id}
          columns={[
            { key: 'ticket', title: t('ui.kind.ticket'), render: (r) => <Link to={`/service/tickets/${r.ticket_id}`} className="zg-figures">{r.ticket_number}</Link> },
            { key: 'party', title: t('ui.f.customer'), render: (r) => <Link to={`/customers/${r.party_id}`}>{r.party_name}</Link> },
            { key: 'reason', title: t('ui.f.reason'), render: (r) => <span className="zg-soft">{r.reason}</span> },
            {
              key: 'invoice',
              title: `${t('ui.kind.invoice')} · ${t('ui.kind.order')}`,
              render: (r) => (
                <div className="zg-stacked-links">
                  <DocumentLink kind="sales.invoice" id={r.invoice_id} number={r.invoice_number} />
                  {r.order_id === null ? null : <DocumentLink kind="sales.order" id={r.order_id} number={r.order_number} />}
                </div>
              ),
            },
            { key: 'gross', title: t('ui.f.amount'), align: 'end', render: (r) => format.money(r.invoice_gross_minor) },
            { key: 'paid', title: t('ui.service.received'), align: 'end', render: (r) => format.money(r.paid_minor) },
            { key: 'refund', title: t('ui.service.refundAmount'), align: 'end', render: (r) => <strong>{format.money(r.amount_minor)}</strong>, total: format.money(data.amount_minor) },
            {
              key: 'credit',
              title: `${t('ui.service.creditNote')} · ${t('ui.service.money')}`,
              render: (r) =>
                r.decline_reason === null ? (
                  <div className="zg-stacked-links">
                    {r.credit_note_id === null ? null : <DocumentLink kind="sales.invoice" id={r.credit_note_id} number={r.credit_note_number} />}
                    {r.payment_id === null ? null : <DocumentLink kind="accounting.payment" id={r.payment_id} number={r.payment_number} />}
                  </div>
                ) : (
                  <span className="zg-soft">{r.decline_reason}</span>
                ),
            },
            { key: 'state', title: t('ui.f.state'), render: (r) => <StatusTag tone={refundTone[r.state]}>{t(`state.refund.${r.state}`)}</StatusTag> },
            { key: 'actions', render: (r) => <RefundSteps refund={r} /> },
          ]}
        />
      )}
    </div>
  )
}
