import { cnSmallChart } from '../../../db/seeds/accounts/cn-small.ts'
import type { SeedAccount } from '../../../db/seeds/accounts/chart.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import { hasRole } from './accounts.ts'
import { insertSeeds, putRole } from './setup.store.ts'

/** 应交增值税 as the chart codes it. */
const VAT = '222101'

/**
 * A small-scale taxpayer that becomes a general one (DF-16, DF-17) needs the columns 进项税额, 销项税额 and so on (DF-19). They go below
 * 应交增值税 where nothing was posted to it yet; otherwise below an account of their own beside it, because an account that has lines
 * takes none below it, and what was owed as a small-scale taxpayer stays readable.
 */
export async function openVatColumns(ctx: CommandCtx): Promise<void> {
  if (await hasRole(ctx, 'input_tax')) return
  const rows = await ctx.db.all<{ id: string; code: string }>('select id, code from accounting_account order by code, id')
  const known = new Map(rows.map((r) => [r.code, r.id]))
  const base = (await mayTakeColumns(ctx)) ? VAT : freeCode(known)
  const recoded = (code: string): string => (code.startsWith(VAT) ? base + code.slice(VAT.length) : code)
  const chart = cnSmallChart({ isGeneral: true })
  const columns = chart.accounts.filter((a) => a.code.startsWith('2221')).map((a) => ({ ...a, code: recoded(a.code) }))
  const missing = columns.filter((a) => !known.has(a.code)).map((a): SeedAccount => (a.code === base ? { ...a, ...BESIDE } : a))
  const ids = await insertSeeds(ctx, { accounts: missing, known, controlByCode: new Map() })
  await putRole(ctx, { role: 'input_tax', account_id: ids.get(recoded(chart.roles['input_tax']!))! })
  await putRole(ctx, { role: 'output_tax', account_id: ids.get(recoded(chart.roles['output_tax']!))! })
}

const BESIDE = { name_zh: '应交增值税（一般纳税人）', name_en: 'VAT payable (general taxpayer)' }

/** No lines, and no part to play but that of output tax, which moves to its column. */
async function mayTakeColumns(ctx: CommandCtx): Promise<boolean> {
  const row = await ctx.db.get<{ uses: number }>(
    `select (select count(*) from accounting_line l where l.account_id = a.id)
            + (select count(*) from accounting_role r where r.account_id = a.id and r.role <> 'output_tax')
            + (select count(*) from accounting_payment_method m where m.account_id = a.id) as uses
       from accounting_account a where a.code = ?`,
    [VAT],
  )
  return row?.uses === 0
}

/** The first code beside 应交增值税 that nobody has. */
function freeCode(known: ReadonlyMap<string, string>): string {
  for (let no = 7; no < 100; no++) {
    const code = `2221${String(no).padStart(2, '0')}`
    if (!known.has(code)) return code
  }
  throw new Error('all codes below 2221 are taken')
}
