import type { ReactNode } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { No } from '../api/client.ts'
import { useShortcuts } from '../shell/keys.ts'
import { DocumentPage } from './document-page.tsx'
import { ProblemsProvider } from './fields/field.tsx'
import { RefusalMessage } from './no-message.tsx'
import { problemsOf } from './problems.ts'

type Props = {
  readonly kind: string
  readonly number?: string | null
  readonly backTo: { readonly path: string; readonly label: string }
  readonly tags?: ReactNode
  /** What the main button says: to save (Ctrl S), unless the page posts something (F9, Ctrl Enter). */
  readonly action?: string
  readonly posts?: string
  readonly isRunning: boolean
  readonly no: No | null
  /** Further buttons, before the others. */
  readonly more?: ReactNode
  readonly messages?: ReactNode
  readonly children: ReactNode
  onDone(): void
  /** Where what is entered may be kept as a draft first. */
  onKeep?(): void
}

/** A page that is filled in and then saved or posted: its keys and buttons, why the office said no, each problem at its field. */
export function FormPage({ action, posts, isRunning, no, more, messages, children, onDone, onKeep, ...page }: Props) {
  const { t } = useTranslation()
  useShortcuts([
    ...(onKeep || posts === undefined ? [{ key: 's', with: 'ctrl' as const, run: onKeep ?? onDone }] : []),
    ...(posts === undefined
      ? []
      : [
          { key: 'F9', always: true as const, run: onDone },
          { key: 'Enter', with: 'ctrl' as const, run: onDone },
        ]),
  ])
  return (
    <DocumentPage
      {...page}
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
          <RefusalMessage no={no} />
          {messages}
        </>
      }
    >
      <ProblemsProvider value={problemsOf(no)}>{children}</ProblemsProvider>
    </DocumentPage>
  )
}
