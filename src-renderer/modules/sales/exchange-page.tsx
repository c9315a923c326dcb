import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { useSure } from '../../ui/use-sure.ts'
import { isBlankLine } from '../catalog/priced-lines/draft.ts'
import { textOrNull, type OfferDraft } from './offer-draft.ts'
import { OfferForm, useEmptyOffer, useOfferTotals } from './offer-form.tsx'
import { sentOffer } from './order-draft-page.tsx'
import { partOf, PartsTable, useTaking, type Taken } from './parts-table.tsx'
import { notPaid, PayNowCard, paymentsOf, type PayNow } from './pay-now.tsx'
import { useSaleDone } from './use-sale-done.ts'

type Delivery = AskOutput<'sales.delivery'>
const dispositions = ['restock', 'scrap'] as const
type Back = { readonly taken: Taken; readonly reason: string; readonly disposition: 'restock' | 'scrap'; readonly payment: PayNow }
type ExchangeDraft = OfferDraft & Back
const nothingBack: Back = { taken: {}, reason: '', disposition: 'restock', payment: notPaid }

/** Other goods for those that come back, in one step. */
export function ExchangePage() {
  const { delivery_id = '' } = useParams()
  const { data, error } = useAsk('sales.delivery', { delivery_id })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  return <Exchange key={delivery_id} delivery={data} />
}

/** What comes back of a delivery and what goes out for it: a return with its credit note, and a sale with its invoice, posted together. */
function Exchange({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const isSure = useSure()
  const done = useSaleDone()
  const empty = useEmptyOffer()
  const { draft, set, form } = useDraft<ExchangeDraft>(() => ({ ...empty(), party: { party_id: delivery.party_id, name: delivery.party_name }, warehouse_id: delivery.warehouse_id, ...nothingBack }))
  const { payment, reason, disposition } = draft
  const parts = delivery.lines.filter((l) => l.base_quantity_e6 - l.returned_e6 > 0).map((l) => ({ ...partOf(l, l.base_quantity_e6 - l.returned_e6), delivery_line_no: l.line_no }))
  const taking = useTaking(parts, { taken: draft.taken, setTaken: (taken) => set({ taken }) })
  const totals = useOfferTotals(draft)
  const exchange = useRun('sales.exchangeGoods', form)
  const post = async (): Promise<void> => {
    if (!(await isSure({ title: t('ui.exchange.sure', { total: format.moneyWithSymbol(totals.gross_minor) }), ok: t('command.sales.exchangeGoods') }))) return
    const said = await exchange.run({
      ...sentOffer({ ...draft, lines: draft.lines.filter((l) => !isBlankLine(l)) }),
      ...(draft.warehouse_id === null ? {} : { warehouse_id: draft.warehouse_id }),
      ...(draft.due_on === null ? {} : { due_on: draft.due_on }),
      ship_to: textOrNull(draft.ship_to),
      reason: textOrNull(reason),
      returned: taking.taken.map(({ delivery_line_no, quantity_e6 }) => ({ delivery_id: delivery.delivery_id, delivery_line_no, quantity_e6, disposition })),
      payments: paymentsOf(payment),
    })
    if (!said?.ok) return
    form.settle()
    done(said.output.returned)
    done(said.output.sold)
    const { invoice_id, delivery_id } = said.output.sold
    void navigate(invoice_id === null ? `/sales/deliveries/${delivery_id ?? delivery.delivery_id}` : `/sales/invoices/${invoice_id}`)
  }
  return (
    <FormPage
      kind={t('command.sales.exchangeGoods')}
      backTo={{ path: `/sales/deliveries/${delivery.delivery_id}`, label: delivery.number }}
      posts={t('command.sales.exchangeGoods')}
      form={form}
      runs={[exchange]}
      onDone={() => void post()}
    >
      <Panel title={t('ui.exchange.back')}>
        <div className="zg-stack">
          <PartsTable taking={taking} mostLabel={t('ui.return.most')} quantityLabel={t('ui.return.quantity')} />
          <FieldRow>
            <Field label={t('ui.return.disposition')} path="disposition" span={3}>
              {(ids) => (
                <SelectField
                  {...ids}
                  value={disposition}
                  options={dispositions.map((value) => ({ value, label: t(`ui.return.${value}`) }))}
                  onChange={(value) => set({ disposition: value === 'scrap' ? 'scrap' : 'restock' })}
                />
              )}
            </Field>
            <TextInput label={t('ui.f.reason')} path="reason" span={6} value={reason} onChange={(value) => set({ reason: value })} />
          </FieldRow>
        </div>
      </Panel>
      <h2 className="zg-h2">{t('ui.exchange.out')}</h2>
      <OfferForm kind="sale" draft={draft} onChange={set} no={exchange.no} isPartyFixed onDone={() => void post()} />
      <PayNowCard way="either" value={payment} onChange={(value) => set({ payment: value })} due_minor={totals.gross_minor} />
    </FormPage>
  )
}
