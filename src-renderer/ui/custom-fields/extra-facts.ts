import { extraText, type CustomField, type Extra } from '../../../src-main/kernel/custom-fields.ts'
import type { ExtraDraft } from './extra-inputs.tsx'
import { useFormat, type Format } from '../format.ts'
import { useCustomFields } from './use-fields.ts'

/** One custom value as people read it; figures with their separators. */
export function shownExtra(field: CustomField, { row, format }: { row: ExtraDraft; format: Format }): string {
  const value = row.extra[field.key]
  return typeof value === 'number' ? format.quantity(value) : extraText(field, { extra: row.extra as Extra, names: row.extra_names })
}

/** The custom fields of a record that have a value, for its facts. */
export function useExtraFacts(target: string, row: ExtraDraft): readonly (readonly [label: string, value: string])[] {
  const format = useFormat()
  return useCustomFields(target).flatMap((field) => {
    const value = shownExtra(field, { row, format })
    return value === '' ? [] : [[field.label, value] as const]
  })
}
