import { assert } from '../../kernel/assert.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { marks } from '../../storage/db.ts'
import type { AccountRole } from './contract.ts'

/** What a posting must know of an account. */
export type AccountInfo = {
  readonly id: string
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly direction: 'debit' | 'credit'
  readonly control: string | null
  readonly is_active: number
  readonly allows_manual: number
  readonly is_leaf: number
}

type Chart = { roles: Map<string, string> | undefined; readonly accounts: Map<string, AccountInfo> }

/** The accounts read in this command, each once; the roles all together. */
const chart = unit<Chart>({ key: 'accounting.chart', create: () => ({ roles: undefined, accounts: new Map() }), flush: async () => {} })

const COLUMNS = `a.id, a.code, a.name_zh, a.name_en, a.direction, a.control, a.is_active, a.allows_manual,
  case when exists (select 1 from accounting_account c where c.parent_id = a.id) then 0 else 1 end as is_leaf`

/** After a change of the chart within a command. */
export function forgetChart(ctx: CommandCtx): void {
  const held = ctx.unit(chart)
  held.roles = undefined
  held.accounts.clear()
}

async function rolesOf(ctx: CommandCtx): Promise<Map<string, string>> {
  const held = ctx.unit(chart)
  if (held.roles) return held.roles
  const rows = await ctx.db.all<AccountInfo & { role: string }>(
    `select r.role, ${COLUMNS} from accounting_role r join accounting_account a on a.id = r.account_id order by r.role`,
  )
  for (const row of rows) held.accounts.set(row.id, row)
  return (held.roles = new Map(rows.map((r) => [r.role, r.id])))
}

/** The account that plays a part in automatic postings. Refuses 'accounting.roleNotMapped'. */
export async function accountIdOf(ctx: CommandCtx, role: AccountRole): Promise<string> {
  const account_id = (await rolesOf(ctx)).get(role)
  if (account_id === undefined) throw new Refusal('accounting.roleNotMapped', { role })
  return account_id
}

/** Does any account play this part? Small-scale taxpayers, for instance, have no input tax. */
export const hasRole = async (ctx: CommandCtx, role: AccountRole): Promise<boolean> => (await rolesOf(ctx)).has(role)

/** The accounts with these ids, read once. Refuses 'accounting.accountNotFound'. */
export async function accountsById(ctx: CommandCtx, ids: readonly string[]): Promise<Map<string, AccountInfo>> {
  const { accounts } = ctx.unit(chart)
  const missing = [...new Set(ids)].filter((i) => !accounts.has(i))
  assert(missing.length <= 1000, 'too many accounts for one statement')
  if (missing.length > 0) {
    const rows = await ctx.db.all<AccountInfo>(
      `select ${COLUMNS} from accounting_account a where a.id in (${marks(missing)}) order by a.id`,
      missing,
    )
    for (const row of rows) accounts.set(row.id, row)
  }
  for (const account_id of ids) if (!accounts.has(account_id)) throw new Refusal('accounting.accountNotFound', { account_id })
  return accounts
}

/** An account as a refusal shows it, in the language of whoever asked. */
export const shown = (ctx: Pick<CommandCtx, 'actor'>, { code, name_zh, name_en }: Pick<AccountInfo, 'code' | 'name_zh' | 'name_en'>) => ({
  code,
  name: ctx.actor.locale === 'en' ? name_en : name_zh,
})

/** Lines are posted to accounts in use that have no accounts below them. */
export function assertPostable(ctx: CommandCtx, account: AccountInfo): void {
  if (account.is_leaf === 0) throw new Refusal('accounting.accountNotLeaf', shown(ctx, account))
  if (account.is_active === 0) throw new Refusal('accounting.accountInactive', shown(ctx, account))
}

/** Control accounts are fed by documents, so that they always agree with the open items and the stock behind them. */
export function assertNotControl(ctx: CommandCtx, account: AccountInfo): void {
  if (account.control !== null) throw new Refusal('accounting.controlAccount', shown(ctx, account))
}
