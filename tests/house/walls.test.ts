import { foreignKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { expect, test } from 'vitest'
import { schema } from '../../db/schema/columns.ts'
import { buildRegistry } from '../../src-main/app/registry.ts'
import { command } from '../../src-main/kernel/contract.ts'
import { defineModule, handle } from '../../src-main/kernel/operation.ts'
import { judgeMigrations, judgeOperations, judgeSchema } from './registry-walls.ts'
import { sourceWalls } from './walls.ts'

// A wall that cannot fail is no wall: one violation of each is planted here and must be seen.

const planted: readonly [wall: string, file: string, text: string, says: RegExp][] = [
  ['floors', 'src-main/modules/inventory/x.ts', "import { a } from '../sales/index.ts'", /inventory may not see sales/],
  ['floors', 'src-main/modules/sales/x.ts', "import { a } from '../purchasing/index.ts'", /sales may not see purchasing/],
  ['floors', 'src-main/modules/sales/x.ts', "import { a } from '../inventory/costing.ts'", /by the door/],
  ['floors', 'src-main/modules/sales/x.ts', "import { Bus } from '../../app/bus.ts'", /nobody sees the roof/],
  ['floors', 'src-main/modules/attic/x.ts', 'export const a = 1', /attic has no floor/],
  ['table ownership', 'src-main/modules/sales/order.store.ts', "import { move } from '../../../db/schema/inventory.ts'", /written by inventory/],
  ['table ownership', 'src-main/modules/sales/confirm.ts', "import { order } from '../../../db/schema/sales.ts'", /only a \*\.store\.ts/],
  ['table ownership', 'src-main/modules/sales/order.store.ts', "const q = 'update inventory_move set quantity_e6 = 0'", /table of inventory in SQL/],
  ['kernel and contracts', 'src-main/kernel/x.ts', "import { readFileSync } from 'node:fs'", /zod and the kernel only/],
  ['kernel and contracts', 'src-main/modules/sales/contract.ts', "import { q } from '../../storage/db.ts'", /zod and the kernel only/],
  ['renderer', 'src-renderer/x.tsx', "import { order } from '../db/schema/sales.ts'", /knows contracts, not tables/],
  ['renderer', 'src-renderer/x.tsx', "import { Bus } from '../src-main/app/bus.ts'", /only contracts/],
  ['renderer', 'src-renderer/x.tsx', "import { confirmOrder } from '../src-main/modules/sales/contract.ts'", /as a type/],
  ['forbidden', 'src-main/modules/sales/x.ts', 'const now = Date.now()', /ctx\.now/],
  ['forbidden', 'src-main/modules/sales/x.ts', 'const dice = Math.random()', /newId/],
  ['forbidden', 'src-main/modules/sales/x.ts', "db.all('select * from sales_order')", /name the columns/],
  ['forbidden', 'src-main/modules/sales/x.ts', "ipcMain.handle('x')", /only way in/],
  ['forbidden', 'src-main/modules/sales/x.ts', "console.log('x')", /console/],
  ['forbidden', 'src-main/modules/sales/x.ts', 'let x: any = 1', /say what it is/],
  ['forbidden', 'src-main/modules/sales/x.ts', 'await Promise.all([a(), b()])', /one connection/],
  ['forbidden', 'src-main/modules/sales/x.ts', "const net = (gross / 1.01).toFixed(2)", /no floats/],
  ['size', 'src-main/modules/sales/x.ts', 'export const a = 1\n'.repeat(401), /rebuild the room/],
  ['size', 'src-main/modules/sales/x.ts', 'export default 1', /no default exports/],
  ['readmes', 'src-main/modules/sales/x.ts', 'export const a = 1', /README\.md is missing/],
]

test.each(planted)('%s: %s is seen', async (wall, file, text, says) => {
  const judge = sourceWalls.find((w) => w.name.startsWith(wall))!.judge
  const problems = await judge(new Map([[file, text]]))
  expect(problems.map((p) => p.says).join('\n')).toMatch(says)
})

test('languages: a missing text, an empty one, a mixed one and a lost placeholder are seen', async () => {
  const judge = sourceWalls.find((w) => w.name.startsWith('languages'))!.judge
  const problems = await judge(
    new Map([
      ['assets/locales/zh-CN/x.json', JSON.stringify({ 'ui.a': '甲', 'ui.b': '', 'ui.c': '丙', 'ui.d': '共 {{count}} 行' })],
      ['assets/locales/en/x.json', JSON.stringify({ 'ui.b': 'B', 'ui.c': '丙 C', 'ui.d': 'rows' })],
    ]),
  )
  expect(problems.map((p) => p.says)).toEqual([
    'ui.a is missing in en',
    'ui.b is missing in zh-CN',
    'ui.c is not English: 丙 C',
    'ui.d has other placeholders than its English text',
  ])
})

test('operations: a command without texts, with an untested refusal, and a command without handler or permission are seen', () => {
  const contract = command({ name: 'sales.plant', permission: 'sales.plant', input: z.strictObject({}), output: z.null(), refusals: ['sales.planted' + 'Refusal'] })
  const permissions = [{ name: 'sales.plant', grants: {} }]
  const module = defineModule({ name: 'sales', floor: 6, permissions, commands: [handle(contract, async () => null)] })
  const says = judgeOperations(buildRegistry([module]), new Map()).map((p) => p.says)
  expect(says).toContain('command.sales.plant has no text in zh-CN')
  expect(says).toContain('refusal.sales.planted' + 'Refusal has no text in en')
  expect(says).toContain('no test mentions the refusal sales.planted' + 'Refusal')
  expect(() => buildRegistry([{ ...module, permissions: [] }])).toThrow('unknown permission')
})

test('tables: a wrong prefix and a reference without an index are seen', () => {
  const parent = sqliteTable('other_parent', { id: text().primaryKey().notNull() })
  const child = sqliteTable('plant_child', { id: text().primaryKey().notNull(), parent_id: text() }, (t) => [
    foreignKey({ columns: [t.parent_id], foreignColumns: [parent.id] }),
  ])
  const says = judgeSchema([schema({ module: 'plant', tables: [parent, child], guards: [], unlogged: [], bornWithParent: [], reference: [], clustered: [] })]).map((p) => p.says)
  expect(says).toEqual(['other_parent is not prefixed by plant_', 'plant_child(parent_id) refers without an index'])
})

test('migrations: a changed one is seen', () => {
  expect(judgeMigrations(new Map([['db/migrations/0001-first.sqlite.sql', 'create table x (y)']]))).toHaveLength(3)
})
