import { addMonths, firstOfMonth, monthOf } from '../../kernel/day.ts'
import { answer } from '../../kernel/operation.ts'
import { profitAndLoss } from './contract.ts'

type Row = {
  account_id: string; account_code: string; account_name_zh: string; account_name_en: string
  class: 'income' | 'expense'; period: string; amount_minor: number
}

/** A report over more months than this would fit on no screen. */
const MONTHS = 240

/** The months from one to another, both included. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to && months.length < MONTHS; month = monthOf(addMonths(firstOfMonth(month), 1))) months.push(month)
  return months
}

/** Income less expense by month, from the maintained balances alone: some hundred rows, however many lines the books have. */
export const profitAndLossAnswer = answer(profitAndLoss, async ({ db }, { from_period, to_period }) => {
  const periods = monthsBetween(from_period, to_period)
  if (periods.length === 0) return { periods, rows: [], income_minor: [], expense_minor: [], profit_minor: [], total_profit_minor: 0 }
  const position = new Map(periods.map((p, i) => [p, i]))
  const found = await db.all<Row>(
    `select a.id as account_id, a.code as account_code, a.name_zh as account_name_zh, a.name_en as account_name_en, a.class, b.period,
            case when a.class = 'income' then b.credit_minor - b.debit_minor else b.debit_minor - b.credit_minor end as amount_minor
       from accounting_account a join accounting_balance b on b.account_id = a.id
      where a.class in ('income', 'expense') and b.period >= ? and b.period <= ? order by a.code, a.id, b.period`,
    [from_period, periods.at(-1)!],
  )
  const zeros = (): number[] => periods.map(() => 0)
  const rows = new Map<string, Omit<Row, 'period' | 'amount_minor'> & { amounts_minor: number[]; total_minor: number }>()
  const sums = { income: zeros(), expense: zeros() }
  for (const { period, amount_minor, ...account } of found) {
    const row = rows.get(account.account_id) ?? { ...account, amounts_minor: zeros(), total_minor: 0 }
    const at = position.get(period)!
    row.amounts_minor[at]! += amount_minor
    row.total_minor += amount_minor
    sums[account.class][at]! += amount_minor
    rows.set(account.account_id, row)
  }
  const profit_minor = periods.map((_, i) => sums.income[i]! - sums.expense[i]!)
  const accounts = (wanted: Row['class']) => [...rows.values()].filter((r) => r.class === wanted).map(({ class: _, ...r }) => ({ line: 'account' as const, ...r }))
  return {
    periods,
    rows: rows.size === 0 ? [] : [...accounts('income'), sumLine('income', sums.income), ...accounts('expense'), sumLine('expense', sums.expense), sumLine('profit', profit_minor)],
    income_minor: sums.income,
    expense_minor: sums.expense,
    profit_minor,
    total_profit_minor: sumOf(profit_minor),
  }
})

const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
const sumLine = (line: 'income' | 'expense' | 'profit', amounts_minor: number[]) =>
  ({ line, account_id: null, account_code: null, account_name_zh: null, account_name_en: null, amounts_minor, total_minor: sumOf(amounts_minor) })
