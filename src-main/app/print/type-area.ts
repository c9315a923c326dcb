/** A millimetre in points. */
const MM = 72 / 25.4
/** Points of a length in millimetres. */
export const pt = (mm: number): number => mm * MM

/** Height of a line of Noto Sans SC by its letter's size: closer than the font asks for (1.448), which is made for stacked diacritics. */
export const LINE = 1.3

export const INK = '#1f2328'
export const PALE = '#59636e'
export const RULE = '#9ca3af'

/** How wide a text is set, in points: Chinese signs are square, others a little more than half. */
const widthOf = (text: string, size: number): number => [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e80 ? 1 : /[A-Z@%W_]/.test(c) ? 0.7 : 0.57), 0) * size

/** On how many lines a text is set. */
export const lineCount = (text: string, { size, width }: { size: number; width: number }): number => Math.max(1, Math.ceil(widthOf(text, size) / width))

/** As much of a text as a number of lines takes. */
export function clipped(text: string, { size, width, lines }: { size: number; width: number; lines: number }): string {
  if (widthOf(text, size) <= width * lines * 0.96) return text
  const letters = [...text]
  while (letters.length > 0 && widthOf(`${letters.join('')}…`, size) > width * lines * 0.92) letters.pop()
  return `${letters.join('')}…`
}
