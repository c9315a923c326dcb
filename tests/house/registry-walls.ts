import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { wholeSchema } from '../../db/schema/index.ts'
import type { ModuleSchema } from '../../db/schema/columns.ts'
import { wholeRegistry } from '../../src-main/app/modules.ts'
import type { Registry } from '../../src-main/app/registry.ts'
import { renderFirstMigration } from '../../src-main/storage/migrate.ts'
import { metaOf } from '../../src-main/storage/table-meta.ts'
import { LANGUAGES, textsIn } from './walls.ts'
import { filesUnder, type Problem, type Tree, type Wall } from './tree.ts'

/** Every operation: label in both languages, name in its module; every refusal: text in both languages and a test row. */
export function judgeOperations(registry: Registry, tree: Tree): Problem[] {
  const problems: Problem[] = []
  const texts = LANGUAGES.map((l) => [l, textsIn(tree, l)] as const)
  const tested = filesUnder(tree, 'tests/').map(([, text]) => text).join('\n')
  const wanted = (key: string, file: string): void => {
    for (const [language, all] of texts) if (!all.get(key)) problems.push({ file, says: `${key} has no text in ${language}` })
  }
  for (const module of registry.modules) {
    const file = `src-main/modules/${module.name}/contract.ts`
    for (const { contract } of [...module.commands, ...module.queries]) {
      if (!contract.name.startsWith(`${module.name}.`)) problems.push({ file, says: `${contract.name} does not carry its module's name` })
      wanted(`${contract.kind}.${contract.name}`, file)
      for (const code of contract.refusals) wanted(`refusal.${code}`, file)
      if (contract.kind === 'query') {
        const known = new Set(wholeSchema.flatMap((m) => m.tables.map((t) => metaOf(t).name)))
        for (const table of contract.reads) if (!known.has(table)) problems.push({ file, says: `${contract.name} reads ${table}, which does not exist` })
      }
    }
    for (const code of module.refusals) wanted(`refusal.${code}`, file)
    for (const permission of module.permissions) wanted(`permission.${permission.name}`, file)
  }
  for (const code of registry.refusals) if (!tested.includes(`'${code}'`)) problems.push({ file: 'tests', says: `no test mentions the refusal ${code}` })
  return problems
}

/** Every table: prefixed by its module, typed, and indexed on its foreign keys. */
export function judgeSchema(modules: readonly ModuleSchema[]): Problem[] {
  const problems: Problem[] = []
  for (const m of modules) {
    for (const table of m.tables) {
      const config = getTableConfig(table)
      const file = `db/schema/${m.module}.ts`
      if (!config.name.startsWith(`${m.module}_`)) problems.push({ file, says: `${config.name} is not prefixed by ${m.module}_` })
      const leading = [
        metaOf(table).key,
        ...config.indexes.map((i) => i.config.columns.map((c) => (c as { name?: string }).name ?? '')),
      ]
      for (const key of config.foreignKeys) {
        const columns = key.reference().columns.map((c) => c.name)
        if (!leading.some((index) => columns.every((c, i) => index[i] === c))) problems.push({ file, says: `${config.name}(${columns.join(', ')}) refers without an index` })
      }
    }
  }
  return problems
}

/** The migration files are what the schema says, until the first release freezes them. */
export const judgeMigrations = (tree: Tree): Problem[] =>
  Object.entries(renderFirstMigration())
    .map(([name, text]) => ({ file: `db/migrations/${name}`, text }))
    .filter(({ file, text }) => tree.get(file) !== text)
    .map(({ file }) => ({ file, says: 'is not what the schema says: npm run -s draft-migration' }))

export const registryWalls: readonly Wall[] = [
  { name: 'operations: labels, refusals with texts and tests, known tables', judge: (tree) => judgeOperations(wholeRegistry(), tree) },
  { name: 'tables: prefixed, typed, indexed on their foreign keys', judge: () => judgeSchema(wholeSchema) },
  { name: 'migrations: equal to the schema', judge: judgeMigrations },
]
