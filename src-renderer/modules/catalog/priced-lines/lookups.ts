import { useEffect, useMemo, useRef } from 'react'
import type { ChangeLines } from '../../../ui/line-grid/columns.ts'
import { mended, wronged } from '../../../ui/line-grid/columns.ts'
import { itemsByTexts } from '../item-search.ts'
import type { DraftLine, PickedItem, PriceInfo } from './draft.ts'

/** What to suggest for a line. */
export type PriceOf = (line: { item: PickedItem; unit: string; quantity_e6: number }) => Promise<PriceInfo>

/** Scans and keys come in quick succession: the price is asked when they pause. */
const PAUSE_MS = 120
/** Questions under way at once. */
const AT_ONCE = 6
/** Answers that came in this time are drawn together. */
const TOGETHER_MS = 120

/**
 * Prices and items of lines, looked up behind the typing. Answers change the lines as they then are, and nothing where a line has
 * gone on to something else meanwhile.
 */
export function useLookups({ onChange, priceOf }: { onChange: ChangeLines<DraftLine>; priceOf: PriceOf }) {
  const tools = useRef({ onChange, priceOf })
  tools.current = { onChange, priceOf }
  const lookups = useMemo(() => makeLookups(() => tools.current), [])
  useEffect(() => lookups.stop, [lookups])
  return lookups
}

type Answer = { readonly key: string; readonly item_id: string; readonly unit: string; readonly info: PriceInfo }

function makeLookups(tools: () => { readonly onChange: ChangeLines<DraftLine>; readonly priceOf: PriceOf }) {
  const wanted = new Set<string>()
  let answers: Answer[] = []
  let asking = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  let drawing: ReturnType<typeof setTimeout> | undefined
  const waiting: { readonly key: string; readonly item: PickedItem; readonly unit: string; readonly quantity_e6: number }[] = []

  const take = (): void => {
    drawing = undefined
    const byKey = new Map(answers.map((a) => [a.key, a]))
    answers = []
    tools().onChange((now) => now.map((line) => withPrice(line, byKey.get(line.key))), 'follows')
  }
  const next = (): void => {
    while (asking < AT_ONCE) {
      const one = waiting.shift()
      if (!one) return
      asking++
      const answered = (info: PriceInfo | undefined): void => {
        asking--
        if (info) answers.push({ key: one.key, item_id: one.item.item_id, unit: one.unit, info })
        if (info) drawing ??= setTimeout(take, waiting.length > AT_ONCE ? TOGETHER_MS : 0)
        next()
      }
      tools().priceOf(one).then(answered, () => answered(undefined))
    }
  }
  /** Reads what the wanted lines are now, without changing them. */
  const begin = (): void => {
    tools().onChange((now) => {
      for (const { key, item, unit, quantity_e6 } of now) {
        if (wanted.has(key) && item) waiting.push({ key, item, unit, quantity_e6: quantity_e6 && quantity_e6 > 0 ? quantity_e6 : 1_000_000 })
      }
      wanted.clear()
      return now
    }, 'follows')
    next()
  }
  const suggest = (key: string): void => {
    wanted.add(key)
    clearTimeout(pause)
    pause = setTimeout(begin, PAUSE_MS)
  }
  /** Finds the items that pasted lines name. */
  const lookUp = (lines: readonly DraftLine[]): void => {
    const texts = [...new Set(lines.flatMap(({ wrong }) => (wrong?.['item']?.is === 'asked' ? [wrong['item'].text] : [])))]
    if (texts.length === 0) return lines.forEach((line) => line.item && line.price_e4 === null && suggest(line.key))
    void itemsByTexts(texts).then(
      (found) => {
        tools().onChange((now) => now.map((line) => withItem(line, found)), 'follows')
        for (const { key } of lines) suggest(key)
      },
      () => tools().onChange((now) => now.map((line) => withItem(line, new Map())), 'follows'),
    )
  }
  const stop = (): void => {
    clearTimeout(pause)
    clearTimeout(drawing)
  }
  return { suggest, lookUp, stop }
}

function withPrice(line: DraftLine, answer: Answer | undefined): DraftLine {
  if (!answer || line.item?.item_id !== answer.item_id || line.unit !== answer.unit) return line
  const { info } = answer
  return {
    ...line,
    info,
    ...(line.is_price_typed || line.wrong?.['price'] ? {} : { price_e4: info.price_e4 }),
    ...(line.tax_code === null ? { tax_rate_e8: info.tax_rate_e8, tax_code: info.tax_code } : {}),
  }
}

function withItem(line: DraftLine, found: ReadonlyMap<string, { readonly item: PickedItem; readonly unit: string }>): DraftLine {
  const asked = line.wrong?.['item']
  if (asked?.is !== 'asked') return line
  const hit = found.get(asked.text)
  if (!hit) return wronged(line, 'item', { text: asked.text, is: 'unknown' })
  const units = [hit.item.base_unit, ...hit.item.units.map((u) => u.name)]
  const named: DraftLine = { ...mended(line, 'item'), item: hit.item, unit: line.unit === '' ? hit.unit : line.unit, quantity_e6: line.wrong?.['quantity'] ? null : (line.quantity_e6 ?? 1_000_000) }
  return units.includes(named.unit) ? named : wronged({ ...named, unit: hit.unit }, 'unit', { text: named.unit, is: 'unread' })
}
