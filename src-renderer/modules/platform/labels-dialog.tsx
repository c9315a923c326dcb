import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WholeField } from '../../ui/fields/value-fields.tsx'
import { PrintDialog } from './print-button.tsx'

/** Goods of a document, one label for each piece. */
export function labelsOf(lines: readonly { readonly item_id: string; readonly item_name: string; readonly base_quantity_e6: number }[]): Labelled[] {
  const things = new Map<string, Labelled>()
  for (const { item_id, item_name, base_quantity_e6 } of lines) {
    const count = Math.min(MOST_AT_FIRST, Math.max(1, Math.round(Math.abs(base_quantity_e6) / 1_000_000)) + (things.get(item_id)?.count ?? 0))
    things.set(item_id, { id: item_id, name: item_name, count })
  }
  return [...things.values()]
}

/** What labels are printed for, and how many of each at first. */
export type Labelled = { readonly id: string; readonly name: string; readonly count: number }

/** Who needs more says so. */
const MOST_AT_FIRST = 200

type Props = { readonly of: 'catalog.label' | 'inventory.label'; readonly things: readonly Labelled[]; onClose(): void }

/** How many labels of each, with the labels as they will be printed below. */
export function LabelsDialog({ of, things, onClose }: Props) {
  const { t } = useTranslation()
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>(() => Object.fromEntries(things.map(({ id, count }) => [id, Math.max(1, count)])))
  const wanted = things.filter(({ id }) => (counts[id] ?? 0) > 0)
  const job =
    of === 'catalog.label'
      ? { name: of, input: { items: wanted.map(({ id }) => ({ item_id: id, count: counts[id] })) } }
      : { name: of, input: { places: wanted.map(({ id }) => ({ location_id: id, count: counts[id] })) } }
  return (
    <PrintDialog job={wanted.length > 0 ? job : null} kind={of} title={t(`print.kind.${of}`)} onClose={onClose}>
      <div className="zg-label-counts" role="group" aria-label={t('ui.print.counts')} tabIndex={0}>
        {things.map(({ id, name }) => (
          <label key={id}>
            <span>{name}</span>
            <WholeField aria-label={`${t('ui.print.count')} ${name}`} value={counts[id] ?? 0} onChange={(count) => setCounts({ ...counts, [id]: count ?? 0 })} />
          </label>
        ))}
      </div>
    </PrintDialog>
  )
}
