import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wholeRegistry } from '../../src-main/app/modules.ts'
import type { Contract } from '../../src-main/kernel/contract.ts'
import { inputFor, spoiled, type JsonSchema } from '../support/hostile.ts'
import { lastDefect, testOffice, type TestOffice } from '../support/office.ts'
import { furnish } from '../support/furnish.ts'

// Acceptance 7: generated inputs over every command and query: no crash, no stack trace, no write by a rejected call.
// ZHANGGUI_HOSTILE_RUNS raises the number of inputs over all operations (20,000 for the record; CI takes fewer).

const RUNS = Number(process.env['ZHANGGUI_HOSTILE_RUNS'] ?? 3000)
const SEED = Number(process.env['ZHANGGUI_SEED'] ?? 20_260_101)

/** Everything a rejected call could have left behind. */
async function footprint(t: TestOffice): Promise<string> {
  return t.office.engine.read(async (db) => {
    const row = await db.get(
      `select (select count(*) from platform_audit) as audits, (select coalesce(max(seq), 0) from platform_change) as changes,
              (select count(*) from inventory_move) as moves, (select count(*) from accounting_line) as lines,
              (select coalesce(sum(last_no), 0) from platform_counter) as numbers`,
    )
    return JSON.stringify(row)
  })
}

async function idsOf(t: TestOffice): Promise<string[]> {
  const tables = ['parties_party', 'catalog_item', 'accounting_account', 'inventory_warehouse', 'inventory_location', 'sales_order', 'sales_delivery', 'sales_invoice', 'accounting_open_item', 'accounting_payment', 'purchasing_bill', 'platform_user', 'platform_role', 'crm_activity', 'crm_task', 'crm_lead', 'crm_opportunity', 'crm_stage', 'service_ticket', 'service_class', 'service_refund', 'service_feedback', 'insights_tier', 'insights_segment', 'platform_approval', 'credit_dunning', 'credit_promise', 'contracts_contract']
  return t.office.engine.read(async (db) => {
    const ids: string[] = []
    for (const table of tables) for (const row of await db.all<{ id: string }>(`select id from ${table} order by id limit 5`)) ids.push(row.id)
    return ids
  })
}

describe('hostile input', () => {
  const registry = wholeRegistry()
  const contracts: Contract[] = [...registry.commands.values(), ...registry.queries.values()].map((h) => h.contract)

  test(`${RUNS} inputs over ${contracts.length} operations (seed ${SEED})`, { timeout: 3_600_000 }, async () => {
    const t = await testOffice()
    await furnish(t)
    const each = Math.max(1, Math.ceil(RUNS / contracts.length))
    const counts = { ok: 0, invalid: 0, refusal: 0 }
    for (const contract of contracts) {
      const ids = await idsOf(t)
      const schema = z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
      const inputs = fc.sample(spoiled(inputFor(schema, ids)), { numRuns: each, seed: SEED })
      for (const input of inputs) {
        const before = contract.kind === 'command' ? await footprint(t) : ''
        const answer = await t.answer(contract, input)
        const shown = JSON.stringify(answer) ?? ''
        if (!answer.ok && answer.kind === 'defect') throw new Error(`${contract.name} broke on ${JSON.stringify(input)?.slice(0, 2000)}: ${await lastDefect(t.office)}`)
        expect(shown).not.toMatch(/\bat .+\.ts:\d+|node_modules|SqliteError/)
        if (answer.ok) counts.ok++
        else {
          counts[answer.kind as 'invalid' | 'refusal']++
          if (contract.kind === 'command') expect(await footprint(t), `${contract.name} was rejected and wrote`).toBe(before)
        }
      }
    }
    process.stdout.write(`hostile input: ${JSON.stringify(counts)} seed ${SEED}\n`)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
