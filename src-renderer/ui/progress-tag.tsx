import { useTranslation } from 'react-i18next'
import { StatusTag, type Tone } from './status-tag.tsx'

export type ProgressValue = 'none' | 'part' | 'all' | 'over'
const tones: Record<ProgressValue, Tone> = { none: 'neutral', part: 'info', all: 'success', over: 'warning' }

const values = Object.keys(tones) as ProgressValue[]

/** The words of a progress, as copied and exported. */
export const progressWords = (of: 'delivered' | 'invoiced' | 'paid', t: (key: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value) => [value, t(`ui.progress.${of}.${value}`)]))

/** The same in a list's hundreds of cells, its words (of `progressWords`) looked up once for all. */
export const progressCell = (value: ProgressValue, words: Readonly<Record<string, string>>) => <StatusTag tone={tones[value]}>{words[value] ?? value}</StatusTag>

/** How far a document is delivered, invoiced or paid: a computed word. */
export function ProgressTag({ value, of }: { value: ProgressValue; of: 'delivered' | 'invoiced' | 'paid' }) {
  const { t } = useTranslation()
  return <StatusTag tone={tones[value]}>{t(`ui.progress.${of}.${value}`)}</StatusTag>
}
