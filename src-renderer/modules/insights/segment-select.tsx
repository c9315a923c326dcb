import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { SelectField } from '../../ui/fields/value-fields.tsx'

/** The segment that a list is narrowed to; nothing where nobody made one, or its reader may not know of them. */
export function SegmentSelect({ value, onChange }: { value: string; onChange(segment_id: string): void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { data } = useAsk('insights.segments', {}, { enabled: may('insights.read') })
  const usable = (data?.rows ?? []).filter((s) => s.customers !== null || s.segment_id === value)
  if (usable.length === 0) return null
  return <SelectField aria-label={t('ui.segment.choose')} none={t('ui.segment.choose')} value={value || null} options={usable.map((s) => ({ value: s.segment_id, label: s.name }))} onChange={(id) => onChange(id ?? '')} />
}
