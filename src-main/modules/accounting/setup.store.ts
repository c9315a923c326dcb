import { account, accountRole, lock, paymentMethod } from '../../../db/schema/accounting.ts'
import { addDays } from '../../kernel/day.ts'
import type { CommandCtx } from '../../kernel/operation.ts'
import type { SeedChart } from '../../../db/seeds/accounts/chart.ts'
import { CONTROL_ROLES } from './contract.ts'

/** Writes a chart, its roles and payment methods, and closes everything before the first day of books. */
export async function writeChart(ctx: CommandCtx, { chart, first_day }: { chart: SeedChart; first_day: string }): Promise<void> {
  const idByCode = new Map(chart.accounts.map((a) => [a.code, ctx.newId()]))
  const controlByCode = new Map(CONTROL_ROLES.map((role) => [chart.roles[role], role]))
  const inOrder = [...chart.accounts].sort((a, b) => (a.code < b.code ? -1 : 1))
  await ctx.db.insertMany(
    account,
    inOrder.map((a) => ({
      id: idByCode.get(a.code)!,
      ...a,
      parent_id: idByCode.get(parentCodeOf(a.code)) ?? null,
      control: controlByCode.get(a.code) ?? null,
      is_active: 1,
      allows_manual: controlByCode.has(a.code) ? 0 : 1,
    })),
  )
  await ctx.db.insertMany(accountRole, Object.entries(chart.roles).map(([role, code]) => ({ role, account_id: idByCode.get(code)! })))
  await ctx.db.insertMany(
    paymentMethod,
    chart.methods.map(({ account: code, ...m }, position) => ({ ...m, account_id: idByCode.get(code)!, is_active: 1, position })),
  )
  await ctx.db.insert(lock, { id: 'lock', locked_through: addDays(first_day, -1) })
}

/** Code rule 4-2-2-2: two characters less. */
export const parentCodeOf = (code: string): string => (code.length > 4 ? code.slice(0, -2) : '')
