import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { DayField, SelectField } from '../../ui/fields/value-fields.tsx'
import { RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'

/** Gives the party to a colleague from a day on. */
export function AssignDialog({ party, onClose }: { party: AskOutput<'parties.get'>; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { data: people } = useAsk('platform.colleagues', {})
  const [user_id, setUser] = useState(party.assigned_to)
  const [from_day, setFrom] = useState(today)
  const assign = useRun('parties.assignParty')
  const save = async (): Promise<void> => {
    const said = await assign.run({ party_id: party.party_id, user_id, from_day })
    if (said?.ok) onClose()
  }
  return (
    <Dialog open title={t('command.parties.assignParty')} okText={t('ui.save')} cancelText={t('ui.cancel')} confirmLoading={assign.isRunning} onOk={() => void save()} onCancel={onClose}>
      <RefusalMessage no={assign.no} />
      <ProblemsProvider value={problemsOf(assign.no)}>
        <FieldRow>
          <Field label={t('ui.party.owner')} path="user_id" span={7}>
            {(ids) => (
              <SelectField
                {...ids}
                none={t('ui.party.nobody')}
                value={user_id}
                options={(people?.rows ?? []).filter((p) => p.is_active).map((p) => ({ value: p.user_id, label: p.name }))}
                onChange={setUser}
              />
            )}
          </Field>
          <Field label={t('ui.f.from')} path="from_day" span={5}>
            {(ids) => <DayField {...ids} value={from_day} onChange={(day) => setFrom(day ?? today)} />}
          </Field>
        </FieldRow>
      </ProblemsProvider>
    </Dialog>
  )
}
