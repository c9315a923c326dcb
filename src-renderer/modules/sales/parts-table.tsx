import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { QuantityField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'

export type Part = {
  readonly key: string
  readonly code: string
  readonly name: string
  /** What can be taken at most, in `unit`. */
  readonly most_e6: number
  readonly unit: string
  readonly note?: ReactNode
}

type Props = {
  readonly parts: readonly Part[]
  readonly quantities: ReadonlyMap<string, number | null>
  onChange(key: string, quantity_e6: number | null): void
  readonly mostLabel: string
  readonly quantityLabel: string
  /** The first field takes the focus. */
  readonly starts?: 'focused'
}

/** Lines of a document of which some or all is taken: deliveries, invoices, returns. */
export function PartsTable({ parts, quantities, onChange, mostLabel, quantityLabel, starts }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className="zg-table-box zg-parts">
      <table className="zg-table">
        <thead>
          <tr>
            <th scope="col">{t('ui.f.item')}</th>
            <th scope="col" className="zg-end">{mostLabel}</th>
            <th scope="col" className="zg-end">{quantityLabel}</th>
            <th scope="col">{t('ui.f.unit')}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, i) => (
            <tr key={part.key}>
              <td>
                <span className="zg-soft zg-figures">{part.code}</span> {part.name}
                {part.note ? <div className="zg-soft">{part.note}</div> : null}
              </td>
              <td className="zg-end">{format.quantity(part.most_e6)}</td>
              <td className="zg-part-quantity">
                <QuantityField
                  aria-label={`${quantityLabel} ${part.name}`}
                  autoFocus={starts === 'focused' && i === 0}
                  value={quantities.get(part.key) ?? null}
                  onChange={(quantity_e6) => onChange(part.key, quantity_e6)}
                />
              </td>
              <td>{part.unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
