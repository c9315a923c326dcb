import { expect, test } from 'vitest'
import { lettersOf, stemOf, type CodeRule } from '../../../src-main/kernel/codes.ts'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { twoSalespeople } from '../../support/people.ts'

const customerRule: CodeRule = { parts: [{ kind: 'text', text: 'KH-' }, { kind: 'fact', fact: 'region', letters: 4 }, { kind: 'text', text: '-' }, { kind: 'fact', fact: 'name', letters: 3 }], digits: 3 }
const setRule = (t: TestOffice, key: string, value: CodeRule | null) => t.run(platform.setSetting, { key, value: value === null ? null : { ...value, parts: [...value.parts] } })
const codeOf = async (t: TestOffice, input: object) => (await t.run(parties.createParty, { name: '', ...input })).code
const inShenzhen = { addresses: [{ region: '广东省深圳市', street: '华强北路1号' }] }

test('words become letters: initials of Chinese characters in their reading, other letters as they stand', () => {
  expect(lettersOf('华强电子', 3)).toBe('HQD')
  expect(lettersOf('重庆长江', 9)).toBe('CQCJ')
  expect(lettersOf('华为P30 Café', 9)).toBe('HWP30CAFE')
  expect(lettersOf('!?（）', 9)).toBe('')
  expect(stemOf({ parts: [{ kind: 'text', text: 'S' }, { kind: 'year', digits: 2 }, { kind: 'month' }], digits: 3 }, { facts: {}, day: '2026-03-05' })).toBe('S2603-')
})

test('customers are coded by their rule, suppliers by theirs, each stem counts for itself, and what is empty is left out', async () => {
  const t = await testOffice()
  await setRule(t, 'parties.customer_code', customerRule)
  await setRule(t, 'parties.supplier_code', { parts: [{ kind: 'text', text: 'GYS' }, { kind: 'year', digits: 4 }], digits: 2 })
  const shown = await t.ask(parties.nextPartyCode, { name: '深圳市华强电子有限公司', region: '广东省深圳市' })
  expect(shown).toEqual({ code: 'KH-GDSZ-HQD001' })
  expect(await codeOf(t, { name: '深圳市华强电子有限公司', ...inShenzhen })).toBe('KH-GDSZ-HQD001')
  expect(await codeOf(t, { name: '华强灯具店', ...inShenzhen })).toBe('KH-GDSZ-HQD002')
  expect(await codeOf(t, { name: '春来茶庄', short_name: 'Chun' })).toBe('KH-CHU001')
  expect(await codeOf(t, { name: '临海茶厂', is_customer: 0, is_supplier: 1 })).toBe('GYS2026-01')
  expect(await codeOf(t, { name: '又买又卖', is_supplier: 1 })).toBe('KH-YMY001')
  t.today = '2027-01-01'
  expect(await codeOf(t, { name: '临海二厂', is_customer: 0, is_supplier: 1 })).toBe('GYS2027-01')
})

test('a code given once is never given again: not after a change of the rule and back, not when its bearer took another', async () => {
  const t = await testOffice()
  const plain: CodeRule = { parts: [{ kind: 'text', text: 'A' }], digits: 2 }
  await setRule(t, 'parties.customer_code', plain)
  const { party_id, code } = await t.run(parties.createParty, { name: '甲' })
  expect(code).toBe('A01')
  await t.run(parties.updateParty, { party_id, code: '手写' })
  await setRule(t, 'parties.customer_code', null)
  expect(await codeOf(t, { name: '乙' })).toBe('C00001')
  await setRule(t, 'parties.customer_code', plain)
  await t.run(parties.createParty, { name: '丙', code: 'A02' })
  expect(await codeOf(t, { name: '丁' })).toBe('A03')
  await setRule(t, 'parties.customer_code', { parts: [{ kind: 'text', text: 'A0' }], digits: 1 })
  expect(await codeOf(t, { name: '戊' })).toBe('A0-1')
  await t.run(platform.resetSetting, { key: 'parties.customer_code' })
  expect((await t.ask(parties.nextPartyCode, { name: '己' })).code).toBe('C00002')
})

test('a code typed by hand that somebody bears is refused with their name, where one may see them', async () => {
  const { t, amy, bob } = await twoSalespeople()
  const { party_id, code } = await t.run(parties.createParty, { name: '鲍勃的客户' }, bob)
  expect(await t.refused(parties.createParty, { name: '甲', code }, await t.office.bus.people().then((p) => p.ownerId!))).toEqual({ code: 'parties.codeTaken', details: { code, name: '鲍勃的客户' } })
  expect(await t.refused(parties.createParty, { name: '甲', code }, amy)).toEqual({ code: 'parties.codeTakenUnseen', details: { code } })
  const own = await t.run(parties.createParty, { name: '艾米的客户' }, amy)
  expect((await t.refused(parties.updateParty, { party_id: own.party_id, code }, amy)).code).toBe('parties.codeTakenUnseen')
  expect(party_id).not.toBe(own.party_id)
})

test('items take the code of their category, else its initials; after many codes by hand the next free one is found', async () => {
  const t = await testOffice()
  await setRule(t, 'catalog.item_code', { parts: [{ kind: 'fact', fact: 'category', letters: 4 }, { kind: 'text', text: '-' }], digits: 4 })
  const tea = await t.run(catalog.createCategory, { name: '茶叶' })
  const pots = await t.run(catalog.createCategory, { name: '茶具', code: 'POT' })
  const make = async (category_id: string | null, name: string) => (await t.run(catalog.createItem, { name, base_unit: '盒', category_id })).code
  expect(await make(tea.category_id, '铁观音')).toBe('CY-0001')
  expect(await make(pots.category_id, '紫砂壶')).toBe('POT-0001')
  expect(await make(null, '杂项')).toBe('0001')
  for (let i = 2; i <= 40; i++) await t.run(catalog.createItem, { name: `壶${i}`, base_unit: '个', code: `POT-${String(i).padStart(4, '0')}` })
  expect(await t.ask(catalog.nextItemCode, { name: '新壶', category_id: pots.category_id })).toEqual({ code: 'POT-0041' })
  expect(await make(pots.category_id, '新壶')).toBe('POT-0041')
  await t.run(catalog.updateCategory, { category_id: tea.category_id, code: 'TEA' })
  expect((await t.ask(catalog.listCategories, {})).rows.map((r) => r.code).sort()).toEqual(['POT', 'TEA'])
  expect(await make(tea.category_id, '龙井')).toBe('TEA-0001')
  expect(await t.refused(catalog.createItem, { name: '重', base_unit: '个', code: 'POT-0001' })).toEqual({ code: 'catalog.codeTaken', details: { code: 'POT-0001', name: '紫砂壶' } })
})

test('a rule that could grow too long, speaks of what the record does not know, or has no part is invalid', async () => {
  const t = await testOffice()
  const wrong = [{ parts: [], digits: 4 }, { parts: [{ kind: 'fact', fact: 'category', letters: 3 }], digits: 4 }, { parts: [{ kind: 'text', text: 'A B' }], digits: 4 }, { parts: [{ kind: 'text', text: 'A' }], digits: 0 }, { parts: Array.from({ length: 4 }, () => ({ kind: 'fact', fact: 'name', letters: 12 })), digits: 4 }]
  for (const value of wrong) expect(await t.answer(platform.setSetting, { key: 'parties.customer_code', value }), JSON.stringify(value)).toMatchObject({ ok: false, kind: 'invalid' })
})
