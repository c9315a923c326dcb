import { describe, expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { createField } from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'

const codesOf = (rows: readonly { code: string }[]): string[] => rows.map((r) => r.code)
const unknownId = '01900000-0000-7000-8000-000000000000'

describe('the master of parties', () => {
  test('a new company has its cash customer, in the language of its books', async () => {
    const zh = await testOffice()
    expect((await zh.ask(parties.listParties, {})).rows).toMatchObject([{ code: 'CASH', name: '零散客户', is_cash: 1, is_customer: 1, is_active: 1 }])
    const en = await testOffice({ profile: 'international', locale: 'en' })
    expect((await en.ask(parties.listParties, {})).rows).toMatchObject([{ code: 'CASH', name: 'Cash customer' }])
  })

  test('one party with everything that belongs to it: written, read, replaced, its ids kept', async () => {
    const t = await testOffice()
    await t.run(createField, { target: 'parties.party', label: '来源', key: 'channel', kind: 'text' })
    const { party_id, code } = await t.run(parties.createParty, {
      name: '  杭州西湖茶叶有限公司 ',
      short_name: '西湖茶叶',
      is_supplier: 1,
      phone: '0571-8765 4321',
      email: '',
      price_level: '批发',
      terms_days: 30,
      credit_limit_minor: 5_000_000,
      tax_no: '9133 0106 mA27 xyz1',
      aliases: ['龙井老店', '龙井老店'],
      contacts: [
        { name: '王芳', phone: '138-0013-8000', wechat: 'wangfang88' },
        { name: '李强', phone: '', is_primary: 1 },
      ],
      handles: [{ kind: 'wechat', value: 'xihutea' }],
      addresses: [{ label: '仓库', street: '龙井路1号', region: '浙江杭州' }],
      tags: ['茶', 'VIP', '茶'],
      extra: { channel: '展会' },
    })
    expect(code).toBe('C00001')
    const made = await t.ask(parties.getParty, { party_id })
    expect(made).toMatchObject({
      name: '杭州西湖茶叶有限公司',
      email: null,
      tax_no: '91330106MA27XYZ1',
      aliases: ['龙井老店'],
      tags: ['VIP', '茶'],
      extra: { channel: '展会' },
      credit_limit_minor: 5_000_000,
      assignments: [],
      addresses: [{ label: '仓库', is_default: 1 }],
    })
    expect(made.contacts.map((c) => [c.name, c.is_primary, c.phone])).toEqual([
      ['李强', 1, null],
      ['王芳', 0, '138-0013-8000'],
    ])
    const wang = made.contacts[1]!
    await t.run(parties.updateParty, {
      party_id,
      name: '杭州西湖茶业有限公司',
      contacts: [{ ...wang, title: '经理' }],
      tags: [],
      terms_days: 45,
    })
    const after = await t.ask(parties.getParty, { party_id })
    expect(after).toMatchObject({ name: '杭州西湖茶业有限公司', terms_days: 45, tags: [], aliases: ['龙井老店'], price_level: '批发' })
    expect(after.contacts).toEqual([{ ...wang, title: '经理', is_primary: 1 }])
  })

  test('codes: given, made, and never made twice', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { code: 'C00002', name: '甲' })
    expect((await t.run(parties.createParty, { name: '乙' })).code).toBe('C00001')
    expect((await t.run(parties.createParty, { name: '丙' })).code).toBe('C00003')
    expect(await t.refused(parties.createParty, { code: 'C00002', name: '丁' })).toEqual({ code: 'parties.codeTaken', details: { code: 'C00002', name: '甲' } })
    const { party_id } = await t.run(parties.createParty, { code: 'X', name: '戊' })
    expect((await t.refused(parties.updateParty, { party_id, code: 'C00002' })).code).toBe('parties.codeTaken')
  })

  test('an input that is not as the contract wants it is invalid and writes nothing', async () => {
    const t = await testOffice()
    for (const input of [{ name: '' }, { name: '甲', terms_days: -1 }, { name: '甲', email: 'no mail' }, { name: '甲', surplus: 1 }, { name: '甲\u0007' }]) {
      expect(await t.answer(parties.createParty, input)).toMatchObject({ ok: false, kind: 'invalid' })
    }
    expect((await t.ask(parties.listParties, {})).total).toBe(1)
  })

  test('neither customer nor supplier is refused', async () => {
    const t = await testOffice()
    expect((await t.refused(parties.createParty, { name: '甲', is_customer: 0 })).code).toBe('parties.roleNeeded')
    const { party_id } = await t.run(parties.createParty, { name: '甲' })
    expect((await t.refused(parties.updateParty, { party_id, is_customer: 0 })).code).toBe('parties.roleNeeded')
  })

  test('retired and brought back; the cash customer stays', async () => {
    const t = await testOffice()
    const { party_id } = await t.run(parties.createParty, { name: '甲' })
    await t.run(parties.deactivateParty, { party_id })
    expect((await t.ask(parties.listParties, { is_active: 0 })).rows).toMatchObject([{ party_id }])
    expect((await t.ask(parties.searchParties, { text: '甲' })).rows).toEqual([])
    expect((await t.ask(parties.searchParties, { text: '甲', with_inactive: 1 })).rows).toHaveLength(1)
    await t.run(parties.reactivateParty, { party_id })
    expect((await t.ask(parties.searchParties, { text: '甲' })).rows).toHaveLength(1)
    const cash = (await t.ask(parties.listParties, { text: 'CASH' })).rows[0]!
    expect((await t.refused(parties.deactivateParty, { party_id: cash.party_id })).code).toBe('parties.cashPartyIsNeeded')
    expect((await t.refused(parties.updateParty, { party_id: cash.party_id, is_customer: 0, is_supplier: 1 })).code).toBe('parties.cashPartyIsNeeded')
    for (const contract of [parties.deactivateParty, parties.reactivateParty, parties.getParty]) {
      expect((await t.refused(contract, { party_id: unknownId })).code).toBe('parties.partyNotFound')
    }
  })

  test("another party's contact or address cannot be taken over", async () => {
    const t = await testOffice()
    const whole = { contacts: [{ name: '张三' }], addresses: [{ street: '一路' }] }
    const a = await t.run(parties.createParty, { name: '甲', ...whole })
    const b = await t.run(parties.createParty, { name: '乙', ...whole })
    const other = await t.ask(parties.getParty, { party_id: a.party_id })
    const no = async (patch: object) => (await t.refused(parties.updateParty, { party_id: b.party_id, ...patch })).code
    expect(await no({ contacts: other.contacts })).toBe('parties.contactNotFound')
    expect(await no({ addresses: other.addresses })).toBe('parties.addressNotFound')
  })

  test('a party can never be deleted, by any path', async () => {
    const t = await testOffice()
    await expect(t.office.engine.write((db) => db.all('delete from parties_party returning id'))).rejects.toMatchObject({ code: 'parties.partyIsPermanent' })
  })
})

describe('likeness', () => {
  const made = async (t: TestOffice) =>
    t.run(parties.createParty, {
      name: 'ACME Trading Ltd.',
      phone: '+86 138 0013 8000',
      tax_no: 'GB 123',
      aliases: ['爱克米'],
      contacts: [{ name: 'Joe', phone: '021-5555 6666' }],
    })

  test('by name, alias, phone and tax number, in any spelling; accepted when said so', async () => {
    const t = await testOffice()
    const { party_id } = await made(t)
    const because = async (input: object) => {
      const { code, details } = await t.refused(parties.createParty, input)
      expect(code).toBe('parties.looksLikeDuplicate')
      expect(details).toMatchObject({ hidden_count: 0, candidates: [{ party_id, name: 'ACME Trading Ltd.' }] })
      return (details['candidates'] as { because: string[] }[])[0]!.because
    }
    expect(await because({ name: 'acme　trading ltd' })).toEqual(['name'])
    expect(await because({ name: '爱克米' })).toEqual(['alias'])
    expect(await because({ name: '新', aliases: ['Acme Trading, Ltd'] })).toEqual(['name'])
    expect(await because({ name: '新', phone: '0086 13800138000' })).toEqual(['phone'])
    expect(await because({ name: '新', contacts: [{ name: 'x', phone: '(021) 55556666' }] })).toEqual(['phone'])
    expect(await because({ name: '新', tax_no: 'gb123', phone: '13800138000' })).toEqual(['phone', 'tax_no'])
    await t.run(parties.createParty, { name: '新', phone: '110' })
    await t.run(parties.createParty, { name: '新二', phone: '110' })
    await t.run(parties.createParty, { name: 'ACME Trading Ltd', accept_duplicate: 1 })
  })

  test('a change is only asked about what it adds', async () => {
    const t = await testOffice()
    await made(t)
    const { party_id } = await t.run(parties.createParty, { name: 'Acme trading ltd', accept_duplicate: 1 })
    await t.run(parties.updateParty, { party_id, name: 'Acme trading ltd', note: '同名，另一家' })
    expect((await t.refused(parties.updateParty, { party_id, tax_no: 'GB123' })).code).toBe('parties.looksLikeDuplicate')
    await t.run(parties.updateParty, { party_id, tax_no: 'GB123', accept_duplicate: 1 })
  })

  test('the question can be asked before saving, without the party itself', async () => {
    const t = await testOffice()
    const { party_id } = await made(t)
    const ask = { name: 'Acme Trading Ltd', phones: ['13800138000'], tax_no: '' }
    expect((await t.ask(parties.findDuplicates, ask)).candidates).toMatchObject([{ party_id, because: ['name', 'phone'] }])
    expect((await t.ask(parties.findDuplicates, { ...ask, party_id })).candidates).toEqual([])
    expect((await t.ask(parties.findDuplicates, {})).candidates).toEqual([])
  })
})

describe('finding and listing', () => {
  const some = async (t: TestOffice) => {
    await t.run(parties.createParty, { code: 'K3', name: '上海华联超市', phone: '13900001111', tags: ['商超'] })
    await t.run(parties.createParty, { code: 'K1', name: '长沙文具店', aliases: ['星城文具'], is_customer: 0, is_supplier: 1, tags: ['文具', '商超'] })
    await t.run(parties.createParty, { code: 'K2', name: 'Blue Café', is_supplier: 1, contacts: [{ name: '赵敏', phone: '13700002222' }] })
  }

  test('by part of a name, initials of any reading, alias, code, phone and contact; the list finds the same', async () => {
    const t = await testOffice()
    await some(t)
    const cases: [string, string[]][] = [
      ['华联', ['K3']],
      ['hlcs', ['K3']],
      ['cswj', ['K1']],
      ['zswj', ['K1']],
      ['星城', ['K1']],
      ['cafe', ['K2']],
      ['k2', ['K2']],
      ['0001111', ['K3']],
      ['赵敏', ['K2']],
      ['不存在', []],
    ]
    for (const [text, expected] of cases) {
      expect([text, codesOf((await t.ask(parties.searchParties, { text })).rows)]).toEqual([text, expected])
      expect([text, codesOf((await t.ask(parties.listParties, { text })).rows)]).toEqual([text, expected])
    }
    expect(codesOf((await t.ask(parties.searchParties, { text: 'k', role: 'supplier' })).rows).sort()).toEqual(['K1', 'K2'])
  })

  test('what was renamed is found under its new name only', async () => {
    const t = await testOffice()
    const { party_id } = await t.run(parties.createParty, { name: '老张五金' })
    await t.run(parties.updateParty, { party_id, name: '鑫源建材' })
    expect((await t.ask(parties.searchParties, { text: '五金' })).rows).toEqual([])
    expect((await t.ask(parties.searchParties, { text: 'xyjc' })).rows).toMatchObject([{ party_id }])
  })

  test('filtered, sorted and paged with the total', async () => {
    const t = await testOffice()
    await some(t)
    const list = async (input: object) => t.ask(parties.listParties, input)
    expect(codesOf((await list({})).rows)).toEqual(['CASH', 'K1', 'K2', 'K3'])
    expect(codesOf((await list({ direction: 'desc', limit: 2 })).rows)).toEqual(['K3', 'K2'])
    expect(await list({ limit: 1, offset: 1 })).toMatchObject({ total: 4, rows: [{ code: 'K1', tags: ['商超', '文具'] }] })
    expect(codesOf((await list({ role: 'supplier', sort: 'name' })).rows)).toEqual(['K2', 'K1'])
    expect(codesOf((await list({ tag: '商超' })).rows)).toEqual(['K1', 'K3'])
    expect(codesOf((await list({ tag: '商超', text: '文具' })).rows)).toEqual(['K1'])
    expect(await t.ask(parties.partyWords, {})).toEqual({
      tags: [
        { tag: '商超', count: 2 },
        { tag: '文具', count: 1 },
      ],
      price_levels: [],
    })
  })
})
