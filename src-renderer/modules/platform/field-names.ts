import { useTranslation } from 'react-i18next'
import { isFormula, parseFormula } from '../../../src-main/kernel/field-formula.ts'
import { useAsk } from '../../api/use-ask.ts'

/** Names that formulas of a kind of record may speak of, as people call them. */
export type FieldNames = ReadonlyMap<string, string>

export function useFieldNames(target: string): FieldNames {
  const { t } = useTranslation()
  const { data } = useAsk('platform.fields', {})
  const figures = data?.targets.find((on) => on.target === target)?.figures ?? []
  const own = data?.rows.filter((f) => f.target === target && f.is_active === 1 && (f.kind === 'number' || f.kind === 'formula')) ?? []
  return new Map([...figures.map((name) => [name, t(`ui.fields.figure.${name}`)] as const), ...own.map((f) => [f.key, f.label] as const)])
}

/** A formula with the names that people know. */
export const formulaInWords = (formula: string, names: FieldNames): string =>
  formula.replaceAll(/\{([^{}]*)\}/g, (whole, key: string) => (names.has(key) ? `{${names.get(key)}}` : whole))

/** The same as data names it. What is no name stays, for the office to say so. */
export function formulaInData(words: string, names: FieldNames): string {
  const keys = new Map([...names].map(([key, label]) => [label, key]))
  return words.replaceAll(/[{｛]([^{}｛｝]*)[}｝]/g, (_, label: string) => `{${keys.get(label.trim()) ?? label.trim()}}`)
}

/** Is this arithmetic so far? Names are judged by the office. */
export const readsAsFormula = (words: string): boolean => isFormula(parseFormula(words))
