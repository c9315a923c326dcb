import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { parseDecimal } from '../../../../src-main/kernel/decimal.ts'
import { fromBase, parseQuantity } from '../../../../src-main/kernel/quantity.ts'
import type { FieldProblem } from '../../../../src-main/kernel/refusal.ts'
import { QuickItem } from '../quick-item.tsx'
import { isFigure, itemNames, searchItems, type ItemChoice } from '../item-search.ts'
import { ScanNotes, useScannedLines } from '../scanned-lines.tsx'
import { useSession } from '../../../api/session.tsx'
import { PriceField, QuantityField, SelectField, TextField } from '../../../ui/fields/value-fields.tsx'
import { useFormat } from '../../../ui/format.ts'
import type { How } from '../../../ui/draft/desk.ts'
import { mended, type ChangeLines, type LineColumn } from '../../../ui/line-grid/columns.ts'
import { LineGrid } from '../../../ui/line-grid/line-grid.tsx'
import { EntityPicker } from '../../../ui/picker/entity-picker.tsx'
import { DiscountField, formatDiscount, parseDiscount } from './discount-field.tsx'
import { isBlankLine, newDraftLine, type DraftLine, type DraftTotals, type PickedItem } from './draft.ts'
import { useLookups, type PriceOf } from './lookups.ts'

export type TaxChoice = { readonly tax_code: string; readonly label: string; readonly rate_e8: number }

type Props = {
  readonly label: string
  readonly lines: readonly DraftLine[]
  readonly onChange: ChangeLines<DraftLine>
  readonly totals: DraftTotals
  readonly pricesIncludeTax: 0 | 1
  readonly priceOf: PriceOf
  readonly taxes: readonly TaxChoice[]
  readonly problems: readonly FieldProblem[]
  readonly enterSignal: number
  onDone?(): void
  /** Purchases have no discount column. */
  readonly without?: 'discount'
  /** What stands below the lines: it may put goods into them. */
  below?(add: (item: PickedItem) => void): ReactNode
}

/** The lines of an offer, order, sale or bill, with prices that suggest themselves and the stock beside the line. */
export function PricedLines(props: Props) {
  const { label, lines, onChange, totals, pricesIncludeTax, priceOf, taxes, problems, enterSignal, onDone, without, below } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const [activeKey, setActiveKey] = useState<string>()
  const [creating, setCreating] = useState<{ name: string; key: string } | null>(null)
  const latest = useRef({ lines, totals })
  latest.current = { lines, totals }
  const { suggest, lookUp } = useLookups({ onChange, priceOf })
  const scans = useScannedLines<DraftLine>({
    onChange,
    isBlank: isBlankLine,
    lineOf: ({ item, unit }) => ({ ...newDraftLine(), item, unit, quantity_e6: 1_000_000 }),
    // A line with a price of its own is somebody's agreement: a scan makes another one.
    raised: (line, { item, unit }) =>
      line.item?.item_id === item.item_id && line.unit === unit ? { ...line, quantity_e6: Math.min(MOST_E6, (line.quantity_e6 ?? 0) + 1_000_000) } : undefined,
    onTaken: (line) => suggest(line.key),
  })
  const active = lines.find((l) => l.key === activeKey)
  // A line that was brought back or saved earlier is asked about when the cursor comes to it.
  const isUnasked = active?.item != null && active.info === null
  useEffect(() => {
    if (isUnasked && activeKey !== undefined) suggest(activeKey)
  }, [isUnasked, activeKey, suggest])
  useEffect(() => {
    lookUp(latest.current.lines)
    // What was still being looked up when the page went is looked up again, once.
  }, [lookUp])

  const columns = useMemo((): readonly LineColumn<DraftLine>[] => {
    const patch = (key: string, changes: Partial<DraftLine>, how: How): void => onChange((now) => now.map((l) => (l.key === key ? { ...l, ...changes } : l)), how)
    const take = (key: string, item: PickedItem, unit: string): void => {
      const line = latest.current.lines.find((l) => l.key === key)
      patch(key, { ...(line ? { wrong: mended(line, 'item').wrong } : {}), item, unit, quantity_e6: line?.quantity_e6 ?? 1_000_000, price_e4: null, is_price_typed: false, tax_code: null, info: null }, 'whole')
      suggest(key)
    }
    const taxName = (line: DraftLine): string => (line.item === null ? '' : format.percent(line.tax_rate_e8))
    const list: LineColumn<DraftLine>[] = [
      {
        key: 'item',
        title: t('ui.f.item'),
        width: 200,
        grow: 3,
        stop: 'enter',
        wants: ({ item }) => item === null,
        field: 'item_id',
        view: ({ item }) => (item ? <ItemName item={item} /> : ''),
        edit: ({ line, label: cell, isInvalid, advance }) => (
          <EntityPicker<ItemChoice>
            look="cell"
            aria-label={cell}
            {...(isInvalid ? { 'aria-invalid': true as const } : {})}
            placeholder={t('ui.item.find')}
            chosen={line.item ? { id: line.item.item_id, label: `${line.item.code} ${line.item.name}` } : null}
            search={(text) => searchItems(text, { price: format.price })}
            onPick={(choice) => {
              take(line.key, choice.item, choice.unit)
              advance()
            }}
            {...(may('catalog.write') ? { create: { label: (text: string) => t('ui.item.create', { name: text }), run: (name: string) => setCreating({ name, key: line.key }) } } : {})}
          />
        ),
        names: itemNames,
        paste: () => 'ask',
      },
      {
        key: 'quantity',
        title: t('ui.f.quantity'),
        width: 88,
        align: 'end',
        stop: 'enter',
        wants: ({ quantity_e6 }) => quantity_e6 === null,
        field: 'quantity_e6',
        view: (line) => format.quantity(line.quantity_e6),
        edit: ({ line, label: cell, change }) => (
          <QuantityField
            look="cell"
            aria-label={cell}
            value={line.quantity_e6}
            onChange={(quantity_e6) => {
              change({ quantity_e6 })
              if (line.item && quantity_e6 !== null && quantity_e6 > 0 && !line.is_price_typed) suggest(line.key)
            }}
          />
        ),
        names: ['quantity', 'qty', '数量', '件数'],
        paste: (text) => when(parseQuantity(text), (quantity_e6) => ({ quantity_e6 })),
        fill: ({ quantity_e6 }) => (quantity_e6 === null ? undefined : { quantity_e6 }),
      },
      {
        key: 'unit',
        title: t('ui.f.unit'),
        width: 76,
        field: 'unit',
        view: (line) => line.unit,
        edit: ({ line, label: cell, change }) => (
          <SelectField
            look="cell"
            aria-label={cell}
            value={line.unit}
            options={unitsOf(line).map((value) => ({ value, label: value }))}
            onChange={(value) => {
              const unit = value ?? line.unit
              change({ unit, is_price_typed: false })
              if (line.item) suggest(line.key)
            }}
          />
        ),
        names: ['unit', '单位', 'uom'],
        // Whether the item has this unit is known when the item is.
        paste: (text, { item }) => ((item === null ? !isFigure(text) : unitsOf({ item }).includes(text)) ? { unit: text } : undefined),
      },
      {
        key: 'price',
        title: t(pricesIncludeTax ? 'ui.f.priceWithTax' : 'ui.f.price'),
        width: 110,
        align: 'end',
        stop: 'enter',
        // A price that is still being looked up comes by itself; one that nobody knows is asked for.
        wants: ({ item, price_e4, info }) => item !== null && info !== null && !price_e4,
        field: 'price_e4',
        view: (line) => format.price(line.price_e4),
        edit: ({ line, label: cell, change }) => (
          <PriceField look="cell" aria-label={cell} value={line.price_e4} onChange={(price_e4) => change({ price_e4, is_price_typed: price_e4 !== null })} />
        ),
        names: ['price', 'unitprice', '单价', '含税单价', '价格', 'pricewithtax'],
        paste: (text) => when(parseDecimal(text.replace(/[¥￥$£€\s]/g, ''), 4), (price_e4) => (price_e4 < 0 ? undefined : { price_e4, is_price_typed: true })),
        fill: ({ price_e4 }) => (price_e4 === null ? undefined : { price_e4, is_price_typed: true }),
      },
      {
        key: 'discount',
        title: t('ui.f.discount'),
        width: 78,
        align: 'end',
        field: 'discount_minor',
        view: (line) => formatDiscount(line, format.digits),
        edit: ({ line, label: cell, change }) => <DiscountField aria-label={cell} value={line} onChange={change} />,
        names: ['discount', '折扣', '优惠'],
        paste: (text) => parseDiscount(text, format.digits),
        fill: ({ discount_rate_e8, discount_minor }) => (discount_rate_e8 === 0 && discount_minor === null ? undefined : { discount_rate_e8, discount_minor }),
      },
      {
        key: 'tax',
        title: t('ui.f.taxRate'),
        width: 82,
        align: 'end',
        field: 'tax_code',
        view: taxName,
        edit: ({ line, label: cell, change }) => (
          <SelectField
            look="cell"
            aria-label={cell}
            value={line.tax_code}
            short={taxName(line)}
            options={taxes.map((tax) => ({ value: tax.tax_code, label: tax.label }))}
            {...(line.tax_code === null ? { none: taxName(line) } : {})}
            onChange={(code) => {
              const tax = taxes.find((one) => one.tax_code === code)
              if (tax) change({ tax_code: tax.tax_code, tax_rate_e8: tax.rate_e8 })
            }}
          />
        ),
        names: ['tax', 'vat', 'taxrate', '税率'],
        paste: (text) => {
          const rate_e8 = parseDecimal(text.replace(/[%％]/g, ''), 6)
          const tax = taxes.find((one) => one.tax_code === text || one.label === text) ?? taxes.find((one) => one.rate_e8 === rate_e8)
          return tax && { tax_code: tax.tax_code, tax_rate_e8: tax.rate_e8 }
        },
        fill: ({ tax_code, tax_rate_e8 }) => (tax_code === null ? undefined : { tax_code, tax_rate_e8 }),
      },
      {
        key: 'amount',
        title: t(pricesIncludeTax ? 'ui.f.amountWithTax' : 'ui.f.amount'),
        width: 120,
        align: 'end',
        view: (line) => (line.item === null ? '' : <LineAmount line={line} latest={latest.current} pricesIncludeTax={pricesIncludeTax} />),
      },
      {
        key: 'description',
        title: t('ui.f.description'),
        width: 90,
        grow: 1,
        field: 'description',
        view: (line) => line.description,
        edit: ({ line, label: cell, change }) => (
          <TextField look="cell" aria-label={cell} value={line.description} onChange={(description) => change({ description })} />
        ),
        names: ['description', 'note', 'remarks', '说明', '备注', '摘要'],
        paste: (text) => ({ description: text.slice(0, 200) }),
        fill: ({ description }) => (description === '' ? undefined : { description }),
      },
    ]
    return without === 'discount' ? list.filter((c) => c.key !== 'discount') : list
    // Totals are read through `latest` so that typing does not rebuild the columns.
  }, [t, format, may, taxes, pricesIncludeTax, without, onChange, suggest])

  return (
    <div className="zg-stack" style={{ gap: 4 }}>
      <LineGrid<DraftLine>
        label={label}
        lines={useWithAmounts(lines, totals)}
        columns={columns}
        onChange={onChange}
        newLine={newDraftLine}
        isBlank={isBlankLine}
        problems={problems}
        enterSignal={enterSignal}
        onActive={(line) => setActiveKey(line?.key)}
        onPasted={lookUp}
        marked={scans.marked}
        {...(onDone ? { onDone } : {})}
      />
      <ScanNotes notes={scans.notes} onForget={scans.forget} />
      <LineHint line={active} />
      {below?.((item) => scans.enter({ item, unit: item.base_unit }))}
      {creating ? (
        <QuickItem
          name={creating.name}
          onCancel={() => setCreating(null)}
          onMade={(item) => {
            const { key } = creating
            setCreating(null)
            onChange((now) => now.map((l) => (l.key === key ? { ...l, item, unit: item.base_unit, quantity_e6: l.quantity_e6 ?? 1_000_000 } : l)), 'whole')
            suggest(key)
          }}
        />
      ) : null}
    </div>
  )
}

/** Lines are drawn again only when they change; the document's discount changes amounts of lines that did not, so it goes into them. */
function useWithAmounts(lines: readonly DraftLine[], totals: DraftTotals): readonly DraftLine[] {
  const [known] = useState(() => new WeakMap<DraftLine, { readonly amount: number; readonly made: DraftLine }>())
  return lines.map((line, i) => {
    const amount = totals.lines[i]?.gross_minor ?? 0
    const before = known.get(line)
    if (before?.amount === amount) return before.made
    const made = { ...line }
    known.set(line, { amount, made })
    return made
  })
}

function LineAmount({ line, latest, pricesIncludeTax }: { line: DraftLine; latest: { lines: readonly DraftLine[]; totals: DraftTotals }; pricesIncludeTax: 0 | 1 }) {
  const format = useFormat()
  const totals = latest.totals.lines[latest.lines.findIndex((l) => l.key === line.key)]
  return <>{format.money(pricesIncludeTax ? totals?.gross_minor : totals?.net_minor)}</>
}

/** A whole billion of a unit is more than anybody scans. */
const MOST_E6 = 1_000_000_000_000_000

/** A pasted text that was read, made into changes. */
const when = <V, R>(value: V | undefined, then: (value: V) => R): R | undefined => (value === undefined ? undefined : then(value))

const unitsOf = (line: Pick<DraftLine, 'item'>): string[] => (line.item ? [line.item.base_unit, ...line.item.units.map((u) => u.name)] : [])

export function ItemName({ item }: { item: { readonly code: string; readonly name: string; readonly spec?: string | null } }) {
  return (
    <>
      <span className="zg-soft zg-figures">{item.code}</span> {item.name} {item.spec ? <span className="zg-soft">{item.spec}</span> : null}
    </>
  )
}

/** What helps to decide on the line being entered: stock, promise, last and list price. */
function LineHint({ line }: { line: DraftLine | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const info = line?.info
  if (!line?.item || !info) return <div className="zg-hint-bar" />
  const unit = [line.item.base_unit, ...line.item.units.map((u) => u.name)].includes(line.unit) ? line.unit : line.item.base_unit
  const ratio = line.item.units.find((u) => u.name === unit)
  const available = info.available_e6 === undefined ? undefined : ratio ? fromBase(info.available_e6, ratio) : info.available_e6
  const shown = available === undefined ? info.available_e6 : available
  const margin = line.price_e4 === null ? null : (info.marginOf?.(line.price_e4) ?? null)
  const isShort = shown !== undefined && line.quantity_e6 !== null && line.quantity_e6 > shown
  const parts = [
    shown === undefined || line.item.kind === 'service' ? null : (
      <span key="available" className={isShort ? 'zg-danger-text' : ''}>
        {t('ui.hint.available')} <b className="zg-figures">{format.quantity(shown)}</b> {available === undefined ? line.item.base_unit : unit}
      </span>
    ),
    info.incoming_e6 ? (
      <span key="incoming">
        {t('ui.hint.incoming')} <b className="zg-figures">{format.quantity(info.incoming_e6)}</b> {line.item.base_unit}
      </span>
    ) : null,
    isShort && info.promised_on ? (
      <span key="promised">
        {t('ui.hint.promised')} <b className="zg-figures">{info.promised_on}</b>
      </span>
    ) : null,
    info.last_price_e4 == null ? null : (
      <span key="last">
        {t('ui.hint.lastPrice')} <b className="zg-figures">{format.price(info.last_price_e4)}</b> {info.last_on ? `(${info.last_on})` : ''}
      </span>
    ),
    info.list_price_e4 == null ? null : (
      <span key="list">
        {t('ui.hint.listPrice')} <b className="zg-figures">{format.price(info.list_price_e4)}</b>
      </span>
    ),
    info.floor_price_e4 == null ? null : (
      <span key="floor" className={line.price_e4 !== null && line.price_e4 < info.floor_price_e4 ? 'zg-danger-text' : ''}>
        {t('ui.item.floor')} <b className="zg-figures">{format.price(info.floor_price_e4)}</b>
      </span>
    ),
    margin === null ? null : (
      <span key="margin" className={margin < 0 ? 'zg-danger-text' : ''}>
        {t('ui.hint.margin')} <b className="zg-figures">{format.percent(margin)}</b>
      </span>
    ),
    info.promotion ? (
      <span key="promotion">
        {info.promotion.name} <b className="zg-figures">{format.price(info.promotion.price_e4)}</b> {t('ui.hint.promotionLeft', { count: format.quantity(info.promotion.left_e6) })}
      </span>
    ) : null,
  ].filter((p) => p !== null)
  return (
    <div className="zg-hint-bar" role="status">
      {parts.map((part, i) => (
        <span key={part.key}>
          {i > 0 ? ' · ' : ''}
          {part}
        </span>
      ))}
    </div>
  )
}
