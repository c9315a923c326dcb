/** The languages of the product. */
export type Locale = 'zh-CN' | 'en'

/** The form in which two texts are compared: compatibility forms unified (full width to half), lower case, trimmed, single spaces. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}
