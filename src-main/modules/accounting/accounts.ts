import { reference, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
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

type Chart = { readonly roles: ReadonlyMap<string, string>; readonly accounts: ReadonlyMap<string, AccountInfo> }

/** The whole chart of accounts by id, and the account of each role. */
const chart = reference<Chart>({
  key: 'accounting.chart',
  tables: ['accounting_account', 'accounting_role'],
  read: async (db) => {
    const accounts = await db.all<AccountInfo>(
      `select a.id, a.code, a.name_zh, a.name_en, a.direction, a.control, a.is_active, a.allows_manual,
              case when exists (select 1 from accounting_account c where c.parent_id = a.id) then 0 else 1 end as is_leaf
         from accounting_account a order by a.id`,
    )
    const roles = await db.all<{ role: string; account_id: string }>('select role, account_id from accounting_role order by role')
    return { roles: new Map(roles.map((r) => [r.role, r.account_id])), accounts: new Map(accounts.map((a) => [a.id, a])) }
  },
})

const rolesOf = async (ctx: CommandCtx): Promise<Chart['roles']> => (await ctx.reference(chart)).roles

/** The account that plays a part in automatic postings. Refuses 'accounting.roleNotMapped'. */
export async function accountIdOf(ctx: CommandCtx, role: AccountRole): Promise<string> {
  const account_id = (await rolesOf(ctx)).get(role)
  if (account_id === undefined) throw new Refusal('accounting.roleNotMapped', { role })
  return account_id
}

/** Does any account play this part? Small-scale taxpayers, for instance, have no input tax. */
export const hasRole = async (ctx: CommandCtx, role: AccountRole): Promise<boolean> => (await rolesOf(ctx)).has(role)

/** All accounts by id, these among them. Refuses 'accounting.accountNotFound'. */
export async function accountsById(ctx: CommandCtx, ids: readonly string[]): Promise<ReadonlyMap<string, AccountInfo>> {
  const { accounts } = await ctx.reference(chart)
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
