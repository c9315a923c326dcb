import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useDraft, useLines } from '../../ui/draft/use-draft.ts'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { DayInput, TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { isBlankStockLine, newStockLine, sentQuantity, StockLines, type StockLine } from './stock-lines.tsx'

type TransferDraft = { readonly day: string; readonly from: string | null; readonly to: string | null; readonly note: string; readonly lines: readonly StockLine[] }

/** Goods from one place of ours to another: no value changes hands. */
export function TransferFormPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { data: warehouses } = useAsk('inventory.warehouses', {})
  const { draft, set, form } = useDraft<TransferDraft>(() => ({ day: today, from: null, to: null, note: '', lines: [newStockLine()] }))
  const { day, from, to, note, lines } = draft
  const changeLines = useLines<StockLine, TransferDraft>(set)
  const transfer = useRun('inventory.transfer', form)
  const places = (warehouses?.rows ?? []).flatMap((w) => w.locations.filter((l) => l.is_active).map((l) => ({ value: l.location_id, label: w.locations.length > 1 ? `${w.name} · ${l.name}` : w.name })))
  const post = async (): Promise<void> => {
    const said = await transfer.run({
      day,
      from_location_id: from ?? '',
      to_location_id: to ?? '',
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      lines: lines.filter((l) => !isBlankStockLine(l)).map((l) => ({ item_id: l.item?.item_id ?? '', unit: l.unit, quantity_e6: sentQuantity(l) })),
    })
    if (!said?.ok) return
    form.settle()
    void message.success(t('ui.posted', { numbers: said.output.number }))
    void navigate('/stock/transfers')
  }
  return (
    <FormPage
      kind={t('ui.nav.newTransfer')}
      backTo={{ path: '/stock/transfers', label: t('ui.nav.transfers') }}
      posts={t('command.inventory.transfer')}
      form={form}
      runs={[transfer]}
      onDone={() => void post()}
    >
      <section className="zg-card">
        <FieldRow>
          <Field label={t('ui.transfer.from')} path="from_location_id" isRequired span={3}>
            {(ids) => <SelectField {...ids} autoFocus none="" value={from} options={places} onChange={(value) => set({ from: value })} />}
          </Field>
          <Field label={t('ui.transfer.to')} path="to_location_id" isRequired span={3}>
            {(ids) => <SelectField {...ids} none="" value={to} options={places} onChange={(value) => set({ to: value })} />}
          </Field>
          <DayInput span={2} value={day} onChange={(value) => set({ day: value })} />
          <TextInput label={t('ui.f.note')} path="note" span={4} value={note} onChange={(value) => set({ note: value })} />
        </FieldRow>
      </section>
      <StockLines lines={lines} onChange={changeLines} problems={problemsOf(transfer.no)} enterSignal={0} without="value" onDone={() => void post()} />
    </FormPage>
  )
}
