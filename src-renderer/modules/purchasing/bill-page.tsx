import { useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { DocumentPage, Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { DocumentLink } from '../accounting/document-link.tsx'
import { ReceiveDialog } from '../accounting/receive-dialog.tsx'
import { amountOf } from '../sales/amounts.ts'
import { LateCostDialog } from './late-cost-dialog.tsx'

export function BillPage() {
  const { bill_id = '' } = useParams()
  const { t } = useTranslation()
  const { may } = useSession()
  const format = useFormat()
  const [front, setFront] = useState<'pay' | 'late' | 'reverse' | null>(null)
  const { data: bill, error } = useAsk('purchasing.bill', { bill_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!bill) return <div className="zg-page" aria-busy />
  const isStanding = bill.kind !== 'reversal' && bill.reversed_by_id === null
  return (
    <DocumentPage
      kind={t(`ui.billKind.${bill.kind}`)}
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
        <>
          {isStanding && may('purchasing.reverse') ? <Button onClick={() => setFront('reverse')}>{t('command.purchasing.reverseBill')}</Button> : null}
          {isStanding && bill.kind === 'bill' && may('purchasing.post') ? <Button onClick={() => setFront('late')}>{t('command.purchasing.postLateCost')}</Button> : null}
          {isStanding && bill.open_minor > 0 && may('accounting.pay') ? (
            <Button type="primary" onClick={() => setFront('pay')}>
              {t('command.accounting.paySupplier')}
            </Button>
          ) : null}
        </>
      }
      side={
        <>
          <Panel title={t('ui.money.title')}>
            <dl className="zg-sums">
              <div>
                <dt>{t('ui.f.gross')}</dt>
                <dd className="zg-figures">{format.money(bill.gross_minor)}</dd>
              </div>
              <div className="zg-total-strong">
                <dt>{t('ui.money.toPay')}</dt>
                <dd className="zg-figures">{format.money(bill.open_minor)}</dd>
              </div>
            </dl>
          </Panel>
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
      <section className="zg-card">
        <Facts
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
            bill.note ? [t('ui.f.note'), bill.note] : null,
          ]}
        />
      </section>
      <div className="zg-table-box">
        <table className="zg-table">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t('ui.f.item')}</th>
              <th scope="col" className="zg-end">{t('ui.f.quantity')}</th>
              <th scope="col">{t('ui.f.unit')}</th>
              <th scope="col" className="zg-end">{t(bill.prices_include_tax ? 'ui.f.priceWithTax' : 'ui.f.price')}</th>
              <th scope="col" className="zg-end">{t('ui.f.taxRate')}</th>
              <th scope="col" className="zg-end">{t(bill.prices_include_tax ? 'ui.f.amountWithTax' : 'ui.f.amount')}</th>
              <th scope="col" className="zg-end">{t('ui.f.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {bill.lines.map((l) => (
              <tr key={l.line_no}>
                <td className="zg-figures zg-soft">{l.line_no}</td>
                <td>
                  <span className="zg-soft zg-figures">{l.item_code}</span> <Link to={`/items/${l.item_id}`}>{l.item_name}</Link>
                </td>
                <td className="zg-end">{format.quantity(l.quantity_e6)}</td>
                <td>{l.unit}</td>
                <td className="zg-end">{format.price(l.price_e4)}</td>
                <td className="zg-end">{format.percent(l.tax_rate_e8)}</td>
                <td className="zg-end">{format.money(amountOf(l, bill.prices_include_tax))}</td>
                <td className="zg-end">
                  {format.money(l.cost_minor)}
                  {l.late_cost_minor === 0 ? null : <div className="zg-soft">+{format.money(l.late_cost_minor)}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TotalsBar
        totals={[
          { key: 'net', label: t('ui.f.net'), value: format.money(bill.net_minor) },
          { key: 'tax', label: t('ui.f.tax'), value: format.money(bill.tax_minor) },
          { key: 'gross', label: t('ui.f.gross'), value: format.moneyWithSymbol(bill.gross_minor), look: 'strong' },
        ]}
      />
      {front === 'pay' ? (
        <ReceiveDialog kind="payment" party={{ party_id: bill.party_id, name: bill.party_name }} source={{ kind: 'purchasing.bill', id: bill_id }} expected={{ document_ids: [bill_id], amount_minor: bill.open_minor }} onClose={() => setFront(null)} />
      ) : null}
      {front === 'late' ? <LateCostDialog bill={bill} onClose={() => setFront(null)} /> : null}
      {front === 'reverse' ? (
        <ReasonDialog name="purchasing.reverseBill" asks="day" needs="reason" text={t('ui.reverse.bill')} inputOf={(reason, day) => ({ bill_id, reason: reason ?? '', day })} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
