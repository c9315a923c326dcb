import { expect, test } from 'vitest'
import { wholeRegistry } from '../../src-main/app/modules.ts'
import { booksMoves } from '../support/random/moves-books.ts'
import { catalogMoves, inventoryMoves, partyMoves } from '../support/random/moves-goods.ts'
import { importMoves, platformMoves, purchasingMoves } from '../support/random/moves-office.ts'
import { salesMoves } from '../support/random/moves-sales.ts'
import { Nothing, Walk, type Move } from '../support/random/walk.ts'
import { isOnServer } from '../support/files.ts'
import { furnish } from '../support/furnish.ts'
import { testOffice } from '../support/office.ts'

// Acceptance 6: random commands break no invariant. ZHANGGUI_RANDOM_COMMANDS raises the number (100,000 on SQLite and 10,000 on
// PostgreSQL for the record), ZHANGGUI_SEED replays a walk.

const COMMANDS = Number(process.env['ZHANGGUI_RANDOM_COMMANDS'] ?? 1500)
const SEED = Number(process.env['ZHANGGUI_SEED'] ?? 7)
/** How often all invariants are asked on the way. */
const VERIFY_EVERY = Number(process.env['ZHANGGUI_VERIFY_EVERY'] ?? Math.max(500, Math.floor(COMMANDS / 20)))

const all: readonly Move[] = [
  ...platformMoves,
  ...partyMoves,
  ...catalogMoves,
  ...booksMoves,
  ...inventoryMoves,
  ...salesMoves,
  ...purchasingMoves,
  ...importMoves,
]
const moves = all.filter((m) => wholeRegistry().commands.has(m.contract.name))

/** Commands with no move here, each with the story that tries it instead. */
const elsewhere: Readonly<Record<string, string>> = {
  'migration.importOnlineRetail': 'tests/stories/online-retail.test.ts',
  'platform.removeOwnPassword': 'tests/modules/platform: only while there is one user',
  ...(isOnServer && {
    'platform.addAttachment': 'files are kept beside the company file; refused by name on PostgreSQL, which tests/postgres tries',
    'platform.removeAttachment': 'the same',
  }),
}

test('every command has a move, or a reason', () => {
  const known = new Set([...moves.map((m) => m.contract.name), ...Object.keys(elsewhere)])
  expect([...wholeRegistry().commands.keys()].filter((name) => !known.has(name))).toEqual([])
})

test(`${COMMANDS} random commands (seed ${SEED}) break no invariant`, { timeout: 7_200_000 }, async () => {
  const t = await testOffice({ taxpayer: SEED % 2 === 0 ? 'general' : 'small' })
  await furnish(t)
  const walk = new Walk(t, SEED)
  const accepted = new Map(moves.map((m) => [m.contract.name, 0]))
  const refusals = new Map<string, number>()
  for (let no = 1; no <= COMMANDS; no++) {
    const move = next(walk, accepted)
    const input = await move.make(walk).catch((error: unknown) => {
      if (error instanceof Nothing) return undefined
      throw error
    })
    if (input === undefined) continue
    const answer = await (move.run?.(walk, input) ?? t.answer(move.contract, input, await move.as?.(walk)))
    if (answer.ok) accepted.set(move.contract.name, accepted.get(move.contract.name)! + 1)
    else if (answer.kind === 'refusal') refusals.set(`${move.contract.name} ${answer.code}`, (refusals.get(`${move.contract.name} ${answer.code}`) ?? 0) + 1)
    else throw new Error(`command ${no} of seed ${SEED}, ${move.contract.name} ${JSON.stringify(input)}: ${JSON.stringify(answer)}`)
    if (walk.chance(60)) t.today = later(t.today)
    if (no % VERIFY_EVERY === 0) await t.verify()
  }
  await t.verify()
  process.stdout.write(`random commands: seed ${SEED}, accepted ${JSON.stringify(Object.fromEntries([...accepted].sort((a, b) => a[1] - b[1])))}\n`)
  const most = [...refusals].sort((a, b) => b[1] - a[1]).slice(0, 30)
  process.stdout.write(`refused most: ${JSON.stringify(Object.fromEntries(most))}\n`)
  if (COMMANDS >= 100_000) expect(Math.min(...accepted.values())).toBeGreaterThanOrEqual(500)
})

/** Half of the time the command that was accepted least, so that each gets its share; otherwise any. */
function next(walk: Walk, accepted: ReadonlyMap<string, number>): Move {
  if (walk.chance(2)) return walk.one(moves)
  const few = [...moves].sort((a, b) => accepted.get(a.contract.name)! - accepted.get(b.contract.name)!)
  return few[walk.roll(12)]!
}

const later = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
