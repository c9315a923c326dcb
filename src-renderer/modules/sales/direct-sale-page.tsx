import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { useFormat } from '../../ui/format.ts'
import { useLeaveGuard } from '../../ui/leave-guard.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { isBlankLine } from '../catalog/priced-lines/draft.ts'
import { emptyOffer, textOrNull, type OfferDraft } from './offer-draft.ts'
import { OfferForm, useOfferTotals } from './offer-form.tsx'
import { sentOffer } from './order-draft-page.tsx'
import { notPaid, PayNowFields, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

export function DirectSalePage() {
  const { key } = useLocation()
  return <DirectSale key={key} />
}

/** Goods, invoice and money in one step, without an order: the counter. */
function DirectSale() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const done = useSaleDone()
  const [draft, setDraft] = useState<OfferDraft>(() => emptyOffer({ today, prices_include_tax: company.prices_include_tax }))
  const [payment, setPayment] = useState(notPaid)
  const totals = useOfferTotals(draft)
  const sell = useRun('sales.deliverDirect')
  const guard = useLeaveGuard()
  const post = async (): Promise<void> => {
    const isSure = await modal.confirm({
      title: t('ui.sale.sure', { total: format.moneyWithSymbol(totals.gross_minor) }),
      content: t('ui.posting.permanent'),
      okText: t('command.sales.deliverDirect'),
      cancelText: t('ui.cancel'),
      autoFocusButton: 'ok',
    })
    if (!isSure) return
    const whole = { ...draft, lines: draft.lines.filter((l) => !isBlankLine(l)) }
    const { party_id, ...rest } = sentOffer(whole)
    const said = await sell.run({
      ...rest,
      ...(party_id === '' ? {} : { party_id }),
      ...(draft.warehouse_id === null ? {} : { warehouse_id: draft.warehouse_id }),
      ...(draft.due_on === null ? {} : { due_on: draft.due_on }),
      ship_to: textOrNull(draft.ship_to),
      payments: paymentsOf(payment),
    })
    if (!said?.ok) return
    guard.settle()
    done(said.output)
    const { invoice_id } = said.output
    void navigate(invoice_id === null ? '/sales/deliveries' : `/sales/invoices/${invoice_id}`)
  }
  useShortcuts([
    { key: 'F9', always: true, run: () => void post() },
    { key: 'Enter', with: 'ctrl', run: () => void post() },
  ])
  return (
    <DocumentPage
      kind={t('ui.nav.sellDirect')}
      backTo={{ path: '/sales/invoices', label: t('ui.nav.invoices') }}
      actions={
        <Button type="primary" loading={sell.isRunning} onClick={() => void post()}>
          {t('command.sales.deliverDirect')} <kbd>F9</kbd>
        </Button>
      }
      messages={<RefusalMessage no={sell.no} />}
    >
      <OfferForm
        kind="sale"
        draft={draft}
        onChange={(next) => {
          setDraft(next)
          guard.touch()
        }}
        no={sell.no}
        onDone={() => void post()}
      />
      <section className="zg-card">
        <FieldRow>
          <PayNowFields value={payment} onChange={setPayment} due_minor={totals.gross_minor} />
        </FieldRow>
      </section>
    </DocumentPage>
  )
}
