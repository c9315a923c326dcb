import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import { textOfNo } from '../no-text.ts'
import type { Desk } from './desk.ts'
import { isElsewhere } from './draft-elsewhere.tsx'

/** Beside the title: that a draft came back, that it is kept, or why not. */
export function DraftNotice({ form }: { form: Pick<Desk, 'subscribe' | 'status' | 'throwAway'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { restored_at, isKept, no } = useSyncExternalStore(form.subscribe, form.status)
  if (isElsewhere(no)) return null
  if (no) return <span role="alert" className="zg-danger-text">{textOfNo(no, { t, format })}</span>
  if (restored_at === null && !isKept) return null
  return (
    <span className="zg-draft-notice" role="status">
      {restored_at === null ? t('ui.draft.kept') : t('ui.draft.restored', { at: format.instant(restored_at) })}{' '}
      <button type="button" className="zg-text-button" onClick={form.throwAway}>
        {t('ui.draft.throwAway')}
      </button>
    </span>
  )
}
