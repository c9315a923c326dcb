import { currencyOf, minorToDecimal } from '../kernel/money.ts'
import { formatDecimal } from '../kernel/decimal.ts'
import { Invalid, Refusal } from '../kernel/refusal.ts'
import type { OutputOf } from '../kernel/contract.ts'
import type { Cell, Column } from '../files/cells.ts'
import { writeCsv } from '../files/write-csv.ts'
import { writeXlsx } from '../files/write-xlsx.ts'
import type { customerStatement } from '../modules/sales/contract.ts'
import type { Caller, Office } from './office-types.ts'
import { textsOf, type Locale } from './texts.ts'

type Statement = OutputOf<typeof customerStatement>
type Asking = { readonly office: Pick<Office, 'ask'>; readonly caller: Caller; readonly input: unknown; readonly locale: Locale; readonly currency: string }
export type StatementFile = { readonly title: string; write(target: { readonly format: 'csv' | 'xlsx'; readonly out: string }): Promise<unknown> }

const COLUMNS = ['day', 'document_kind', 'document', 'summary', 'quantity', 'unit', 'price', 'amount', 'charged', 'settled_column', 'balance'] as const
type Row = Partial<Record<(typeof COLUMNS)[number], Cell>>

const empty: Cell = { kind: 'empty' }
const text = (value: string | null): Cell => (value ? { kind: 'text', text: value } : empty)
const cells = (row: Row): Cell[] => COLUMNS.map((column) => row[column] ?? empty)

/**
 * A customer's statement (对账单) as figures to reckon with: opening, every document and payment with the balance after it, the goods of
 * an invoice below it in columns of their own so that nothing is summed twice, closing; in a workbook its age on a second sheet. Asked for
 * under the caller's own rights.
 */
export async function statementFile({ office, caller, input, locale, currency }: Asking): Promise<StatementFile> {
  const answer = await office.ask({ name: 'sales.statement', input }, caller)
  if (!answer.ok && answer.kind === 'invalid') throw new Invalid(answer.code, answer.details.problems)
  if (!answer.ok) throw new Refusal(answer.code, answer.details as Record<string, unknown>)
  const data = answer.output as Statement
  const words = textsOf(locale, 'print')
  const t = (key: string, values?: Record<string, string | number>): string => words(`print.${key}`, values)
  const { digits } = currencyOf(currency)
  const money = (minor: number): Cell => ({ kind: 'money', number: minorToDecimal(minor, digits) })
  const rows = rowsOf(data, { t, money })
  const columns = COLUMNS.map((key): Column => ({ title: t(key) }))
  return {
    title: `${t('kind.sales.statement')} ${data.party_name} ${data.from}_${data.to}`,
    write: ({ format, out }) =>
      format === 'csv'
        ? writeCsv({ path: out, columns, rows })
        : writeXlsx({ path: out, sheets: [{ name: t('kind.sales.statement'), columns, rows }, { name: t('ageing'), ...ageingOf(data, { t, money }) }] }),
  }
}

type Words = { t(key: string, values?: Record<string, string | number>): string; money(minor: number): Cell }

function rowsOf(data: Statement, { t, money }: Words): Cell[][] {
  const unlessZero = (minor: number): Cell => (minor === 0 ? empty : money(minor))
  return [
    cells({ day: { kind: 'day', day: data.from }, summary: text(t('opening_balance')), balance: money(data.opening_minor) }),
    ...data.rows.flatMap((row) => [
      cells({
        day: { kind: 'day', day: row.day }, document_kind: text(t(`event.${row.kind}`)), document: text(row.number), summary: text(row.reference),
        charged: unlessZero(row.charged_minor), settled_column: unlessZero(row.settled_minor), balance: money(row.balance_minor),
      }),
      ...row.lines.map((l) =>
        cells({
          document: text(row.number), summary: text([l.item_code, l.item_name, l.spec].filter(Boolean).join(' ')), quantity: { kind: 'number', number: formatDecimal(l.quantity_e6, 6) },
          unit: text(l.unit), price: { kind: 'number', number: formatDecimal(l.price_e4, 4, 2) }, amount: money(l.gross_minor),
        }),
      ),
    ]),
    cells({
      day: { kind: 'day', day: data.to }, summary: text(t('closing_balance')), charged: money(data.charged_minor), settled_column: money(data.settled_minor), balance: money(data.closing_minor),
    }),
  ]
}

function ageingOf({ ageing, closing_minor }: Statement, { t, money }: Words): { columns: Column[]; rows: Cell[][] } {
  const titles = [
    t('ageing.not_due'),
    ...ageing.bounds.map((to, i) => t('ageing.within', { from: i === 0 ? 1 : ageing.bounds[i - 1]! + 1, to })),
    t('ageing.beyond', { days: ageing.bounds.at(-1) ?? 0 }),
    t('ageing.credit'),
    t('total'),
  ]
  return { columns: titles.map((title) => ({ title })), rows: [[ageing.not_due_minor, ...ageing.overdue_minor, ageing.credit_minor, closing_minor].map(money)] }
}
