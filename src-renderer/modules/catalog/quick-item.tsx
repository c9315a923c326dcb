import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { ExtraInputs, noExtra } from '../../ui/custom-fields/extra-inputs.tsx'
import { Field, FieldRow, type FieldIds } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { PriceField, SelectField } from '../../ui/fields/value-fields.tsx'
import type { PickedItem } from './priced-lines/draft.ts'

type Props = { readonly name: string; onMade(item: PickedItem): void; onCancel(): void }

/** A new item in four fields, without leaving the document. */
export function QuickItem({ name: first, onMade, onCancel }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(first)
  const [kind, setKind] = useState<'stocked' | 'service'>('stocked')
  const [unit, setUnit] = useState(t('ui.item.usualUnit'))
  const [price_e4, setPrice] = useState<number | null>(null)
  const [own, setOwn] = useState(noExtra)
  const create = useRun('catalog.createItem')
  const save = async (): Promise<void> => {
    const said = await create.run({ name, kind, base_unit: unit, price_e4: price_e4 ?? 0, extra: { ...own.extra } })
    if (said?.ok) onMade({ item_id: said.output.item_id, code: said.output.code, name, spec: null, kind, base_unit: unit, units: [] })
  }
  return (
    <FormDialog title={t('ui.nav.newItem')} enter="submits" no={create.no} isRunning={create.isRunning} onOk={save} onClose={onCancel}>
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={12} autoFocus value={name} onChange={setName} />
        <Field label={t('ui.item.kind')} path="kind" span={4}>
          {(ids) => <ItemKindSelect {...ids} value={kind} onChange={setKind} />}
        </Field>
        <TextInput label={t('ui.item.baseUnit')} path="base_unit" isRequired span={4} value={unit} onChange={setUnit} />
        <Field label={t('ui.item.price')} path="price_e4" span={4}>
          {(ids) => <PriceField {...ids} value={price_e4} onChange={setPrice} />}
        </Field>
        <ExtraInputs {...own} target="catalog.item" figures={{}} needs="required" onChange={setOwn} />
      </FieldRow>
    </FormDialog>
  )
}

type Kind = PickedItem['kind']
const kinds: readonly Kind[] = ['stocked', 'service']

/** Goods or a service. */
export function ItemKindSelect({ onChange, ...props }: Partial<FieldIds> & { readonly value: Kind; onChange(kind: Kind): void }) {
  const { t } = useTranslation()
  return <SelectField {...props} options={kinds.map((value) => ({ value, label: t(`ui.item.kind.${value}`) }))} onChange={(kind) => onChange(kind ?? 'stocked')} />
}
