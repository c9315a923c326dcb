import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { noExtra } from '../../ui/custom-fields/extra-inputs.tsx'
import { DocumentPage, FactCard, MoneyPanel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ProgressTag } from '../../ui/progress-tag.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { CreditNoteDialog } from './credit-note-dialog.tsx'
import { DocumentLinks } from './document-links.tsx'
import { TicketsOf } from '../service/linked-documents.tsx'
import { PricedLinesView } from './priced-lines-view.tsx'
import { SaleLifecycle } from './sale-lifecycle.tsx'

type Front = 'receive' | 'credit' | 'reverse' | null

/** An invoice or credit note as posted: lines, money, and the documents around it. */
export function InvoicePage() {
  const { invoice_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [front, setFront] = useState<Front>(null)
  const { data: invoice, error } = useAsk('sales.invoice', { invoice_id })
  const isStanding = invoice !== undefined && invoice.kind !== 'reversal' && invoice.reversed_by_id === null
  const canReceive = isStanding && invoice.kind === 'invoice' && invoice.open_minor > 0 && may('accounting.receive')
  const own = useExtraFacts('sales.invoice', invoice ?? noExtra)
  useShortcuts([{ key: 'F9', always: true, run: () => canReceive && setFront('receive') }])
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!invoice) return <div className="zg-page" aria-busy />
  return (
    <DocumentPage
      kind={t(`ui.invoiceKind.${invoice.kind}`)}
      record={{ kind: 'sales.invoice', id: invoice.invoice_id }}
      number={invoice.number}
      backTo={{ path: '/sales/invoices', label: t('ui.nav.invoices') }}
      tags={
        <>
          {invoice.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : <ProgressTag of="paid" value={invoice.paid} />}
          {invoice.is_overdue ? <StatusTag tone="danger">{t('ui.due.overdue')}</StatusTag> : null}
        </>
      }
      actions={
        <>
          <PrintButton name="sales.invoice" id={invoice_id} />
          <ActionButtons
            offers={[
              isStanding && may('sales.reverse') && { text: t('command.sales.reverseInvoice'), run: () => setFront('reverse') },
              isStanding && invoice.kind === 'invoice' && may('sales.invoice') && { text: t('command.sales.creditNote'), run: () => setFront('credit') },
              canReceive && { text: t('command.accounting.receivePayment'), look: 'main', keys: 'F9', run: () => setFront('receive') },
            ]}
          />
        </>
      }
      side={
        <>
          <MoneyPanel
            sums={[
              [t('ui.f.gross'), format.money(invoice.gross_minor)],
              [t('ui.money.settled'), format.money(invoice.gross_minor - invoice.open_minor)],
              [t('ui.money.open'), format.money(invoice.open_minor), 'strong'],
            ]}
          />
          <DocumentLinks documents={invoice.documents} />
          <TicketsOf of={{ source_kind: 'sales.invoice', source_id: invoice_id }} />
        </>
      }
    >
      {isStanding ? <SaleLifecycle of={{ kind: 'invoice', id: invoice_id }} /> : null}
      <FactCard
        facts={[
          [t('ui.f.customer'), <Link to={`/customers/${invoice.party_id}`}>{invoice.party_name}</Link>],
          [t('ui.f.day'), invoice.day],
          [t('ui.f.dueOn'), <span className={invoice.is_overdue ? 'zg-danger-text' : ''}>{invoice.due_on}</span>],
          invoice.order_id ? [t('ui.kind.order'), <Link to={`/sales/orders/${invoice.order_id}`}>{invoice.order_number}</Link>] : null,
          invoice.original_id ? [t('ui.invoice.original'), <Link to={`/sales/invoices/${invoice.original_id}`}>{t('ui.invoice.openOriginal')}</Link>] : null,
          [t('ui.f.salesperson'), invoice.salesperson_name],
          invoice.reference ? [t('ui.f.reference'), invoice.reference] : null,
          ...own,
          invoice.note ? [t('ui.f.note'), invoice.note] : null,
        ]}
      />
      <PricedLinesView document={invoice} />
      {front === 'receive' ? (
        <ReceiveDialog kind="receipt" party={{ party_id: invoice.party_id, name: invoice.party_name }} source={{ kind: 'sales.invoice', id: invoice_id }} expected={{ document_ids: [invoice_id], amount_minor: invoice.open_minor }} onClose={() => setFront(null)} />
      ) : null}
      {front === 'credit' ? <CreditNoteDialog invoice={invoice} onClose={() => setFront(null)} /> : null}
      {front === 'reverse' ? (
        <ReasonDialog name="sales.reverseInvoice" asks="day" text={t('ui.reverse.invoice')} inputOf={(reason, day) => ({ invoice_id, reason, day })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
