import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankLine } from '../catalog/priced-lines/draft.ts'
import { SaleCoupon, useCoupon } from '../promotions/sale-coupon.tsx'
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
  const { may } = useSession()
  const isSure = useSure()
  const done = useSaleDone()
  const empty = useEmptyOffer()
  const { draft, set, form } = useDraft(() => ({ ...empty(), payment: notPaid, coupon: '' }))
  const before = useOfferTotals(draft)
  const coupon = useCoupon({ code: draft.coupon, party_id: draft.party?.party_id ?? null, total_minor: draft.prices_include_tax === 1 ? before.gross_minor : before.net_minor })
  const totals = useOfferTotals({ ...draft, discount_minor: draft.discount_minor + (coupon.offer?.amount_minor ?? 0) })
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
      coupon_code: draft.coupon,
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
      {may('promotions.read') ? <SaleCoupon {...coupon} code={draft.coupon} onChange={(code) => set({ coupon: code })} /> : null}
      <PayNowCard way="in" value={draft.payment} onChange={(payment) => set({ payment })} due_minor={totals.gross_minor} />
    </FormPage>
  )
}
