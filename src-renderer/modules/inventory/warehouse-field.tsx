import { useTranslation } from 'react-i18next'
import { useAsk } from '../../api/use-ask.ts'
import { Field } from '../../ui/fields/field.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'

type Props = { readonly value: string | null; onChange(warehouse_id: string | null): void }

/** The warehouse of a document, the default one unless another is chosen; where there is only one, nobody is asked. */
export function WarehouseField({ span, value, onChange }: Props & { span: number }) {
  const { t } = useTranslation()
  const warehouses = useAsk('inventory.warehouses', {}).data?.rows ?? []
  if (warehouses.length < 2) return null
  return (
    <Field label={t('ui.f.warehouse')} path="warehouse_id" span={span}>
      {(ids) => (
        <SelectField
          {...ids}
          value={value ?? warehouses.find((w) => w.is_default)?.warehouse_id ?? null}
          options={warehouses.map((w) => ({ value: w.warehouse_id, label: w.name }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

/** A list of one warehouse, or of all. */
export function WarehouseFilter({ show, value, onChange }: Props & { show?: 'all' }) {
  const { t } = useTranslation()
  const warehouses = useAsk('inventory.warehouses', show ? { show } : {}).data?.rows ?? []
  if (warehouses.length < 2) return null
  return (
    <SelectField
      aria-label={t('ui.f.warehouse')}
      none={t('ui.stock.allWarehouses')}
      value={value}
      options={warehouses.map((w) => ({ value: w.warehouse_id, label: w.name }))}
      onChange={onChange}
    />
  )
}
