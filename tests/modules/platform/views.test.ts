import { describe, expect, test } from 'vitest'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const list = 'sales.orders'
const unknownId = '01900000-0000-7000-8000-000000000000'
const definition = { columns: [{ key: 'number', width: 140 }, { key: 'party' }, { key: 'day', is_hidden: 1 as const }], sort: { key: 'day', direction: 'asc' as const } }

const namesFor = async (t: TestOffice, user?: string) => (await t.ask(platform.listViews, { list }, user)).rows.map((v) => v.name)

/** The owner, two salespeople and a bookkeeper. */
async function people() {
  const t = await testOffice()
  const roles = await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  const joy = await addUser(t, { login: 'joy', role: 'bookkeeper' })
  return { t, roles, amy, bob, joy }
}

describe('views of a list', () => {
  test('are kept for their owner alone, changed, renamed and removed', async () => {
    const { t, amy, bob } = await people()
    const { view_id } = await t.run(platform.saveView, { list, name: '对账用', definition }, amy)
    expect((await t.ask(platform.listViews, { list }, amy)).rows).toEqual([
      {
        view_id,
        name: '对账用',
        owner_id: amy,
        owner_name: 'amy',
        role_id: null,
        is_own: 1,
        may_change: 1,
        is_default: 0,
        definition: { ...definition, columns: [{ key: 'number', width: 140, is_hidden: 0 }, { key: 'party', is_hidden: 0 }, { key: 'day', is_hidden: 1 }] },
      },
    ])
    expect(await namesFor(t, bob)).toEqual([])
    // Not even who looks after shared views sees what is somebody's own.
    expect(await namesFor(t)).toEqual([])
    expect((await t.refused(platform.saveView, { view_id, list, name: '偷看', definition }, bob)).code).toBe('platform.viewNotFound')
    expect((await t.refused(platform.removeView, { view_id }, bob)).code).toBe('platform.viewNotFound')
    await t.run(platform.saveView, { view_id, list, name: '月底对账', definition: { columns: [] } }, amy)
    expect((await t.ask(platform.listViews, { list }, amy)).rows).toMatchObject([{ name: '月底对账', definition: { columns: [] } }])
    expect((await t.ask(platform.listViews, { list: 'sales.invoices' }, amy)).rows).toEqual([])
    await t.run(platform.removeView, { view_id }, amy)
    expect(await namesFor(t, amy)).toEqual([])
    expect((await t.refused(platform.removeView, { view_id }, amy)).code).toBe('platform.viewNotFound')
  })

  test('are shared with a role by who may, and changed by nobody else', async () => {
    const { t, roles, amy, bob, joy } = await people()
    const sales = roles.get('sales')!
    expect(await t.refused(platform.saveView, { list, name: '我的', role_id: sales, definition }, amy)).toEqual({
      code: 'platform.notPermitted',
      details: { permission: 'platform.shareViews' },
    })
    expect((await t.ask(platform.listViews, { list }, amy)).roles).toEqual([])
    expect((await t.ask(platform.listViews, { list })).roles.map((r) => r.code)).toContain('sales')
    expect((await t.refused(platform.saveView, { list, name: '全员', role_id: unknownId, definition })).code).toBe('platform.roleNotFound')
    const { view_id } = await t.run(platform.saveView, { list, name: '待发货', role_id: sales, definition })
    expect([await namesFor(t, amy), await namesFor(t, bob), await namesFor(t, joy)]).toEqual([['待发货'], ['待发货'], []])
    expect((await t.ask(platform.listViews, { list }, amy)).rows).toMatchObject([{ is_own: 0, may_change: 0 }])
    for (const [contract, input] of [
      [platform.saveView, { view_id, list, name: '改名', role_id: sales, definition }],
      [platform.removeView, { view_id }],
    ] as const) {
      expect((await t.refused(contract, input, amy)).code).toBe('platform.viewOfOthers')
    }
    // Somebody trusted with it shares, and looks after what others share.
    await t.run(platform.setGrants, { role_id: sales, grants: [{ permission: 'platform.use', scope: 'all' }, { permission: 'platform.shareViews', scope: 'all' }] })
    await t.run(platform.saveView, { view_id, list, name: '今日待发', role_id: sales, definition }, amy)
    expect((await t.ask(platform.listViews, { list })).rows).toMatchObject([{ name: '今日待发', is_own: 1 }])
    // Taken back to its owner, it is out of everybody else's sight.
    await t.run(platform.saveView, { view_id, list, name: '今日待发', role_id: null, definition }, amy)
    expect([await namesFor(t), await namesFor(t, amy)]).toEqual([['今日待发'], []])
  })

  test('one of them opens the list, for each as chosen', async () => {
    const { t, roles, amy, bob } = await people()
    const { view_id } = await t.run(platform.saveView, { list, name: '待发货', role_id: roles.get('sales')!, definition })
    await t.run(platform.chooseView, { list, view_id }, amy)
    const defaults = async (user: string) => (await t.ask(platform.listViews, { list }, user)).rows.map((v) => v.is_default)
    expect([await defaults(amy), await defaults(bob)]).toEqual([[1], [0]])
    expect((await t.refused(platform.chooseView, { list: 'sales.invoices', view_id }, amy)).code).toBe('platform.viewNotFound')
    expect((await t.refused(platform.chooseView, { list, view_id: unknownId }, amy)).code).toBe('platform.viewNotFound')
    await t.run(platform.chooseView, { list, view_id: null }, amy)
    expect(await defaults(amy)).toEqual([0])
    await t.run(platform.chooseView, { list, view_id }, amy)
    await t.run(platform.removeView, { view_id })
    expect(await namesFor(t, amy)).toEqual([])
  })

  test('carry names once, in a bounded number, and only what a list can show', async () => {
    const { t, amy, bob } = await people()
    await t.run(platform.saveView, { list, name: '甲', definition }, amy)
    const { view_id } = await t.run(platform.saveView, { list, name: '乙', definition }, amy)
    expect((await t.refused(platform.saveView, { list, name: '甲', definition }, amy)).code).toBe('platform.viewNameTaken')
    expect((await t.refused(platform.saveView, { view_id, list, name: '甲', definition }, amy)).code).toBe('platform.viewNameTaken')
    expect((await t.refused(platform.saveView, { view_id, list: 'sales.invoices', name: '乙', definition }, amy)).code).toBe('platform.viewNotFound')
    await t.run(platform.saveView, { list, name: '甲', definition }, bob)
    await t.run(platform.saveView, { list: 'parties.list/supplier', name: '甲', definition }, amy)
    for (let i = 2; i < 50; i++) await t.run(platform.saveView, { list, name: `视图${i}`, definition }, amy)
    expect(await t.refused(platform.saveView, { list, name: '再一个', definition }, amy)).toEqual({ code: 'platform.tooManyViews', details: { limit: 50 } })
    for (const bad of [
      { columns: [{ key: 'a' }, { key: 'a' }] },
      { columns: [{ key: '__proto__' }] },
      { columns: [{ key: 'a', width: 1e9 }] },
      { columns: [{ key: 'a', width: 80.5 }] },
      { columns: Array.from({ length: 81 }, (_, i) => ({ key: `c${i}` })) },
      { columns: [], sort: { key: 'day; drop table', direction: 'asc' } },
      { columns: [], more: 1 },
    ]) {
      expect(await t.answer(platform.saveView, { list, name: '坏', definition: bad }, bob)).toMatchObject({ ok: false, kind: 'invalid' })
    }
    expect(await t.answer(platform.saveView, { list: '../orders', name: '坏', definition }, bob)).toMatchObject({ ok: false, kind: 'invalid' })
  })

  test('outlive the role they were shared with, as their owner’s own', async () => {
    const { t, amy } = await people()
    const { role_id } = await t.run(platform.createRole, { code: 'counter', name_zh: '前台', name_en: 'Counter' })
    await t.run(platform.saveView, { list, name: '前台用', role_id, definition })
    await t.run(platform.removeRole, { role_id })
    expect((await t.ask(platform.listViews, { list })).rows).toMatchObject([{ name: '前台用', role_id: null }])
    expect(await namesFor(t, amy)).toEqual([])
  })
})
