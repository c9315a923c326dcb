/** The languages of the product. */
export type Locale = 'zh-CN' | 'en'

/** The form in which two texts are compared: compatibility forms unified (full width to half), lower case, trimmed, single spaces. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}\p{M}]+/gu

/** The form in which names are compared: 'ACME Ltd.' and 'acme ltd' are one. A name of signs only stays as it is, folded. */
export function nameKeyOf(name: string): string {
  const folded = fold(name)
  const bare = folded.replace(NOT_LETTER_OR_DIGIT, '')
  return bare === '' ? folded : bare
}

/** The end of the range of texts that begin with `prefix`, behind every character there is: an index answers such a range, unlike LIKE. */
export const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`
