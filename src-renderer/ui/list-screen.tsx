import type { ReactNode } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskInput, AskName, AskOutput, RowOf } from '../api/operations.ts'
import { useSession } from '../api/session.tsx'
import { DataGrid } from './data-grid/data-grid.tsx'
import type { Column } from './data-grid/columns.ts'
import { useRows, type Sort } from './data-grid/use-rows.ts'
import { DayField, SelectField } from './fields/value-fields.tsx'
import { EmptyState, ListPage, SearchBox, useFilters } from './list-page.tsx'

/** What a list is filtered by, as the address keeps it. */
export type ListValues = { readonly text: string; readonly choice: string; readonly from: string; readonly to: string; readonly sort: string; readonly direction: string }

type Props<N extends AskName> = {
  readonly name: N
  readonly title: string
  /** Columns may show sums that come with the answer. */
  columns(head: AskOutput<N> | undefined): readonly Column<RowOf<N>>[]
  inputOf(values: ListValues): Omit<AskInput<N>, 'limit' | 'offset'>
  keyOf(row: RowOf<N>): string
  /** Where Enter or a click on the row goes. */
  pathOf?(row: RowOf<N>): string | null
  toneOf?(row: RowOf<N>): 'danger' | 'muted' | undefined
  readonly search?: string
  readonly choice?: { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] }
  readonly period?: 'shown'
  readonly sort?: Sort
  /** The button that makes a new one. */
  readonly make?: { readonly path: string; readonly text: string; readonly permission: string; readonly key?: string }
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly empty: { readonly title: string; readonly text: string }
  readonly children?: ReactNode
}

/** From and to of a list's period, where they are set. */
export const periodOf = ({ from, to }: ListValues) => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) })

/** A list with its filters, kept in the address, and the button that makes a new row: the whole screen of most lists. */
export function ListScreen<N extends AskName>(props: Props<N>) {
  const { name, title, columns, inputOf, keyOf, pathOf, toneOf, search, choice, period, sort, make, actions, filters, empty, children } = props
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const { values, set } = useFilters({ text: '', choice: '', from: '', to: '', sort: sort?.key ?? '', direction: sort?.direction ?? '' })
  const rows = useRows(name, inputOf(values))
  const mayMake = make !== undefined && may(make.permission)
  const open = (row: RowOf<N>): void => {
    const path = pathOf?.(row)
    if (path) void navigate(path)
  }
  return (
    <ListPage
      title={title}
      filters={
        <>
          {search === undefined ? null : <SearchBox value={values.text} onChange={(text) => set({ text })} placeholder={search} />}
          {choice ? (
            <SelectField aria-label={choice.label} none={choice.label} value={values.choice || null} options={choice.options} onChange={(value) => set({ choice: value ?? '' })} />
          ) : null}
          {period ? (
            <>
              <DayField aria-label={t('ui.f.from')} placeholder={t('ui.f.from')} value={values.from || null} onChange={(from) => set({ from: from ?? '' })} />
              <DayField aria-label={t('ui.f.to')} placeholder={t('ui.f.to')} value={values.to || null} onChange={(to) => set({ to: to ?? '' })} />
            </>
          ) : null}
          {filters}
        </>
      }
      actions={
        <>
          {actions}
          {mayMake ? (
            <Button type="primary" onClick={() => void navigate(make.path)}>
              {make.text} {make.key ? <kbd>{make.key}</kbd> : null}
            </Button>
          ) : null}
        </>
      }
    >
      <DataGrid<RowOf<N>>
        label={title}
        columns={columns(rows.head)}
        rows={rows}
        keyOf={keyOf}
        {...(sort ? { sort: { key: values.sort, direction: values.direction === 'desc' ? 'desc' : 'asc' }, onSort: (next: Sort) => set({ sort: next.key, direction: next.direction }) } : {})}
        {...(pathOf ? { onOpen: open } : {})}
        {...(toneOf ? { toneOf } : {})}
        empty={
          <EmptyState title={values.text || values.choice || values.from || values.to ? t('ui.nothingFound') : empty.title} text={values.text || values.choice ? '' : empty.text}>
            {mayMake ? <Button onClick={() => void navigate(make.path)}>{make.text}</Button> : null}
          </EmptyState>
        }
      />
      {children}
    </ListPage>
  )
}
