import type { ReactNode } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { addDays, addMonths } from '../../../src-main/kernel/day.ts'
import type { AskInput, RowOf } from '../../api/operations.ts'
import { useFormat } from '../format.ts'
import { EmptyState, ListPage } from '../list-page.tsx'
import { DataGrid } from './data-grid.tsx'
import type { Column } from './columns.ts'
import { ExportMenu } from './export-menu.tsx'
import { useExport } from './use-export.ts'
import { useRows, type Sort } from './use-rows.ts'

export type Groups = 'sales.quoteGroups' | 'sales.orderGroups' | 'sales.invoiceGroups'
export const groupWays = ['party', 'month', 'salesperson', 'state'] as const
export type GroupWay = (typeof groupWays)[number]
type Row = RowOf<'sales.orderGroups'>
type Input = AskInput<'sales.orderGroups'>

/** The filter of the list that shows the documents of one group; undefined where nobody sold them. */
export function filterOfGroup(by: GroupWay, key: string): Readonly<Record<string, string>> | undefined {
  if (by === 'party') return { party: key }
  if (by === 'state') return { choice: key }
  if (by === 'month') return { from: `${key}-01`, to: addDays(addMonths(`${key}-01`, 1), -1) }
  return key === '' ? undefined : { person: key }
}

type Props = {
  readonly name: Groups
  readonly by: GroupWay
  readonly title: string
  /** The list's filter, without sort and page. */
  readonly input: object
  /** The words of states. */
  readonly words: Readonly<Record<string, string>>
  readonly sort: Sort
  onSort(sort: Sort): void
  onOpen(filter: Readonly<Record<string, string>>): void
  readonly filters: ReactNode
  /** What stands between the head and the rows: the filters by the company's own fields. */
  readonly below: ReactNode
  readonly actions: ReactNode
  readonly end: ReactNode
}

/** A list put together by customer, month, salesperson or state: a row for each group; Enter shows its documents. */
export function GroupedList({ name, by, title, input, words, sort, onSort, onOpen, filters, below, actions, end }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const asked = { ...(input as Omit<Input, 'by'>), by, sort: sort.key as NonNullable<Input['sort']>, direction: sort.direction }
  const rows = useRows<'sales.orderGroups'>(name as 'sales.orderGroups', asked)
  const { head } = rows
  const labelOf = (row: Row): string => (by === 'state' ? (words[row.key] ?? row.key) : (row.label ?? t('ui.grid.nobody')))
  const columns: readonly Column<Row>[] = [
    { key: 'label', from: by === 'state' ? 'key' : 'label', ...(by === 'state' ? { words } : {}), title: t(`ui.grid.by.${by}`), width: 200, grow: 2, sort: 'label', render: labelOf, total: t('ui.f.sum') },
    { key: 'count', from: 'count', title: t('ui.grid.documents'), width: 120, align: 'end', sort: 'count', render: (r) => r.count, total: head?.count },
    { key: 'net', from: 'net_minor', title: t('ui.f.net'), width: 160, align: 'end', sort: 'net_minor', render: (r) => format.money(r.net_minor), total: format.money(head?.net_minor) },
    { key: 'gross', from: 'gross_minor', title: t('ui.f.gross'), width: 160, align: 'end', sort: 'gross_minor', render: (r) => format.money(r.gross_minor), total: format.money(head?.gross_minor) },
  ]
  const file = useExport<Row>({ name, title: `${title} ${t(`ui.grid.by.${by}`)}`, input: asked, columns })
  const open = (row: Row): void => {
    const filter = filterOfGroup(by, row.key)
    if (filter) onOpen(filter)
  }
  return (
    <ListPage
      title={title}
      filters={filters}
      actions={
        <>
          {actions}
          <ExportMenu isRunning={file.isRunning} onExport={(format_) => void file.run(format_)} />
          {end}
        </>
      }
    >
      {below}
      <DataGrid<Row>
        label={`${title}: ${t(`ui.grid.by.${by}`)}`}
        columns={columns}
        rows={rows}
        keyOf={(row) => row.key}
        sort={sort}
        onSort={onSort}
        onOpen={open}
        onCopied={(count) => void message.success(t('ui.grid.copied', { count }))}
        empty={<EmptyState title={t('ui.nothingFound')} />}
      />
    </ListPage>
  )
}
