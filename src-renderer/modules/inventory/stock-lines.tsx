import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { searchItems, type ItemChoice } from '../catalog/item-search.ts'
import type { PickedItem } from '../catalog/priced-lines/draft.ts'
import { ItemName } from '../catalog/priced-lines/priced-lines.tsx'
import { MoneyField, QuantityField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { LineGrid, type LineBase, type LineColumn } from '../../ui/line-grid/line-grid.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'

/** One line of an adjustment or transfer while it is entered. */
export type StockLine = LineBase & {
  readonly item: PickedItem | null
  readonly unit: string
  readonly quantity_e6: number | null
  readonly value_minor: number | null
  readonly note: string
}

let count = 0
export const newStockLine = (): StockLine => ({ key: `stock-${++count}`, item: null, unit: '', quantity_e6: null, value_minor: null, note: '' })
export const isBlankStockLine = (line: StockLine): boolean => line.item === null && line.quantity_e6 === null

type Props = {
  readonly lines: readonly StockLine[]
  onChange(lines: readonly StockLine[]): void
  readonly problems: readonly FieldProblem[]
  readonly enterSignal: number
  /** Transfers move goods without a value of their own. */
  readonly without?: 'value'
  onDone?(): void
}

/** Lines of goods with a quantity, and a value where the document gives one. */
export function StockLines({ lines, onChange, problems, enterSignal, without, onDone }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const columns = useMemo((): readonly LineColumn<StockLine>[] => {
    const list: LineColumn<StockLine>[] = [
      {
        key: 'item',
        title: t('ui.f.item'),
        width: 240,
        grow: 3,
        stop: 'enter',
        field: 'item_id',
        view: ({ item }) => (item ? <ItemName item={item} /> : ''),
        edit: ({ line, label, change, advance }) => (
          <EntityPicker<ItemChoice>
            look="cell"
            aria-label={label}
            placeholder={t('ui.item.find')}
            chosen={line.item ? { id: line.item.item_id, label: `${line.item.code} ${line.item.name}` } : null}
            search={(text) => searchItems(text, { kind: 'stocked', price: format.price })}
            onPick={({ item, unit }) => {
              change({ item, unit })
              advance()
            }}
          />
        ),
      },
      {
        key: 'quantity',
        title: t('ui.f.quantity'),
        width: 110,
        align: 'end',
        stop: 'enter',
        field: 'quantity_e6',
        view: (line) => format.quantity(line.quantity_e6),
        edit: ({ line, label, change }) => <QuantityField look="cell" aria-label={label} value={line.quantity_e6} onChange={(quantity_e6) => change({ quantity_e6 })} />,
      },
      {
        key: 'unit',
        title: t('ui.f.unit'),
        width: 90,
        field: 'unit',
        view: (line) => line.unit,
        edit: ({ line, label, change }) => (
          <SelectField
            look="cell"
            aria-label={label}
            value={line.unit}
            options={(line.item ? [line.item.base_unit, ...line.item.units.map((u) => u.name)] : []).map((value) => ({ value, label: value }))}
            onChange={(unit) => change({ unit: unit ?? '' })}
          />
        ),
      },
      {
        key: 'value',
        title: t('ui.stock.value'),
        width: 120,
        align: 'end',
        stop: 'enter',
        field: 'value_minor',
        view: (line) => format.money(line.value_minor),
        edit: ({ line, label, change }) => <MoneyField look="cell" aria-label={label} value={line.value_minor} onChange={(value_minor) => change({ value_minor })} />,
      },
      {
        key: 'note',
        title: t('ui.f.description'),
        width: 140,
        grow: 1,
        field: 'note',
        view: (line) => line.note,
        edit: ({ line, label, change }) => <TextField look="cell" aria-label={label} value={line.note} onChange={(note) => change({ note })} />,
      },
    ]
    return without === 'value' ? list.filter((c) => c.key !== 'value' && c.key !== 'note') : list
  }, [t, format, without])
  return (
    <LineGrid<StockLine>
      label={t('ui.f.lines')}
      lines={lines}
      columns={columns}
      onChange={onChange}
      newLine={newStockLine}
      isBlank={isBlankStockLine}
      problems={problems}
      enterSignal={enterSignal}
      {...(onDone ? { onDone } : {})}
    />
  )
}
