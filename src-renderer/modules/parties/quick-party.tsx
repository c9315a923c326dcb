import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import type { PickedParty } from './party-picker.tsx'

type Props = { readonly role: 'customer' | 'supplier'; readonly name: string; onMade(party: PickedParty): void; onCancel(): void }

/** A new customer or supplier in two fields, without leaving the document. Likeness to a known one is said before it is made. */
export function QuickParty({ role, name: first, onMade, onCancel }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(first)
  const [phone, setPhone] = useState('')
  const create = useRun('parties.createParty')
  const isAlike = create.no?.code === 'parties.looksLikeDuplicate'
  const save = async (): Promise<void> => {
    const said = await create.run({
      name,
      phone: phone.trim() === '' ? null : phone.trim(),
      is_customer: role === 'customer' ? 1 : 0,
      is_supplier: role === 'supplier' ? 1 : 0,
      accept_duplicate: isAlike ? 1 : 0,
    })
    if (said?.ok) onMade({ party_id: said.output.party_id, name })
  }
  return (
    <Dialog
      open
      title={t(role === 'customer' ? 'ui.nav.newCustomer' : 'ui.nav.newSupplier')}
      okText={t(isAlike ? 'ui.party.createAnyway' : 'ui.save')}
      cancelText={t('ui.cancel')}
      confirmLoading={create.isRunning}
      onOk={() => void save()}
      onCancel={onCancel}
     
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <ProblemsProvider value={problemsOf(create.no)}>
          <RefusalMessage no={create.no} />
          <FieldRow>
            <Field label={t('ui.f.name')} path="name" isRequired span={12}>
              {(ids) => <TextField {...ids} autoFocus value={name} onChange={setName} />}
            </Field>
            <Field label={t('ui.f.phone')} path="phone" span={12}>
              {(ids) => <TextField {...ids} value={phone} onChange={setPhone} />}
            </Field>
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
