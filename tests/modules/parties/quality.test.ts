import { expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { faultsOf, isUscc } from '../../../src-main/modules/parties/quality.ts'
import { testOffice } from '../../support/office.ts'
import { twoSalespeople } from '../../support/people.ts'

const whole = { kind: 'company', phone: '0571-88881234', email: 'a@b.cn', country: null, tax_no: '91350100M000100Y43', has_owner: 1, has_region: 1, has_contact: 1 } as const

test('a credit code is right by its last sign, as GB 32100-2015 makes it', () => {
  for (const code of ['91350100M000100Y43', '91110000802100433B']) expect(isUscc(code), code).toBe(true)
  for (const code of ['91350100M000100Y44', '91350100M000100I43', '9135010M000100Y43', '']) expect(isUscc(code), code).toBe(false)
})

test('what is missing or wrong is named, field by field; other countries are judged by form only', () => {
  expect(faultsOf(whole)).toEqual([])
  expect(faultsOf({ ...whole, phone: null, email: 'a@b', tax_no: '91350100M000100Y44', has_owner: 0, has_region: 0, has_contact: 0 })).toEqual(['phone_missing', 'email_wrong', 'tax_no_wrong', 'contact_missing', 'region_missing', 'owner_missing'])
  for (const phone of ['138 0013 8000', '+86 13800138000', '（0571）88881234', '400-800-1234', '021-55550101 转 12', '95588']) expect(faultsOf({ ...whole, phone }), phone).toEqual([])
  for (const phone of ['12345', '1380013800', '电话问前台']) expect(faultsOf({ ...whole, phone }), phone).toEqual(['phone_wrong'])
  expect(faultsOf({ ...whole, kind: 'person', tax_no: null, has_contact: 0 })).toEqual([])
  expect(faultsOf({ ...whole, kind: 'person', tax_no: '11010519491231002X' })).toEqual([])
  expect(faultsOf({ ...whole, kind: 'person', tax_no: '110105194912310021' })).toEqual(['tax_no_wrong'])
  expect(faultsOf({ ...whole, country: 'GB', phone: '+44 20 7946 0000', tax_no: 'GB123456789' })).toEqual([])
})

test('the report counts, the list names, and each day is written down once', async () => {
  const t = await testOffice()
  await t.run(parties.createParty, { name: '好公司', phone: whole.phone, email: whole.email, tax_no: whole.tax_no, contacts: [{ name: '王芳' }], addresses: [{ region: '杭州', street: '河坊街1号' }], assigned_to: (await t.office.bus.people()).ownerId! })
  await t.run(parties.createParty, { name: '坏公司', tax_no: '91350100M000100Y44', is_customer: 0, is_supplier: 1 })
  const gone = await t.run(parties.createParty, { name: '停用公司' })
  await t.run(parties.deactivateParty, { party_id: gone.party_id })
  const report = await t.ask(parties.qualityReport, {})
  expect(report).toMatchObject({ total: 2, faultless: 1, trend: [] })
  expect(report.counts.find((c) => c.fault === 'tax_no_wrong')).toEqual({ fault: 'tax_no_wrong', count: 1 })
  expect((await t.ask(parties.listFaults, {})).rows).toMatchObject([{ name: '坏公司', faults: ['phone_missing', 'tax_no_wrong', 'contact_missing', 'region_missing', 'owner_missing'] }])
  expect((await t.ask(parties.listFaults, { fault: 'email_wrong' })).total).toBe(0)
  expect((await t.ask(parties.listFaults, { role: 'customer' })).total).toBe(0)
  expect((await t.ask(parties.listFaults, { text: '坏' })).total).toBe(1)
  await t.run(parties.keepQuality, {})
  expect((await t.refused(parties.keepQuality, {})).code).toBe('parties.qualityKept')
  expect((await t.ask(parties.qualityReport, {})).trend).toEqual([{ day: '2026-01-15', total: 2, faultless: 1 }])
})

test('a salesperson sees the faults of their own only', async () => {
  const { t, amy, bob } = await twoSalespeople()
  await t.run(parties.createParty, { name: '甲' }, amy)
  expect((await t.ask(parties.listFaults, {}, amy)).total).toBe(1)
  expect((await t.ask(parties.listFaults, {}, bob)).total).toBe(0)
  expect(await t.ask(parties.qualityReport, {}, bob)).toMatchObject({ total: 0, trend: [] })
})
