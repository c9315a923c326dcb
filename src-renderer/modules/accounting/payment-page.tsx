import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { DocumentPage, FactCard, MoneyPanel } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TicketsOf } from '../service/linked-documents.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { PrintButton } from '../platform/print-button.tsx'
import { AllocateDialog } from './allocate-dialog.tsx'
import { DocumentLink } from '../../ui/document-link.tsx'

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
      record={{ kind: 'accounting.payment', id: payment.payment_id }}
      number={payment.number}
      backTo={{ path: isCustomer ? '/money/receipts' : '/money/payments', label: t(isCustomer ? 'ui.nav.receipts' : 'ui.nav.payments') }}
      tags={payment.reversed_by_id ? <StatusTag tone="neutral">{t('ui.reversed')}</StatusTag> : payment.reverses_id ? <StatusTag tone="warning">{t('ui.reversal')}</StatusTag> : null}
      actions={
        <>
          <PrintButton name="accounting.payment" id={payment_id} />
          <ActionButtons
            offers={[
              isStanding && may('accounting.reversePayment') && { text: t(`ui.payment.reverse.${payment.kind}`), run: () => setFront('reverse') },
              isStanding && payment.open_minor !== 0 && may('accounting.allocate') && { text: t('command.accounting.allocateItems'), look: 'main', run: () => setFront('allocate') },
            ]}
          />
        </>
      }
      messages={<RefusalMessage no={undo.no} />}
      side={
        <>
          <MoneyPanel
            sums={[
              [t('ui.payment.allocated'), format.money(payment.allocated_minor)],
              payment.discount_minor === 0 ? null : [t('ui.payment.letOff'), format.money(payment.discount_minor)],
              [t('ui.payment.unallocated'), format.money(payment.open_minor), 'strong'],
            ]}
          />
          <TicketsOf of={{ source_kind: 'accounting.payment', source_id: payment_id }} />
        </>
      }
    >
      <FactCard
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
      <Table
        caption={t('ui.payment.allocations')}
        rows={payment.allocations}
        keyOf={(a) => a.allocation_id}
        none={t('ui.payment.noAllocations')}
        columns={[
          { key: 'document', title: t('ui.f.document'), render: (a) => <DocumentLink kind={a.source_kind} id={a.source_id} number={a.number} /> },
          { key: 'day', title: t('ui.f.day'), figures: 'tabular', render: (a) => a.day },
          { key: 'settles', title: t('ui.payment.allocated'), align: 'end', render: (a) => format.money(a.amount_minor) },
          { key: 'letOff', title: t('ui.payment.letOff'), align: 'end', render: (a) => (a.discount_minor === 0 ? '' : format.money(a.discount_minor)) },
          {
            key: 'actions',
            render: (a) =>
              a.undone_by_id ? (
                <span className="zg-soft">{t('ui.payment.undone')}</span>
              ) : a.undoes_id || a.is_final || !may('accounting.allocate') ? null : (
                <button type="button" className="zg-link" onClick={() => void undoNow(a.allocation_id)}>
                  {t('command.accounting.undoAllocation')}
                </button>
              ),
          },
        ]}
      />
      {front === 'reverse' ? (
        <ReasonDialog
          name="accounting.reversePayment"
          asks="day"
          needs="reason"
          called={t(`ui.payment.reverse.${payment.kind}`)}
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
