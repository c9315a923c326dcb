import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { AskInput, AskName, AskOutput, RowOf } from '../api/operations.ts'
import { useSession } from '../api/session.tsx'
import { fetchAhead, type FetchAhead } from '../api/use-ask.ts'
import { ExtraFilterButton, ExtraFilters, filtersOf, filterText, withExtraColumns } from './custom-fields/extra-list.tsx'
import { useCustomFields } from './custom-fields/use-fields.ts'
import { DataGrid } from './data-grid/data-grid.tsx'
import type { Column } from './data-grid/columns.ts'
import { GroupedList, groupWays, type Groups } from './data-grid/grouped-list.tsx'
import { ExportMenu } from './data-grid/export-menu.tsx'
import { arranged } from './data-grid/layout.ts'
import { MarkedBar, type Bulk, type Together } from './data-grid/marked-bar.tsx'
import { useExport } from './data-grid/use-export.ts'
import { FIRST_PAGE, useRows, type Sort } from './data-grid/use-rows.ts'
import { useSelection } from './data-grid/use-selection.ts'
import { useViews, type Definition, type View } from './data-grid/use-views.ts'
import { ViewMenu } from './data-grid/view-menu.tsx'
import { DayField, SelectField } from './fields/value-fields.tsx'
import { useFormat } from './format.ts'
import { EmptyState, ListPage, SearchBox, useFilters } from './list-page.tsx'

/** What a list is filtered by, as the address keeps it. */
export type ListValues = { readonly text: string; readonly choice: string; readonly from: string; readonly to: string; readonly sort: string; readonly direction: string }

type Props<N extends AskName> = {
  readonly name: N
  /** Which of a query's several lists: customers and suppliers are seen in different ways. */
  readonly part?: string
  readonly title: string
  /** Columns may show sums that come with the answer. */
  columns(head: AskOutput<N> | undefined): readonly Column<RowOf<N>>[]
  inputOf(values: ListValues): Omit<AskInput<N>, 'limit' | 'offset'>
  /** The field that names a row. */
  readonly idField: keyof RowOf<N> & string
  /** Where Enter or a click on the row goes. */
  pathOf?(row: RowOf<N>): string | null
  /** What the row's page asks first, fetched while somebody is about to open it. */
  ahead?(row: RowOf<N>, fetch: FetchAhead): void
  toneOf?(row: RowOf<N>): 'danger' | 'muted' | undefined
  readonly search?: string
  readonly choice?: { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] }
  readonly period?: 'shown'
  /** The query that puts the list's documents together, and the words of their states. */
  readonly groups?: { readonly name: Groups; readonly words: Readonly<Record<string, string>> }
  readonly sort?: Sort
  /** The kind of record its rows are, where a company can add fields to it. */
  readonly target?: string
  /** The button that makes a new one. */
  readonly make?: { readonly path: string; readonly text: string; readonly permission: string; readonly key?: string }
  /** What can be done with many rows at once. */
  readonly bulk?: readonly Bulk<RowOf<N>>[]
  readonly together?: Together<RowOf<N>>
  readonly actions?: ReactNode
  readonly filters?: ReactNode
  readonly empty: { readonly title: string; readonly text: string }
  readonly children?: ReactNode
}

/** From and to of a list's period, where they are set. */
export const periodOf = ({ from, to }: ListValues) => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) })

const NO_BULK: readonly never[] = []

/** A list with its filters, kept in the address, and the button that makes a new row: the whole screen of most lists. */
export function ListScreen<N extends AskName>(props: Props<N>) {
  type Row = RowOf<N>
  const { name, part, title, inputOf, idField, pathOf, ahead, toneOf, search, choice, period, sort, target, make, bulk = NO_BULK, together, groups, actions, filters, empty, children } = props
  const { t } = useTranslation()
  const { may } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [params] = useSearchParams()
  // The columns' sums come with the rows, the rows' sort with the view, the view with the columns: their keys are enough to begin.
  const format = useFormat()
  const fields = useCustomFields(target)
  const columnsOf = (head: AskOutput<N> | undefined): readonly Column<Row>[] => withExtraColumns(props.columns(head), { fields, format })
  const views = useViews<Row>(part === undefined ? name : `${name}/${part}`, columnsOf(undefined))
  const usual = views.current?.definition.sort ?? sort
  const defaults = { text: '', choice: '', from: '', to: '', fields: '', party: '', person: '', group: '', sums: 'gross_minor desc', sort: sort ? (usual?.key ?? '') : '', direction: sort ? (usual?.direction ?? '') : '' }
  const { values, set: turnTo } = useFilters(defaults)
  const filtersByField = filtersOf(values.fields, fields)
  const [isFiltering, setFiltering] = useState(values.fields !== '')
  const way = groups === undefined ? undefined : groupWays.find((w) => w === values.group)
  const inputFor = (v: typeof values) => {
    const narrowed = groups === undefined ? {} : { ...(v.party ? { party_id: v.party } : {}), ...(v.person ? { salesperson_id: v.person } : {}) }
    const byField = filtersOf(v.fields, fields)
    return { ...inputOf(v), ...narrowed, ...(byField.length > 0 ? { fields: byField } : {}) }
  }
  const input = inputFor(values)
  /** The question is on its way before the page is drawn for it. */
  const set = (changes: Partial<typeof values>): void => {
    const next = { ...values, ...changes }
    if (groups === undefined || next.group === '') fetchAhead(cache)(name, { ...inputFor(next), ...FIRST_PAGE } as AskInput<N>)
    turnTo(changes)
  }
  const rows = useRows(name, input, { enabled: views.isSettled && way === undefined })
  // The same columns as long as nothing in them is another: rows that stay need not be drawn again.
  const columns = useMemo(() => arranged(columnsOf(rows.head), views.layout), [props.columns, fields, format, rows.head, JSON.stringify(views.layout)])
  const keyOf = (row: Row): string => String((row as Record<string, unknown>)[idField])
  const selection = useSelection<Row>({ rows, keyOf, about: JSON.stringify(input) })
  const file = useExport<Row>({ name, title: views.current ? `${title} ${views.current.name}` : title, input, columns })
  const mayMake = make !== undefined && may(make.permission)
  const isFiltered = values.text !== '' || values.choice !== '' || filtersByField.length > 0
  const sorted = { key: values.sort, direction: values.direction === 'desc' ? ('desc' as const) : ('asc' as const) }

  // A list that nobody filtered by a link opens with the filters of its view.
  const opening = views.isSettled && views.current?.is_default === 1 && params.size === 0 ? views.current.definition.filters : undefined
  const hasOpened = useRef(false)
  useEffect(() => {
    if (!views.isSettled || hasOpened.current) return
    hasOpened.current = true
    if (opening) set({ text: opening.text ?? '', choice: opening.choice ?? '', fields: filterText(opening.fields ?? []) })
  }, [views.isSettled])

  const open = (row: Row): void => {
    const path = pathOf?.(row)
    if (path) void navigate(path)
  }
  const onCopied = (count: number): void => void message.success(t('ui.grid.copied', { count }))
  const choose = (view: View | null): void => {
    views.choose(view?.view_id ?? null)
    set({ sort: defaults.sort, direction: defaults.direction, text: view?.definition.filters?.text ?? '', choice: view?.definition.filters?.choice ?? '', fields: filterText(view?.definition.filters?.fields ?? []) })
  }
  const definitionOf = (wanted: { readonly filters: boolean }): Definition => ({
    columns: views.layout.map((l) => ({ key: l.key, is_hidden: l.is_hidden, ...(l.width === undefined ? {} : { width: l.width }) })),
    ...(sort ? { sort: sorted } : {}),
    ...(wanted.filters ? { filters: { text: values.text, choice: values.choice, ...(filtersByField.length > 0 ? { fields: [...filtersByField] } : {}) } } : {}),
  })
  const first = (rows.isPast ? undefined : rows.rowAt(0)) as { readonly party_name?: string; readonly salesperson_name?: string | null } | undefined
  const only = way !== undefined ? '' : [values.party && (first?.party_name ?? '…'), values.person && (first?.salesperson_name ?? '…')].filter((word) => word !== '').join(' · ')
  const filterBar = (
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
      {fields.length > 0 ? <ExtraFilterButton count={filtersByField.length} isOpen={isFiltering} onClick={() => setFiltering(!isFiltering)} /> : null}
      {way === undefined ? null : (
        <button type="button" className="zg-only" onClick={() => set({ group: '' })}>
          {t('ui.grid.groupBy')}: {t(`ui.grid.by.${way}`)} <span aria-hidden>×</span>
        </button>
      )}
      {only === '' ? null : (
        <button type="button" className="zg-only" onClick={() => set({ party: '', person: '' })}>
          {t('home.only', { name: only })} <span aria-hidden>×</span>
        </button>
      )}
    </>
  )
  const viewMenu = (
    <ViewMenu
      views={views}
      isSortChanged={sort !== undefined && (values.sort !== defaults.sort || values.direction !== defaults.direction)}
      isFiltered={isFiltered}
      definitionOf={definitionOf}
      onChoose={choose}
      {...(groups ? { groups: { ways: groupWays, current: way ?? '', choose: (group) => set({ group }) } } : {})}
      onReset={() => {
        views.reset()
        set({ sort: defaults.sort, direction: defaults.direction })
      }}
    />
  )
  const ownFilters =
    isFiltering && fields.length > 0 ? <ExtraFilters fields={fields} filters={filtersByField} onChange={(next) => set({ fields: filterText(next) })} /> : null
  const end = (
    <>
      {actions}
      {mayMake ? (
        <Button type="primary" onClick={() => void navigate(make.path)}>
          {make.text} {make.key ? <kbd>{make.key}</kbd> : null}
        </Button>
      ) : null}
    </>
  )
  if (groups && way) {
    const [key = 'gross_minor', direction] = values.sums.split(' ')
    const { sort: _sort, direction: _direction, ...filter } = input as Record<string, unknown>
    return (
      <GroupedList
        key={way}
        name={groups.name}
        by={way}
        title={title}
        input={filter}
        words={groups.words}
        sort={{ key, direction: direction === 'asc' ? 'asc' : 'desc' }}
        onSort={(next) => set({ sums: `${next.key} ${next.direction}` })}
        onOpen={(group) => set({ group: '', ...group })}
        filters={filterBar}
        below={ownFilters}
        actions={viewMenu}
        end={end}
      />
    )
  }
  return (
    <ListPage
      title={title}
      filters={filterBar}
      actions={
        <>
          {viewMenu}
          <ExportMenu isRunning={file.isRunning} onExport={(format) => void file.run(format)} />
          {end}
        </>
      }
    >
      {ownFilters}
      <DataGrid<Row>
        label={title}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        selection={selection}
        arrange={views}
        onCopied={onCopied}
        {...(sort ? { sort: sorted, onSort: (next: Sort) => set({ sort: next.key, direction: next.direction }) } : {})}
        {...(pathOf ? { onOpen: open } : {})}
        {...(ahead ? { onRest: (row: Row) => ahead(row, fetchAhead(cache)) } : {})}
        {...(toneOf ? { toneOf } : {})}
        empty={
          <EmptyState title={isFiltered || values.from || values.to ? t('ui.nothingFound') : empty.title} text={isFiltered ? '' : empty.text}>
            {mayMake ? <Button onClick={() => void navigate(make.path)}>{make.text}</Button> : null}
          </EmptyState>
        }
      >
        <MarkedBar
          selection={selection}
          columns={columns}
          total={rows.total ?? 0}
          bulk={bulk}
          {...(together ? { together } : {})}
          onCopied={onCopied}
          onExport={(format) => void file.run(format, { field: idField, values: selection.rows.map((row) => (row as Record<string, string | number>)[idField]!) })}
        />
      </DataGrid>
      {children}
    </ListPage>
  )
}
