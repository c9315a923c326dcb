import { describe, expect, test } from 'vitest'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'
import { stageRows } from '../../support/staging.ts'

const staged = (t: TestOffice, rows: readonly Record<string, unknown>[], more: object = {}) => ({
  staging_id: stageRows(t, { command: parties.importParties.name, rows }),
  ...more,
})

/** The problems of a rejected file as 'row field reason'. */
async function problemsOf(t: TestOffice, rows: readonly Record<string, unknown>[]): Promise<string[]> {
  const { code, details } = await t.refused(parties.importParties, staged(t, rows))
  expect(code).toBe('parties.importRejected')
  const problems = details['problems'] as { source_row: number; field: string; reason_code: string }[]
  expect(details['count']).toBe(problems.length)
  return problems.map((p) => `${p.source_row} ${p.field} ${p.reason_code}`)
}

describe('import of parties', () => {
  test('a whole file with everything a row can say', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const rows = [
      {
        code: 'K1',
        name: '上海华联超市',
        contact_name: '王芳',
        contact_phone: '13800138000',
        wechat: 'wangfang88',
        region: '上海',
        street: '南京路1号',
        tags: '商超；大客户',
        aliases: '华联',
        terms_days: 30,
        credit_limit_minor: 100_000,
        tax_no: '91310000abc',
        assigned_to: 'amy',
        country: 'cn',
      },
      { name: '无编码一' },
      { code: 'C00001', name: '手编的号' },
      { name: '无编码二', is_customer: 0, is_supplier: 1 },
    ]
    const { created, sha256 } = await t.run(parties.importParties, staged(t, rows))
    expect([created, sha256]).toEqual([4, 'a'.repeat(64)])
    const list = (await t.ask(parties.listParties, {})).rows
    expect(list.map((p) => [p.code, p.name])).toEqual([
      ['C00001', '手编的号'],
      ['C00002', '无编码一'],
      ['C00003', '无编码二'],
      ['CASH', '零散客户'],
      ['K1', '上海华联超市'],
    ])
    expect(await t.ask(parties.getParty, { party_id: list.at(-1)!.party_id })).toMatchObject({
      tags: ['商超', '大客户'],
      aliases: ['华联'],
      country: 'CN',
      tax_no: '91310000ABC',
      assigned_to: amy,
      contacts: [{ name: '王芳', phone: '13800138000', is_primary: 1 }],
      handles: [{ kind: 'wechat', value: 'wangfang88' }],
      addresses: [{ region: '上海', street: '南京路1号', is_default: 1 }],
    })
    expect((await t.ask(parties.searchParties, { text: 'shhl' })).rows).toHaveLength(1)
  })

  test('bad rows are named, all of them, and nothing is written', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { code: 'K1', name: '老客户', phone: '13800138000', aliases: ['老朋友'] })
    const problems = await problemsOf(t, [
      { code: 'K1', name: '甲' },
      { code: 'K2', name: '乙' },
      { code: 'K2', name: '丙' },
      { name: '丁', is_customer: 0 },
      { name: '戊', assigned_to: '没有这人' },
      { name: '老朋友' },
      { name: '己', phone: '138 0013 8000' },
      { name: '乙 ' },
      { name: '庚', terms_days: -5 },
    ])
    expect(problems).toEqual([
      '2 code parties.codeTaken',
      '4 code parties.codeTwice',
      '5 is_customer parties.roleNeeded',
      '6 assigned_to parties.userNotFound',
      '7 name parties.rowLooksLikeDuplicate',
      '8 phone parties.rowLooksLikeDuplicate',
      '9 name parties.rowLooksLikeDuplicate',
      '10 terms_days parties.cellNotAccepted',
    ])
    expect((await t.ask(parties.listParties, {})).total).toBe(2)
  })

  test('who is in the books in another spelling is named too', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { name: '杭州西湖龙井茶业有限公司', phone: '0571-88881234' })
    const rows = [{ name: '西湖龙井查业' }, { name: 'Xihu Longjing Chaye' }, { name: '西湖龙井茶业滨江分公司' }, { name: '宁波西湖龙井茶业有限公司' }]
    expect(await problemsOf(t, rows)).toEqual(['2 name parties.rowLooksSimilar', '3 name parties.rowLooksSimilar'])
    await t.run(parties.importParties, staged(t, rows, { accept_duplicates: 1 }))
  })

  test('duplicates are taken when accepted; codes never', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { code: 'K1', name: '同名' })
    await t.run(parties.importParties, staged(t, [{ name: '同名' }, { name: '同名' }], { accept_duplicates: 1 }))
    expect((await t.ask(parties.listParties, { text: '同名' })).total).toBe(3)
    const again = staged(t, [{ code: 'K1', name: '另一家' }], { accept_duplicates: 1 })
    expect((await t.refused(parties.importParties, again)).code).toBe('parties.importRejected')
  })

  test('two thousand rows in one transaction, few statements a row', async () => {
    const t = await testOffice()
    const input = staged(t, Array.from({ length: 2000 }, (_, i) => ({ name: `客户第${i}号`, phone: `1390000${String(i).padStart(4, '0')}` })))
    const before = t.office.engine.statements()
    expect((await t.run(parties.importParties, input)).created).toBe(2000)
    expect(t.office.engine.statements() - before).toBeLessThan(2000 * 5)
    expect((await t.ask(parties.listParties, { limit: 1, sort: 'code', direction: 'desc', text: '1999' })).rows).toMatchObject([{ code: 'C02000' }])
  })
})

describe('who stands above whom', () => {
  const parentOf = async (t: TestOffice, name: string): Promise<string | null> => {
    const [row] = (await t.ask(parties.listParties, { text: name })).rows.filter((r) => r.name === name)
    return row!.parent_id === null ? null : (await t.ask(parties.getParty, { party_id: row!.parent_id })).name
  }

  test('is said by code or name, of the books or of the file, further up or down', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { code: 'HQ', name: '华东总部', short_name: '华总' })
    await t.run(parties.importParties, staged(t, [
      { name: '春风门店', parent: '杭州 经销商', chain_role: '门店' },
      { code: 'D1', name: '杭州经销商', parent: 'HQ', chain_role: '经销商' },
      { name: '夏雨门店', parent: 'D1', chain_role: 'end' },
      { name: '秋月门店', parent: '华总' },
      { name: '孤店' },
    ]))
    expect([await parentOf(t, '春风门店'), await parentOf(t, '杭州经销商'), await parentOf(t, '夏雨门店'), await parentOf(t, '秋月门店'), await parentOf(t, '孤店')]).toEqual(['杭州经销商', '华东总部', '杭州经销商', '华东总部', null])
    const { rows } = await t.ask(parties.listParties, { text: '门店' })
    expect(rows.map((r) => r.chain_role).sort()).toEqual(['end', 'end', null])
  })

  test('is refused by row: unknown, of two that bear the name, in a circle, of a role that is none', async () => {
    const t = await testOffice()
    for (const code of ['S1', 'S2']) await t.run(parties.createParty, { code, name: '双胞胎商行', accept_duplicate: 1 })
    expect(await problemsOf(t, [
      { name: '甲店', parent: '没有这家' },
      { name: '乙店', parent: '双胞胎商行' },
      { name: '丙店', parent: '丁店' },
      { name: '丁店', parent: '戊店' },
      { name: '戊店', parent: '丙店' },
      { name: '己店', parent: '己店' },
      { name: '庚店', parent: '丙店' },
      { name: '辛店', chain_role: '皇帝' },
      { name: '壬店', parent: '零散客户' },
    ])).toEqual([
      '2 parent parties.importParentNotFound',
      '3 parent parties.importParentAmbiguous',
      '4 parent parties.importParentInCircle',
      '5 parent parties.importParentInCircle',
      '6 parent parties.importParentInCircle',
      '7 parent parties.importParentInCircle',
      '9 chain_role parties.cellNotAccepted',
      '10 parent parties.importParentNotFound',
    ])
  })
})
