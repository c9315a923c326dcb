import { cellOf, pasteText } from '../../../src-main/kernel/list-cells.ts'
import type { Column } from './columns.ts'

type Holding<R> = Column<R> & { readonly from: NonNullable<Column<R>['from']> }

/** The columns whose values can be copied and exported. */
export const holding = <R>(columns: readonly Column<R>[]): readonly Holding<R>[] => columns.filter((c): c is Holding<R> => c.from !== undefined)

/** Rows as a spreadsheet takes them from the clipboard: titles, then values between tabs, figures without separators. */
export function pasteTable<R>(columns: readonly Column<R>[], { rows, digits }: { rows: readonly R[]; digits: number }): string {
  const shown = holding(columns)
  const lines = rows.map((row) => shown.map((column) => pasteText(cellOf(row, column, { digits }))).join('\t'))
  return [shown.map((c) => pasteText({ kind: 'text', text: c.title })).join('\t'), ...lines].join('\n')
}

/** The sums of the money columns over some rows, in minor units; a sum too large to be exact is left out. */
export function moneySums<R>(columns: readonly Column<R>[], rows: readonly R[]): { readonly key: string; readonly title: string; readonly sum_minor: number }[] {
  return holding(columns).flatMap(({ key, title, from }) => {
    if (typeof from !== 'string' || !from.endsWith('_minor') || from.includes('.')) return []
    const sum_minor = rows.reduce((sum, row) => sum + Number((row as Record<string, unknown>)[from] ?? 0), 0)
    return Number.isSafeInteger(sum_minor) ? [{ key, title, sum_minor }] : []
  })
}

/** Puts text on the clipboard; also where the page came from another PC and the browser's newer way is closed. */
export function copyText(text: string): void {
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  document.addEventListener('copy', onCopy, true)
  document.execCommand('copy')
  document.removeEventListener('copy', onCopy, true)
}
