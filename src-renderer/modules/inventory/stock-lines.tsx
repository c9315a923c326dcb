import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAvailability } from './availability.ts'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { parseMoney } from '../../../src-main/kernel/money.ts'
import { parseQuantity } from '../../../src-main/kernel/quantity.ts'
import { isFigure, itemNames, itemsByTexts, searchItems, type ItemChoice } from '../catalog/item-search.ts'
import { ScanNotes, useScannedLines } from '../catalog/scanned-lines.tsx'
import type { PickedItem } from '../catalog/priced-lines/draft.ts'
import { ItemName } from '../catalog/priced-lines/priced-lines.tsx'
import { MoneyField, QuantityField, SelectField, TextField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { newKey } from '../../ui/draft/desk.ts'
import { mended, wronged, type ChangeLines, type LineBase, type LineColumn } from '../../ui/line-grid/columns.ts'
import { LineGrid } from '../../ui/line-grid/line-grid.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'

/** One line of an adjustment or transfer while it is entered. */
export type StockLine = LineBase & {
  readonly item: PickedItem | null
  readonly unit: string
  readonly quantity_e6: number | null
  readonly value_minor: number | null
  readonly note: string
}

export const newStockLine = (): StockLine => ({ key: newKey(), item: null, unit: '', quantity_e6: null, value_minor: null, note: '' })
export const isBlankStockLine = (line: StockLine): boolean => line.item === null && line.quantity_e6 === null && line.value_minor === null && line.note === '' && Object.keys(line.wrong ?? {}).length === 0
/** What could not be read is no quantity: the office says so at its cell. */
export const sentQuantity = (line: StockLine): number => (line.wrong?.['quantity'] ? Number.NaN : (line.quantity_e6 ?? 0))

type Props = {
  readonly lines: readonly StockLine[]
  readonly onChange: ChangeLines<StockLine>
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
  const [activeKey, setActiveKey] = useState<string>()
  const active = lines.find((line) => line.key === activeKey)
  const scans = useScannedLines<StockLine>({
    kind: 'stocked',
    onChange,
    isBlank: isBlankStockLine,
    lineOf: ({ item, unit }) => ({ ...newStockLine(), item, unit, quantity_e6: 1_000_000 }),
    raised: (line, { item, unit }) => (line.item?.item_id === item.item_id && line.unit === unit ? { ...line, quantity_e6: (line.quantity_e6 ?? 0) + 1_000_000 } : undefined),
  })
  const columns = useMemo((): readonly LineColumn<StockLine>[] => {
    const list: LineColumn<StockLine>[] = [
      {
        key: 'item',
        title: t('ui.f.item'),
        width: 240,
        grow: 3,
        stop: 'enter',
        wants: ({ item }) => item === null,
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
        names: itemNames,
        paste: () => 'ask',
      },
      {
        key: 'quantity',
        title: t('ui.f.quantity'),
        width: 110,
        align: 'end',
        stop: 'enter',
        wants: ({ quantity_e6 }) => quantity_e6 === null,
        field: 'quantity_e6',
        view: (line) => format.quantity(line.quantity_e6),
        edit: ({ line, label, change }) => <QuantityField look="cell" aria-label={label} value={line.quantity_e6} onChange={(quantity_e6) => change({ quantity_e6 })} />,
        names: ['quantity', 'qty', '数量', '件数'],
        paste: (text) => {
          const quantity_e6 = parseQuantity(text)
          return quantity_e6 === undefined ? undefined : { quantity_e6 }
        },
        fill: ({ quantity_e6 }) => (quantity_e6 === null ? undefined : { quantity_e6 }),
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
            options={unitsOf(line.item).map((value) => ({ value, label: value }))}
            onChange={(unit) => change({ unit: unit ?? '' })}
          />
        ),
        names: ['unit', '单位', 'uom'],
        paste: (text, { item }) => ((item === null ? !isFigure(text) : unitsOf(item).includes(text)) ? { unit: text } : undefined),
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
        names: ['value', 'amount', '金额', '成本', '成本金额'],
        paste: (text) => {
          const value_minor = parseMoney(text, format.digits)
          return value_minor === undefined ? undefined : { value_minor }
        },
        fill: ({ value_minor }) => (value_minor === null ? undefined : { value_minor }),
      },
      {
        key: 'note',
        title: t('ui.f.description'),
        width: 140,
        grow: 1,
        field: 'note',
        view: (line) => line.note,
        edit: ({ line, label, change }) => <TextField look="cell" aria-label={label} value={line.note} onChange={(note) => change({ note })} />,
        names: ['note', 'remarks', 'description', '备注', '说明'],
        paste: (text) => ({ note: text.slice(0, 200) }),
        fill: ({ note }) => (note === '' ? undefined : { note }),
      },
    ]
    return without === 'value' ? list.filter((c) => c.key !== 'value' && c.key !== 'note') : list
  }, [t, format, without])
  const lookUp = (pasted: readonly StockLine[]): void => {
    const texts = [...new Set(pasted.flatMap(({ wrong }) => (wrong?.['item']?.is === 'asked' ? [wrong['item'].text] : [])))]
    if (texts.length === 0) return
    const take = (found: Awaited<ReturnType<typeof itemsByTexts>>): void => onChange((now) => now.map((line) => withItem(line, found)), 'follows')
    void itemsByTexts(texts).then(take, () => take(new Map()))
  }
  useEffect(() => {
    lookUp(lines)
    // What was still being looked up when the page went is looked up again, once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <div className="zg-stack" style={{ gap: 4 }}>
      <LineGrid<StockLine>
        label={t('ui.f.lines')}
        lines={lines}
        columns={columns}
        onChange={onChange}
        newLine={newStockLine}
        isBlank={isBlankStockLine}
        problems={problems}
        enterSignal={enterSignal}
        onActive={(line) => setActiveKey(line?.key)}
        onPasted={lookUp}
        marked={scans.marked}
        {...(onDone ? { onDone } : {})}
      />
      <ScanNotes notes={scans.notes} onForget={scans.forget} />
      <div className="zg-hint-bar" role="status">
        {active?.item ? <StockHint item={active.item} /> : null}
      </div>
    </div>
  )
}

const unitsOf = (item: PickedItem | null): string[] => (item ? [item.base_unit, ...item.units.map((u) => u.name)] : [])

function withItem(line: StockLine, found: ReadonlyMap<string, { readonly item: PickedItem; readonly unit: string }>): StockLine {
  const asked = line.wrong?.['item']
  if (asked?.is !== 'asked') return line
  const hit = found.get(asked.text)
  if (!hit || hit.item.kind !== 'stocked') return wronged(line, 'item', { text: asked.text, is: 'unknown' })
  const named = { ...mended(line, 'item'), item: hit.item, unit: line.unit === '' ? hit.unit : line.unit }
  return unitsOf(hit.item).includes(named.unit) ? named : wronged({ ...named, unit: hit.unit }, 'unit', { text: named.unit, is: 'unread' })
}

/** How much of the line's item there is to use. */
function StockHint({ item }: { item: PickedItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const stock = useAvailability(item.item_id)
  if (!stock) return null
  return (
    <span>
      {t('ui.hint.available')} <b className="zg-figures">{format.quantity(stock.available_e6)}</b> {item.base_unit}
    </span>
  )
}
