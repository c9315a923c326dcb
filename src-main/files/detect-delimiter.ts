const delimiters = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/**
 * The delimiter that cuts the first records into the most even table: records of the most frequent width, weighted by that width
 * and by their share.
 * A first line `sep=;` says it outright, as Excel writes it. A single column is read with commas.
 */
export function detectDelimiter(sample: string): Delimiter {
  const said = /^\ufeff?"?sep=([,;|\t])"?[ \t]*(\r|\n|$)/i.exec(sample)?.[1]
  if (said !== undefined) return said as Delimiter
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = evenness(recordWidths(sample, delimiter))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function evenness(widths: readonly number[]): number {
  const seen = new Map<number, number>()
  for (const width of widths) if (width > 1) seen.set(width, (seen.get(width) ?? 0) + 1)
  return Math.max(0, ...[...seen].map(([width, records]) => (records * (width - 1) * records) / widths.length))
}

/** Cells of each of the first 200 records, quotation marks respected; the last one may be cut off and counts only if it is the only one. */
function recordWidths(sample: string, delimiter: string): number[] {
  const widths: number[] = []
  let width = 1
  let isQuoted = false
  let isCellStart = true
  let isBlank = true
  for (let i = 0; i < sample.length && widths.length < 200; i++) {
    const char = sample[i]!
    if (isQuoted) {
      if (char !== '"') continue
      if (sample[i + 1] === '"') i++
      else isQuoted = false
      continue
    }
    if (char === '"' && isCellStart) isQuoted = true
    if (char === delimiter) width++
    if (char === '\n' || char === '\r') {
      if (!isBlank) widths.push(width)
      width = 1
      isBlank = true
    } else if (char !== ' ') isBlank = false
    isCellStart = char === delimiter || char === '\n' || char === '\r' || (isCellStart && char === ' ')
  }
  if (!isBlank && (widths.length === 0 || !isQuoted)) widths.push(width)
  return widths
}
