import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openOffice } from '../../src-main/app/office.ts'
import { builtFile } from '../../src-main/start/build-part.ts'
import { newCommandId } from '../../src-main/app/world.ts'

const root = join(import.meta.dirname, '../..')

export type KillReport = { readonly cycles: number; readonly acknowledged: number; readonly lost: readonly string[]; readonly broken: readonly string[] }

type Target = { readonly data: string; readonly party_id: string; readonly item_id: string }

/** How long the writer may live before the axe falls, from its first answer on. */
const LONGEST_LIFE_MS = 400

/**
 * Streams orders through `call -`, kills the process by SIGKILL at a random moment, opens the books again and looks for every
 * order that was acknowledged, `cycles` times. `random` gives numbers in [0, 1).
 */
export async function killCycles({ target, cycles, random }: { target: Target; cycles: number; random: () => number }): Promise<KillReport> {
  const acknowledged: string[] = []
  const broken: string[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    acknowledged.push(...(await oneLife({ target, lifeMs: 5 + random() * LONGEST_LIFE_MS })))
    const office = await openOffice({ data: target.data })
    try {
      const report = await office.verify()
      if (!report.ok) broken.push(`cycle ${cycle}: ${report.broken.map((b) => b.name).join(', ')}`)
    } finally {
      await office.close()
    }
  }
  return { cycles, acknowledged: acknowledged.length, lost: await missing(target.data, acknowledged), broken }
}

async function missing(data: string, orderIds: readonly string[]): Promise<string[]> {
  const office = await openOffice({ data, readonly: 1 })
  try {
    return await office.engine.read(async (db) => {
      const held = new Set((await db.all<{ id: string }>('select id from sales_order order by id')).map((r) => r.id))
      return orderIds.filter((id) => !held.has(id))
    })
  } finally {
    await office.close()
  }
}

/** One writer: confirms and delivers orders as fast as it can until it is killed. Gives the ids it acknowledged. */
function oneLife({ target, lifeMs }: { target: Target; lifeMs: number }): Promise<string[]> {
  const child = spawn(process.execPath, [builtFile(root, 'cli'), 'call', '--data', target.data, '-'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const acknowledged: string[] = []
  const send = (name: string, input: unknown): void => void child.stdin.write(`${JSON.stringify({ name, input, commandId: newCommandId() })}\n`)
  const order = (): void => send('sales.createOrder', { party_id: target.party_id, lines: [{ item_id: target.item_id, quantity_e6: 1_000_000, price_e4: 10_000 }] })
  let isArmed = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { ok, output } = JSON.parse(line) as { ok: boolean; output?: { order_id?: string; number?: string; gross_minor?: number } }
    if (!isArmed) {
      isArmed = true
      setTimeout(() => child.kill('SIGKILL'), lifeMs)
    }
    if (!ok || !output?.order_id) return order()
    if (!acknowledged.includes(output.order_id)) acknowledged.push(output.order_id)
    if (output.number !== undefined) {
      send('sales.deliver', { order_id: output.order_id })
      order()
    } else if (output.gross_minor !== undefined) send('sales.confirmOrder', { order_id: output.order_id })
  })
  child.stdin.on('error', () => undefined)
  order()
  return new Promise((resolve) => child.on('exit', () => resolve(acknowledged)))
}
