import { z } from 'zod'
import { day, flag, id, type OutputOf } from '../../kernel/contract.ts'
import { currencyOf, formatDecimal, formatMoney } from '../../kernel/money.ts'
import { formatQuantity } from '../../kernel/quantity.ts'
import { amountInWords } from '../../kernel/words.ts'
import type { ledger, payment } from '../../modules/accounting/contract.ts'
import type { getDunning } from '../../modules/credit/contract.ts'
import type { listColleagues } from '../../modules/platform/contract.ts'
import type { customerStatement } from '../../modules/sales/contract.ts'
import { parsedInput, type Asked, type PrintingCompany } from './asked.ts'
import type { PaperData, PaperRow } from './paper.ts'
import { letterheadOf, paperWords, type PaperLocale, type Words } from './words.ts'

type Money = (minor: number) => string
type Made = { readonly t: Words; readonly money: Money; readonly unlessZero: Money; readonly words: (minor: number) => string; readonly company: PrintingCompany }

function makerOf({ company, locale }: { company: PrintingCompany; locale: PaperLocale }): Made {
  const { digits } = currencyOf(company.currency)
  const money: Money = (minor) => formatMoney(minor, { digits, locale })
  return {
    t: paperWords(locale), money, company,
    unlessZero: (minor) => (minor === 0 ? '' : money(minor)),
    words: (minor) => amountInWords(minor, { currency: company.currency, locale }),
  }
}

/** 收款收据 and its kin: money that came or went, and what it settled. */
export async function paymentPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const { id: payment_id } = parsedInput(z.strictObject({ id: id() }), input)
  const data = (await ask('accounting.payment', { payment_id })) as OutputOf<typeof payment>
  const made = makerOf({ company: await company(), locale })
  const { t, money, unlessZero } = made
  const { rows: people } = (await ask('platform.colleagues', {})) as OutputOf<typeof listColleagues>
  const settles = data.allocations.filter((a) => a.undone_by_id === null && a.undoes_id === null && a.is_final === 0)
  const rows: PaperRow[] = settles.map((a, i) => ({
    cells: { no: String(i + 1), settles: a.number, amount: money(a.amount_minor), settlement_discount: unlessZero(a.discount_minor) },
  }))
  if (data.open_minor !== 0) rows.push({ cells: { no: String(rows.length + 1), settles: t('on_account'), amount: money(data.open_minor) } })
  return {
    ...letterheadOf({ company: made.company, locale }),
    title: t(`title.${data.reverses_id === null ? data.kind : 'payment_reversal'}`),
    number: data.number,
    captions: { party: t(data.kind === 'receipt' || data.kind === 'supplier_refund' ? 'payer' : 'payee'), reference: t('payment_reference') },
    facts: { party: data.party_name, day: data.day, method: locale === 'zh-CN' ? data.method_name_zh : data.method_name_en || data.method_name_zh, reference: data.reference },
    rows,
    totals: [{ label: `${t('total')} ${made.company.currency}`, value: money(data.amount_minor), is_strong: 1 }],
    words: { label: t('in_words'), value: made.words(data.amount_minor) },
    notes: data.note ? [`${t('note')} ${data.note}`] : [],
    signers: { made_by: people.find((p) => p.user_id === data.created_by)?.name ?? '' },
  }
}

type Statement = OutputOf<typeof customerStatement>

/** 对账单: opening, every document with the balance after it, closing, its age, and the part to sign and send back. */
export async function statementPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const asked = parsedInput(z.strictObject({ party_id: id(), from: day(), to: day(), with_items: flag().optional() }), input)
  const data = (await ask('sales.statement', asked)) as Statement
  const made = makerOf({ company: await company(), locale })
  const { t, money } = made
  const sum = (label: string, minor: number, is_strong: 0 | 1 = 0) => ({ label: t(label), value: money(minor), is_strong })
  return {
    ...letterheadOf({ company: made.company, locale }),
    title: t('kind.sales.statement'),
    number: '',
    facts: { customer: data.party_name, customer_code: data.party_code, period: `${data.from} – ${data.to}` },
    rows: [
      { cells: { day: data.from, document: t('opening_balance'), balance: money(data.opening_minor) }, look: 'strong' },
      ...data.rows.flatMap((row) => statementRows(row, made)),
      { cells: { day: data.to, document: t('closing_balance'), charged: money(data.charged_minor), settled_column: money(data.settled_minor), balance: money(data.closing_minor) }, look: 'strong' },
    ],
    totals: [
      sum('opening_balance', data.opening_minor), sum('charged', data.charged_minor), sum('settled_column', -data.settled_minor), sum('closing_balance', data.closing_minor, 1),
    ],
    words: { label: t('in_words'), value: made.words(data.closing_minor) },
    ageing: ageingTable(data, made),
    slip: {
      title: t('slip.title'),
      lines: [
        t('slip.to').replace('{{company}}', made.company.name),
        t('slip.balance').replace('{{day}}', data.to).replace('{{amount}}', `${made.company.currency} ${money(data.closing_minor)}`).replace('{{party}}', data.party_name),
        t('slip.agreed'),
        t('slip.differs'),
      ],
      signatures: [t('slip.stamp'), t('slip.signed'), t('day')],
    },
  }
}

function statementRows(row: Statement['rows'][number], { t, money, unlessZero }: Made): PaperRow[] {
  return [
    {
      cells: {
        day: row.day, document_kind: t(`event.${row.kind}`), document: row.number, summary: row.reference ?? '',
        charged: unlessZero(row.charged_minor), settled_column: unlessZero(row.settled_minor), balance: money(row.balance_minor),
      },
    },
    ...row.lines.map((l): PaperRow => ({
      look: 'pale',
      cells: {
        document: `${formatQuantity(l.quantity_e6)} ${l.unit} × ${formatDecimal(l.price_e4, 4, 2)}`,
        summary: [l.item_code, l.item_name, l.spec].filter(Boolean).join(' '),
        charged: money(l.gross_minor),
      },
    })),
  ]
}

function ageingTable({ ageing, closing_minor }: Statement, { t, money }: Made): NonNullable<PaperData['ageing']> {
  const within = (i: number): string => t('ageing.within').replace('{{from}}', String(i === 0 ? 1 : ageing.bounds[i - 1]! + 1)).replace('{{to}}', String(ageing.bounds[i]!))
  return {
    title: t('ageing'),
    heads: [t('ageing.not_due'), ...ageing.bounds.map((_, i) => within(i)), t('ageing.beyond').replace('{{days}}', String(ageing.bounds.at(-1)!)), t('ageing.credit'), t('total')],
    values: [ageing.not_due_minor, ...ageing.overdue_minor, ageing.credit_minor, closing_minor].map(money),
  }
}

/** 催款函: in three tones, with every document that is overdue and what is open in the customer's favour. */
export async function dunningPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const { id: dunning_id } = parsedInput(z.strictObject({ id: id() }), input)
  const data = (await ask('credit.dunning', { dunning_id })) as OutputOf<typeof getDunning>
  const made = makerOf({ company: await company(), locale })
  const { t, money } = made
  const amount = `${made.company.currency} ${money(data.total_minor)}`
  return {
    ...letterheadOf({ company: made.company, locale }),
    title: t(`dunning.title.${data.level}`),
    number: data.number,
    facts: { customer: data.party_name, day: data.day, pay_by: data.pay_by },
    rows: data.lines.map((l, i) => ({
      cells: {
        no: String(i + 1), document: l.number, document_day: l.day, due_on: l.due_on, overdue_days: l.overdue_days === 0 ? '' : String(l.overdue_days),
        document_amount: money(l.amount_minor), open: money(l.open_minor),
      },
    })),
    totals: [{ label: `${t('dunning.total')} ${made.company.currency}`, value: money(data.total_minor), is_strong: 1 }],
    words: { label: t('in_words'), value: made.words(data.total_minor) },
    notes: [
      t(`dunning.text.${data.level}`).replace('{{customer}}', data.party_name).replace('{{amount}}', amount).replace('{{day}}', data.pay_by),
      ...(data.interest_minor > 0 ? [t('dunning.interest').replace('{{amount}}', `${made.company.currency} ${money(data.interest_minor)}`).replace('{{day}}', data.day).replace('{{rate}}', `${formatDecimal(data.interest_rate_e8, 6)}%`)] : []),
      ...(data.note ? [data.note] : []),
    ],
    signers: { made_by: data.by_name },
  }
}

type Ledger = OutputOf<typeof ledger>
const PAGE = 500

/** 明细账: one account's book for a period, all of it, with the months' sums at their ends. */
export async function ledgerPaper({ ask, input, locale, company }: Asked): Promise<PaperData> {
  const asked = parsedInput(z.strictObject({ account_id: id(), from: day(), to: day(), party_id: id().optional() }), input)
  const made = makerOf({ company: await company(), locale })
  const { t, money, unlessZero } = made
  const standing = ({ direction, balance_minor }: Ledger['closing']) => ({ direction: t(`direction.${direction}`), balance: money(balance_minor) })
  const read = async (offset: number): Promise<Ledger> => (await ask('accounting.ledger', { ...asked, limit: PAGE, offset })) as Ledger
  const first = await read(0)
  const rows = [...first.rows]
  while (rows.length < first.total) rows.push(...(await read(rows.length)).rows)
  const nameOf = (a: { account_name_zh: string; account_name_en: string }): string => (locale === 'zh-CN' ? a.account_name_zh : a.account_name_en || a.account_name_zh)
  const monthEnd = ({ period, debit_minor, credit_minor, year_debit_minor, year_credit_minor, ...stood }: Ledger['periods'][number]): PaperRow[] => [
    { look: 'strong', cells: { day: period, summary: t('month_sum'), debit: money(debit_minor), credit: money(credit_minor), ...standing(stood) } },
    { look: 'strong', cells: { day: period, summary: t('year_sum'), debit: money(year_debit_minor), credit: money(year_credit_minor), ...standing(stood) } },
  ]
  const lines: PaperRow[] = [{ look: 'strong', cells: { day: asked.from, summary: t('opening_balance'), ...standing(first.opening) } }]
  const ends = new Map(first.periods.map((p) => [p.period, p]))
  const close = (through: string): void => {
    for (const [period, sums] of ends) if (period < through) void (lines.push(...monthEnd(sums)), ends.delete(period))
  }
  for (const row of rows) {
    close(row.day.slice(0, 7))
    lines.push({
      cells: {
        day: row.day, voucher: `${row.word}-${row.number}`, summary: row.summary, party: row.party_name ?? '', document: row.source_number ?? '',
        debit: unlessZero(row.debit_minor), credit: unlessZero(row.credit_minor), ...standing(row),
      },
    })
  }
  close('9999')
  return {
    ...letterheadOf({ company: made.company, locale }),
    title: t('kind.accounting.ledger'),
    number: '',
    captions: { party: t('ledger_party') },
    facts: { account: `${first.account.account_code} ${nameOf(first.account)}`, period: `${asked.from} – ${asked.to}` },
    rows: lines,
  }
}
