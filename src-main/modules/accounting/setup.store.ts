import { account, accountRole, lock, paymentMethod } from '../../../db/schema/accounting.ts'
import type { SeedAccount, SeedChart } from '../../../db/seeds/accounts/chart.ts'
import { addDays } from '../../kernel/day.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Patch } from '../../storage/db.ts'
import { parentCodeOf } from './account-code.ts'
import { CONTROL_ROLES } from './contract.ts'

/** Writes a chart, its roles and payment methods, and closes everything before the first day of books. */
export async function writeChart(ctx: CommandCtx, { chart, first_day }: { chart: SeedChart; first_day: string }): Promise<void> {
  const controlByCode = new Map<string | undefined, string>(CONTROL_ROLES.map((role) => [chart.roles[role], role]))
  const idByCode = await insertSeeds(ctx, { accounts: chart.accounts, known: new Map(), controlByCode })
  await ctx.db.insertMany(accountRole, Object.entries(chart.roles).map(([role, code]) => ({ role, account_id: idByCode.get(code)! })))
  await ctx.db.insertMany(
    paymentMethod,
    chart.methods.map(({ account: code, ...m }, position) => ({ ...m, account_id: idByCode.get(code)!, is_active: 1, position })),
  )
  await ctx.db.insert(lock, { id: 'lock', locked_through: addDays(first_day, -1) })
}

/** Writes seeded accounts below each other and below those that are `known` by code; gives the ids of all by code. */
export async function insertSeeds(
  ctx: CommandCtx,
  seeds: {
    accounts: readonly SeedAccount[]
    known: ReadonlyMap<string, string>
    controlByCode: ReadonlyMap<string | undefined, string>
  },
): Promise<Map<string, string>> {
  const inOrder = [...seeds.accounts].sort((a, b) => (a.code < b.code ? -1 : 1))
  const idByCode = new Map([...seeds.known, ...inOrder.map((a) => [a.code, ctx.newId()] as const)])
  await ctx.db.insertMany(
    account,
    inOrder.map((a) => ({
      id: idByCode.get(a.code)!,
      ...a,
      parent_id: idByCode.get(parentCodeOf(a.code)) ?? null,
      control: seeds.controlByCode.get(a.code) ?? null,
      is_active: 1,
      allows_manual: seeds.controlByCode.has(a.code) ? 0 : 1,
    })),
  )
  return idByCode
}

export const insertAccount = (ctx: CommandCtx, row: NewRow<typeof account>): Promise<void> => ctx.db.insert(account, row)
export const patchAccount = (ctx: CommandCtx, account_id: string, patch: Patch<typeof account>): Promise<void> =>
  ctx.db.update(account, { id: account_id }, patch)
export const putRole = (ctx: CommandCtx, row: { role: string; account_id: string }): Promise<void> => ctx.db.put(accountRole, [row])
export const insertMethod = (ctx: CommandCtx, row: NewRow<typeof paymentMethod>): Promise<void> => ctx.db.insert(paymentMethod, row)
export const patchMethod = (ctx: CommandCtx, code: string, patch: Patch<typeof paymentMethod>): Promise<void> =>
  ctx.db.update(paymentMethod, { code }, patch)
