import { expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { tidied } from '../../../src-main/modules/parties/tidy.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { twoSalespeople } from '../../support/people.ts'

test('values are written as they should be; what cannot be read stays as it stands', () => {
  for (const [wrong, right] of [['138 0013 8000', '13800138000'], ['+86 138-0013-8000', '13800138000'], ['（0571）8888 1234', '0571-88881234'], ['02155550101 转12', '021-55550101 转 12'], ['４００－８００－１２３４', '4008001234'], ['问前台', '问前台'], ['+44 20 7946 0000', '+442079460000']]) expect(tidied('phone', wrong!), wrong).toBe(right)
  for (const [wrong, right] of [[' Wang@Example.COM ', 'Wang@example.com'], ['王@ａｂ。cn', '王@ab.cn'], ['<a@b.cn>;', 'a@b.cn'], ['没有邮箱', '没有邮箱']]) expect(tidied('email', wrong!), wrong).toBe(right)
  expect(tidied('tax_no', '9135-0100 m000100y43')).toBe('91350100M000100Y43')
  expect(tidied('region', '  浙江省　杭州市 ')).toBe('浙江省 杭州市')
})

const street = { street: '河坊街1号' }
const get = (t: TestOffice, party_id: string) => t.ask(parties.getParty, { party_id })

test('a field of many is mended in one command: shown before, done as shown, refusals by row, and taken back', async () => {
  const t = await testOffice()
  const make = async (name: string, more: object) => (await t.run(parties.createParty, { name, ...more })).party_id
  const one = await make('甲茶庄', { phone: '+86 138 0013 8000' })
  const two = await make('乙饭店', { phone: '(0571) 8888-1234' })
  const right = await make('丙超市', { phone: '021-55550101' })
  const party_ids = [one, two, right]
  const mend = { how: 'tidy', field: 'phone' } as const
  const shown = await t.ask(parties.previewMend, { party_ids, mend })
  expect(shown.rows.map((r) => [r.before, r.after, r.state])).toEqual([['+86 138 0013 8000', '13800138000', 'mended'], ['(0571) 8888-1234', '0571-88881234', 'mended'], ['021-55550101', '021-55550101', 'same']])
  const done = await t.run(parties.mendParties, { party_ids, mend })
  expect(done).toEqual({ mended: 2, rows: shown.rows })
  expect((await get(t, two)).phone).toBe('0571-88881234')
  expect((await t.refused(parties.mendParties, { party_ids, mend })).code).toBe('parties.nothingToMend')
  await t.run(parties.updateParty, { party_id: two, phone: '0571-77770000' })
  const [told] = (await t.ask(parties.listMends, {})).rows
  expect(told).toMatchObject({ how: 'tidy', field: 'phone', value: null, mended: 2, is_undone: 0 })
  const back = await t.run(parties.undoMend, { mend_id: told!.mend_id })
  expect(back.rows.map((r) => [r.name, r.state, r.reason_code])).toEqual([['甲茶庄', 'mended', null], ['乙饭店', 'refused', 'parties.mendChangedSince']])
  expect([(await get(t, one)).phone, (await get(t, two)).phone]).toEqual(['+86 138 0013 8000', '0571-77770000'])
  expect((await t.refused(parties.undoMend, { mend_id: told!.mend_id })).code).toBe('parties.nothingToUndo')
  expect((await t.ask(parties.listMends, {})).rows[0]).toMatchObject({ is_undone: 1 })
  expect((await t.refused(parties.undoMend, { mend_id: one })).code).toBe('parties.mendNotFound')
})

test('regions and countries are set for all; who has no address is named, and a country that is none', async () => {
  const t = await testOffice()
  const here = (await t.run(parties.createParty, { name: '甲', addresses: [{ ...street, label: '店' }, { street: '仓库', is_default: 1 }] })).party_id
  const nowhere = (await t.run(parties.createParty, { name: '乙' })).party_id
  const { rows, mended } = await t.run(parties.mendParties, { party_ids: [here, nowhere], mend: { how: 'set', field: 'region', value: '杭州' } })
  expect([mended, ...rows.map((r) => r.reason_code)]).toEqual([1, null, 'parties.mendWithoutAddress'])
  expect((await get(t, here)).addresses.map((a) => [a.street, a.region])).toEqual([['仓库', '杭州'], ['河坊街1号', null]])
  const country = (value: string) => ({ party_ids: [here], mend: { how: 'set', field: 'country', value } as const })
  expect((await t.ask(parties.previewMend, country('中国'))).rows[0]).toMatchObject({ state: 'refused', reason_code: 'parties.mendCountryWrong' })
  await t.run(parties.mendParties, country('gb'))
  expect((await get(t, here)).country).toBe('GB')
  const [cash] = (await t.ask(parties.listParties, { text: 'CASH' })).rows
  expect((await t.ask(parties.previewMend, { ...country('GB'), party_ids: [cash!.party_id] })).rows[0]).toMatchObject({ reason_code: 'parties.cashPartyIsNeeded' })
})

test('a mending that would make two alike is refused for that row; the others are mended', async () => {
  const t = await testOffice()
  await t.run(parties.createParty, { name: '甲', tax_no: '91350100M000100Y43' })
  // Written with a hyphen the number was not seen to be the same.
  const alike = (await t.run(parties.createParty, { name: '乙', tax_no: '91350100-M000100Y43' })).party_id
  const other = (await t.run(parties.createParty, { name: '丙', tax_no: '91110000-802100433B' })).party_id
  const { rows } = await t.run(parties.mendParties, { party_ids: [alike, other], mend: { how: 'tidy', field: 'tax_no' } })
  expect(rows.map((r) => [r.name, r.state, r.reason_code])).toEqual([['乙', 'refused', 'parties.looksLikeDuplicate'], ['丙', 'mended', null]])
  expect((await get(t, alike)).tax_no).toBe('91350100-M000100Y43')
})

test('one mends what one may see, and takes back what one did', async () => {
  const { t, amy, bob } = await twoSalespeople()
  const of = async (user: string, name: string) => (await t.run(parties.createParty, { name, phone: '138 0013 800' + name.length }, user)).party_id
  const [hers, his] = [await of(amy, '甲'), await of(bob, '乙乙')]
  const mend = { how: 'clear', field: 'phone' } as const
  expect((await t.ask(parties.previewMend, { party_ids: [hers, his], mend }, amy)).rows.map((r) => r.name)).toEqual(['甲'])
  expect((await t.run(parties.mendParties, { party_ids: [hers, his], mend }, amy)).mended).toBe(1)
  const [told] = (await t.ask(parties.listMends, {}, amy)).rows
  expect((await t.ask(parties.listMends, {}, bob)).rows).toEqual([])
  expect((await t.refused(parties.undoMend, { mend_id: told!.mend_id }, bob)).code).toBe('parties.mendNotFound')
  expect((await t.run(parties.undoMend, { mend_id: told!.mend_id }, amy)).mended).toBe(1)
})
