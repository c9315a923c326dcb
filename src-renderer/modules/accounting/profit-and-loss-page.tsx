import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { addMonths, firstOfMonth, lastOfMonth } from '../../../src-main/kernel/day.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import type { Column } from '../../ui/data-grid/columns.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { useLocalRows } from '../../ui/data-grid/use-rows.ts'
import { DayField } from '../../ui/fields/value-fields.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, ListPage, useFilters } from '../../ui/list-page.tsx'
import { NoMessage } from '../../ui/no-message.tsx'

type Report = AskOutput<'accounting.profitAndLoss'>
/** An account, or the sum of a class, or the profit. */
type Line = { readonly key: string; readonly code: string; readonly name: string; readonly isSum: boolean; readonly amounts_minor: readonly number[]; readonly total_minor: number }

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)

/** Income, what they come to, expenses, what they come to, and the profit. */
function linesOf(report: Report, { t, isChinese }: { t: (key: string) => string; isChinese: boolean }): Line[] {
  const accounts = (wanted: 'income' | 'expense'): Line[] =>
    report.rows
      .filter((r) => r.class === wanted)
      .map((r) => ({ key: r.account_id, code: r.account_code, name: isChinese ? r.account_name_zh : r.account_name_en || r.account_name_zh, isSum: false, amounts_minor: r.amounts_minor, total_minor: r.total_minor }))
  const summed = (key: string, amounts: readonly number[]): Line => ({ key, code: '', name: t(`ui.profit.${key}`), isSum: true, amounts_minor: amounts, total_minor: sum(amounts) })
  return [
    ...accounts('income'),
    summed('income', report.income_minor),
    ...accounts('expense'),
    summed('expense', report.expense_minor),
    summed('profit', report.profit_minor),
  ]
}

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
  const { data, error } = useAsk('accounting.profitAndLoss', { from_period: values.from.slice(0, 7), to_period: values.to.slice(0, 7) }, { keeps: 'previous' })
  const lines = useMemo(() => (data && data.rows.length > 0 ? linesOf(data, { t, isChinese: format.locale === 'zh-CN' }) : data && []), [data, t, format.locale])
  const rows = useLocalRows<Line>(lines)
  const columns = useMemo((): readonly Column<Line>[] => {
    const amount = (l: Line, minor: number) => <span className={minor < 0 ? 'zg-danger-text' : ''} style={{ fontWeight: l.isSum ? 600 : 400 }}>{minor === 0 && !l.isSum ? '' : format.money(minor)}</span>
    return [
      { key: 'code', from: 'code', title: t('ui.account.code'), width: 96, figures: 'tabular', render: (l) => l.code },
      { key: 'name', from: 'name', title: t('ui.f.account'), width: 170, grow: 1, render: (l) => <span style={{ fontWeight: l.isSum ? 600 : 400 }}>{l.name}</span> },
      { key: 'total', from: 'total_minor', title: t('ui.f.sum'), width: 122, align: 'end', render: (l) => amount(l, l.total_minor) },
      ...(data?.periods ?? []).map((period, i): Column<Line> => ({ key: period, from: `amounts_minor.${i}`, title: period, width: 108, align: 'end', render: (l) => amount(l, l.amounts_minor[i] ?? 0) })),
    ]
  }, [t, format, data])
  const open = (line: Line): void => {
    if (line.isSum) return
    void navigate(`/books/ledger?account=${line.key}&from=${firstOfMonth(values.from)}&to=${lastOfMonth(values.to)}`)
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
    >
      {error ? <NoMessage error={error} /> : null}
      <DataGrid<Line>
        label={t('ui.nav.profitAndLoss')}
        columns={columns}
        rows={rows}
        keyOf={(l) => l.key}
        onOpen={open}
        empty={<EmptyState title={t('ui.profit.empty')} text={t('ui.profit.emptyText')} />}
      />
    </ListPage>
  )
}
