import { createContext, useContext, useEffect, useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { problemAt, problemText } from '../problems.ts'
import './fields.css'

const Problems = createContext<readonly FieldProblem[]>([])
/** Hands the office's form problems to the fields below, each of which shows its own. */
export const ProblemsProvider = Problems.Provider

/** What is wrong with the text in a field, said below it while it is typed. */
const Note = createContext<((note: string | null) => void) | null>(null)
/** False where there is no field around that could say it. */
export function useFieldNote(note: string | null): boolean {
  const say = useContext(Note)
  useEffect(() => {
    if (note === null || say === null) return undefined
    say(note)
    return () => say(null)
  }, [say, note])
  return say !== null
}

export type FieldIds = { readonly id: string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true; readonly 'aria-required'?: true }

export type FieldProps = {
  readonly label: string
  /** Where the field stands in the command's input: problems are shown here. */
  readonly path?: string
  readonly hint?: ReactNode
  readonly isRequired?: true
  /** Columns of the form's twelve that the field takes. */
  readonly span?: number
}
type Props = FieldProps & { children(ids: FieldIds): ReactNode }

/** A label above its control, with hint and problem below, tied together for those who cannot see them. */
export function Field({ label, path, hint, isRequired, span = 3, children }: Props) {
  const id = useId()
  const { t } = useTranslation()
  const found = problemAt(useContext(Problems), path)
  // What was said about a value holds until that is another one.
  const [answered, setAnswered] = useState<FieldProblem>()
  const problem = found === answered ? undefined : found
  const noteId = `${id}-note`
  const [unread, setUnread] = useState<string | null>(null)
  const isWrong = unread !== null || problem !== undefined
  const note = unread ?? (problem ? <>{problemText(problem, t)}{hint ? <> · {hint}</> : null}</> : hint)
  const ids: FieldIds = {
    id,
    ...(note ? { 'aria-describedby': noteId } : {}),
    ...(problem ? { 'aria-invalid': true as const } : {}),
    ...(isRequired ? { 'aria-required': true as const } : {}),
  }
  return (
    <div className={`zg-field${isWrong ? ' zg-has-problem' : ''}`} data-field={path ?? label} style={{ gridColumn: `span ${span}` }} onInput={() => setAnswered(found)}>
      <label htmlFor={id}>
        {label}
        {isRequired ? (
          <span aria-hidden className="zg-star">
            *
          </span>
        ) : null}
      </label>
      <Note value={setUnread}>{children(ids)}</Note>
      {note ? (
        <div id={noteId} className="zg-note" role={isWrong ? 'alert' : undefined}>
          {note}
        </div>
      ) : null}
    </div>
  )
}

/** Fields in twelve columns. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="zg-field-row">{children}</div>
}
