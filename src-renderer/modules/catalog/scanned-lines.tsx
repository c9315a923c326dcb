import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../api/client.ts'
import { useScans } from '../../ui/draft/form-tools.ts'
import type { ChangeLines, LineBase } from '../../ui/line-grid/columns.ts'
import { pickedItem } from './item-search.ts'
import type { PickedItem } from './priced-lines/draft.ts'

type Hit = { readonly item: PickedItem; readonly unit: string }
/** Why a scan was not entered, and how often. */
type Note = { readonly barcode: string; readonly why: 'unknown' | 'service' | 'failed'; readonly name: string; readonly count: number }

type Props<L extends LineBase> = {
  readonly onChange: ChangeLines<L>
  isBlank(line: L): boolean
  /** A new line for one unit of what was scanned. */
  lineOf(hit: Hit): L
  /** The line with one unit more, when it is the same goods in the same unit. */
  raised(line: L, hit: Hit): L | undefined
  onTaken?(line: L): void
  readonly kind?: 'stocked'
}

/**
 * What is scanned becomes lines: the item's line gets one unit more, or a line is added before the blank ones at the end. Scans are taken
 * in their order, however long the look-up of one takes; a barcode is looked up once. `enter` takes goods that were found another way.
 */
export function useScannedLines<L extends LineBase>(props: Props<L>) {
  const latest = useRef(props)
  latest.current = props
  const [marked, setMarked] = useState<string>()
  const [notes, setNotes] = useState<readonly Note[]>([])
  const known = useRef(new Map<string, Promise<Hit | null>>())
  const tail = useRef<Promise<void>>(Promise.resolve())

  const enter = useCallback((hit: Hit) => {
    const { onChange, isBlank, lineOf, raised, onTaken } = latest.current
    let taken: L | undefined
    onChange((lines) => {
      for (let i = lines.length - 1; i >= 0; i--) {
        taken = raised(lines[i]!, hit)
        if (taken) return lines.with(i, taken)
      }
      taken = lineOf(hit)
      return lines.toSpliced(lines.findLastIndex((line) => !isBlank(line)) + 1, 0, taken)
    }, 'whole')
    setMarked(taken?.key)
    if (taken) onTaken?.(taken)
  }, [])
  const note = useCallback(({ barcode, why, name = '' }: { barcode: string; why: Note['why']; name?: string }) => {
    setNotes((now) => [{ barcode, why, name, count: (now.find((n) => n.barcode === barcode)?.count ?? 0) + 1 }, ...now.filter((n) => n.barcode !== barcode)])
  }, [])
  const take = useCallback(
    (barcode: string) => {
      let answer = known.current.get(barcode)
      if (!answer) {
        answer = ask('catalog.byBarcode', { barcode }).then(({ hit }) => (hit ? { item: pickedItem(hit), unit: hit.unit } : null))
        known.current.set(barcode, answer)
        // What is unknown or did not arrive is asked again at the next scan: the item may have been made meanwhile.
        answer.then((hit) => hit ?? known.current.delete(barcode), () => known.current.delete(barcode))
      }
      tail.current = tail.current
        .then(() => answer)
        .then(
          (hit) => {
            if (!hit) note({ barcode, why: 'unknown' })
            else if (latest.current.kind === 'stocked' && hit.item.kind !== 'stocked') note({ barcode, why: 'service', name: hit.item.name })
            else enter(hit)
          },
          () => note({ barcode, why: 'failed' }),
        )
    },
    [enter, note],
  )
  useScans(take)
  useEffect(() => {
    if (marked === undefined) return undefined
    const timer = setTimeout(() => setMarked(undefined), 1_500)
    return () => clearTimeout(timer)
  }, [marked])
  return { marked, enter, notes, forget: () => setNotes([]) }
}

/** What was scanned and not entered; scanning goes on meanwhile. */
export function ScanNotes({ notes, onForget }: { notes: readonly Note[]; onForget(): void }) {
  const { t } = useTranslation()
  if (notes.length === 0) return null
  return (
    <div className="zg-wrong-cells" role="alert">
      <ul>
        {notes.map(({ barcode, why, name, count }) => (
          <li key={barcode}>
            <strong>{t(`ui.scan.${why}`, { barcode, name })}</strong> {count > 1 ? t('ui.scan.times', { count }) : ''}
          </li>
        ))}
      </ul>
      <button type="button" onClick={onForget}>
        {t('ui.scan.forget')}
      </button>
    </div>
  )
}
