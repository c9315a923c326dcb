import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useRun } from '../../api/use-run.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankLine, sentLines } from '../catalog/priced-lines/draft.ts'
import { textOrNull } from './offer-draft.ts'
import { OfferForm, useEmptyOffer, useOfferTotals } from './offer-form.tsx'
import { useSaleDone } from './use-sale-done.ts'

/** Goods that come back without the delivery they left with: at today's cost and the price agreed. */
export function FreeReturnPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const isSure = useSure()
  const done = useSaleDone()
  const { draft, set, form } = useDraft(useEmptyOffer())
  const totals = useOfferTotals(draft)
  const giveBack = useRun('sales.returnGoods', form)
  const post = async (): Promise<void> => {
    if (!(await isSure({ title: t('ui.return.sure', { total: format.moneyWithSymbol(totals.gross_minor) }), ok: t('command.sales.returnGoods') }))) return
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
    form.settle()
    done(said.output)
    const { invoice_id, delivery_id } = said.output
    void navigate(invoice_id === null ? `/sales/deliveries/${delivery_id ?? ''}` : `/sales/invoices/${invoice_id}`)
  }
  return (
    <FormPage
      kind={t('ui.nav.returnGoods')}
      backTo={{ path: '/sales/deliveries', label: t('ui.nav.deliveries') }}
      posts={t('command.sales.returnGoods')}
      form={form}
      runs={[giveBack]}
      messages={
        <p className="zg-soft" style={{ margin: 0 }}>
          {t('ui.return.freeText')}
        </p>
      }
      onDone={() => void post()}
    >
      <OfferForm kind="sale" draft={draft} onChange={set} no={giveBack.no} onDone={() => void post()} />
    </FormPage>
  )
}
