import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../api/client.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { EntityPicker, type Choice } from '../../ui/picker/entity-picker.tsx'
import type { FieldIds } from '../../ui/fields/field.tsx'
import { QuickParty } from './quick-party.tsx'

export type PickedParty = { readonly party_id: string; readonly name: string }
type PartyChoice = Choice & { readonly party: RowOf<'parties.search'> }

type Props = Partial<FieldIds> & {
  readonly role: 'customer' | 'supplier' | 'any'
  readonly value: PickedParty | null
  onPick(party: PickedParty): void
  onClear?(): void
  readonly autoFocus?: boolean
  readonly look?: 'field' | 'cell'
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly 'aria-label'?: string
}

/** Finds a customer or supplier by part of name, pinyin, code or phone; a new one is made without leaving. */
export function PartyPicker({ role, value, onPick, onClear, ...rest }: Props) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [newName, setNewName] = useState<string | null>(null)
  const search = async (text: string): Promise<PartyChoice[]> => {
    const { rows } = await ask('parties.search', { text, role, limit: 20 })
    return rows.map((party) => ({ id: party.party_id, code: party.code, label: party.name, note: party.phone ?? '', party }))
  }
  const canCreate = role !== 'any' && may('parties.write')
  return (
    <>
      <EntityPicker<PartyChoice>
        placeholder={t('ui.party.find')}
        {...rest}
        chosen={value ? { id: value.party_id, label: value.name } : null}
        search={search}
        onPick={({ party }) => onPick({ party_id: party.party_id, name: party.name })}
        {...(onClear ? { onClear } : {})}
        {...(canCreate ? { create: { label: (text: string) => t(`ui.party.create.${role}`, { name: text }), run: setNewName } } : {})}
      />
      {newName !== null && role !== 'any' ? (
        <QuickParty
          role={role}
          name={newName}
          onCancel={() => setNewName(null)}
          onMade={(party) => {
            setNewName(null)
            onPick(party)
          }}
        />
      ) : null}
    </>
  )
}
