import { useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { run, type No } from '../../api/client.ts'
import { newCommandId } from '../../api/command-id.ts'
import type { RunName } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useFormat } from '../format.ts'
import { textOfNo } from '../no-text.ts'
import { useSure } from '../use-sure.ts'
import type { Column } from './columns.ts'
import { copyText, moneySums, pasteTable } from './copy.ts'
import type { FileFormat } from './use-export.ts'
import { MOST_MARKED, type Selection } from './use-selection.ts'

/** What can be done with many rows at once: one command each. */
export type Bulk<R> = {
  readonly name: RunName
  readonly permission: string
  readonly text: string
  /** For which rows it means something. */
  isFor(row: R): boolean
  inputOf(row: R): unknown
  /** What the row is called where it was refused. */
  nameOf(row: R): string
}

/** What can be done with all marked rows together, without changing them. */
export type Together<R> = { readonly text: string; run(rows: readonly R[]): void }

type Props<R> = {
  readonly selection: Selection<R>
  readonly columns: readonly Column<R>[]
  readonly total: number
  readonly bulk: readonly Bulk<R>[]
  readonly together?: Together<R>
  onCopied(count: number): void
  onExport(format: FileFormat): void
}

/** How many rows are marked, what they sum up to, and what can be done with them. */
export function MarkedBar<R>({ selection, columns, total, bulk, together, onCopied, onExport }: Props<R>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useSession()
  const { rows } = selection
  const carryOut = useBulk(selection)
  if (rows.length === 0) return null
  return (
    <div className="zg-marked-bar" role="region" aria-label={t('ui.grid.marked')}>
      <b role="status">{t('ui.grid.markedCount', { count: rows.length })}</b>
      {moneySums(columns, rows).map(({ key, title, sum_minor }) => (
        <span key={key}>
          {title} <b className="zg-figures">{format.money(sum_minor)}</b>
        </span>
      ))}
      {rows.length < total ? (
        <Button size="small" type="link" onClick={() => void selection.everything()}>
          {total <= MOST_MARKED ? t('ui.grid.markEverything', { count: total }) : t('ui.grid.markFirst', { count: MOST_MARKED })}
        </Button>
      ) : null}
      <span className="zg-spring" />
      {bulk.map((action) => {
        const fitting = rows.filter((row) => action.isFor(row))
        return may(action.permission) && fitting.length > 0 ? (
          <Button key={action.name} size="small" loading={carryOut.running === action.name} onClick={() => void carryOut.go(action, fitting)}>
            {action.text} ({fitting.length})
          </Button>
        ) : null
      })}
      {together ? (
        <Button size="small" onClick={() => together.run(rows)}>
          {together.text}
        </Button>
      ) : null}
      <Button
        size="small"
        onClick={() => {
          copyText(pasteTable(columns, { rows, digits: format.digits }))
          onCopied(rows.length)
        }}
      >
        {t('ui.grid.copy')} <kbd>Ctrl C</kbd>
      </Button>
      <Button size="small" onClick={() => onExport('xlsx')}>
        {t('ui.grid.exportMarked')}
      </Button>
      <Button size="small" onClick={selection.clear}>
        {t('ui.grid.unmark')} <kbd>Esc</kbd>
      </Button>
    </div>
  )
}

/** Runs a command for each row; what was refused is told with its reason, the others are done. */
function useBulk<R>(selection: Selection<R>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message, modal } = App.useApp()
  const sure = useSure()
  const [running, setRunning] = useState<string | null>(null)
  const go = async (action: Bulk<R>, rows: readonly R[]): Promise<void> => {
    if (running !== null || !(await sure({ title: t('ui.grid.bulkSure', { what: action.text, count: rows.length }), text: t('ui.grid.bulkEach'), ok: action.text }))) return
    setRunning(action.name)
    const refused: { readonly name: string; readonly no: No }[] = []
    for (const row of rows) {
      const said = await run(action.name, action.inputOf(row) as never, { commandId: newCommandId() }).catch((): No => ({ ok: false, kind: 'refusal', code: 'ui.lineBroken', details: {} }))
      if (!said.ok) refused.push({ name: action.nameOf(row), no: said })
    }
    setRunning(null)
    selection.clear()
    if (refused.length === 0) return void message.success(t('ui.grid.bulkDone', { count: rows.length }))
    modal.warning({
      title: t('ui.grid.bulkRefused', { done: rows.length - refused.length, refused: refused.length }),
      content: refused.slice(0, 20).map(({ name, no }, i) => <div key={i}>{`${name}: ${textOfNo(no, { t, format })}`}</div>),
      okText: t('ui.grid.understood'),
    })
  }
  return { running, go }
}
