import { useRef, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { No } from '../api/client.ts'
import type { RunInput, RunName, RunOutput } from '../api/operations.ts'
import { useRun } from '../api/use-run.ts'
import { Dialog } from './dialog.tsx'
import { ProblemsProvider } from './fields/field.tsx'
import { stopsAtUnread } from './fields/parsed-input.tsx'
import { RefusalMessage } from './no-message.tsx'
import { problemsOf } from './problems.ts'

type Frame = {
  /** What the main button says where it is neither to save nor the name of the step. */
  readonly okText?: string
  readonly cancelText?: string
  /** False while something is missing: the main button waits. */
  readonly isReady?: boolean
  /** Enter in a field is the main button; not where Enter walks through lines. */
  readonly enter?: 'submits'
  /** What will happen, in a sentence. */
  readonly text?: ReactNode
  readonly width?: number | string
  readonly style?: CSSProperties
  /** A click beside the dialog does not lose what was entered. */
  readonly maskClosable?: false
  /** Left out where the step is only to be confirmed. */
  readonly children?: ReactNode
  onClose(): void
}

type FormProps = Frame & { readonly title: string; readonly no: No | null; readonly isRunning: boolean; onOk(): Promise<void> }

/** Fields in front of the page: why the office said no above them, each problem at its field, the main button busy meanwhile. */
export function FormDialog({ title, okText, cancelText, no, isRunning, isReady = true, enter, text, children, onOk, onClose, ...look }: FormProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const ok = (): void => void (stopsAtUnread(box.current) || onOk())
  const content = (
    <>
      <RefusalMessage no={no} />
      {text === undefined ? null : <p style={{ margin: 0 }}>{text}</p>}
      <div ref={box} className="zg-stack">
        <ProblemsProvider value={problemsOf(no)}>{children}</ProblemsProvider>
      </div>
    </>
  )
  return (
    <Dialog
      open
      title={title}
      okText={okText ?? t('ui.save')}
      cancelText={cancelText ?? t('ui.cancel')}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={isRunning}
      onOk={ok}
      onCancel={onClose}
      {...look}
    >
      {enter === 'submits' ? (
        <form
          className="zg-stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) ok()
          }}
        >
          {content}
          <button type="submit" hidden />
        </form>
      ) : (
        <div className="zg-stack">{content}</div>
      )}
    </Dialog>
  )
}

type ActionProps<N extends RunName> = Frame & {
  readonly name: N
  /** What the step is called here, where the command serves several kinds of document. */
  readonly called?: string
  /** What it is done to, behind the command's name. */
  readonly subject?: string | null
  inputOf(): RunInput<N>
  onDone?(output: RunOutput<N>): void
}

/** What is only written down or changed is saved; every other step is called on its button what it is called. */
const isSaved = (name: string): boolean => /\.(create|update|set|add|log|record|correct)[A-Z]/.test(name)

/** The dialog of one command: named after it, runs it, stays while the office says no, and closes when it is done. */
export function ActionDialog<N extends RunName>({ name, called, subject, inputOf, onDone, ...frame }: ActionProps<N>) {
  const { t } = useTranslation()
  const command = useRun(name)
  const label = called ?? t(`command.${name as string}`)
  const go = async (): Promise<void> => {
    const said = await command.run(inputOf())
    if (!said?.ok) return
    onDone?.(said.output)
    frame.onClose()
  }
  return <FormDialog title={subject ? `${label} · ${subject}` : label} okText={isSaved(name) ? undefined : label} no={command.no} isRunning={command.isRunning} onOk={go} {...frame} />
}
