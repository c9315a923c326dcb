import { useCallback, useMemo } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ask } from '../../api/client.ts'
import { useSession } from '../../api/session.tsx'
import { askKey } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useDraft, useLines } from '../../ui/draft/use-draft.ts'
import { ExtraInputs, noExtra, type ExtraDraft } from '../../ui/custom-fields/extra-inputs.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useFormat } from '../../ui/format.ts'
import { useIntoLines } from '../../ui/line-grid/line-grid.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useSure } from '../../ui/use-sure.ts'
import { DocumentTotals, PricesIncludeTax } from '../catalog/document-lines.tsx'
import { draftTotals, filledLines, isBlankLine, newDraftLine, sentLines, type DraftLine, type PickedItem, type PriceInfo } from '../catalog/priced-lines/draft.ts'
import { PricedLines, type TaxChoice } from '../catalog/priced-lines/priced-lines.tsx'
import { availabilityOf } from '../inventory/availability.ts'
import { WarehouseField } from '../inventory/warehouse-field.tsx'
import { PartyPicker, type PickedParty } from '../parties/party-picker.tsx'
import { useTaxChoices } from '../sales/use-offer-tools.ts'

type BillDraft = {
  readonly party: PickedParty | null
  readonly day: string
  readonly due_on: string | null
  readonly supplier_reference: string
  readonly warehouse_id: string | null
  readonly prices_include_tax: 0 | 1
  readonly note: string
  /** The values of the company's own fields. */
  readonly own: ExtraDraft
  readonly lines: readonly DraftLine[]
}

/** Goods received together with the supplier's bill: stock, cost and debt in one step. */
export function BillFormPage() {
  const { t } = useTranslation()
  const { company, today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const isSure = useSure()
  const intoLines = useIntoLines()
  const { draft, set, form } = useDraft<BillDraft>(() => ({
    party: null,
    day: today,
    due_on: null,
    supplier_reference: '',
    warehouse_id: null,
    prices_include_tax: company.prices_include_tax,
    note: '',
    own: noExtra,
    lines: [newDraftLine()],
  }))
  const { party, day, due_on, supplier_reference, warehouse_id, prices_include_tax, note, own, lines } = draft
  const changeLines = useLines<DraftLine, BillDraft>(set)
  const post = useRun('purchasing.postBill', form)
  const taxes = useTaxChoices(day)
  const priceOf = useCostOf(taxes)
  const totals = useMemo(() => draftTotals({ lines, pricesIncludeTax: prices_include_tax, discount_minor: 0, digits: format.digits }), [lines, prices_include_tax, format.digits])
  const postNow = async (): Promise<void> => {
    const filled = lines.filter((l) => !isBlankLine(l))
    form.tidy({ lines: filledLines(lines) })
    const title = t('ui.bill.sure', { party: party?.name ?? '', total: format.moneyWithSymbol(totals.gross_minor) })
    if (!(await isSure({ title, ok: t('command.purchasing.postBill') }))) return
    const said = await post.run({
      party_id: party?.party_id ?? '',
      day,
      ...(due_on === null ? {} : { due_on }),
      ...(warehouse_id === null ? {} : { warehouse_id }),
      ...(supplier_reference.trim() === '' ? {} : { supplier_reference: supplier_reference.trim() }),
      prices_include_tax,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      extra: { ...own.extra },
      lines: sentLines(filled).map(({ item_id, description, unit, quantity_e6, price_e4, tax_code }) => ({
        item_id,
        quantity_e6,
        price_e4,
        ...(description === null ? {} : { description }),
        ...(unit === null ? {} : { unit }),
        ...(tax_code === null ? {} : { tax_code }),
      })),
    })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate(`/purchasing/bills/${said.output.bill_id}`, { replace: true })
  }
  return (
    <FormPage
      kind={t('ui.nav.newBill')}
      backTo={{ path: '/purchasing/bills', label: t('ui.nav.bills') }}
      posts={t('command.purchasing.postBill')}
      form={form}
      runs={[post]}
      onDone={() => void postNow()}
    >
      <section className="zg-card">
        <FieldRow>
          <Field label={t('ui.f.supplier')} path="party_id" isRequired span={4}>
            {(ids) => (
              <PartyPicker
                {...ids}
                role="supplier"
                autoFocus
                value={party}
                onPick={(picked) => {
                  set({ party: picked })
                  intoLines.go()
                }}
              />
            )}
          </Field>
          <TextInput label={t('ui.bill.supplierReference')} path="supplier_reference" span={2} value={supplier_reference} onChange={(value) => set({ supplier_reference: value })} />
          <DayInput span={2} value={day} onChange={(value) => set({ day: value })} />
          <Field label={t('ui.f.dueOn')} path="due_on" span={2} hint={t('ui.f.dueOnHint')}>
            {(ids) => <DayField {...ids} value={due_on} onChange={(value) => set({ due_on: value })} />}
          </Field>
          <WarehouseField span={2} value={warehouse_id} onChange={(value) => set({ warehouse_id: value })} />
          <TextInput label={t('ui.f.note')} path="note" span={6} value={note} onChange={(value) => set({ note: value })} />
          <PricesIncludeTax value={prices_include_tax} onChange={(value) => set({ prices_include_tax: value })} />
          <ExtraInputs
            {...own}
            target="purchasing.bill"
            figures={{ net_minor: totals.net_minor, tax_minor: totals.tax_minor, gross_minor: totals.gross_minor }}
            onChange={(value) => set({ own: value })}
          />
        </FieldRow>
      </section>
      <PricedLines
        label={t('ui.f.lines')}
        lines={lines}
        onChange={changeLines}
        totals={totals}
        pricesIncludeTax={prices_include_tax}
        priceOf={priceOf}
        taxes={taxes}
        problems={problemsOf(post.no)}
        enterSignal={intoLines.signal}
        onDone={() => void postNow()}
        without="discount"
      />
      <DocumentTotals sums={{ ...totals, discount_minor: 0 }} />
    </FormPage>
  )
}

/** What the item cost last time, from its latest bill, and the tax of its tax code. */
function useCostOf(taxes: readonly TaxChoice[]) {
  const cache = useQueryClient()
  return useCallback(
    async ({ item, unit }: { item: PickedItem; unit: string }): Promise<PriceInfo> => {
      const detailInput = { item_id: item.item_id }
      const detail = await cache.fetchQuery({ queryKey: askKey('catalog.item', detailInput), queryFn: () => ask('catalog.item', detailInput) })
      const codes = await ask('catalog.taxCodes', {})
      const tax_code = detail.tax_code ?? codes.usual
      const tax = taxes.find((one) => one.tax_code === tax_code)
      const { rows } = await ask('purchasing.bills', { item_id: item.item_id, kind: 'bill', limit: 1 })
      const last = rows[0] ? await ask('purchasing.bill', { bill_id: rows[0].bill_id }) : undefined
      const stock = item.kind === 'service' ? null : await availabilityOf(item.item_id).catch(() => null)
      const line = last?.lines.find((l) => l.item_id === item.item_id && l.unit === unit)
      return {
        price_e4: line?.price_e4 ?? 0,
        tax_code,
        tax_rate_e8: tax?.rate_e8 ?? 0,
        last_price_e4: line?.price_e4 ?? null,
        last_on: last?.day ?? null,
        ...(stock ? { available_e6: stock.available_e6 } : {}),
      }
    },
    [cache, taxes],
  )
}
