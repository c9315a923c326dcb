import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { isBlankLine, sentLines } from '../catalog/priced-lines/draft.ts'
import { emptyOffer, textOrNull, type OfferDraft } from './offer-draft.ts'
import { OfferForm, useOfferTotals } from './offer-form.tsx'
import { useSaleDone } from './use-sale-done.ts'

export function FreeReturnPage() {
  const { key } = useLocation()
  return <FreeReturn key={key} />
}

/** Goods that come back without the delivery they left with: at today's cost and the price agreed. */
function FreeReturn() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const done = useSaleDone()
  const [draft, setDraft] = useState<OfferDraft>(() => emptyOffer({ today, prices_include_tax: company.prices_include_tax }))
  const totals = useOfferTotals(draft)
  const giveBack = useRun('sales.returnGoods')
  const post = async (): Promise<void> => {
    const isSure = await modal.confirm({
      title: t('ui.return.sure', { total: format.moneyWithSymbol(totals.gross_minor) }),
      content: t('ui.posting.permanent'),
      okText: t('command.sales.returnGoods'),
      cancelText: t('ui.cancel'),
      autoFocusButton: 'ok',
    })
    if (!isSure) return
    const said = await giveBack.run({
      ...(draft.party === null ? {} : { party_id: draft.party.party_id }),
      day: draft.day,
      prices_include_tax: draft.prices_include_tax,
      ...(draft.warehouse_id === null ? {} : { warehouse_id: draft.warehouse_id }),
      note: textOrNull(draft.note),
      invoice: 'with',
      lines: sentLines(draft.lines.filter((l) => !isBlankLine(l))).map(({ item_id, description, unit, quantity_e6, price_e4, tax_code }) => ({ item_id, description, unit, quantity_e6, price_e4, tax_code })),
    })
    if (!said?.ok) return
    done(said.output)
    const { invoice_id, delivery_id } = said.output
    void navigate(invoice_id === null ? `/sales/deliveries/${delivery_id ?? ''}` : `/sales/invoices/${invoice_id}`)
  }
  useShortcuts([{ key: 'F9', always: true, run: () => void post() }])
  return (
    <DocumentPage
      kind={t('ui.nav.returnGoods')}
      backTo={{ path: '/sales/deliveries', label: t('ui.nav.deliveries') }}
      actions={
        <Button type="primary" loading={giveBack.isRunning} onClick={() => void post()}>
          {t('command.sales.returnGoods')} <kbd>F9</kbd>
        </Button>
      }
      messages={
        <>
          <RefusalMessage no={giveBack.no} />
          <p className="zg-soft" style={{ margin: 0 }}>
            {t('ui.return.freeText')}
          </p>
        </>
      }
    >
      <OfferForm kind="sale" draft={draft} onChange={setDraft} no={giveBack.no} onDone={() => void post()} />
    </DocumentPage>
  )
}
