import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { setting } from '../../db/schema/platform.ts'
import type { SqliteEngine } from '../../src-main/storage/sqlite.ts'
import { emptySqlite } from '../support/engines.ts'
import { testOffice } from '../support/office.ts'

test('a company is founded in an empty folder and opens again', async () => {
  const t = await testOffice()
  expect((await t.office.bus.company()).name).toBe('测试商行')
  expect(await t.office.onePerson()).toBe(true)
  const rows = await t.office.engine.read((db) => db.all<{ name: string }>('select name from platform_audit'))
  expect(rows).toEqual([{ name: 'platform.found' }])
})

// The limit is no measure of speed: waiting for a reader of the same thread ends with SQLite's own patience of ten seconds, and nobody is answered meanwhile.
test('the log of a company file is folded without waiting for somebody who reads', { timeout: 8_000 }, async () => {
  const { engine, remove } = await emptySqlite()
  const { file, checkpoint } = engine as SqliteEngine
  const logged = () => statSync(`${file}-wal`).size
  const writes = (key: string) => engine.write((db) => db.insert(setting, { key, value: '1' }))
  await writes('one')
  let leave = () => {}
  const reading = engine.read(async (db) => {
    await db.all('select key from platform_setting')
    await new Promise<void>((resolve) => (leave = resolve))
  })
  await writes('two')
  await checkpoint()
  expect(logged()).toBeGreaterThan(0)
  leave()
  await reading
  await checkpoint()
  expect(logged()).toBe(0)
  await remove()
})
