import type { TFunction } from 'i18next'

/** What people call a column of a record: in its module's words, else in anybody's, else its name. */
export function fieldWord(t: TFunction, kind: string, column: string): string {
  const [module = ''] = kind.split('.')
  for (const key of [`field.${module}.${column}`, `field.${column}`]) {
    const text = t(key)
    if (text !== key) return text
  }
  return column
}
