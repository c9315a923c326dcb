import { useState } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { ActionButtons } from '../../ui/action-buttons.tsx'
import { ActionDialog } from '../../ui/action-dialog.tsx'
import { Panel } from '../../ui/document-page.tsx'
import { DayInput } from '../../ui/fields/inputs.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { SelectField } from '../../ui/fields/value-fields.tsx'
import { PrintDialog } from '../platform/print-button.tsx'

type Letter = AskOutput<'marketing.letter'>
type Front = 'prepare' | 'letters' | 'labels' | 'posted' | null

/** Letters that one file holds, as the office prints them. */
export const PART = 500

/** The letter for whom no e-mail reaches: prepared, printed with its labels, entered as posted. */
export function PostPanel({ letter }: { letter: Letter }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [front, setFront] = useState<Front>(null)
  const sends = may('marketing.send')
  const show = letter.post_waiting > 0 ? ('waiting' as const) : ('sent' as const)
  const count = show === 'waiting' ? letter.post_waiting : letter.post_sent
  const close = (): void => setFront(null)
  return (
    <Panel
      title={t('ui.marketing.byPost')}
      extra={
        <div className="zg-actions">
          <ActionButtons
            offers={[
              sends && letter.left_rest > 0 && { text: t('command.marketing.preparePost'), run: () => setFront('prepare') },
              count > 0 && { text: t('ui.marketing.printLetters'), run: () => setFront('letters') },
              count > 0 && { text: t('ui.marketing.printLabels'), run: () => setFront('labels') },
              sends && letter.post_waiting > 0 && { text: t('command.marketing.tellPosted'), run: () => setFront('posted') },
            ]}
          />
        </div>
      }
    >
      <p className="zg-soft">{t('ui.marketing.postText')}</p>
      <p>
        {[
          letter.left_rest === 0 ? '' : t('ui.marketing.postLeft', { count: letter.left_post, rest: letter.left_rest }),
          letter.post_waiting > 0 ? t('ui.marketing.postWaiting', { count: letter.post_waiting }) : '',
          letter.post_sent > 0 ? t('ui.marketing.postSent', { count: letter.post_sent }) : '',
        ].filter(Boolean).join(' · ')}
      </p>
      {front === 'prepare' ? <PrepareDialog letter={letter} onClose={close} /> : null}
      {front === 'posted' ? <PostedDialog letter={letter} onClose={close} /> : null}
      {front === 'letters' ? <PartsDialog name="marketing.letter" input={{ letter_id: letter.letter_id, show }} count={count} title={t('ui.marketing.printLetters')} onClose={close} /> : null}
      {front === 'labels' ? <PartsDialog name="marketing.address" input={{ letter_id: letter.letter_id, show }} count={count} title={t('ui.marketing.printLabels')} onClose={close} /> : null}
    </Panel>
  )
}

type Parts = { readonly name: string; readonly input: Readonly<Record<string, unknown>>; readonly count: number; readonly title: string; onClose(): void }

/** More letters than one file holds are printed part by part. */
export function PartsDialog({ name, input, count, title, onClose }: Parts) {
  const { t } = useTranslation()
  const [part, setPart] = useState('1')
  const parts = Math.ceil(count / PART)
  return (
    <PrintDialog job={{ name, input: { ...input, part: Number(part) } }} title={title} onClose={onClose}>
      {parts > 1 ? (
        <SelectField
          aria-label={t('ui.marketing.part', { part, parts })}
          value={part}
          options={Array.from({ length: parts }, (_, i) => ({ value: String(i + 1), label: t('ui.marketing.part', { part: i + 1, parts }) }))}
          onChange={(value) => setPart(value ?? '1')}
        />
      ) : null}
    </PrintDialog>
  )
}

function PrepareDialog({ letter, onClose }: { letter: Letter; onClose(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [whom, setWhom] = useState<'without_email' | 'rest'>(letter.left_post > 0 ? 'without_email' : 'rest')
  const counts = { without_email: letter.left_post, rest: letter.left_rest }
  return (
    <ActionDialog
      name="marketing.preparePost"
      subject={letter.subject}
      text={t('ui.marketing.postText')}
      isReady={counts[whom] > 0}
      inputOf={() => ({ letter_id: letter.letter_id, whom })}
      onDone={(made) => void message.success(t('ui.marketing.prepared', made))}
      onClose={onClose}
    >
      <FieldRow>
        <Field label={t('ui.marketing.whom')} path="whom" span={12}>
          {(ids) => <SelectField {...ids} value={whom} options={(['without_email', 'rest'] as const).map((value) => ({ value, label: t(`ui.marketing.whom.${value}`, { count: counts[value] }) }))} onChange={(value) => setWhom(value ?? 'without_email')} />}
        </Field>
      </FieldRow>
    </ActionDialog>
  )
}

function PostedDialog({ letter, onClose }: { letter: Letter; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const { message } = App.useApp()
  const [posted_on, setDay] = useState(today)
  return (
    <ActionDialog
      name="marketing.tellPosted"
      subject={letter.subject}
      text={t('ui.marketing.postWaiting', { count: letter.post_waiting })}
      inputOf={() => ({ letter_id: letter.letter_id, posted_on })}
      onDone={(made) => void message.success(t('ui.marketing.posted', made))}
      onClose={onClose}
    >
      <FieldRow>
        <DayInput span={6} value={posted_on} onChange={setDay} />
      </FieldRow>
    </ActionDialog>
  )
}
