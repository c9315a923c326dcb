import { z } from 'zod'
import { user, userRole } from '../../../db/schema/platform.ts'
import { Bus } from '../../../src-main/app/bus.ts'
import { buildRegistry } from '../../../src-main/app/registry.ts'
import { newCommandId } from '../../../src-main/app/world.ts'
import { command } from '../../../src-main/kernel/contract.ts'
import { defineModule, handle, type CommandCtx, type Staged } from '../../../src-main/kernel/operation.ts'
import { Refusal } from '../../../src-main/kernel/refusal.ts'
import { accounts, trialBalance } from '../../../src-main/modules/accounting/contract.ts'
import { createParty } from '../../../src-main/modules/parties/contract.ts'
import type { TestOffice } from '../../support/office.ts'

// What stories of the books need: doors called from inside a command, accounts by code, parties, another user.

const probe = command(
  { name: 'probe.run', permission: 'probe.run', input: z.strictObject({}), output: z.any(), refusals: ['probe.refused'] },
)

/** Rows as an import job would have staged them. */
export const stagedRows = (rows: readonly Record<string, unknown>[]): Staged => ({
  sha256: 'a'.repeat(64),
  file_name: 'rows.csv',
  count: rows.length,
  rows: async function* () {
    for (const [i, values] of rows.entries()) yield { source_row: i + 2, values }
  },
})

let tick = Date.UTC(2026, 0, 16)

/** Runs `work` as one command of the owner, with every module's reactions, and gives what it gives. Refusals and defects are thrown. */
export async function inCommand<T>(t: TestOffice, work: (ctx: CommandCtx) => Promise<T>, { staged }: { staged?: Staged } = {}): Promise<T> {
  let result: T | undefined
  const module = defineModule({
    name: 'probe',
    floor: 9,
    permissions: [{ name: 'probe.run', grants: {} }],
    commands: [
      handle(probe, async (ctx) => {
        result = await work(ctx)
        return null
      }),
    ],
  })
  let defect: unknown
  const bus = new Bus({
    engine: t.office.engine,
    registry: buildRegistry([...t.office.registry.modules, module]),
    world: {
      now: () => (tick += 1000),
      today: () => t.today,
      logDefect: (error) => {
        defect = error
        return 'probe'
      },
      staged: async () => staged ?? stagedRows([]),
      breathe: async () => {},
      passwordFits: async () => false, keepSecret: async () => undefined, storedBytes: async () => undefined, hashPassword: async () => 'x',
    },
  })
  const userId = (await t.office.bus.people()).ownerId!
  const answer = await bus.run({ name: probe.name, input: {}, commandId: newCommandId() }, { userId, desk: 'probe' })
  if (answer.ok) return result as T
  if (answer.kind === 'refusal') throw new Refusal(answer.code, answer.details)
  throw defect instanceof Error ? defect : new Error(JSON.stringify(answer))
}

/** The code and details of a refusal that a door must give. */
export async function refusedInCommand(t: TestOffice, work: (ctx: CommandCtx) => Promise<unknown>, options: { staged?: Staged } = {}) {
  try {
    await inCommand(t, work, options)
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details }
    throw error
  }
  throw new Error('was not refused')
}

/** Account ids by code. */
export async function codes(t: TestOffice): Promise<(code: string) => string> {
  const { rows } = await t.ask(accounts, {})
  const byCode = new Map(rows.map((r) => [r.code, r.account_id]))
  return (code) => {
    const id = byCode.get(code)
    if (id === undefined) throw new Error(`no account ${code}`)
    return id
  }
}

export const party = async (t: TestOffice, name: string, more: { is_supplier?: 0 | 1 } = {}): Promise<string> =>
  (await t.run(createParty, { name, is_supplier: more.is_supplier ?? 0, accept_duplicate: 1 })).party_id

/** Closing balances by code, debit less credit, of the accounts that have one. */
export async function closing(t: TestOffice, to = '2026-12-31'): Promise<Record<string, number>> {
  const { rows } = await t.ask(trialBalance, { from: '2026-01-01', to })
  const leaves = rows.filter((r) => r.is_leaf === 1)
  return Object.fromEntries(
    leaves.map((r) => [r.account_code, r.closing_debit_minor - r.closing_credit_minor]).filter(([, net]) => net !== 0),
  )
}

/** Another user of the company with one of the built-in roles. */
export async function colleague(t: TestOffice, role: 'bookkeeper' | 'sales' | 'viewer'): Promise<string> {
  return inCommand(t, async (ctx) => {
    const id = ctx.newId()
    await ctx.db.insert(
      user, { id, login: `${role}-${id.slice(-6)}`, name: role, locale: 'zh-CN', is_active: 1, created_at: ctx.now, password_hash: 'x' },
    )
    // Only who is alone goes without a password.
    await ctx.db.run(user, "update platform_user set password_hash = 'x' where login = 'owner'")
    const found = await ctx.db.get<{ id: string }>('select id from platform_role where code = ?', [role])
    await ctx.db.insert(userRole, { user_id: id, role_id: found!.id })
    return id
  })
}

/** Party codes by name. */
export async function partyCodes(t: TestOffice): Promise<Record<string, string>> {
  const rows = await t.office.engine.read(
    (db) => db.all<{ name: string; code: string }>('select name, code from parties_party order by code'),
  )
  return Object.fromEntries(rows.map((r) => [r.name, r.code]))
}
