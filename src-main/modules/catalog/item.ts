import { Refusal } from '../../kernel/refusal.ts'
import type { BarcodeForm, UnitForm } from './contract-forms.ts'

// Pure decisions about one item.

type UnitsOf = { readonly base_unit: string; readonly units: readonly { readonly name: string }[] }

/** What is odd about a barcode without being wrong. */
export type BarcodeWarning = { readonly kind: 'checkDigit'; readonly barcode: string; readonly expected_digit: number }

const EAN = /^(\d{8}|\d{12}|\d{13}|\d{14})$/

/** The check digit of a GTIN-8, -12, -13 or -14: weights 3 and 1 from the right (GS1 General Specifications, 7.9). */
function checkDigit(digits: string): number {
  let sum = 0
  for (let i = digits.length - 2, weight = 3; i >= 0; i--, weight = 4 - weight) sum += Number(digits[i]) * weight
  return (10 - (sum % 10)) % 10
}

/** Barcodes that look like EAN or UPC but whose check digit is wrong: a typing error, or a number of one's own. */
export function barcodeWarnings(barcodes: readonly { readonly barcode: string }[]): BarcodeWarning[] {
  return barcodes.flatMap(({ barcode }) => {
    if (!EAN.test(barcode)) return []
    const expected_digit = checkDigit(barcode)
    return expected_digit === Number(barcode.at(-1)) ? [] : [{ kind: 'checkDigit' as const, barcode, expected_digit }]
  })
}

/** Refuses 'catalog.unitTwice' when a further unit bears the name of another or of the base unit. */
export function assertUnits({ base_unit, units }: { base_unit: string; units: readonly UnitForm[] }): void {
  const seen = new Set([base_unit])
  for (const { name } of units) {
    if (seen.has(name)) throw new Refusal('catalog.unitTwice', { unit: name })
    seen.add(name)
  }
}

/** Barcodes with their unit named, each once. Refuses 'catalog.unitUnknown' and, for one code in two units, 'catalog.barcodeTaken'. */
export function settledBarcodes(
  barcodes: readonly BarcodeForm[],
  item: UnitsOf & { readonly code: string; readonly name: string },
): { barcode: string; unit: string }[] {
  const settled = new Map<string, string>()
  for (const { barcode, unit = item.base_unit } of barcodes) {
    if (unit !== item.base_unit && !item.units.some((u) => u.name === unit)) {
      throw new Refusal('catalog.unitUnknown', { code: item.code, name: item.name, unit })
    }
    const known = settled.get(barcode)
    if (known !== undefined && known !== unit) throw new Refusal('catalog.barcodeTaken', { barcode, code: item.code, name: item.name })
    settled.set(barcode, unit)
  }
  return [...settled].map(([barcode, unit]) => ({ barcode, unit }))
}

/** Where a renamed or new base unit leaves a unit name: the old base unit follows unless it lives on as a further unit. */
export function unitAfter(
  unit: string,
  { before, after }: { before: Pick<UnitsOf, 'base_unit'>; after: UnitsOf },
): string | undefined {
  const knows = (name: string): boolean => name === after.base_unit || after.units.some((u) => u.name === name)
  if (knows(unit)) return unit
  return unit === before.base_unit ? after.base_unit : undefined
}
