import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type FocusEvent, type ReactNode } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { No } from '../api/client.ts'
import { useLocation } from 'react-router'
import { useShortcuts } from '../shell/keys.ts'
import { isNewForm } from '../shell/tabs.ts'
import { DocumentPage } from './document-page.tsx'
import { DraftElsewhere, isElsewhere } from './draft/draft-elsewhere.tsx'
import { DraftNotice } from './draft/draft-notice.tsx'
import { subjectOf, type Cursor, type Desk } from './draft/desk.ts'
import { FormToolsProvider, type LinesHandle, type TakeScan } from './draft/form-tools.ts'
import { useScanner } from './draft/scanner.ts'
import { ProblemsProvider } from './fields/field.tsx'
import { stopsAtUnread } from './fields/parsed-input.tsx'
import { RefusalMessage } from './no-message.tsx'
import { problemsOf } from './problems.ts'

type Props = {
  readonly kind: string
  readonly number?: string | null
  readonly isNamed?: true
  readonly backTo: { readonly path: string; readonly label: string }
  readonly tags?: ReactNode
  /** What is being entered: kept while it is typed, with steps back and forth. */
  readonly form: FormDesk
  /** What the main button says: to save (Ctrl S), unless the page posts something (F9, Ctrl Enter). */
  readonly action?: string
  readonly posts?: string
  /** The commands behind the buttons: busy while one runs; what the first of them was refused is shown. */
  readonly runs: readonly { readonly isRunning: boolean; readonly no: No | null }[]
  /** What is shown instead, where the page answers some refusals itself. */
  readonly no?: No | null
  /** Further buttons, before the others. */
  readonly more?: ReactNode
  readonly messages?: ReactNode
  readonly children: ReactNode
  onDone(): void
  /** Where what is entered may be kept as a draft first. */
  onKeep?(): void
}
type FormDesk = Pick<Desk, 'now' | 'undo' | 'redo' | 'moveTo' | 'cursor' | 'isTouched' | 'subscribe' | 'status' | 'throwAway' | 'save' | 'settle' | 'goOnApart'>

/** A page that is filled in and then saved or posted: its keys and buttons, why the office said no, each problem at its field. */
export function FormPage({ form, action, posts, runs, no: shown, more, messages, children, tags, ...page }: Props) {
  const { t } = useTranslation()
  const isRunning = runs.some((one) => one.isRunning)
  const no = shown === undefined ? (runs.find((one) => one.no !== null)?.no ?? null) : shown
  const { message } = App.useApp()
  const { box, tools, goTo, onFocus, scan } = useCursor(form)
  const onDone = (): void => void (stopsAtUnread(box.current) || page.onDone())
  const onKeep = page.onKeep && ((): void => void (stopsAtUnread(box.current) || page.onKeep!()))
  const status = useSyncExternalStore(form.subscribe, form.status)
  const { pathname } = useLocation()
  const [answered, setAnswered] = useState<No | null>(null)
  const elsewhere = [no, status.no].find((one) => isElsewhere(one) && one !== answered)
  useScanner({ take: () => scan.current, inDialog: (barcode) => void message.warning(t('ui.scan.dialog', { barcode }), 6) })
  const step = (take: () => Cursor | null | undefined): void => {
    // An input that is typed in gives its text back to the form before the step.
    if (document.activeElement instanceof HTMLElement && box.current?.contains(document.activeElement)) document.activeElement.blur()
    const place = take() ?? form.cursor
    if (place) goTo(place)
  }
  useShortcuts([
    ...(onKeep || posts === undefined ? [{ key: 's', with: 'ctrl' as const, run: onKeep ?? onDone }] : []),
    ...(posts === undefined
      ? []
      : [
          { key: 'F9', always: true as const, run: onDone },
          { key: 'Enter', with: 'ctrl' as const, run: onDone },
        ]),
    { key: 'z', with: 'ctrl', run: (event) => step(event.shiftKey ? form.redo : form.undo) },
    { key: 'y', with: 'ctrl', run: () => step(form.redo) },
  ])
  return (
    <DocumentPage
      {...page}
      subject={subjectOf(form.now())}
      tags={
        <>
          {tags}
          <DraftNotice form={form} />
        </>
      }
      actions={
        <>
          {more}
          {onKeep ? (
            <Button loading={isRunning} onClick={onKeep}>
              {t('ui.saveDraft')} <kbd>Ctrl S</kbd>
            </Button>
          ) : null}
          <Button type="primary" loading={isRunning} onClick={onDone}>
            {posts ?? action ?? t('ui.save')} <kbd>{posts === undefined ? 'Ctrl S' : 'F9'}</kbd>
          </Button>
        </>
      }
      messages={
        <>
          {elsewhere ? (
            <DraftElsewhere no={elsewhere} form={form} isNew={isNewForm(pathname)} onLeft={() => setAnswered(elsewhere)} />
          ) : isElsewhere(no) ? null : (
            <RefusalMessage no={no} />
          )}
          {messages}
        </>
      }
    >
      <FormToolsProvider value={tools}>
        <ProblemsProvider value={problemsOf(no)}>
          <div ref={box} className="zg-stack" onFocus={onFocus}>
            {children}
          </div>
        </ProblemsProvider>
      </FormToolsProvider>
    </DocumentPage>
  )
}

/** Follows the cursor through the form's fields and lines, and puts it back where it was when the form is shown again. */
function useCursor(form: FormDesk) {
  const box = useRef<HTMLDivElement>(null)
  const lines = useRef<LinesHandle | null>(null)
  const scan = useRef<TakeScan | null>(null)
  const [arrives] = useState<Cursor | null>(() => (form.isTouched() ? form.cursor : null))
  const tools = useMemo(
    () => ({
      arrives,
      setLines: (handle: LinesHandle | null) => void (lines.current = handle),
      setScan: (take: TakeScan | null) => void (scan.current = take),
    }),
    [arrives],
  )
  const goTo = (place: Cursor): void => {
    if ('line' in place) lines.current?.focus(place)
    else box.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(place.field)}"] :is(input, select, textarea, button)`)?.focus()
  }
  useEffect(() => {
    if (arrives) goTo(arrives)
    // Once, when the form is there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const onFocus = ({ target }: FocusEvent): void => {
    const cell = target.closest<HTMLElement>('[data-place]')?.dataset['place']?.split(':')
    const field = target.closest<HTMLElement>('[data-field]')?.dataset['field']
    if (cell) form.moveTo({ line: Number(cell[0]), column: Number(cell[1]) })
    else if (field !== undefined) form.moveTo({ field })
  }
  return { box, tools, goTo, onFocus, scan }
}
