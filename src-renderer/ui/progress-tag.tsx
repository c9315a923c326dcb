import { useTranslation } from 'react-i18next'
import { StatusTag, type Tone } from './status-tag.tsx'

export type ProgressValue = 'none' | 'part' | 'all' | 'over'
const tones: Record<ProgressValue, Tone> = { none: 'neutral', part: 'info', all: 'success', over: 'warning' }

/** How far a document is delivered, invoiced or paid: a computed word. */
export function ProgressTag({ value, of }: { value: ProgressValue; of: 'delivered' | 'invoiced' | 'paid' }) {
  const { t } = useTranslation()
  return <StatusTag tone={tones[value]}>{t(`ui.progress.${of}.${value}`)}</StatusTag>
}
