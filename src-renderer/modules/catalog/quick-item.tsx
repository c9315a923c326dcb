import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { PriceField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import type { PickedItem } from './priced-lines/draft.ts'

type Props = { readonly name: string; onMade(item: PickedItem): void; onCancel(): void }

/** A new item in four fields, without leaving the document. */
export function QuickItem({ name: first, onMade, onCancel }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(first)
  const [kind, setKind] = useState<'stocked' | 'service'>('stocked')
  const [unit, setUnit] = useState(t('ui.item.usualUnit'))
  const [price_e4, setPrice] = useState<number | null>(null)
  const create = useRun('catalog.createItem')
  const save = async (): Promise<void> => {
    const said = await create.run({ name, kind, base_unit: unit, price_e4: price_e4 ?? 0 })
    if (said?.ok) onMade({ item_id: said.output.item_id, code: said.output.code, name, spec: null, kind, base_unit: unit, units: [] })
  }
  return (
    <Dialog
      open
      title={t('ui.nav.newItem')}
      okText={t('ui.save')}
      cancelText={t('ui.cancel')}
      confirmLoading={create.isRunning}
      onOk={() => void save()}
      onCancel={onCancel}
     
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <ProblemsProvider value={problemsOf(create.no)}>
          <RefusalMessage no={create.no} />
          <FieldRow>
            <Field label={t('ui.f.name')} path="name" isRequired span={12}>
              {(ids) => <TextField {...ids} autoFocus value={name} onChange={setName} />}
            </Field>
            <Field label={t('ui.item.kind')} path="kind" span={4}>
              {(ids) => (
                <SelectField
                  {...ids}
                  value={kind}
                  options={(['stocked', 'service'] as const).map((value) => ({ value, label: t(`ui.item.kind.${value}`) }))}
                  onChange={(value) => setKind(value ?? 'stocked')}
                />
              )}
            </Field>
            <Field label={t('ui.item.baseUnit')} path="base_unit" isRequired span={4}>
              {(ids) => <TextField {...ids} value={unit} onChange={setUnit} />}
            </Field>
            <Field label={t('ui.item.price')} path="price_e4" span={4}>
              {(ids) => <PriceField {...ids} value={price_e4} onChange={setPrice} />}
            </Field>
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
