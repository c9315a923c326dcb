import { describe, expect, test } from 'vitest'
import * as catalog from '../../../src-main/modules/catalog/contract.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { isOnServer, storedText } from '../../support/files.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

describe('settings', () => {
  const key = 'catalog.usual_tax_code'

  test('hold their fallback until set, are checked by their schema, and go back', async () => {
    const t = await testOffice()
    const read = async () => (await t.ask(platform.listSettings, {})).rows.find((s) => s.key === key)
    expect(await read()).toMatchObject({ value: null, is_set: 0, may_change: 1 })
    await t.run(platform.setSetting, { key, value: 'VAT9' })
    expect(await read()).toMatchObject({ value: 'VAT9', fallback: null, is_set: 1 })
    const { item_id } = await t.run(catalog.createItem, { name: '大米', base_unit: '袋' })
    expect((await t.ask(catalog.getItem, { item_id })).tax_code).toBe('VAT9')
    expect(await t.answer(platform.setSetting, { key, value: 7 })).toMatchObject({ ok: false, kind: 'invalid', details: { problems: [{ path: ['value'] }] } })
    const deep = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`) as unknown
    expect(await t.answer(platform.setSetting, { key, value: deep })).toMatchObject({ ok: false, kind: 'invalid' })
    await t.run(platform.resetSetting, { key })
    expect(await read()).toMatchObject({ value: null, is_set: 0 })
  })

  test('say what may be chosen: a switch is one, a limit that is 0 today is none', async () => {
    const t = await testOffice()
    const { rows } = await t.ask(platform.listSettings, {})
    const choicesOf = (key: string) => rows.find((s) => s.key === key)!.choices
    expect(choicesOf('credit.freezes')).toEqual([0, 1])
    expect(choicesOf('marketing.mail_security')).toEqual(['tls', 'starttls', 'none'])
    expect(['crm.claims_a_day', 'crm.held_at_most', 'crm.recycle_idle_days', 'marketing.mail_host'].map(choicesOf)).toEqual([null, null, null, null])
    // Whatever may be chosen from can be kept.
    for (const { key: chosen, choices } of rows) for (const value of choices ?? []) await t.run(platform.setSetting, { key: chosen, value })
    await t.run(platform.setSetting, { key: 'crm.claims_a_day', value: 5 })
  })

  test('unknown ones are refused, and those whose permission the actor lacks', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    expect((await t.refused(platform.setSetting, { key: 'no.such', value: 1 })).code).toBe('platform.settingUnknown')
    expect((await t.refused(platform.resetSetting, { key: 'no.such' })).code).toBe('platform.settingUnknown')
    expect(await t.refused(platform.setSetting, { key, value: 'VAT9' }, amy)).toEqual({
      code: 'platform.notPermitted',
      details: { permission: 'catalog.taxes' },
    })
    expect((await t.ask(platform.listSettings, {}, amy)).rows.find((s) => s.key === key)).toMatchObject({ may_change: 0 })
  })
})

describe('company and series', () => {
  test('the company changes what may change, and everybody knows at once', async () => {
    const t = await testOffice()
    await t.run(platform.updateCompany, { name: '新名商行', tax_no: '', phone: '021-1', negative_stock: 'warn', taxpayer: 'general' })
    expect((await t.ask(platform.me, {})).company).toMatchObject({ name: '新名商行', tax_no: null, phone: '021-1', negative_stock: 'warn', profile: 'cn-small' })
    expect((await t.ask(catalog.listTaxCodes, {})).rows.find((r) => r.tax_code === 'VAT13')!.rate_e8).toBe(13_000_000)
    expect(await t.answer(platform.updateCompany, { currency: 'USD' })).toMatchObject({ ok: false, kind: 'invalid' })
  })

  test('a series changes its look but never gives a number twice', async () => {
    const t = await testOffice()
    const key = 'parties.party'
    const make = async (name: string) => (await t.run(parties.createParty, { name })).code
    const next = async () => (await t.ask(platform.listSeries, {})).rows.find((s) => s.key === key)!.next
    const change = async (restarts: 'year' | 'month' | 'never', prefix = 'C') => t.run(platform.updateSeries, { key, prefix, digits: 4, restarts })
    expect(await next()).toBe('C00001')
    expect(await make('甲')).toBe('C00001')
    await change('year')
    expect(await next()).toBe('C2026-0001')
    expect(await make('乙')).toBe('C2026-0001')
    await change('month', 'KH-')
    expect(await make('丙')).toBe('KH-202601-0001')
    await change('year')
    expect(await make('丁')).toBe('C2026-0002')
    t.today = '2027-01-01'
    expect(await make('戊')).toBe('C2027-0001')
    await change('never')
    expect(await next()).toBe('C0002')
    expect(await make('己')).toBe('C0002')
  })

  test('two series never share a prefix, and a prefix holds no digits', async () => {
    const t = await testOffice()
    const series = { key: 'parties.party', prefix: 'I', digits: 5, restarts: 'never' as const }
    expect(await t.refused(platform.updateSeries, series)).toEqual({ code: 'platform.prefixTaken', details: { prefix: 'I', key: 'catalog.item' } })
    expect((await t.refused(platform.updateSeries, { ...series, key: 'no.such' })).code).toBe('platform.seriesUnknown')
    expect(await t.answer(platform.updateSeries, { ...series, prefix: 'C2026' })).toMatchObject({ ok: false, kind: 'invalid' })
  })
})

describe.skipIf(isOnServer)('attachments', () => {
  test('belong to a record by its kind and id, are listed, looked up and taken off', async () => {
    const t = await testOffice()
    const { party_id } = await t.run(parties.createParty, { name: '甲', is_customer: 1 })
    const source = { source_kind: 'parties.party', source_id: party_id }
    const file = await storedText(t, { text: '合同正文', name: '合同.pdf' })
    const { attachment_id } = await t.run(platform.addAttachment, { ...source, ...file })
    const row = { attachment_id, sha256: file.upload_sha256, name: '合同.pdf', mime: 'application/pdf', size: file.size, added_name: '老板' }
    expect((await t.ask(platform.listAttachments, source)).rows).toMatchObject([row])
    expect(await t.ask(platform.getAttachment, { attachment_id })).toMatchObject({ ...row, ...source })
    await t.run(platform.removeAttachment, { attachment_id })
    expect((await t.ask(platform.listAttachments, source)).rows).toEqual([])
    for (const contract of [platform.getAttachment, platform.removeAttachment]) {
      expect((await t.refused(contract, { attachment_id })).code).toBe('platform.attachmentNotFound')
    }
    for (const wrong of [{ upload_sha256: '../etc' }, { mime: 'evil' }, { size: 0 }, { source_kind: "x'; --" }]) {
      expect(await t.answer(platform.addAttachment, { ...source, ...file, ...wrong })).toMatchObject({ ok: false, kind: 'invalid' })
    }
  })
})

describe('the audit', () => {
  test('tells who did what when from which desk, and what each row was before', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const { party_id } = await t.run(parties.createParty, { name: '甲', tags: ['茶'] }, amy)
    t.today = '2026-02-01'
    await t.run(parties.updateParty, { party_id, name: '乙', phone: '13800138000' })
    await t.run(parties.updateParty, { party_id, tags: [] })
    const { rows, total } = await t.ask(platform.listAudit, { name: 'parties.' })
    expect(total).toBe(3)
    expect(rows.map((r) => [r.name, r.user_name, r.desk, r.today, r.change_count])).toEqual([
      ['parties.updateParty', '老板', 'test', '2026-02-01', 1],
      ['parties.updateParty', '老板', 'test', '2026-02-01', 1],
      ['parties.createParty', 'amy', 'test', '2026-01-15', 3],
    ])
    expect(rows[0]!.changes).toMatchObject([{ tbl: 'parties_tag', op: 'd', before: { tag: '茶' } }])
    expect(rows[1]!.changes).toMatchObject([{ tbl: 'parties_party', op: 'u', pk: party_id, before: { name: '甲', phone: null } }])
    expect(rows[1]!.input).toMatchObject({ party_id, name: '乙' })
    expect((await t.ask(platform.listAudit, { user_id: amy })).rows.map((r) => r.name)).toEqual(['parties.createParty'])
    expect((await t.ask(platform.listAudit, { from_day: '2026-02-01' })).total).toBe(2)
    expect((await t.ask(platform.listAudit, { to_day: '2026-01-31', name: 'parties.createParty' })).total).toBe(1)
    expect((await t.ask(platform.listAudit, { limit: 1, offset: 1 })).rows).toHaveLength(1)
    const history = await t.ask(platform.rowHistory, { tbl: 'parties_party', key: [party_id] })
    expect(history.rows.map((r) => [r.op, r.name, r.user_name, r.before?.['name'] ?? null])).toEqual([
      ['u', 'parties.updateParty', '老板', '甲'],
      ['i', 'parties.createParty', 'amy', null],
    ])
    expect(history.now).toMatchObject({ name: '乙' })
    expect((await t.ask(platform.rowHistory, { tbl: 'sqlite_schema', key: ['x'] })).now).toBeNull()
    const tag = await t.ask(platform.rowHistory, { tbl: 'parties_tag', key: [party_id, '茶'] })
    expect(tag.rows.map((r) => [r.op, r.name])).toEqual([['d', 'parties.updateParty'], ['i', 'parties.createParty']])
    expect((await t.refused(platform.listAudit, {}, amy)).code).toBe('platform.notPermitted')
    expect((await t.refused(platform.rowHistory, { tbl: 'parties_party', key: [party_id] }, amy)).code).toBe('platform.notPermitted')
  })

  test('a refused command leaves no trace', async () => {
    const t = await testOffice()
    const before = (await t.ask(platform.listAudit, {})).total
    await t.refused(parties.createParty, { name: '甲', is_customer: 0 })
    expect((await t.ask(platform.listAudit, {})).total).toBe(before)
  })

  test('neither audit nor change log can be changed, by any path', async () => {
    const t = await testOffice()
    const tried = async (sql: string) => t.office.engine.write((db) => db.all(sql)).then(() => 'done', (e: { code: string }) => e.code)
    expect(await tried(`update platform_audit set desk = 'x' returning seq`)).toBe('platform.auditIsPermanent')
    expect(await tried('delete from platform_audit returning seq')).toBe('platform.auditIsPermanent')
    expect(await tried(`update platform_change set op = 'd' returning seq`)).toBe('platform.changeLogIsPermanent')
    expect(await tried('delete from platform_change returning seq')).toBe('platform.changeLogIsPermanent')
  })
})

describe('finding anything', () => {
  test('records of every kind, an exact code first; only of the kinds asked for', async () => {
    const t = await testOffice()
    await t.run(parties.createParty, { code: 'T100', name: '天山雪莲贸易' })
    await t.run(catalog.createItem, { code: 'T1', name: '天山雪莲', base_unit: '盒' })
    const find = async (text: string, more: object = {}) => (await t.ask(platform.searchAll, { text, ...more })).rows.map((r) => `${r.kind} ${r.title}`)
    expect((await find('tsxl')).sort()).toEqual(['item 天山雪莲', 'party 天山雪莲贸易'])
    expect((await find('t1'))[0]).toBe('item 天山雪莲')
    expect(await find('雪莲', { kinds: ['party'] })).toEqual(['party 天山雪莲贸易'])
    expect(await find('雪莲', { limit: 1 })).toHaveLength(1)
    expect(await find('???')).toEqual([])
  })

  test('a role without the permission of a kind finds none of it', async () => {
    const t = await testOffice()
    await openToOthers(t)
    await t.run(parties.createParty, { name: '天山雪莲贸易' })
    await t.run(catalog.createItem, { name: '天山雪莲', base_unit: '盒' })
    const { role_id } = await t.run(platform.createRole, {
      code: 'packer',
      name_zh: '打包',
      name_en: 'Packer',
      grants: [
        { permission: 'platform.use', scope: 'all' },
        { permission: 'catalog.read', scope: 'all' },
      ],
    })
    const { user_id } = await t.run(platform.createUser, { login: 'p', name: 'P', password: 'a long password', role_ids: [role_id] })
    expect((await t.ask(platform.searchAll, { text: '雪莲' }, user_id)).rows).toMatchObject([{ kind: 'item' }])
  })
})
