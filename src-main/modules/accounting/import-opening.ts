import { handle, type CommandCtx, type Importer, type ImportField } from '../../kernel/operation.ts'
import { Refusal, type Details } from '../../kernel/refusal.ts'
import { partyIdsByCode } from '../parties/index.ts'
import { shown } from './accounts.ts'
import { importOpeningBalances, importOpeningItems, type Side } from './contract.ts'
import { knownOpeningItems, openingKey, postOpeningItemRows, postOpeningLines, type OpeningItem, type OpeningLine } from './opening.ts'

type Problem = { source_row: number; field: string; reason_code: string; details: Details }
type Values = Record<string, unknown>

/** Problems told; more than that are counted. */
const SHOWN = 100

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim())
const minorOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

function assertNone(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal('accounting.importRejected', { count: problems.length, problems: problems.slice(0, SHOWN) })
}

type AccountRow = { id: string; code: string; name_zh: string; name_en: string; control: string | null; is_active: number; is_leaf: number }

/** All accounts by code, as an opening balance must know them. */
async function accountsByCode(ctx: CommandCtx): Promise<Map<string, AccountRow>> {
  const rows = await ctx.db.all<AccountRow>(
    `select a.id, a.code, a.name_zh, a.name_en, a.control, a.is_active,
            case when exists (select 1 from accounting_account c where c.parent_id = a.id) then 0 else 1 end as is_leaf
       from accounting_account a order by a.code`,
  )
  return new Map(rows.map((r) => [r.code, r]))
}

function accountProblem(account: AccountRow | undefined): string | undefined {
  if (!account) return 'accounting.accountNotFound'
  if (account.is_leaf === 0) return 'accounting.accountNotLeaf'
  if (account.control !== null) return 'accounting.controlAccount'
  return account.is_active === 0 ? 'accounting.accountInactive' : undefined
}

/** Opening balances from a trial balance of the former books: debit and credit columns, or one of them. */
export const importOpeningBalancesHandler = handle(importOpeningBalances, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const accounts = await accountsByCode(ctx)
  const problems: Problem[] = []
  const lines: OpeningLine[] = []
  for await (const { source_row, values } of staged.rows()) {
    const [debit, credit] = [minorOf(values['debit_minor']), minorOf(values['credit_minor'])]
    if (debit === 0 && credit === 0) continue
    const code = textOf(values['account_code'])
    const account = accounts.get(code)
    const reason_code = accountProblem(account)
    if (reason_code !== undefined) {
      problems.push({ source_row, field: 'account_code', reason_code, details: account ? shown(ctx, account) : { code } })
    } else lines.push(...sidesOf(account!.id, { debit, credit }))
  }
  assertNone(problems)
  if (lines.length > 0) await postOpeningLines(ctx, lines)
  return { posted: lines.length, sha256: staged.sha256 }
})

const sidesOf = (account_id: string, { debit, credit }: { debit: number; credit: number }): OpeningLine[] => [
  ...(debit === 0 ? [] : [{ account_id, debit_minor: debit, credit_minor: 0 }]),
  ...(credit === 0 ? [] : [{ account_id, debit_minor: 0, credit_minor: credit }]),
]

const SIDE_WORDS: Readonly<Record<string, Side>> = {
  receivable: 'receivable', customer: 'receivable', ar: 'receivable', 应收: 'receivable', 应收账款: 'receivable', 客户: 'receivable',
  payable: 'payable', supplier: 'payable', ap: 'payable', 应付: 'payable', 应付账款: 'payable', 供应商: 'payable',
}

/** What parties owed and were owed, one row a document; a row without a due day is due on its day. */
export const importOpeningItemsHandler = handle(importOpeningItems, async (ctx, { staging_id }) => {
  const staged = await ctx.staged(staging_id)
  const rows: { source_row: number; values: Values }[] = []
  for await (const row of staged.rows()) rows.push(row)
  const parties = await partyIdsByCode(ctx, rows.map((r) => textOf(r.values['party_code'])))
  const known = await knownOpeningItems(ctx, [...parties.values()])
  const problems: Problem[] = []
  const items: OpeningItem[] = []
  for (const { source_row, values } of rows) {
    const verdict = itemOf(values, { parties, known, first_day: ctx.company.first_day })
    if ('reason_code' in verdict) problems.push({ source_row, ...verdict })
    else {
      known.add(openingKey(verdict))
      items.push(verdict)
    }
  }
  assertNone(problems)
  await postOpeningItemRows(ctx, items)
  return { posted: items.length, sha256: staged.sha256 }
})

type Books = { parties: ReadonlyMap<string, string>; known: ReadonlySet<string>; first_day: string }

function itemOf(values: Values, { parties, known, first_day }: Books): OpeningItem | Omit<Problem, 'source_row'> {
  const word = textOf(values['side']).toLowerCase()
  const side = SIDE_WORDS[word]
  if (side === undefined) return { field: 'side', reason_code: 'accounting.openingSideUnknown', details: { side: word } }
  const code = textOf(values['party_code'])
  const party_id = parties.get(code)
  if (party_id === undefined) return { field: 'party_code', reason_code: 'parties.partyNotFound', details: { code } }
  const amount_minor = minorOf(values['amount_minor'])
  if (amount_minor === 0) return { field: 'amount_minor', reason_code: 'accounting.openingAmountZero', details: {} }
  const day = textOf(values['day'])
  const number = textOf(values['number']).slice(0, 60)
  if (day > first_day) return { field: 'day', reason_code: 'accounting.openingItemTooLate', details: { number, day, first_day } }
  const item = { side, party_id, number, day, due_on: textOf(values['due_on']) || day, amount_minor }
  return known.has(openingKey(item)) ? { field: 'number', reason_code: 'accounting.openingItemExists', details: { number } } : item
}

const field = (
  key: string, form: ImportField['form'], headers: readonly string[], is_required = false,
): ImportField => ({ key, form, is_required, headers })

export const openingImporters: readonly Importer[] = [
  {
    kind: 'opening-balances',
    permission: 'accounting.opening',
    command: 'accounting.importOpeningBalances',
    fields: [
      field('account_code', 'text', ['科目编码', '科目代码', '科目', '编码', 'Account code', 'Account', 'Code'], true),
      field('debit_minor', 'money', ['期初借方', '借方余额', '期初余额借方', '借方', 'Opening debit', 'Debit']),
      field('credit_minor', 'money', ['期初贷方', '贷方余额', '期初余额贷方', '贷方', 'Opening credit', 'Credit']),
    ],
  },
  {
    kind: 'opening-items',
    permission: 'accounting.opening',
    command: 'accounting.importOpeningItems',
    fields: [
      field('side', 'text', ['应收应付', '方向', '类型', 'Side', 'Type'], true),
      field('party_code', 'text', ['往来单位编码', '客户编码', '供应商编码', '编码', 'Party code', 'Customer code', 'Supplier code'], true),
      field('number', 'text', ['单号', '单据编号', '发票号', 'Number', 'Document', 'Invoice number'], true),
      field('day', 'day', ['日期', '单据日期', 'Date', 'Invoice date'], true),
      field('due_on', 'day', ['到期日', '应收日期', '付款期限', 'Due date', 'Due']),
      field('amount_minor', 'money', ['金额', '未核销金额', '余额', 'Amount', 'Open amount', 'Balance'], true),
    ],
  },
]
