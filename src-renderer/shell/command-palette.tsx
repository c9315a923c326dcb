import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { StarFilled, StarOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import '../ui/picker/picker.css'
import { useSession } from '../api/session.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useChoices } from '../ui/picker/use-choices.ts'
import { useFormat } from '../ui/format.ts'
import { findPlaces, findRecords, LOG_PATH, visitedGoals, type Goal } from './palette-sources.ts'
import { usePlaces, useVisited } from './visited.ts'
import { useQuickLog } from '../modules/crm/quick-log.ts'

/** Ctrl+K: any screen, record or document by a few letters. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const format = useFormat()
  const { recent, favourites } = usePlaces(session.user.id)
  const openLog = useQuickLog((q) => q.open)
  const toggleFavourite = useVisited((v) => v.toggleFavourite)
  const { choices } = useChoices<Goal>((wanted) => findRecords(wanted, { t, session, format }), text)
  const isIdle = text.trim() === ''
  const liked = new Set(favourites.map((f) => f.path))
  const visited = isIdle ? [...visitedGoals(favourites, t('ui.palette.favourite')), ...visitedGoals(recent.filter((r) => !liked.has(r.path)), t('ui.palette.recent'))] : []
  const goals = [...visited, ...findPlaces(text, { t, session }).slice(0, isIdle ? 40 : 6), ...choices]
  useEffect(() => void list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [marked])

  const go = (goal: Goal | undefined): void => {
    if (!goal) return
    onClose()
    if (goal.path === LOG_PATH) openLog()
    else void navigate(goal.path)
  }
  const like = (goal: Goal | undefined): void => {
    if (goal) toggleFavourite(session.user.id, { path: goal.path, label: [goal.code, goal.label].filter(Boolean).join(' ') })
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setMarked((m) => Math.min(m + 1, goals.length - 1))
    else if (event.key === 'ArrowUp') setMarked((m) => Math.max(m - 1, 0))
    else if (event.key === 'Enter') go(goals[marked])
    else if (event.key.toLowerCase() === 'd' && event.ctrlKey) like(goals[marked])
    else return
    event.preventDefault()
  }
  return (
    <Dialog open footer={null} closable={false} width={640} style={{ top: 72 }} onCancel={onClose} className="zg-palette" title={<span className="zg-sr">{t('ui.palette.open')}</span>}>
      <input
        autoFocus
        type="text"
        role="combobox"
        aria-label={t('ui.palette.open')}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={goals.length > 0 ? `${listId}-${marked}` : undefined}
        className="zg-input zg-palette-input"
        placeholder={t('ui.palette.hint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setMarked(0)
        }}
        onKeyDown={keys}
      />
      <div ref={list} id={listId} role="listbox" aria-label={t('ui.palette.results')} className="zg-palette-list">
        {goals.map((goal, i) => (
          <div
            key={goal.id}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === marked}
            className={`zg-choice${i === marked ? ' zg-marked' : ''}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(goal)}
          >
            {goal.code === undefined ? null : <span className="zg-choice-code zg-figures">{goal.code}</span>}
            <span className="zg-choice-label">{goal.label}</span>
            <span className="zg-choice-note">{goal.note}</span>
            <span
              className={`zg-choice-like${liked.has(goal.path) ? ' zg-liked' : ''}`}
              title={t(liked.has(goal.path) ? 'ui.palette.unlike' : 'ui.palette.like')}
              onClick={(event) => {
                event.stopPropagation()
                like(goal)
              }}
            >
              {liked.has(goal.path) ? <StarFilled aria-label={t('ui.palette.favourite')} /> : <StarOutlined aria-hidden />}
            </span>
          </div>
        ))}
        {goals.length === 0 ? (
          <div role="option" aria-selected={false} aria-disabled className="zg-choice zg-nothing">
            {t('ui.palette.nothing')}
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}
