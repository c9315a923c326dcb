import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunInput, RunName } from '../api/operations.ts'
import { useSession } from '../api/session.tsx'
import { ActionDialog } from './action-dialog.tsx'
import { DayInput, TextInput } from './fields/inputs.tsx'
import { FieldRow } from './fields/field.tsx'

type Props<N extends RunName> = {
  readonly name: N
  /** What will happen, in a sentence. */
  readonly text: string
  /** Reversals have a day of their own. */
  readonly asks?: 'day'
  readonly needs?: 'reason'
  /** What the step is called here, where the command serves several kinds of document. */
  readonly called?: string
  inputOf(reason: string | null, day: string): RunInput<N>
  onClose(): void
}

/** A step that asks only for its reason: cancel, close, reverse. It says what will happen before it happens. */
export function ReasonDialog<N extends RunName>({ name, asks, needs, called, inputOf, ...dialog }: Props<N>) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState(today)
  const given = reason.trim() === '' ? null : reason.trim()
  const label = called ?? t(`command.${name as string}`)
  return (
    <ActionDialog
      {...dialog}
      name={name}
      called={label}
      cancelText={t('ui.back')}
      enter="submits"
      isReady={needs !== 'reason' || given !== null}
      inputOf={() => inputOf(given, day)}
      onDone={() => void message.success(t('ui.done', { what: label }))}
    >
      <FieldRow>
        {asks === 'day' ? <DayInput span={4} value={day} onChange={setDay} /> : null}
        <TextInput label={t('ui.f.reason')} path="reason" span={asks === 'day' ? 8 : 12} isRequired={needs === 'reason' ? true : undefined} autoFocus value={reason} onChange={setReason} />
      </FieldRow>
    </ActionDialog>
  )
}
