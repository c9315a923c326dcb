import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow, type FieldIds } from '../../ui/fields/field.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'

/** Gives the party to a colleague from a day on. */
export function AssignDialog({ party, onClose }: { party: AskOutput<'parties.get'>; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [user_id, setUser] = useState(party.assigned_to)
  const [from_day, setFrom] = useState(today)
  return (
    <ActionDialog name="parties.assignParty" inputOf={() => ({ party_id: party.party_id, user_id, from_day })} onClose={onClose}>
      <FieldRow>
        <Field label={t('ui.party.owner')} path="user_id" span={7}>
          {(ids) => <ColleagueSelect {...ids} value={user_id} onChange={setUser} />}
        </Field>
        <Field label={t('ui.f.from')} path="from_day" span={5}>
          {(ids) => <DayField {...ids} value={from_day} onChange={(day) => setFrom(day ?? today)} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

type SelectProps = Partial<FieldIds> & { readonly 'aria-label'?: string; readonly value: string | null; /** The words of the empty choice: nobody, unless it means everybody. */ readonly none?: string; /** Those too who left: what was theirs is to be found, or handed over. */ readonly whom?: 'everybody'; onChange(user_id: string | null): void }

/** Who looks after a party: one of those who work here, or nobody. */
export function ColleagueSelect({ whom, ...props }: SelectProps) {
  const { t } = useTranslation()
  const { data } = useAsk('platform.colleagues', {})
  return <SelectField {...props} none={props.none ?? t('ui.party.nobody')} options={(data?.rows ?? []).filter((p) => p.is_active || whom === 'everybody').map((p) => ({ value: p.user_id, label: p.name }))} />
}
