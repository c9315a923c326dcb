import type { TFunction } from 'i18next'
import type { Format } from './format.ts'
import { valuesInWords } from './no-text.ts'

/** By which rule something waits or was approved, in a sentence; with what only some may know where the reader was told it. */
export function reasonInWords({ rule, values }: { readonly rule: string; readonly values: Readonly<Record<string, unknown>> }, tools: { t: TFunction; format: Format }): string {
  const words = valuesInWords(values, tools)
  const [plain, whole] = [`approval.${rule}`, `approval.${rule}.confidential`]
  return tools.t('floor_e4' in values ? whole : plain, words)
}
