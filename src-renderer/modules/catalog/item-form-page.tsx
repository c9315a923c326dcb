import { App, Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { AskOutput } from '../../api/operations.ts'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { ExtraInputs, noExtra, type ExtraDraft } from '../../ui/custom-fields/extra-inputs.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { PriceField, QuantityField, SelectField, TextArea, TextField, WholeField } from '../../ui/fields/value-fields.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { useDraft } from '../../ui/draft/use-draft.ts'
import { NoMessage } from '../../ui/no-message.tsx'
import { useSession } from '../../api/session.tsx'
import { ItemKindSelect } from './quick-item.tsx'
import { useTaxChoices } from '../sales/use-offer-tools.ts'

type Item = AskOutput<'catalog.item'>
type UnitDraft = { readonly name: string; readonly numerator: number | null; readonly denominator: number | null }
type BarcodeDraft = { readonly barcode: string; readonly unit: string }
type ItemDraft = {
  readonly code: string
  readonly name: string
  readonly spec: string
  readonly kind: 'stocked' | 'service'
  readonly category_id: string | null
  readonly base_unit: string
  readonly tax_code: string | null
  readonly costing: 'average' | 'fifo'
  readonly price_e4: number | null
  readonly minimum_e6: number | null
  readonly note: string
  readonly units: readonly UnitDraft[]
  readonly barcodes: readonly BarcodeDraft[]
  /** The values of the company's own fields. */
  readonly own: ExtraDraft
}

const draftOf = (item: Item): ItemDraft => ({
  ...item,
  spec: item.spec ?? '',
  note: item.note ?? '',
  price_e4: item.price_e4 === 0 ? null : item.price_e4,
  minimum_e6: item.minimum_e6 === 0 ? null : item.minimum_e6,
  units: item.units,
  barcodes: item.barcodes,
  own: { extra: item.extra, extra_names: item.extra_names },
})

export function ItemFormPage() {
  const { item_id } = useParams()
  const { t } = useTranslation()
  const { data, error } = useAsk('catalog.item', { item_id: item_id ?? '' }, { enabled: item_id !== undefined })
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (item_id !== undefined && !data) return <div className="zg-page" aria-busy />
  const empty: ItemDraft = {
    code: '',
    name: '',
    spec: '',
    kind: 'stocked',
    category_id: null,
    base_unit: t('ui.item.usualUnit'),
    tax_code: null,
    costing: 'average',
    price_e4: null,
    minimum_e6: null,
    note: '',
    units: [],
    barcodes: [],
    own: noExtra,
  }
  return <ItemForm key={item_id ?? 'new'} item_id={item_id ?? null} first={data ? draftOf(data) : empty} />
}

/** An item with its units and barcodes on one page; only name and unit are needed. */
function ItemForm({ item_id, first }: { item_id: string | null; first: ItemDraft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { draft, set, form } = useDraft(first)
  const create = useRun('catalog.createItem', form)
  const update = useRun('catalog.updateItem')
  const setBarcodes = useRun('catalog.setBarcodes')
  const no = create.no ?? update.no ?? setBarcodes.no
  const save = async (): Promise<void> => {
    const { code, barcodes: typed, units, ...rest } = draft
    const fields = {
      ...rest,
      spec: draft.spec.trim() === '' ? null : draft.spec.trim(),
      note: draft.note.trim() === '' ? null : draft.note.trim(),
      price_e4: draft.price_e4 ?? 0,
      minimum_e6: draft.minimum_e6 ?? 0,
      units: units.filter((u) => u.name.trim() !== '').map((u) => ({ name: u.name.trim(), numerator: u.numerator ?? 0, denominator: u.denominator ?? 1 })),
    }
    const barcodes = typed.filter((b) => b.barcode.trim() !== '').map((b) => ({ barcode: b.barcode.trim(), unit: b.unit || draft.base_unit }))
    const input = { ...pickFields(fields), extra: { ...draft.own.extra } }
    const said =
      item_id === null
        ? await create.run({ ...input, code: code.trim() === '' ? null : code.trim(), barcodes })
        : await update.run({ item_id, ...input, ...(code.trim() === '' ? {} : { code: code.trim() }) })
    if (!said?.ok) return
    if (item_id !== null && JSON.stringify(typed) !== JSON.stringify(first.barcodes)) {
      const set = await setBarcodes.run({ item_id, barcodes })
      if (!set?.ok) return
    }
    form.settle()
    void message.success(t('ui.saved'))
    void navigate(`/items/${said.output.item_id}`, { replace: true })
  }
  const units = [draft.base_unit, ...draft.units.map((u) => u.name)].filter((u) => u.trim() !== '')
  return (
    <FormPage
      kind={item_id === null ? t('ui.nav.newItem') : first.name}
      {...(item_id === null ? {} : { isNamed: true as const })}
      backTo={{ path: '/items', label: t('ui.nav.items') }}
      form={form}
      runs={[create, update]}
      no={no}
      onDone={() => void save()}
    >
      <ItemFields draft={draft} set={set} isNew={item_id === null} />
      <div className="zg-halves">
        <Panel title={t('ui.item.units')}>
          <UnitRows draft={draft} set={set} />
        </Panel>
        <Panel title={t('ui.item.barcodes')}>
          <BarcodeRows draft={draft} set={set} units={units} />
        </Panel>
      </div>
    </FormPage>
  )
}

/** The fields that commands know, and no others that a loaded row may carry. */
function pickFields({ name, spec, kind, category_id, base_unit, tax_code, costing, price_e4, minimum_e6, note, units }: Omit<ItemDraft, 'code' | 'barcodes' | 'own' | 'units' | 'spec' | 'note' | 'price_e4' | 'minimum_e6'> & {
  spec: string | null
  note: string | null
  price_e4: number
  minimum_e6: number
  units: { name: string; numerator: number; denominator: number }[]
}) {
  return { name, spec, kind, category_id, base_unit, tax_code, costing, price_e4, minimum_e6, note, units }
}

type PartProps = { readonly draft: ItemDraft; set(changes: Partial<ItemDraft>): void }

function ItemFields({ draft, set, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const taxes = useTaxChoices(today)
  const { data: categories } = useAsk('catalog.categories', {})
  const next = useAsk('catalog.nextCode', { name: draft.name.trim(), category_id: draft.category_id }, { enabled: isNew, keeps: 'previous' })
  return (
    <section className="zg-card">
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={5} autoFocus value={draft.name} onChange={(name) => set({ name })} />
        <TextInput label={t('ui.item.spec')} path="spec" span={3} value={draft.spec} onChange={(spec) => set({ spec })} />
        <TextInput label={t('ui.f.code')} path="code" span={2} hint={isNew ? t('ui.codeHint') : undefined} placeholder={next.data ? t('ui.codes.next', next.data) : ''} value={draft.code} onChange={(code) => set({ code })} />
        <Field label={t('ui.item.kind')} path="kind" span={2}>
          {(ids) => <ItemKindSelect {...ids} value={draft.kind} onChange={(kind) => set({ kind })} />}
        </Field>
        <TextInput label={t('ui.item.baseUnit')} path="base_unit" isRequired span={2} hint={t('ui.item.baseUnitHint')} value={draft.base_unit} onChange={(base_unit) => set({ base_unit })} />
        <Field label={t('ui.item.price')} path="price_e4" span={2} hint={t('ui.item.priceHint')}>
          {(ids) => <PriceField {...ids} value={draft.price_e4} onChange={(price_e4) => set({ price_e4 })} />}
        </Field>
        <Field label={t('ui.item.taxCode')} path="tax_code" span={3}>
          {(ids) => (
            <SelectField
              {...ids}
              none={t('ui.item.usualTax')}
              value={draft.tax_code}
              options={taxes.map((tax) => ({ value: tax.tax_code, label: tax.label }))}
              onChange={(tax_code) => set({ tax_code })}
            />
          )}
        </Field>
        <Field label={t('ui.item.category')} path="category_id" span={3}>
          {(ids) => (
            <SelectField
              {...ids}
              none={t('ui.item.noCategory')}
              value={draft.category_id}
              options={(categories?.rows ?? []).map((c) => ({ value: c.category_id, label: c.name }))}
              onChange={(category_id) => set({ category_id })}
            />
          )}
        </Field>
        {draft.kind === 'stocked' ? (
          <Field label={t('ui.item.costing')} path="costing" span={2}>
            {(ids) => (
              <SelectField
                {...ids}
                value={draft.costing}
                options={(['average', 'fifo'] as const).map((value) => ({ value, label: t(`ui.item.costing.${value}`) }))}
                onChange={(costing) => set({ costing: costing ?? 'average' })}
              />
            )}
          </Field>
        ) : null}
        {draft.kind === 'stocked' ? (
          <Field label={t('ui.item.minimum')} path="minimum_e6" span={2} hint={t('ui.item.minimumHint')}>
            {(ids) => <QuantityField {...ids} value={draft.minimum_e6} onChange={(minimum_e6) => set({ minimum_e6 })} />}
          </Field>
        ) : null}
        <ExtraInputs {...draft.own} target="catalog.item" figures={{ price_e4: draft.price_e4 }} onChange={(own) => set({ own })} />
        <Field label={t('ui.f.note')} path="note" span={12}>
          {(ids) => <TextArea {...ids} value={draft.note} onChange={(note) => set({ note })} />}
        </Field>
      </FieldRow>
    </section>
  )
}

function UnitRows({ draft, set }: PartProps) {
  const { t } = useTranslation()
  const change = (index: number, changes: Partial<UnitDraft>): void => set({ units: draft.units.map((u, i) => (i === index ? { ...u, ...changes } : u)) })
  return (
    <div className="zg-stack" style={{ gap: 6 }}>
      {draft.units.map((unit, index) => (
        <div key={index} className="zg-unit-row">
          <span>1</span>
          <TextField aria-label={`${t('ui.f.unit')} ${index + 1}`} value={unit.name} onChange={(name) => change(index, { name })} />
          <span>=</span>
          <WholeField aria-label={`${t('ui.item.numerator')} ${index + 1}`} value={unit.numerator} onChange={(numerator) => change(index, { numerator })} />
          <span>/</span>
          <WholeField aria-label={`${t('ui.item.denominator')} ${index + 1}`} value={unit.denominator} onChange={(denominator) => change(index, { denominator })} />
          <span>{draft.base_unit}</span>
          <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => set({ units: draft.units.toSpliced(index, 1) })} />
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => set({ units: [...draft.units, { name: '', numerator: null, denominator: 1 }] })}>
          {t('ui.item.addUnit')}
        </Button>
      </div>
    </div>
  )
}

function BarcodeRows({ draft, set, units }: PartProps & { units: readonly string[] }) {
  const { t } = useTranslation()
  const change = (index: number, changes: Partial<BarcodeDraft>): void => set({ barcodes: draft.barcodes.map((b, i) => (i === index ? { ...b, ...changes } : b)) })
  return (
    <div className="zg-stack" style={{ gap: 6 }}>
      {draft.barcodes.map((barcode, index) => (
        <div key={index} className="zg-unit-row">
          <TextField aria-label={`${t('ui.item.barcode')} ${index + 1}`} value={barcode.barcode} onChange={(value) => change(index, { barcode: value })} />
          <SelectField aria-label={`${t('ui.f.unit')} ${index + 1}`} value={barcode.unit} options={units.map((value) => ({ value, label: value }))} onChange={(unit) => change(index, { unit: unit ?? draft.base_unit })} />
          <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => set({ barcodes: draft.barcodes.toSpliced(index, 1) })} />
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => set({ barcodes: [...draft.barcodes, { barcode: '', unit: draft.base_unit }] })}>
          {t('ui.item.addBarcode')}
        </Button>
      </div>
    </div>
  )
}
