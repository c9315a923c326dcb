import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldProblem } from '../../../src-main/kernel/refusal.ts'
import { problemAt, problemText } from '../problems.ts'
import type { LineBase, LineColumn } from './columns.ts'
import { LINE_PX } from './window.ts'

type LineProps<L extends LineBase> = {
  readonly line: L
  readonly index: number
  readonly columns: readonly LineColumn<L>[]
  readonly isActive: boolean
  readonly isMarked: boolean
  readonly canEdit: boolean
  readonly problems: readonly FieldProblem[]
  change(cell: { readonly key: string; readonly column: string }, changes: Partial<L>): void
  advance(cell: { readonly key: string; readonly column: number }): void
  activate(cell: { readonly key: string; readonly column: number }): void
  remove(key: string): void
}

function PlainLine<L extends LineBase>({ line, index, columns, isActive, isMarked, canEdit, problems, change, advance, activate, remove }: LineProps<L>) {
  const { t } = useTranslation()
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={canEdit ? isActive : undefined}
      className={`zg-line${isActive ? ' zg-line-active' : ''}${isMarked ? ' zg-line-marked' : ''}`}
      style={{ top: index * LINE_PX }}
    >
      <div role="rowheader" className="zg-line-cell zg-line-no zg-figures">
        {index + 1}
      </div>
      {columns.map((column, c) => {
        const problem = column.field === undefined ? undefined : problemAt(problems, `lines.${index}.${column.field}`)
        const wrong = line.wrong?.[column.key]
        const isBad = problem !== undefined || (wrong !== undefined && wrong.is !== 'asked')
        const isEdited = isActive && column.edit !== undefined
        return (
          <div
            key={column.key}
            role="gridcell"
            data-place={`${index}:${c}`}
            data-wrong={isEdited ? wrong?.text : undefined}
            title={wrong ? t(`ui.lines.wrong.${wrong.is}`, { text: wrong.text }) : problem ? problemText(problem, t) : undefined}
            className={`zg-line-cell${column.align === 'end' ? ' zg-end zg-figures' : ''}${isBad ? ' zg-bad' : ''}${isEdited ? ' zg-edited' : ''}`}
            onMouseDown={(event) => {
              if (isActive || !canEdit) return
              event.preventDefault()
              activate({ key: line.key, column: column.edit ? c : firstStop(columns) })
            }}
          >
            {isEdited
              ? column.edit!({
                  line,
                  index,
                  change: (changes) => change({ key: line.key, column: column.key }, changes),
                  advance: () => advance({ key: line.key, column: c }),
                  label: `${column.title} ${index + 1}`,
                  isInvalid: isBad,
                })
              : wrong
                ? <span className={wrong.is === 'asked' ? 'zg-soft' : 'zg-danger-text'}>{wrong.text}</span>
                : column.view(line)}
          </div>
        )
      })}
      {canEdit ? (
        <div role="gridcell" className="zg-line-cell zg-center">
          <button type="button" tabIndex={-1} className="zg-icon-button" aria-label={t('ui.lines.remove', { line_no: index + 1 })} onClick={() => remove(line.key)}>
            <span aria-hidden className="zg-times">×</span>
          </button>
        </div>
      ) : null}
    </div>
  )
}

export const Line = memo(PlainLine) as typeof PlainLine

export const firstStop = <L extends LineBase>(columns: readonly LineColumn<L>[]): number => Math.max(0, columns.findIndex((c) => c.stop === 'enter'))
