import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { ExtraInputs, noExtra } from '../../ui/custom-fields/extra-inputs.tsx'
import { FieldRow } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import type { PickedParty } from './party-picker.tsx'

type Props = { readonly role: 'customer' | 'supplier'; readonly name: string; onMade(party: PickedParty): void; onCancel(): void }

/** A new customer or supplier in two fields, without leaving the document. Likeness to a known one is said before it is made. */
export function QuickParty({ role, name: first, onMade, onCancel }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(first)
  const [phone, setPhone] = useState('')
  const [own, setOwn] = useState(noExtra)
  const create = useRun('parties.createParty')
  const isAlike = create.no?.code === 'parties.looksLikeDuplicate'
  const save = async (): Promise<void> => {
    const said = await create.run({
      name,
      phone: phone.trim() === '' ? null : phone.trim(),
      is_customer: role === 'customer' ? 1 : 0,
      is_supplier: role === 'supplier' ? 1 : 0,
      extra: { ...own.extra },
      accept_duplicate: isAlike ? 1 : 0,
    })
    if (said?.ok) onMade({ party_id: said.output.party_id, name })
  }
  return (
    <FormDialog
      title={t(role === 'customer' ? 'ui.nav.newCustomer' : 'ui.nav.newSupplier')}
      {...(isAlike ? { okText: t('ui.party.createAnyway') } : {})}
      enter="submits"
      no={create.no}
      isRunning={create.isRunning}
      onOk={save}
      onClose={onCancel}
    >
      <FieldRow>
        <TextInput label={t('ui.f.name')} path="name" isRequired span={12} autoFocus value={name} onChange={setName} />
        <TextInput label={t('ui.f.phone')} path="phone" span={12} value={phone} onChange={setPhone} />
        <ExtraInputs {...own} target="parties.party" figures={{}} needs="required" onChange={setOwn} />
      </FieldRow>
    </FormDialog>
  )
}
