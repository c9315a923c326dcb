import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { useExtraFacts } from '../../ui/custom-fields/extra-facts.ts'
import { noExtra } from '../../ui/custom-fields/extra-inputs.tsx'
import { DocumentPage, FactCard, MoneyPanel, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { DocumentLines, DocumentTotals, useLineColumns } from '../catalog/document-lines.tsx'
import { LabelsDialog, labelsOf } from '../platform/labels-dialog.tsx'
import { LateCostDialog } from './late-cost-dialog.tsx'

export function BillPage() {
  const { bill_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [front, setFront] = useState<'pay' | 'late' | 'reverse' | 'labels' | null>(null)
  const { data: bill, error } = useAsk('purchasing.bill', { bill_id })
  const { goods, price, taxRate, amount } = useLineColumns(bill)
  const own = useExtraFacts('purchasing.bill', bill ?? noExtra)
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!bill) return <div className="zg-page" aria-busy />
  const isStanding = bill.kind !== 'reversal' && bill.reversed_by_id === null
  return (
    <DocumentPage
      kind={t(`ui.billKind.${bill.kind}`)}
      record={{ kind: 'purchasing.bill', id: bill.bill_id }}
      number={bill.number}
      backTo={{ path: '/purchasing/bills', label: t('ui.nav.bills') }}
      tags={
        bill.reversed_by_id ? (
          <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag>
        ) : (
          <StatusTag tone={bill.open_minor === 0 ? 'success' : 'info'}>{t(bill.open_minor === 0 ? 'ui.progress.paid.all' : 'ui.due.open')}</StatusTag>
        )
      }
      actions={
        <ActionButtons
          offers={[
            bill.kind === 'bill' && bill.lines.length > 0 && { text: t('ui.print.labels'), run: () => setFront('labels') },
            isStanding && may('purchasing.reverse') && { text: t('command.purchasing.reverseBill'), run: () => setFront('reverse') },
            isStanding && bill.kind === 'bill' && may('purchasing.post') && { text: t('command.purchasing.postLateCost'), run: () => setFront('late') },
            isStanding && bill.open_minor > 0 && may('accounting.pay') && { text: t('command.accounting.paySupplier'), look: 'main', run: () => setFront('pay') },
          ]}
        />
      }
      side={
        <>
          <MoneyPanel
            sums={[
              [t('ui.f.gross'), format.money(bill.gross_minor)],
              [t('ui.money.toPay'), format.money(bill.open_minor), 'strong'],
            ]}
          />
          {bill.late_costs.length > 0 ? (
            <Panel title={t('ui.bill.lateCosts')}>
              <ul className="zg-list-plain">
                {bill.late_costs.map((l) => (
                  <li key={l.bill_id}>
                    <Link to={`/purchasing/bills/${l.bill_id}`}>{l.number}</Link>
                    <span className="zg-soft">{l.party_name}</span>
                    <span className="zg-figures">{format.money(l.gross_minor)}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
        </>
      }
    >
      <FactCard
        facts={[
          [t('ui.f.supplier'), <Link to={`/suppliers/${bill.party_id}`}>{bill.party_name}</Link>],
          [t('ui.bill.supplierReference'), bill.supplier_reference],
          [t('ui.f.day'), bill.day],
          [t('ui.f.dueOn'), bill.due_on],
          [t('ui.f.warehouse'), bill.warehouse_name],
          [t('ui.f.entry'), bill.entry_id ? <DocumentLink kind="accounting.entry" id={bill.entry_id} number={`${bill.entry_word ?? ''}-${bill.entry_number ?? ''}`} /> : null],
          [t('ui.f.by'), `${bill.created_by_name ?? ''} ${format.instant(bill.created_at)}`],
          bill.late_cost_of_id ? [t('ui.bill.lateCostOf'), <Link to={`/purchasing/bills/${bill.late_cost_of_id}`}>{t('ui.open')}</Link>] : null,
          bill.reverses_id ? [t('ui.reverses'), <Link to={`/purchasing/bills/${bill.reverses_id}`}>{t('ui.invoice.openOriginal')}</Link>] : null,
          ...own,
          bill.note ? [t('ui.f.note'), bill.note] : null,
        ]}
      />
      <DocumentLines
        lines={bill.lines}
        columns={[
          ...goods,
          price,
          taxRate,
          amount,
          {
            key: 'cost',
            title: t('ui.f.cost'),
            align: 'end',
            render: (l) => (
              <>
                {format.money(l.cost_minor)}
                {l.late_cost_minor === 0 ? null : <div className="zg-soft">+{format.money(l.late_cost_minor)}</div>}
              </>
            ),
          },
        ]}
      />
      <DocumentTotals sums={bill} />
      {front === 'pay' ? (
        <ReceiveDialog kind="payment" party={{ party_id: bill.party_id, name: bill.party_name }} source={{ kind: 'purchasing.bill', id: bill_id }} expected={{ document_ids: [bill_id], amount_minor: bill.open_minor }} onClose={() => setFront(null)} />
      ) : null}
      {front === 'labels' ? <LabelsDialog of="catalog.label" things={labelsOf(bill.lines)} onClose={() => setFront(null)} /> : null}
      {front === 'late' ? <LateCostDialog bill={bill} onClose={() => setFront(null)} /> : null}
      {front === 'reverse' ? (
        <ReasonDialog name="purchasing.reverseBill" asks="day" needs="reason" text={t('ui.reverse.bill')} inputOf={(reason, day) => ({ bill_id, reason: reason ?? '', day })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
