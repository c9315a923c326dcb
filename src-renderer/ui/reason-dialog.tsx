import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RunInput, RunName } from '../api/operations.ts'
import { useSession } from '../api/session.tsx'
import { useRun } from '../api/use-run.ts'
import { Dialog } from './dialog.tsx'
import { Field, FieldRow, ProblemsProvider } from './fields/field.tsx'
import { DayField, TextField } from './fields/value-fields.tsx'
import { RefusalMessage } from './no-message.tsx'
import { problemsOf } from './problems.ts'

type Props<N extends RunName> = {
  readonly name: N
  /** What will happen, in a sentence. */
  readonly text: string
  /** Reversals have a day of their own. */
  readonly asks?: 'day'
  readonly needs?: 'reason'
  inputOf(reason: string | null, day: string): RunInput<N>
  onClose(): void
  onDone?(): void
}

/** A step that asks only for its reason: cancel, close, reverse. It says what will happen before it happens. */
export function ReasonDialog<N extends RunName>({ name, text, asks, needs, inputOf, onClose, onDone }: Props<N>) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [day, setDay] = useState(today)
  const command = useRun(name)
  const label = t(`command.${name as string}`)
  const isReady = needs !== 'reason' || reason.trim() !== ''
  const go = async (): Promise<void> => {
    if (!isReady) return
    const said = await command.run(inputOf(reason.trim() === '' ? null : reason.trim(), day))
    if (!said?.ok) return
    void message.success(t('ui.done', { what: label }))
    onClose()
    onDone?.()
  }
  return (
    <Dialog
      open
      title={label}
      okText={label}
      cancelText={t('ui.back')}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={command.isRunning}
      onOk={() => void go()}
      onCancel={onClose}
     
    >
      <form
        className="zg-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <RefusalMessage no={command.no} />
        <p style={{ margin: 0 }}>{text}</p>
        <ProblemsProvider value={problemsOf(command.no)}>
          <FieldRow>
            {asks === 'day' ? (
              <Field label={t('ui.f.day')} path="day" span={4}>
                {(ids) => <DayField {...ids} value={day} onChange={(value) => setDay(value ?? today)} />}
              </Field>
            ) : null}
            <Field label={t('ui.f.reason')} path="reason" span={asks === 'day' ? 8 : 12} isRequired={needs === 'reason' ? true : undefined}>
              {(ids) => <TextField {...ids} autoFocus value={reason} onChange={setReason} />}
            </Field>
          </FieldRow>
        </ProblemsProvider>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
