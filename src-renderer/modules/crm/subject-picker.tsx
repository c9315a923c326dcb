import { useTranslation } from 'react-i18next'
import { ask } from '../../api/client.ts'
import type { FieldIds } from '../../ui/fields/field.tsx'
import { EntityPicker } from '../../ui/picker/entity-picker.tsx'
import type { Subject } from './quick-log.ts'

type Props = Partial<FieldIds> & { readonly value: Subject | null; readonly autoFocus?: boolean; onChange(subject: Subject | null): void }

/** Finds a customer, supplier or lead by part of name, pinyin, code or phone. */
export function SubjectPicker({ value, onChange, ...rest }: Props) {
  const { t } = useTranslation()
  const search = async (text: string) => {
    if (text.trim() === '') return []
    const { rows } = await ask('platform.search', { text, kinds: ['party', 'lead'], limit: 20 })
    return rows.map((row) => ({ id: row.ref_id, label: row.title, kind: row.kind, ...(row.kind === 'lead' ? { note: t('ui.kind.lead') } : {}) }))
  }
  const id = value === null ? '' : (value.opportunity_id ?? value.party_id ?? value.lead_id ?? '')
  return (
    <EntityPicker
      placeholder={t('ui.crm.whoHint')}
      {...rest}
      chosen={value === null ? null : { id, label: value.name }}
      search={search}
      onPick={(c) => onChange(c.kind === 'lead' ? { party_id: null, lead_id: c.id, opportunity_id: null, name: c.label } : { party_id: c.id, lead_id: null, opportunity_id: null, name: c.label })}
      onClear={() => onChange(null)}
    />
  )
}
