import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { No } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { ExtraInputs } from '../../ui/custom-fields/extra-inputs.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField } from '../../ui/fields/value-fields.tsx'
import type { Desk } from '../../ui/draft/desk.ts'
import { useFormTools } from '../../ui/draft/form-tools.ts'
import { useLines } from '../../ui/draft/use-draft.ts'
import { useFormat } from '../../ui/format.ts'
import { expectLines } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { TotalsBar } from '../../ui/totals-bar.tsx'
import { PricesIncludeTax } from '../catalog/document-lines.tsx'
import { draftTotals, type DraftLine, type DraftTotals } from '../catalog/priced-lines/draft.ts'
import { PricedLines } from '../catalog/priced-lines/priced-lines.tsx'
import { BoughtTogether } from '../insights/bought-together.tsx'
import { WarehouseField } from '../inventory/warehouse-field.tsx'
import { PartyPicker } from '../parties/party-picker.tsx'
import { CustomerStrip } from './customer-strip.tsx'
import { emptyOffer, type OfferDraft } from './offer-draft.ts'
import { usePriceOf, useTaxChoices } from './use-offer-tools.ts'

type Props = {
  readonly kind: 'order' | 'quote' | 'sale'
  readonly draft: OfferDraft
  readonly onChange: Desk<OfferDraft>['set']
  readonly no: No | null
  /** The customer of a confirmed order stays. */
  readonly isPartyFixed?: boolean
  onDone?(): void
}

/** What is made of each form: the fields that the company added are those of that kind of record. */
const TARGETS = { order: 'sales.order', quote: 'sales.quote', sale: 'sales.invoice' } as const

/** An offer in which nothing is entered yet: as of today, with the company's kind of prices. */
export function useEmptyOffer(): () => OfferDraft {
  const { company, today } = useSession()
  return () => emptyOffer({ today, prices_include_tax: company.prices_include_tax })
}

export function useOfferTotals(draft: OfferDraft): DraftTotals {
  const { digits } = useFormat()
  return useMemo(
    () => draftTotals({ lines: draft.lines, pricesIncludeTax: draft.prices_include_tax, discount_minor: draft.discount_minor, digits }),
    [draft.lines, draft.prices_include_tax, draft.discount_minor, digits],
  )
}

/** Header, lines and totals of what we offer: one form for quotes, orders and direct sales. The party is asked first, then Enter flows on into the lines. */
export function OfferForm({ kind, draft, onChange, no, isPartyFixed, onDone }: Props) {
  const { t } = useTranslation()
  const [enterSignal, setEnterSignal] = useState(0)
  const totals = useOfferTotals(draft)
  const taxes = useTaxChoices(draft.day)
  const set = onChange
  const changeLines = useLines<DraftLine, OfferDraft>(onChange)
  const { arrives } = useFormTools()
  const priceOf = usePriceOf({
    party_id: draft.party?.party_id,
    day: draft.day,
    prices_include_tax: draft.prices_include_tax,
    warehouse_id: draft.warehouse_id,
  })
  // A saved draft opens with the cursor in its lines; one that was left, where it was left.
  useEffect(() => {
    if (draft.party && !arrives) setEnterSignal((n) => n + 1)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <ProblemsProvider value={problemsOf(no)}>
      <section className="zg-card">
        <FieldRow>
          <Field label={t('ui.f.customer')} path="party_id" isRequired={kind === 'sale' ? undefined : true} span={4} hint={kind === 'sale' ? t('ui.sale.cashHint') : undefined}>
            {(ids) => (
              <PartyPicker
                {...ids}
                role="customer"
                autoFocus={!draft.party && !arrives}
                disabled={isPartyFixed}
                value={draft.party}
                onPick={(party) => {
                  set({ party })
                  expectLines()
                  setEnterSignal((n) => n + 1)
                }}
                onClear={() => set({ party: null })}
              />
            )}
          </Field>
          <Field label={t('ui.f.day')} path="day" span={2}>
            {(ids) => <DayField {...ids} value={draft.day} onChange={(day) => day && set({ day })} />}
          </Field>
          {kind === 'order' ? (
            <Field label={t('ui.f.wantedOn')} path="wanted_on" span={2}>
              {(ids) => <DayField {...ids} value={draft.wanted_on} onChange={(wanted_on) => set({ wanted_on })} />}
            </Field>
          ) : null}
          {kind === 'quote' ? (
            <Field label={t('ui.f.validUntil')} path="valid_until" span={2}>
              {(ids) => <DayField {...ids} value={draft.valid_until} onChange={(valid_until) => set({ valid_until })} />}
            </Field>
          ) : null}
          {kind === 'sale' ? (
            <Field label={t('ui.f.dueOn')} path="due_on" span={2} hint={t('ui.f.dueOnHint')}>
              {(ids) => <DayField {...ids} value={draft.due_on} onChange={(due_on) => set({ due_on })} />}
            </Field>
          ) : null}
          {kind === 'quote' ? null : <WarehouseField span={2} value={draft.warehouse_id} onChange={(warehouse_id) => set({ warehouse_id })} />}
          {kind === 'order' ? (
            <TextInput label={t('ui.f.customerReference')} path="customer_reference" span={2} value={draft.customer_reference} onChange={(customer_reference) => set({ customer_reference })} />
          ) : null}
          {kind === 'quote' ? null : <TextInput label={t('ui.f.shipTo')} path="ship_to" span={4} value={draft.ship_to} onChange={(ship_to) => set({ ship_to })} />}
          <TextInput label={t('ui.f.note')} path="note" span={kind === 'order' ? 6 : 4} value={draft.note} onChange={(note) => set({ note })} />
          <PricesIncludeTax value={draft.prices_include_tax} onChange={(prices_include_tax) => set({ prices_include_tax })} />
          <ExtraInputs {...draft.own} target={TARGETS[kind]} figures={{ net_minor: totals.net_minor, tax_minor: totals.tax_minor, gross_minor: totals.gross_minor, discount_minor: draft.discount_minor }} onChange={(own) => set({ own })} />
        </FieldRow>
        {draft.party ? <CustomerStrip party_id={draft.party.party_id} /> : null}
      </section>
      <PricedLines
        label={t('ui.f.lines')}
        lines={draft.lines}
        onChange={changeLines}
        totals={totals}
        pricesIncludeTax={draft.prices_include_tax}
        priceOf={priceOf}
        taxes={taxes}
        problems={problemsOf(no)}
        enterSignal={enterSignal}
        below={(add) => <BoughtTogether item_ids={draft.lines.flatMap((line) => line.item?.item_id ?? [])} onAdd={add} />}
        {...(onDone ? { onDone } : {})}
      />
      <OfferTotals draft={draft} totals={totals} onChange={set} />
    </ProblemsProvider>
  )
}

/** Sums; the whole document's discount is typed as an amount or as the total that was agreed (抹零). */
function OfferTotals({ draft, totals, onChange }: { draft: OfferDraft; totals: DraftTotals; onChange(changes: Partial<OfferDraft>): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { company } = useSession()
  const beforeDocumentDiscount = draft.prices_include_tax === 1 ? totals.gross_minor + draft.discount_minor : null
  return (
    <TotalsBar
      totals={[
        ...(totals.discount_minor === 0 ? [] : [{ key: 'listed', label: t('ui.f.listed'), value: format.money(totals.listed_minor), look: 'soft' as const }]),
        {
          key: 'discount',
          label: t('ui.f.documentDiscount'),
          value: (
            <span className="zg-total-input">
              <MoneyField
                aria-label={t('ui.f.documentDiscount')}
                value={draft.discount_minor === 0 ? null : draft.discount_minor}
                onChange={(discount_minor) => onChange({ discount_minor: discount_minor ?? 0 })}
              />
            </span>
          ),
        },
        { key: 'net', label: t('ui.f.net'), value: format.money(totals.net_minor) },
        { key: 'tax', label: t('ui.f.tax'), value: format.money(totals.tax_minor) },
        {
          key: 'gross',
          label: t('ui.f.gross'),
          look: 'strong',
          value:
            beforeDocumentDiscount === null ? (
              format.moneyWithSymbol(totals.gross_minor)
            ) : (
              <span className="zg-total-input">
                <MoneyField
                  aria-label={`${t('ui.f.gross')} ${company.currency}`}
                  value={totals.gross_minor}
                  onChange={(agreed) => agreed !== null && onChange({ discount_minor: beforeDocumentDiscount - agreed })}
                />
              </span>
            ),
        },
      ]}
    />
  )
}
