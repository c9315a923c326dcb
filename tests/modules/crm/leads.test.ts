import { describe, expect, test } from 'vitest'
import * as crm from '../../../src-main/modules/crm/contract.ts'
import { takenApart } from '../../../src-main/modules/crm/pasted.ts'
import * as parties from '../../../src-main/modules/parties/contract.ts'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { LIKELY, profileOf, resemblanceOf } from '../../../src-main/modules/parties/resemblance.ts'
import type { TestOffice } from '../../support/office.ts'
import { twoSalespeople } from '../../support/people.ts'
import { stageRows } from '../../support/staging.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'

describe('a lead', () => {
  test('is captured with its source, worked on, and becomes a customer with contact, follow-ups and tasks in one command', async () => {
    const { t, amy } = await twoSalespeople()
    const referrer = await t.run(parties.createParty, { name: '老客户', assigned_to: amy })
    const { lead_id, code } = await t.run(
      crm.createLead,
      { name: '王芳', company: '杭州半日茶馆', phone: '138 0013 8000', email: 'Wang@Example.com', wechat: 'wf88', title: '店长', address: '杭州 河坊街1号', source: '展会', campaign: '春茶节', referrer_id: referrer.party_id, note: '要春茶' },
      amy,
    )
    expect(code).toBe('L00001')
    expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ state: 'new', owner_name: 'amy', owned_since: '2026-01-15', email: 'wang@example.com', referrer_name: '老客户' })
    await t.run(crm.logActivity, { lead_id, kind: 'visit', text: '看了店面', result: 'interested', next_step: '送样' }, amy)
    expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ state: 'working', last_on: '2026-01-15', next_on: '2026-01-16' })
    expect((await t.ask(crm.timeline, { lead_id }, amy)).rows).toHaveLength(1)
    expect((await t.ask(crm.listTasks, { text: '半日' }, amy)).rows).toMatchObject([{ subject_name: '杭州半日茶馆', lead_id }])
    const { party_id } = await t.run(crm.convertLead, { lead_id }, amy)
    const party = await t.ask(parties.getParty, { party_id }, amy)
    expect(party).toMatchObject({ name: '杭州半日茶馆', kind: 'company', assigned_name: 'amy', note: '要春茶', contacts: [{ name: '王芳', title: '店长', phone: '138 0013 8000', wechat: 'wf88', is_primary: 1 }] })
    expect(party.addresses).toMatchObject([{ street: '杭州 河坊街1号', is_default: 1 }])
    expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ state: 'converted', party_id, party_name: '杭州半日茶馆', converted_on: '2026-01-15', source: '展会' })
    expect((await t.ask(crm.timeline, { party_id }, amy)).rows).toMatchObject([{ text: '看了店面', activity: { next_step: '送样' } }])
    expect((await t.ask(crm.contactHabits, { party_id }, amy)).origin).toMatchObject({ lead_id, source: '展会', campaign: '春茶节', referrer_name: '老客户' })
    expect((await t.ask(crm.listTasks, { party_id }, amy)).rows).toMatchObject([{ title: '送样', subject_name: '杭州半日茶馆' }])
    // A word with the lead that was is a word with the customer.
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: '下单了' }, amy)
    expect((await t.ask(crm.timeline, { party_id }, amy)).rows).toHaveLength(2)
  })

  test('becomes a contact of a customer who is there already', async () => {
    const { t, amy } = await twoSalespeople()
    const { party_id } = await t.run(parties.createParty, { name: '半日茶馆', assigned_to: amy, contacts: [{ name: '李四' }] })
    const { lead_id } = await t.run(crm.createLead, { name: '王芳', phone: '13800138000' }, amy)
    expect(await t.run(crm.convertLead, { lead_id, party_id }, amy)).toEqual({ lead_id, party_id, opportunity_id: null })
    expect((await t.ask(parties.getParty, { party_id }, amy)).contacts.map((c) => [c.name, c.is_primary])).toEqual([['李四', 1], ['王芳', 0]])
    // Somebody without a company becomes a person; the same again is refused until it is accepted.
    const second = await t.run(crm.createLead, { name: '赵六', phone: '13900000001', wechat: 'zl', accept_duplicate: 1 }, amy)
    await t.run(parties.createParty, { name: '赵六', phone: '13900000001' })
    expect((await t.refused(crm.convertLead, { lead_id: second.lead_id }, amy)).code).toBe('parties.looksLikeDuplicate')
    const made = await t.run(crm.convertLead, { lead_id: second.lead_id, accept_duplicate: 1 }, amy)
    expect(await t.ask(parties.getParty, { party_id: made.party_id }, amy)).toMatchObject({ kind: 'person', phone: '13900000001', handles: [{ kind: 'wechat', value: 'zl' }], contacts: [] })
  })

  test('is given up with a reason and taken up again; a converted one stays what it is', async () => {
    const { t, amy } = await twoSalespeople()
    const { lead_id, code } = await t.run(crm.createLead, { company: '甲' }, amy)
    expect((await t.refused(crm.reviveLead, { lead_id }, amy)).code).toBe('crm.leadStateForbids')
    await t.run(crm.loseLead, { lead_id, lost_reason: '太贵' }, amy)
    expect((await t.refused(crm.loseLead, { lead_id, lost_reason: 'x' }, amy)).code).toBe('crm.leadStateForbids')
    expect((await t.ask(crm.listLeads, {}, amy)).total).toBe(0)
    expect((await t.ask(crm.listLeads, { show: 'lost' }, amy)).rows).toMatchObject([{ lost_reason: '太贵' }])
    await t.run(crm.reviveLead, { lead_id }, amy)
    expect(await t.ask(crm.getLead, { lead_id }, amy)).toMatchObject({ state: 'working', lost_reason: null })
    await t.run(crm.convertLead, { lead_id }, amy)
    expect(await t.refused(crm.updateLead, { lead_id, company: '乙' }, amy)).toEqual({ code: 'crm.leadIsConverted', details: { code } })
    expect((await t.refused(crm.convertLead, { lead_id }, amy)).code).toBe('crm.leadStateForbids')
  })

  test('is seen by its owner, by all while it is nobody’s, and not by others', async () => {
    const { t, amy, bob } = await twoSalespeople()
    const { lead_id } = await t.run(crm.createLead, { company: '甲茶庄', phone: '13800000001' }, amy)
    const pool = await t.run(crm.createLead, { company: '乙茶庄', owner_id: null }, amy)
    await t.run(crm.logActivity, { lead_id, kind: 'call', text: '密' }, amy)
    expect((await t.ask(crm.listLeads, { show: 'all' }, bob)).rows.map((r) => r.lead_id)).toEqual([pool.lead_id])
    expect((await t.ask(crm.listLeads, { text: '甲茶' }, bob)).total).toBe(0)
    expect((await t.ask(crm.listLeads, { text: '甲茶' }, amy)).total).toBe(1)
    expect((await t.ask(crm.listLeads, { whose: 'mine' }, amy)).total).toBe(1)
    expect((await t.ask(crm.listLeads, { show: 'pool' }, bob)).total).toBe(1)
    expect((await t.ask(platform.searchAll, { text: '茶庄', kinds: ['lead'] }, bob)).rows.map((r) => r.ref_id)).toEqual([pool.lead_id])
    expect((await t.ask(crm.listActivities, {}, bob)).total).toBe(0)
    for (const [contract, input] of [
      [crm.getLead, { lead_id }],
      [crm.timeline, { lead_id }],
      [crm.contactHabits, { lead_id }],
      [crm.updateLead, { lead_id, company: 'x' }],
      [crm.convertLead, { lead_id }],
      [crm.loseLead, { lead_id, lost_reason: 'x' }],
      [crm.reviveLead, { lead_id }],
      [crm.logActivity, { lead_id, kind: 'call', text: 'x' }],
      [crm.createTask, { lead_id, title: 'x', due_on: '2026-01-15' }],
    ] as const) {
      expect((await t.refused(contract, input, bob)).code, contract.name).toBe('crm.leadNotFound')
    }
    expect((await t.refused(crm.createLead, { company: '丙', owner_id: amy }, bob)).code).toBe('crm.assignNotPermitted')
    expect((await t.refused(crm.createLead, { company: '丙', owner_id: unknownId })).code).toBe('crm.userNotFound')
    const { party_id } = await t.run(parties.createParty, { name: '老客户', assigned_to: amy })
    expect((await t.refused(crm.createLead, { company: '丙', referrer_id: party_id }, bob)).code).toBe('crm.referrerNotFound')
  })

  test('that leads to customers takes the right to make them', async () => {
    const { t } = await twoSalespeople()
    const { role_id } = await t.run(platform.createRole, { code: 'telesales', name_zh: '电销', name_en: 'Telesales', grants: [{ permission: 'crm.lead', scope: 'all' }, { permission: 'crm.read', scope: 'all' }] })
    const { user_id } = await t.run(platform.createUser, { login: 'cai', name: 'cai', password: 'correct horse', role_ids: [role_id] })
    const { lead_id, code } = await t.run(crm.createLead, { company: '甲茶庄' }, user_id)
    expect(await t.refused(crm.convertLead, { lead_id }, user_id)).toEqual({ code: 'crm.partyNotPermitted', details: { code } })
    await t.run(parties.createParty, { name: '丁茶庄', phone: '13811112222' })
    // Who may not read customers hears only that there is one.
    expect(await t.ask(crm.findKnown, { company: '丁茶庄' }, user_id)).toMatchObject({ candidates: [], hidden_count: 1 })
    // Guard of the database: 'crm.leadIsPermanent'.
    const { lead } = await import('../../../db/schema/crm.ts')
    await expect(t.office.engine.write((db) => db.run(lead, 'delete from crm_lead'))).rejects.toThrow('crm.leadIsPermanent')
  })
})

describe('who is known already', () => {
  test('by name, alias, phone, mail and tax number, among customers and leads; out of sight only counted', async () => {
    const { t, amy, bob } = await twoSalespeople()
    const party = await t.run(parties.createParty, { name: '上海华美贸易有限公司', aliases: ['华美'], phone: '021-55550101', tax_no: '91310000AAAA000011', email: 'boss@huamei.cn', assigned_to: amy })
    const lead = await t.run(crm.createLead, { company: '金龙商行', phone: '13800138000', email: 'jin@long.cn' }, amy)
    const because = async (input: object, user = amy) => {
      const { candidates, hidden_count } = await t.ask(crm.findKnown, input, user)
      return [...candidates.map((c) => `${c.code} ${c.because.join('+')}`), hidden_count]
    }
    expect(await because({ company: '上海 华美贸易（有限公司）' })).toEqual(['C00001 name', 0])
    expect(await because({ company: '华美' })).toEqual(['C00001 alias', 0])
    expect(await because({ phone: '02155550101', email: 'BOSS@huamei.cn', tax_no: '91310000aaaa000011' })).toEqual(['C00001 phone+tax_no', 0])
    expect(await because({ email: 'boss@huamei.cn' })).toEqual(['C00001 email', 0])
    expect(await because({ company: '华美贸易' })).toEqual(['C00001 similar', 0])
    expect(await because({ company: '金龙商行', phone: '+86 138 0013 8000', email: 'jin@long.cn' })).toEqual(['L00001 name+phone+email', 0])
    expect(await because({ company: '华美', phone: '13800138000' }, bob)).toEqual([2])
    expect(await t.refused(crm.createLead, { company: '别的', phone: '13800138000' }, bob)).toEqual({ code: 'crm.looksLikeKnown', details: { candidates: [], hidden_count: 1 } })
    // Similar is a warning, no refusal; what a change does not touch is not asked again.
    const made = await t.run(crm.createLead, { company: '华美贸易', phone: '13800138000', accept_duplicate: 1 }, bob)
    await t.run(crm.updateLead, { lead_id: made.lead_id, company: '华美贸易', phone: '13800138000', note: 'x' }, bob)
    expect((await t.refused(crm.updateLead, { lead_id: made.lead_id, company: '华美' }, bob)).code).toBe('crm.looksLikeKnown')
    expect((await t.ask(parties.findDuplicates, { name: '华美贸易' }, amy)).candidates).toMatchObject([{ party_id: party.party_id, because: ['similar'] }])
    expect(lead.code).toBe('L00001')
  })

  test('similar names: a slip, a homophone, another legal form; neighbours are strangers', () => {
    const named = (name: string) => profileOf({ names: [name], phones: [], tax_no: null, kind: 'company' })
    const alike = (a: string, b: string) => resemblanceOf(named(a), named(b)).score >= LIKELY
    const same = [['上海华美贸易有限公司', '华美贸易'], ['杭州半日茶馆', '杭州半曰日茶馆'], ['宽窄巷子茶铺', '宽窄巷子茶谱'], ['Huamei Trading Ltd', 'Huamei Tradign Co., Ltd'], ['Atlas Trading', 'Atlas Tradings'], ['鼎盛建材', '鼎胜建材']]
    const apart = [['金龙商行', '金鹏商行'], ['华美贸易', '华美商行'], ['Atlas Trading', 'Altair Trading'], ['李强', '李刚'], ['王芳', '王方'], ['Amy', 'Ann'], ['北京茶庄', '南京茶庄一号店'], ['中国集团', '公司']]
    expect(same.filter(([a, b]) => !alike(a!, b!))).toEqual([])
    expect(apart.filter(([a, b]) => alike(a!, b!))).toEqual([])
  })
})

describe('a pasted text is taken apart', () => {
  test.each([
    [
      '王芳 店长\n杭州半日茶馆有限公司\n手机：138 0013 8000\n邮箱: wang@example.com\n微信：wf88\n地址：杭州市上城区河坊街1号',
      { name: '王芳', title: '店长', company: '杭州半日茶馆有限公司', phone: '138 0013 8000', email: 'wang@example.com', wechat: 'wf88', address: '杭州市上城区河坊街1号', note: '' },
    ],
    ['李四 13900001111 上海华美贸易有限公司', { name: '李四', phone: '13900001111', company: '上海华美贸易有限公司', note: '' }],
    ['张总，金龙商行，0571-88881234，想要两箱龙井', { name: '张总', company: '金龙商行', phone: '0571-88881234', note: '想要两箱龙井' }],
    [
      'Jane Doe\nPurchasing Manager\nAtlas Trading Ltd.\nTel: +44 20 7946 0958 | jane.doe@atlas.example\n12 Baker Street, London',
      { name: 'Jane Doe', title: 'Purchasing Manager', company: 'Atlas Trading Ltd.', phone: '+44 20 7946 0958', email: 'jane.doe@atlas.example', address: '12 Baker Street, London', note: '' },
    ],
    ['"Jane Doe" <jane@atlas.example>', { name: 'Jane Doe', email: 'jane@atlas.example', phone: '' }],
    ['税号：91310000MA1K000011\n公司名称：华美', { tax_no: '91310000MA1K000011', company: '华美', phone: '' }],
    ['', { name: '', note: '' }],
    ['<script>alert(1)</script>', { name: '', company: '' }],
  ])('%s', (text, expected) => expect(takenApart(text)).toMatchObject(expected))

  test('and the query bounds it', async () => {
    const { t, amy } = await twoSalespeople()
    expect(await t.ask(crm.takeApart, { text: '王芳\t13800138000' }, amy)).toMatchObject({ name: '王芳', phone: '13800138000' })
    expect(takenApart('公司：' + '长'.repeat(500)).company).toHaveLength(200)
  })
})

const stage = (t: TestOffice, rows: readonly Record<string, unknown>[], more: object = {}) => ({ staging_id: stageRows(t, { command: crm.importLeads.name, rows }), ...more })

test('a file of leads is checked whole and posted whole', async () => {
  const { t, amy } = await twoSalespeople()
  await t.run(parties.createParty, { name: '甲茶庄', phone: '13800000001' })
  const rows = [
    { company: '乙茶庄', name: '王芳', phone: '13800000002', source: '展会', owner: 'amy' },
    { name: '散客', email: 'A@b.cn' },
  ]
  expect(await t.run(crm.importLeads, stage(t, rows))).toMatchObject({ created: 2 })
  expect((await t.ask(crm.listLeads, { sort: 'name', direction: 'asc' })).rows.map((r) => [r.code, r.company, r.owner_name, r.email])).toEqual([['L00001', '乙茶庄', 'amy', null], ['L00002', null, null, 'a@b.cn']])
  expect(await t.ask(crm.leadWords, {}, amy)).toEqual({ sources: ['展会'], campaigns: [] })
  const bad = [{ company: '甲茶庄' }, { company: '丙', phone: '13800000002' }, { phone: '1' }, { company: '丁', owner: 'nobody' }, { company: '戊' }, { company: '戊' }]
  const { code, details } = await t.refused(crm.importLeads, stage(t, bad))
  expect(code).toBe('crm.importRejected')
  const problems = details['problems'] as { source_row: number; field: string; reason_code: string }[]
  expect(problems.map((p) => `${p.source_row} ${p.field} ${p.reason_code}`)).toEqual([
    '2 company crm.rowLooksLikeKnown', '3 phone crm.rowLooksLikeKnown', '4 name parties.cellNotAccepted', '5 owner crm.userNotFound', '7 company crm.rowLooksLikeKnown',
  ])
  expect(await t.run(crm.importLeads, stage(t, [{ company: '甲茶庄' }], { accept_duplicates: 1 }))).toMatchObject({ created: 1 })
})
