/**
 * Text that a spreadsheet would run as a formula when it opens a CSV file or is pasted into. Beside = + - @ and the two blanks, the
 * full-width forms count: Excel in Chinese and Japanese takes them as well. Source: OWASP, CSV Injection.
 */
export const formulaStart = /^'*[=+\-@\t\r＝＋－＠]/

/** Puts an apostrophe before text that would be run as a formula; `unescapeFormula` of files takes it off again, so nothing is lost. */
export function escapeFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}
