import { handle, type CommandCtx } from '../../kernel/operation.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { followsRule, parentCodeOf } from './account-code.ts'
import { accountIdOf, accountsById, assertNotControl, assertPostable, hasRole, shown } from './accounts.ts'
import { CONTROL_ROLES, createAccount, setAccountRole, updateAccount, type AccountRole } from './contract.ts'
import { insertAccount, patchAccount, putRole } from './setup.store.ts'

type Known = {
  id: string; code: string; name_zh: string; name_en: string; class: string; direction: string; control: string | null; lines: number;
  uses: number
}

/** An account with what depends on it: does it have lines, does a role or a payment method lead to it? */
async function knownAccount(ctx: CommandCtx, { column, value }: { column: 'id' | 'code'; value: string }): Promise<Known | undefined> {
  return ctx.db.get<Known>(
    `select a.id, a.code, a.name_zh, a.name_en, a.class, a.direction, a.control,
            case when exists (select 1 from accounting_line l where l.account_id = a.id) then 1 else 0 end as lines,
            (select count(*) from accounting_role r where r.account_id = a.id)
              + (select count(*) from accounting_payment_method m where m.account_id = a.id) as uses
       from accounting_account a where a.${column} = ?`,
    [value],
  )
}

const DEFAULT_DIRECTION: Readonly<Record<string, 'debit' | 'credit'>> = {
  asset: 'debit', cost: 'debit', expense: 'debit', liability: 'credit', equity: 'credit', income: 'credit',
}

/** A new account below another, or at the top. An account that has lines, or a part to play, takes none below it: it would stop taking lines. */
export const createAccountHandler = handle(createAccount, async (ctx, input) => {
  const { code } = input
  if (!followsRule(code)) throw new Refusal('accounting.accountCodeRule', { code })
  if (await knownAccount(ctx, { column: 'code', value: code })) throw new Refusal('accounting.accountCodeTaken', { code })
  const parent = await parentOf(ctx, { code, parent_id: input.parent_id })
  const accountClass = parent?.class ?? input.class
  if (accountClass === undefined) throw new Refusal('accounting.accountClassNeeded', { code })
  const account_id = ctx.newId()
  const { name_zh, name_en } = input
  await insertAccount(ctx, {
    id: account_id, code, name_zh, name_en: name_en || name_zh, class: accountClass,
    direction: input.direction ?? parent?.direction ?? DEFAULT_DIRECTION[accountClass]!,
    parent_id: parent?.id ?? null, control: null, is_active: 1, allows_manual: 1,
  })
  return { account_id }
})

async function parentOf(ctx: CommandCtx, { code, parent_id }: { code: string; parent_id: string | undefined }): Promise<Known | undefined> {
  const parentCode = parentCodeOf(code)
  if (parentCode === '') {
    if (parent_id !== undefined) throw new Refusal('accounting.accountCodeRule', { code })
    return undefined
  }
  const parent = await knownAccount(
    ctx, parent_id === undefined ? { column: 'code', value: parentCode } : { column: 'id', value: parent_id },
  )
  if (!parent) throw new Refusal('accounting.accountNotFound', parent_id === undefined ? { code: parentCode } : { account_id: parent_id })
  if (parent.code !== parentCode) throw new Refusal('accounting.accountCodeRule', { code })
  if (parent.lines > 0) throw new Refusal('accounting.accountHasEntries', shown(ctx, parent))
  if (parent.uses > 0 || parent.control !== null) throw new Refusal('accounting.accountInUse', shown(ctx, parent))
  return parent
}

/** Names change freely; an account that something leads to, or that still has a balance, stays active. */
export const updateAccountHandler = handle(updateAccount, async (ctx, { account_id, name_zh, name_en, is_active, allows_manual }) => {
  const known = await knownAccount(ctx, { column: 'id', value: account_id })
  if (!known) throw new Refusal('accounting.accountNotFound', { account_id })
  if (is_active === 0) {
    if (known.uses > 0) throw new Refusal('accounting.accountInUse', shown(ctx, known))
    const balance_minor = await balanceOf(ctx, account_id)
    if (balance_minor !== 0) throw new Refusal('accounting.accountHasBalance', { ...shown(ctx, known), balance_minor })
  }
  if (allows_manual === 1 && known.control !== null) throw new Refusal('accounting.controlAccount', shown(ctx, known))
  const patch = {
    ...(name_zh === undefined ? {} : { name_zh }),
    ...(name_en === undefined ? {} : { name_en: name_en || known.name_en }),
    ...(is_active === undefined ? {} : { is_active }),
    ...(allows_manual === undefined ? {} : { allows_manual }),
  }
  await patchAccount(ctx, account_id, patch)
  return {}
})

async function balanceOf(ctx: CommandCtx, account_id: string): Promise<number> {
  const row = await ctx.db.get<{ balance_minor: number }>(
    'select coalesce(sum(debit_minor - credit_minor), 0) as balance_minor from accounting_balance where account_id = ?',
    [account_id],
  )
  return row!.balance_minor
}

/** From now on postings of this kind go to another account; what is posted stays. A control account starts without lines. */
export const setAccountRoleHandler = handle(setAccountRole, async (ctx, { role, account_id }) => {
  const account = (await accountsById(ctx, [account_id])).get(account_id)!
  assertPostable(ctx, account)
  const isControl = (CONTROL_ROLES as readonly string[]).includes(role)
  if (isControl) await assertRoleEmpty(ctx, { role, account_id })
  if (!isControl) assertNotControl(ctx, account)
  else if (account.control !== role) {
    assertNotControl(ctx, account)
    const known = await knownAccount(ctx, { column: 'id', value: account_id })
    if (known!.lines > 0) throw new Refusal('accounting.accountHasEntries', shown(ctx, account))
    if (known!.uses > 0) throw new Refusal('accounting.accountInUse', shown(ctx, account))
    await patchAccount(ctx, account_id, { control: role, allows_manual: 0 })
  }
  await putRole(ctx, { role, account_id })
  return {}
})

/** What stands on a control account stays explained by one account: open items and stock do not move with the role. */
async function assertRoleEmpty(ctx: CommandCtx, { role, account_id }: { role: AccountRole; account_id: string }): Promise<void> {
  if (!(await hasRole(ctx, role))) return
  const present = await accountIdOf(ctx, role)
  if (present === account_id) return
  const balance_minor = await balanceOf(ctx, present)
  const account = (await accountsById(ctx, [present])).get(present)!
  if (balance_minor !== 0) throw new Refusal('accounting.accountHasBalance', { ...shown(ctx, account), balance_minor })
}
