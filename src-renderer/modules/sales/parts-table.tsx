import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fromBase } from '../../../src-main/kernel/quantity.ts'
import { fillsRest } from '../../ui/fields/parsed-input.tsx'
import { QuantityField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { Table } from '../../ui/table.tsx'

export type Part = {
  readonly key: string
  readonly code: string
  readonly name: string
  /** What can be taken at most, in `unit`. */
  readonly most_e6: number
  readonly unit: string
  readonly note?: ReactNode
}

type SoldLine = {
  readonly line_no: number
  readonly item_code: string
  readonly item_name: string
  readonly quantity_e6: number
  readonly unit: string
  readonly unit_numerator: number
  readonly unit_denominator: number
}

/** What is left of a line, in base units, as a part in the line's own unit. */
export const partOf = (line: SoldLine, left_e6: number): Part => ({
  key: String(line.line_no),
  code: line.item_code,
  name: line.item_name,
  most_e6: fromBase(left_e6, { numerator: line.unit_numerator, denominator: line.unit_denominator }) ?? line.quantity_e6,
  unit: line.unit,
})

export type Taken = Readonly<Record<string, number | null>>
type KeptTaken = { readonly taken: Taken; setTaken(taken: Taken): void }

/** How much of each part is taken: of all everything to begin with, nothing of any, or as a draft keeps it. */
export function useTaking<P extends Part>(parts: readonly P[], begins: 'whole' | 'empty' | KeptTaken) {
  const [own, setOwn] = useState<Taken>(() => (begins === 'whole' ? Object.fromEntries(parts.map((p) => [p.key, p.most_e6])) : {}))
  const [quantities, setQuantities] = typeof begins === 'object' ? [begins.taken, begins.setTaken] : [own, setOwn]
  const quantityOf = (part: Part): number | null => quantities[part.key] ?? null
  const taken = parts.map((part) => ({ ...part, quantity_e6: quantityOf(part) ?? 0 })).filter((part) => part.quantity_e6 > 0)
  return {
    parts,
    quantityOf,
    set: (part: Part, quantity_e6: number | null): void => setQuantities({ ...quantities, [part.key]: quantity_e6 }),
    taken,
    isWhole: taken.length === parts.length && taken.every((part) => part.quantity_e6 === part.most_e6),
  }
}

type Props = { readonly taking: ReturnType<typeof useTaking>; readonly mostLabel: string; readonly quantityLabel: string }

/** Lines of a document of which some or all is taken: deliveries, invoices, returns. It begins in the first quantity. */
export function PartsTable({ taking, mostLabel, quantityLabel }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Table
      look="parts"
      rows={taking.parts}
      keyOf={(part) => part.key}
      columns={[
        {
          key: 'item',
          title: t('ui.f.item'),
          render: (part) => (
            <>
              <span className="zg-soft zg-figures">{part.code}</span> {part.name}
              {part.note ? <div className="zg-soft">{part.note}</div> : null}
            </>
          ),
        },
        { key: 'most', title: mostLabel, align: 'end', render: (part) => format.quantity(part.most_e6) },
        {
          key: 'quantity',
          title: quantityLabel,
          align: 'end',
          holds: 'field',
          render: (part, i) => (
            <QuantityField
              aria-label={`${quantityLabel} ${part.name}`}
              autoFocus={i === 0}
              value={taking.quantityOf(part)}
              onChange={(quantity_e6) => taking.set(part, quantity_e6)}
              onKeyDown={fillsRest(() => taking.set(part, part.most_e6))}
            />
          ),
        },
        { key: 'unit', title: t('ui.f.unit'), render: (part) => part.unit },
      ]}
    />
  )
}
