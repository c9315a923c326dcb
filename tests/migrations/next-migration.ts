import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { migrationsFolder } from '../../src-main/storage/migrate.ts'

/** The version that the migration more leads to. */
export const NEXT_VERSION = 9999

/** Lets the program of this process believe in one migration more; the test calls `asBefore` when it is done. */
export function withNextMigration(folder: string, statements: { sqlite?: readonly string[]; postgres?: readonly string[] }): void {
  asBefore()
  const target = join(folder, 'migrations')
  cpSync(migrationsFolder(), target, { recursive: true })
  for (const [dialect, list] of Object.entries(statements)) {
    writeFileSync(join(target, `${NEXT_VERSION}-next.${dialect}.sql`), list.join('\n--> next statement\n'))
  }
  process.env['ZHANGGUI_MIGRATIONS'] = target
}

/** The program's own migrations again. */
export const asBefore = (): void => void delete process.env['ZHANGGUI_MIGRATIONS']
