import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRun } from '../../api/use-run.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankLine } from '../catalog/priced-lines/draft.ts'
import { textOrNull } from './offer-draft.ts'
import { OfferForm, useEmptyOffer, useOfferTotals } from './offer-form.tsx'
import { sentOffer } from './order-draft-page.tsx'
import { notPaid, PayNowCard, paymentsOf } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

/** Goods, invoice and money in one step, without an order: the counter. */
export function DirectSalePage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const isSure = useSure()
  const done = useSaleDone()
  const empty = useEmptyOffer()
  const { draft, set, form } = useDraft(() => ({ ...empty(), payment: notPaid }))
  const totals = useOfferTotals(draft)
  const sell = useRun('sales.deliverDirect', form)
  const post = async (): Promise<void> => {
    if (!(await isSure({ title: t('ui.sale.sure', { total: format.moneyWithSymbol(totals.gross_minor) }), ok: t('command.sales.deliverDirect') }))) return
    const whole = { ...draft, lines: draft.lines.filter((l) => !isBlankLine(l)) }
    const { party_id, ...rest } = sentOffer(whole)
    const said = await sell.run({
      ...rest,
      ...(party_id === '' ? {} : { party_id }),
      ...(draft.warehouse_id === null ? {} : { warehouse_id: draft.warehouse_id }),
      ...(draft.due_on === null ? {} : { due_on: draft.due_on }),
      ship_to: textOrNull(draft.ship_to),
      payments: paymentsOf(draft.payment),
    })
    if (!said?.ok) return
    form.settle()
    done(said.output)
    const { invoice_id } = said.output
    void navigate(invoice_id === null ? '/sales/deliveries' : `/sales/invoices/${invoice_id}`)
  }
  return (
    <FormPage
      kind={t('ui.nav.sellDirect')}
      backTo={{ path: '/sales/invoices', label: t('ui.nav.invoices') }}
      posts={t('command.sales.deliverDirect')}
      form={form}
      runs={[sell]}
      onDone={() => void post()}
    >
      <OfferForm kind="sale" draft={draft} onChange={set} no={sell.no} onDone={() => void post()} />
      <PayNowCard way="in" value={draft.payment} onChange={(payment) => set({ payment })} due_minor={totals.gross_minor} />
    </FormPage>
  )
}
