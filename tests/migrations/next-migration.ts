import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { migrationsFolder } from '../../src-main/storage/migrate.ts'

/** Lets the program of this process believe in one migration more; the test takes ZHANGGUI_MIGRATIONS away again. */
export function withNextMigration(folder: string, statements: { sqlite?: readonly string[]; postgres?: readonly string[] }): void {
  const target = join(folder, 'migrations')
  cpSync(migrationsFolder(), target, { recursive: true })
  for (const [dialect, list] of Object.entries(statements)) writeFileSync(join(target, `0002-next.${dialect}.sql`), list.join('\n--> next statement\n'))
  process.env['ZHANGGUI_MIGRATIONS'] = target
}
