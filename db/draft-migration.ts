import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationsFolder, renderFirstMigration } from '../src-main/storage/migrate.ts'

// Until the first release there is one migration, written anew from the schema: `npm run -s draft-migration`.
// After it, a change of the schema gets a file of its own, drafted by hand from the difference and then frozen.
mkdirSync(migrationsFolder(), { recursive: true })
for (const [file, text] of Object.entries(renderFirstMigration())) writeFileSync(join(migrationsFolder(), file), text)
