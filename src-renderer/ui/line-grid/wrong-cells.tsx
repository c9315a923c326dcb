import { useTranslation } from 'react-i18next'
import type { LineBase, LineColumn } from './columns.ts'
import type { Place } from './walk.ts'

const MOST_NAMED = 12

type Props<L extends LineBase> = { readonly lines: readonly L[]; readonly columns: readonly LineColumn<L>[]; onGo(place: Place): void }

/** What was pasted and could not be taken, cell by cell; a click leads there. */
export function WrongCells<L extends LineBase>({ lines, columns, onGo }: Props<L>) {
  const { t } = useTranslation()
  const cells = lines.flatMap(({ wrong }, line) =>
    wrong === undefined
      ? []
      : columns.flatMap((c, column) => {
          const one = wrong[c.key]
          return one && one.is !== 'asked' ? [{ line, column, title: c.title, text: one.text, is: one.is }] : []
        }),
  )
  if (cells.length === 0) return null
  return (
    <div className="zg-wrong-cells" role="alert">
      <strong>{t('ui.lines.wrongCells', { count: cells.length })}</strong>
      <ul>
        {cells.slice(0, MOST_NAMED).map(({ line, column, title, text, is }) => (
          <li key={`${line}:${column}`}>
            <button type="button" onClick={() => onGo({ line, column })}>
              {t('ui.no.line', { line_no: line + 1 })} · {title}: {t(`ui.lines.wrong.${is}`, { text })}
            </button>
          </li>
        ))}
        {cells.length > MOST_NAMED ? <li className="zg-soft">{t('ui.lines.wrongMore', { count: cells.length - MOST_NAMED })}</li> : null}
      </ul>
    </div>
  )
}
