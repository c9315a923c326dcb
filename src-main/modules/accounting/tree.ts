import type { Reader } from '../../storage/db.ts'
import { levelOf } from './account-code.ts'

/** The whole chart, in order of code: a few hundred rows, read at once. */
export type AccountRow = {
  readonly id: string
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly class: 'asset' | 'liability' | 'equity' | 'cost' | 'income' | 'expense'
  readonly direction: 'debit' | 'credit'
  readonly parent_id: string | null
  readonly control: string | null
  readonly is_active: 0 | 1
  readonly allows_manual: 0 | 1
}
export type Tree = {
  readonly accounts: readonly AccountRow[]
  readonly byId: ReadonlyMap<string, AccountRow>
  /** Ids of accounts that have accounts below them. */
  readonly parents: ReadonlySet<string>
}

export async function readTree(db: Reader): Promise<Tree> {
  const accounts = await db.all<AccountRow>(
    `select id, code, name_zh, name_en, class, direction, parent_id, control, is_active, allows_manual from accounting_account order by code, id`,
  )
  const parents = new Set(accounts.flatMap((a) => (a.parent_id === null ? [] : [a.parent_id])))
  return { accounts, byId: new Map(accounts.map((a) => [a.id, a])), parents }
}

export const isLeaf = (tree: Tree, account: AccountRow): 0 | 1 => (tree.parents.has(account.id) ? 0 : 1)
export const levelIn = (account: AccountRow): number => levelOf(account.code)

/** The account and those above it, from itself upwards. */
export function upwards(tree: Tree, account: AccountRow): AccountRow[] {
  const path: AccountRow[] = []
  for (let a: AccountRow | undefined = account; a !== undefined; a = a.parent_id === null ? undefined : tree.byId.get(a.parent_id)) path.push(a)
  return path
}

/** The accounts that take the lines of this one: itself, or all leaves below it. */
export function leavesUnder(tree: Tree, account_id: string): AccountRow[] {
  return tree.accounts.filter((a) => !tree.parents.has(a.id) && upwards(tree, a).some((up) => up.id === account_id))
}

/** An account's names as answers carry them. */
export const named = (a: AccountRow) => ({ account_id: a.id, account_code: a.code, account_name_zh: a.name_zh, account_name_en: a.name_en })
