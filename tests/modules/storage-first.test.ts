import { expect, test } from 'vitest'
import { testOffice } from '../support/office.ts'

test('a company is founded in an empty folder and opens again', async () => {
  const t = await testOffice()
  expect((await t.office.bus.company()).name).toBe('测试商行')
  expect(await t.office.onePerson()).toBe(true)
  const rows = await t.office.engine.read((db) => db.all<{ name: string }>('select name from platform_audit'))
  expect(rows).toEqual([{ name: 'platform.found' }])
})
