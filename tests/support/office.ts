import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createCompany, openOffice, type OpenOffice } from '../../src-main/app/office.ts'
import { newCommandId } from '../../src-main/app/world.ts'
import type { Answer } from '../../src-main/app/office-types.ts'
import type { CommandContract, OutputOf, QueryContract, SentInputOf } from '../../src-main/kernel/contract.ts'
import type { Founding } from '../../src-main/modules/platform/founding.ts'
import { openOffices } from './open-offices.ts'
import { copiedPostgres, dropPostgres } from './postgres.ts'

/** A real company in a temporary folder (or on PostgreSQL when ZHANGGUI_TEST_POSTGRES is set), with a clock the test moves. */
export type TestOffice = {
  readonly office: OpenOffice
  readonly data: string
  /** A folder of the test's own for files it makes. */
  readonly scratch: string
  /** The day on which everything happens now; set it to travel. */
  today: string
  /** Lets so many minutes pass on the clock; the day stays as it is set. */
  pass(minutes: number): void
  /** Runs a command that must succeed, and gives its output. */
  run<C extends CommandContract>(contract: C, input: SentInputOf<C>, as?: string): Promise<OutputOf<C>>
  /** Asks a query that must succeed. */
  ask<C extends QueryContract>(contract: C, input: SentInputOf<C>, as?: string): Promise<OutputOf<C>>
  /** Runs a command or query that must be refused; gives code and details. */
  refused(contract: CommandContract | QueryContract, input: unknown, as?: string): Promise<{ code: string; details: Record<string, unknown> }>
  /** Any answer, as it comes. */
  answer(contract: CommandContract | QueryContract, input: unknown, as?: string): Promise<Answer>
  /** Every invariant must hold. */
  verify(): Promise<void>
  close(): Promise<void>
}

const server = process.env['ZHANGGUI_TEST_POSTGRES']

/** Companies of this process as they were founded, by how: founding one takes ten times as long as copying it. `tick` is the clock when it was done. */
const founded = new Map<string, { readonly folder: string; readonly tick: number }>()

/** Founds and opens a company. Defaults: cn-small, small-scale, CNY, books from 2026-01-01, today 2026-01-15. */
export async function testOffice(founding: Partial<Founding> = {}, options: { today?: string } = {}): Promise<TestOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-test-'))
  let tick = Date.UTC(2026, 0, 15, 1)
  const clock = { today: options.today ?? '2026-01-15' }
  const now = () => (tick += 1000)
  const today = () => clock.today
  const whole = {
    name: '测试商行',
    profile: 'cn-small',
    currency: founding.profile === 'international' ? 'GBP' : 'CNY',
    first_day: '2026-01-01',
    ...founding,
  } as Founding
  const key = JSON.stringify([whole, clock.today])
  const found = (data: string) => createCompany({ data, founding: whole, now, today })
  const data = server ? await copiedPostgres(server, { key, prepare: found }) : folder
  // A copy on the server was founded by another process: it must not lie in the future.
  if (server) tick += 60_000
  else {
    if (!founded.has(key)) {
      const template = mkdtempSync(join(tmpdir(), 'zhanggui-founded-'))
      await found(template)
      founded.set(key, { folder: template, tick })
    }
    const template = founded.get(key)!
    cpSync(template.folder, data, { recursive: true })
    tick = template.tick
  }
  const office = await openOffice({ data, now, today })
  const caller = async (as?: string) => ({ desk: 'test', userId: as ?? (await office.bus.people()).ownerId! })
  const answer: TestOffice['answer'] = async (contract, input, as) =>
    contract.kind === 'command'
      ? office.run({ name: contract.name, input, commandId: newCommandId() }, await caller(as))
      : office.ask({ name: contract.name, input }, await caller(as))
  const good = async (contract: CommandContract | QueryContract, input: unknown, as?: string): Promise<unknown> => {
    const result = await answer(contract, input, as)
    if (!result.ok) throw new Error(`${contract.name} was not accepted: ${JSON.stringify(result)}${await lastDefect(office)}`)
    return result.output
  }
  const t: TestOffice = {
    office,
    data,
    scratch: folder,
    get today() {
      return clock.today
    },
    set today(day: string) {
      clock.today = day
    },
    pass: (minutes) => void (tick += minutes * 60_000),
    run: (contract, input, as) => good(contract, input, as) as never,
    ask: (contract, input, as) => good(contract, input, as) as never,
    refused: async (contract, input, as) => {
      const result = await answer(contract, input, as)
      if (result.ok || result.kind !== 'refusal') throw new Error(`${contract.name} was not refused: ${JSON.stringify(result)}${await lastDefect(office)}`)
      return { code: result.code, details: result.details }
    },
    answer,
    verify: async () => expect((await office.verify()).broken).toEqual([]),
    close: async () => {
      openOffices.delete(t)
      await office.close()
      if (server) await dropPostgres(server, data)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  openOffices.add(t)
  return t
}

/** What the log says of the last defect. */
export async function lastDefect(office: OpenOffice): Promise<string> {
  const { readFileSync } = await import('node:fs')
  try {
    const lines = readFileSync(join(office.place.log, 'defects.log'), 'utf8').trim().split('\n')
    return `\n${String((JSON.parse(lines.at(-1)!) as { error: string }).error)}`
  } catch {
    return ''
  }
}
