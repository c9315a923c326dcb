import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { No } from '../../api/client.ts'
import { pathOfMade } from '../document-paths.ts'
import { useFormat } from '../format.ts'
import { textOfNo } from '../no-text.ts'
import type { Desk } from './desk.ts'

/** Does this no tell that the draft was posted or thrown away at another desk? */
export const isElsewhere = (no: No | null): no is No => no?.kind === 'refusal' && (no.code === 'platform.draftTaken' || no.code === 'platform.draftGone')

type Props = { readonly no: No; readonly form: Pick<Desk, 'settle' | 'goOnApart'>; /** What is entered here begins a document of its own. */ readonly isNew: boolean; onLeft(): void }

/** What became of the draft elsewhere, and the ways on: to what was made of it, or on with what is here as a new document. */
export function DraftElsewhere({ no, form, isNew, onLeft }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const path = no.kind === 'refusal' ? (pathOfMade(no.details['made']) ?? (isNew ? undefined : pathname)) : undefined
  const show = (to: string): void => {
    form.settle()
    // The page itself is what was made: it begins anew with what was saved.
    void (to === pathname ? navigate(0) : navigate(to, { replace: true }))
  }
  return (
    <Alert
      role="alert"
      className="zg-no"
      type="warning"
      showIcon
      title={textOfNo(no, { t, format })}
      action={
        <div className="zg-actions">
          {path === undefined ? null : <Button onClick={() => show(path)}>{t('ui.draft.showMade')}</Button>}
          {isNew ? (
            <Button
              onClick={() => {
                form.goOnApart()
                onLeft()
              }}
            >
              {t('ui.draft.goOnApart')}
            </Button>
          ) : null}
        </div>
      }
    />
  )
}
