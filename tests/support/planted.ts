import { brokenRows } from '../../src-main/kernel/operation.ts'
import type { SqlValue, Writer } from '../../src-main/storage/db.ts'
import type { TestOffice } from './office.ts'

class Undo extends Error {}

/** Breaks the books behind the program's back, looks whether an invariant sees it, and takes everything back. */
export async function seesPlanted(
  t: TestOffice,
  { invariant, plant }: { invariant: string; plant: readonly (readonly [sql: string, params?: readonly SqlValue[]])[] },
): Promise<boolean> {
  const found = t.office.registry.invariants.find((i) => i.name === invariant)
  if (!found) throw new Error(`there is no invariant "${invariant}"`)
  let seen = false
  const work = async (db: Writer): Promise<void> => {
    for (const [sql, params = []] of plant) await db.all(`${sql} returning 1 as done`, params)
    seen = (await brokenRows(db, found, 1)).length > 0
    throw new Undo()
  }
  await t.office.engine.write(work).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return seen
}
