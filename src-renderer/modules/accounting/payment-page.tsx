import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { DocumentPage, Facts, Panel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { AllocateDialog } from './allocate-dialog.tsx'
import { DocumentLink } from './document-link.tsx'

/** Money as it was posted, and what it settled. */
export function PaymentPage() {
  const { payment_id = '' } = useParams()
  const { t } = useTranslation()
  const { may, today } = useSession()
  const format = useFormat()
  const { modal } = App.useApp()
  const [front, setFront] = useState<'reverse' | 'allocate' | null>(null)
  const { data: payment, error } = useAsk('accounting.payment', { payment_id })
  const undo = useRun('accounting.undoAllocation')
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!payment) return <div className="zg-page" aria-busy />
  const isCustomer = payment.kind === 'receipt' || payment.kind === 'refund'
  const isStanding = payment.reversed_by_id === null && payment.reverses_id === null
  const undoNow = async (allocation_id: string): Promise<void> => {
    if (await modal.confirm({ title: t('command.accounting.undoAllocation'), content: t('ui.payment.undoText'), okText: t('command.accounting.undoAllocation'), cancelText: t('ui.cancel') })) {
      await undo.run({ allocation_id, day: today })
    }
  }
  return (
    <DocumentPage
      kind={t(`ui.payment.${payment.kind}`)}
      number={payment.number}
      backTo={{ path: isCustomer ? '/money/receipts' : '/money/payments', label: t(isCustomer ? 'ui.nav.receipts' : 'ui.nav.payments') }}
      tags={payment.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : payment.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null}
      actions={
        <>
          {isStanding && may('accounting.reversePayment') ? <Button onClick={() => setFront('reverse')}>{t('command.accounting.reversePayment')}</Button> : null}
          {isStanding && payment.open_minor !== 0 && may('accounting.allocate') ? (
            <Button type="primary" onClick={() => setFront('allocate')}>
              {t('command.accounting.allocateItems')}
            </Button>
          ) : null}
        </>
      }
      messages={<RefusalMessage no={undo.no} />}
      side={
        <Panel title={t('ui.money.title')}>
          <dl className="zg-sums">
            <div>
              <dt>{t('ui.payment.allocated')}</dt>
              <dd className="zg-figures">{format.money(payment.allocated_minor)}</dd>
            </div>
            {payment.discount_minor === 0 ? null : (
              <div>
                <dt>{t('ui.payment.letOff')}</dt>
                <dd className="zg-figures">{format.money(payment.discount_minor)}</dd>
              </div>
            )}
            <div className="zg-total-strong">
              <dt>{t('ui.payment.unallocated')}</dt>
              <dd className="zg-figures">{format.money(payment.open_minor)}</dd>
            </div>
          </dl>
        </Panel>
      }
    >
      <section className="zg-card">
        <Facts
          facts={[
            [t(isCustomer ? 'ui.f.customer' : 'ui.f.supplier'), <Link to={`/${isCustomer ? 'customers' : 'suppliers'}/${payment.party_id}`}>{payment.party_name}</Link>],
            [t('ui.f.day'), payment.day],
            [t('ui.pay.amount'), format.moneyWithSymbol(payment.amount_minor)],
            [t('ui.payment.method'), format.locale === 'zh-CN' ? payment.method_name_zh : payment.method_name_en || payment.method_name_zh],
            [t('ui.payment.reference'), payment.reference],
            payment.note ? [t('ui.f.note'), payment.note] : null,
            [t('ui.f.entry'), <DocumentLink kind="accounting.entry" id={payment.entry_id} number={`${payment.entry.word}-${payment.entry.number}`} />],
          ]}
        />
      </section>
      <div className="zg-table-box">
        <table className="zg-table">
          <caption className="zg-sr">{t('ui.payment.allocations')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('ui.f.document')}</th>
              <th scope="col">{t('ui.f.day')}</th>
              <th scope="col" className="zg-end">{t('ui.payment.settles')}</th>
              <th scope="col" className="zg-end">{t('ui.payment.letOff')}</th>
              <th scope="col">
                <span className="zg-sr">{t('ui.lines.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {payment.allocations.map((a) => (
              <tr key={a.allocation_id}>
                <td>
                  <DocumentLink kind={a.source_kind} id={a.source_id} number={a.number} />
                </td>
                <td className="zg-figures">{a.day}</td>
                <td className="zg-end">{format.money(a.amount_minor)}</td>
                <td className="zg-end">{a.discount_minor === 0 ? '' : format.money(a.discount_minor)}</td>
                <td>
                  {a.undone_by_id ? (
                    <span className="zg-soft">{t('ui.payment.undone')}</span>
                  ) : a.undoes_id || a.is_final || !may('accounting.allocate') ? null : (
                    <button type="button" className="zg-link" onClick={() => void undoNow(a.allocation_id)}>
                      {t('command.accounting.undoAllocation')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
            {payment.allocations.length === 0 ? (
              <tr>
                <td colSpan={5} className="zg-soft">
                  {t('ui.payment.noAllocations')}
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      {front === 'reverse' ? (
        <ReasonDialog
          name="accounting.reversePayment"
          asks="day"
          needs="reason"
          text={t('ui.reverse.payment')}
          inputOf={(reason, day) => ({ payment_id, reason: reason ?? '', day })}
          onClose={() => setFront(null)}
        />
      ) : null}
      {front === 'allocate' ? (
        <AllocateDialog party_id={payment.party_id} side={isCustomer ? 'receivable' : 'payable'} open_item_id={payment.open_item_id} left_minor={Math.abs(payment.open_minor)} onClose={() => setFront(null)} />
      ) : null}
    </DocumentPage>
  )
}
