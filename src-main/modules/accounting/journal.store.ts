import { allocation, balance, entry, entryLine, payment } from '../../../db/schema/accounting.ts'
import { assert } from '../../kernel/assert.ts'
import { unit, type CommandCtx } from '../../kernel/operation.ts'
import type { NewRow, Writer } from '../../storage/db.ts'

/** The period under which opening entries stand in the balances: before every month. */
const OPENING_PERIOD = '0000-00'

type Turnover = { readonly account_id: string; readonly period: string; debit_minor: number; credit_minor: number }

/** What a command has posted and not yet written: rows go out in few statements, balances once per account and month. */
type Journal = {
  entries: NewRow<typeof entry>[]
  lines: NewRow<typeof entryLine>[]
  payments: NewRow<typeof payment>[]
  allocations: NewRow<typeof allocation>[]
  readonly balances: Map<string, Turnover>
}

const journal = unit<Journal>({
  key: 'accounting.journal',
  create: () => ({ entries: [], lines: [], payments: [], allocations: [], balances: new Map() }),
  flush: async (db, held) => {
    await writeRows(db, held)
    await writeBalances(db, held)
  },
})

/** Rows held before they are written on the way: keeps an import's memory flat. */
const LINES_HELD = 1600

async function writeRows(db: Writer, held: Journal): Promise<void> {
  const { entries, lines, payments, allocations } = held
  held.entries = []
  held.lines = []
  held.payments = []
  held.allocations = []
  await db.insertMany(entry, entries)
  await db.insertMany(entryLine, lines)
  await db.insertMany(payment, payments)
  await db.insertMany(allocation, allocations)
}

async function writeBalances(db: Writer, { balances }: Journal): Promise<void> {
  if (balances.size === 0) return
  // One order for all writers, so that two of them on PostgreSQL never wait for each other in a circle.
  const rows = [...balances.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, turnover]) => turnover)
  balances.clear()
  await db.add(balance, rows.filter((r) => r.debit_minor !== 0 || r.credit_minor !== 0), ['debit_minor', 'credit_minor'])
}

/** Takes an entry with its lines into the command's journal and its amounts into the balances. */
export async function holdEntry(ctx: CommandCtx, head: NewRow<typeof entry>, lines: readonly NewRow<typeof entryLine>[]): Promise<void> {
  const held = ctx.unit(journal)
  const period = head.kind === 'opening' ? OPENING_PERIOD : head.period
  held.entries.push(head)
  for (const line of lines) {
    held.lines.push(line)
    addTurnover(
      held.balances, { account_id: line.account_id, period, debit_minor: line.debit_minor ?? 0, credit_minor: line.credit_minor ?? 0 },
    )
  }
  if (held.lines.length >= LINES_HELD) await writeRows(ctx.db, held)
}

function addTurnover(balances: Map<string, Turnover>, added: Turnover): void {
  const key = `${added.account_id} ${added.period}`
  const known = balances.get(key)
  if (!known) {
    balances.set(key, { ...added })
    return
  }
  known.debit_minor += added.debit_minor
  known.credit_minor += added.credit_minor
  assert(Number.isSafeInteger(known.debit_minor) && Number.isSafeInteger(known.credit_minor), 'a balance is beyond the safe integers')
}

export const holdPayment = (ctx: CommandCtx, row: NewRow<typeof payment>): void => void ctx.unit(journal).payments.push(row)
export const holdAllocation = (ctx: CommandCtx, row: NewRow<typeof allocation>): void => void ctx.unit(journal).allocations.push(row)

/** Writes what is held, so that SQL of this command sees the entries, payments and allocations it posted before. */
export const writeHeldRows = (ctx: CommandCtx): Promise<void> => writeRows(ctx.db, ctx.unit(journal))
