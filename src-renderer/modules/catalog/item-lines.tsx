import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../ui/format.ts'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import { Table } from '../../ui/table.tsx'
import { searchItems, type ItemChoice } from './item-search.ts'

type Line = { readonly line_no: number; readonly item_id: string; readonly item_name: string; readonly quantity_e6: number; readonly unit: string; readonly price_e4: number }

/** What is offered or agreed, line by line; nothing where there are none. */
export function ItemLines({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (lines.length === 0) return null
  return (
    <Table
      caption={t('ui.f.lines')}
      rows={lines}
      keyOf={(l) => l.line_no}
      columns={[
        { key: 'item', title: t('ui.f.item'), render: (l) => <Link to={`/items/${l.item_id}`}>{l.item_name}</Link> },
        { key: 'quantity', title: t('ui.f.quantity'), align: 'end', render: (l) => `${format.quantity(l.quantity_e6)} ${l.unit}` },
        { key: 'price', title: t('ui.f.price'), align: 'end', render: (l) => format.price(l.price_e4) },
      ]}
    />
  )
}

type PickerProps = { readonly index: number; readonly item_id: string | null; readonly name: string; readonly autoFocus?: boolean; onPick(choice: ItemChoice): void }

/** The item of a line of a short table; `index` counts from 0. */
export function LineItemPicker({ index, item_id, name, ...rest }: PickerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <EntityPicker<ItemChoice>
      aria-label={`${t('ui.f.item')} ${index + 1}`}
      placeholder={t('ui.item.find')}
      chosen={item_id === null ? null : { id: item_id, label: name }}
      search={(text) => searchItems(text, { price: format.price })}
      {...rest}
    />
  )
}
