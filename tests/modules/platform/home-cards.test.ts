import { expect, test } from 'vitest'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

test('everybody arranges the own start page, and takes it back', async () => {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  expect(await t.ask(platform.getHome, {}, amy)).toEqual({ cards: null })
  const cards = [{ card: 'todo', columns: 1 }, { card: 'sales', columns: 2 }]
  await t.run(platform.setHome, { cards }, amy)
  expect(await t.ask(platform.getHome, {}, amy)).toEqual({ cards })
  expect(await t.ask(platform.getHome, {})).toEqual({ cards: null })
  await t.run(platform.setHome, { cards: [] }, amy)
  expect(await t.ask(platform.getHome, {}, amy)).toEqual({ cards: [] })
  await t.run(platform.setHome, { cards: null }, amy)
  expect(await t.ask(platform.getHome, {}, amy)).toEqual({ cards: null })
  expect(await t.answer(platform.setHome, { cards: [cards[0], cards[0]] }, amy)).toMatchObject({ ok: false, kind: 'invalid' })
})
