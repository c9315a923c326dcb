import { useTranslation } from 'react-i18next'
import type { LinkKind } from '../../../src-main/kernel/custom-fields.ts'
import { ask } from '../../api/client.ts'
import type { FieldIds } from '../fields/field.tsx'
import { EntityPicker } from '../picker/entity-picker.tsx'

type Props = Partial<FieldIds> & {
  readonly 'aria-label'?: string
  readonly placeholder?: string
  readonly kind: LinkKind
  readonly value: { readonly id: string; readonly label: string } | null
  onChange(value: { readonly id: string; readonly label: string } | null): void
}

/** Finds the record that a link leads to: a party or an item, by part of name, pinyin or code. */
export function LinkPicker({ kind, value, onChange, ...rest }: Props) {
  const { t } = useTranslation()
  const search = async (text: string) => {
    if (text.trim() === '') return []
    const { rows } = await ask('platform.search', { text, kinds: [kind], limit: 20 })
    return rows.map((row) => ({ id: row.ref_id, label: row.title }))
  }
  return (
    <EntityPicker
      placeholder={t(kind === 'party' ? 'ui.party.find' : 'ui.item.find')}
      {...rest}
      chosen={value}
      search={search}
      onPick={({ id, label }) => onChange({ id, label })}
      onClear={() => onChange(null)}
    />
  )
}
