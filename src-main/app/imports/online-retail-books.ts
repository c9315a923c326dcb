import { assert } from '../../kernel/assert.ts'
import { lineAmount } from '../../kernel/money.ts'
import type { DocumentKind, StagedItem, StagedLine } from '../../modules/migration/index.ts'
import type { FileDocument, FileLines } from './online-retail-lines.ts'
import { estimatedCost, isService } from './online-retail-rules.ts'

/** What a document becomes. Without a customer and without any price it is no sale: goods were lost or found, or somebody left a note. */
export function documentKind({ kind, customer, isFree, isServices }: FileDocument): DocumentKind {
  if (kind !== 'ordinary') return kind
  if (customer !== '' || isFree === 0) return 'invoice'
  return isServices === 1 ? 'memo' : 'adjustment'
}

/**
 * The items of the file in order of first appearance: the most frequent description (the earlier one where two are as frequent) is
 * the name; the opening quantity is what must have been there so that stock never falls below zero in file order.
 */
export function itemsOf(file: FileLines, digits: number): StagedItem[] {
  const names = frequentDescriptions(file)
  const prices = firstPrices(file)
  const openings = deepestDeficits(file)
  return file.items.texts.map((code, no) => {
    const price_e4 = prices[no] ?? 0
    const opening_e6 = openings[no]!
    return {
      record: 'item',
      no,
      code,
      name: names[no] ?? code,
      is_service: isService(code) ? 1 : 0,
      price_e4,
      opening_e6,
      opening_minor: lineAmount({ price_e4: estimatedCost(price_e4), quantity_e6: opening_e6, digits }),
    }
  })
}

function frequentDescriptions(file: FileLines): (string | undefined)[] {
  const counts = file.items.texts.map(() => new Map<number, number>())
  for (let i = 0; i < file.count; i++) {
    const [known, text] = [counts[file.item[i]!]!, file.description[i]!]
    if (file.descriptions.texts[text] !== '') known.set(text, (known.get(text) ?? 0) + 1)
  }
  return counts.map((known) => {
    let best: { text: number; times: number } | undefined
    for (const [text, times] of known) if (best === undefined || times > best.times) best = { text, times }
    return best && file.descriptions.texts[best.text]
  })
}

function firstPrices(file: FileLines): (number | undefined)[] {
  const prices = new Array<number | undefined>(file.items.texts.length)
  for (let i = 0; i < file.count; i++) if (file.price_e4[i]! > 0) prices[file.item[i]!] ??= file.price_e4[i]!
  return prices
}

/** Per item, e6: how far stock would fall below zero if it began with none. */
function deepestDeficits(file: FileLines): number[] {
  const services = file.items.texts.map(isService)
  const balance = new Array<number>(services.length).fill(0)
  const deepest = new Array<number>(services.length).fill(0)
  const isAdjustment = file.documents.map((d) => documentKind(d) === 'adjustment')
  for (let i = 0; i < file.count; i++) {
    const item = file.item[i]!
    if (services[item]) continue
    const sign = isAdjustment[file.document[i]!] ? 1 : -1
    balance[item]! += sign * file.quantity_e6[i]!
    if (-balance[item]! > deepest[item]!) deepest[item] = -balance[item]!
  }
  return deepest
}

/**
 * Gives the lines of the documents as they are staged, to be asked in the order of posting: goods that come in while their item
 * has no cost get the estimated one, and from then on the item has a cost.
 */
export function lineStager(file: FileLines, { items, digits }: { items: readonly StagedItem[]; digits: number }): (line: number, kind: DocumentKind) => StagedLine {
  const hasCost = items.map((item) => item.opening_e6 > 0)
  return (line, kind) => {
    const no = file.item[line]!
    const [quantity_e6, price_e4, item] = [file.quantity_e6[line]!, file.price_e4[line]!, items[no]!]
    const text = file.descriptions.texts[file.description[line]!]!
    const description = text === '' || text === item.name ? null : text
    const comesIn = item.is_service === 0 && ((kind === 'credit_note' && quantity_e6 < 0) || (kind === 'adjustment' && quantity_e6 > 0))
    if (!comesIn || hasCost[no]) return [no, quantity_e6, price_e4, description, null]
    hasCost[no] = true
    const given_minor = lineAmount({ price_e4: estimatedCost(item.price_e4), quantity_e6: Math.abs(quantity_e6), digits })
    assert(given_minor >= 0, 'a cost is never negative')
    return [no, quantity_e6, price_e4, description, given_minor]
  }
}
