import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { addMonths, firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import type { RowOf } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import type { Column } from '../../ui/data-grid/columns.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { ListExport } from '../../ui/data-grid/list-export.tsx'
import { useLocalRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'

/** An account, or the sum of a class, or the profit. */
type Line = RowOf<'accounting.profitAndLoss'>
const isSum = (line: Line): boolean => line.line !== 'account'

/** What was earned and what it cost, month by month; each account leads to its book. */
export function ProfitAndLossPage() {
  const { t } = useTranslation()
  const { today } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  // Half a year is what a small laptop shows without scrolling sideways; further months are one date away.
  const begin = addMonths(firstOfMonth(today), -5)
  // Whole months: a day stands for the month it lies in.
  const { values, set } = useFilters({ from: begin, to: lastOfMonth(today) })
  const input = { from_period: values.from.slice(0, 7), to_period: values.to.slice(0, 7) }
  const { data, error } = useAsk('accounting.profitAndLoss', input, { keeps: 'previous' })
  const rows = useLocalRows<Line>(data?.rows)
  const columns = useMemo((): readonly Column<Line>[] => {
    const words = Object.fromEntries(['income', 'expense', 'profit'].map((sum) => [sum, t(`ui.profit.${sum}`)]))
    const weight = (l: Line) => ({ fontWeight: isSum(l) ? 600 : 400 })
    const nameOf = (l: Line): string => (format.locale === 'zh-CN' ? l.account_name_zh : l.account_name_en || l.account_name_zh) ?? words[l.line] ?? ''
    const amount = (l: Line, minor: number) => <span className={minor < 0 ? 'zg-danger-text' : ''} style={weight(l)}>{minor === 0 && !isSum(l) ? '' : format.money(minor)}</span>
    const names = format.locale === 'zh-CN' ? (['account_name_zh', 'line'] as const) : (['account_name_en', 'account_name_zh', 'line'] as const)
    return [
      { key: 'code', from: 'account_code', title: t('ui.account.code'), width: 96, figures: 'tabular', render: (l) => l.account_code },
      { key: 'name', from: names, words, title: t('ui.f.account'), width: 170, grow: 1, render: (l) => <span style={weight(l)}>{nameOf(l)}</span> },
      { key: 'total', from: 'total_minor', title: t('ui.f.sum'), width: 122, align: 'end', render: (l) => amount(l, l.total_minor) },
      ...(data?.periods ?? []).map((period, i): Column<Line> => ({ key: period, from: `amounts_minor.${i}`, title: period, width: 108, align: 'end', render: (l) => amount(l, l.amounts_minor[i] ?? 0) })),
    ]
  }, [t, format, data])
  const open = (line: Line): void => {
    if (isSum(line)) return
    void navigate(`/books/ledger?account=${line.account_id}&from=${firstOfMonth(values.from)}&to=${lastOfMonth(values.to)}`)
  }
  return (
    <ListPage
      title={t('ui.nav.profitAndLoss')}
      filters={
        <>
          <DayField aria-label={t('ui.f.from')} value={values.from} onChange={(from) => set({ from: firstOfMonth(from ?? begin) })} />
          <DayField aria-label={t('ui.f.to')} value={values.to} onChange={(to) => set({ to: lastOfMonth(to ?? today) })} />
        </>
      }
      actions={<ListExport name="accounting.profitAndLoss" title={`${t('ui.nav.profitAndLoss')} ${input.from_period}_${input.to_period}`} input={input} columns={columns} />}
    >
      {error ? <NoMessage error={error} /> : null}
      <DataGrid<Line>
        label={t('ui.nav.profitAndLoss')}
        columns={columns}
        rows={rows}
        keyOf={(l) => l.account_id ?? l.line}
        onOpen={open}
        empty={<EmptyState title={t('ui.profit.empty')} text={t('ui.profit.emptyText')} />}
      />
    </ListPage>
  )
}
