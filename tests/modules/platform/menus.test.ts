import { describe, expect, test } from 'vitest'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { dropped, menuToday, moved, shownTree, usualMenu, without, type Entry, type Move, type Node } from '../../../src-renderer/shell/menu.ts'
import { isOffered } from '../../../src-renderer/shell/nav.ts'
import { testOffice } from '../../support/office.ts'
import { addUser, openToOthers } from '../../support/people.ts'

const entry = (key: string, level: number, more: Partial<Entry> = {}): Entry => ({ key, level, name: '', name_en: '', is_hidden: 0, ...more })
const unknownId = '01900000-0000-7000-8000-000000000000'

describe('the menu that is kept', () => {
  const own = [entry('group.own1', 1, { name: '每天', name_en: 'Every day' }), entry('/sales/orders', 2), entry('link.own1', 2, { name: '迟了的', path: '/sales/orders?choice=late' })]

  test('is everybody\'s, or a role\'s where it has one, and goes back to the program\'s own', async () => {
    const t = await testOffice()
    const roles = await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const menuOf = async (as?: string) => (await t.ask(platform.me, {}, as)).menu
    expect(await menuOf()).toEqual({ entries: null, modules_off: [] })
    await t.run(platform.setMenu, { role_id: null, entries: own, modules_off: ['books'] })
    expect(await menuOf(amy)).toEqual({ entries: own, modules_off: ['books'] })
    await t.run(platform.setMenu, { role_id: roles.get('sales')!, entries: [entry('/', 1)], modules_off: ['purchasing'] })
    expect(await menuOf(amy)).toEqual({ entries: [entry('/', 1)], modules_off: ['books', 'purchasing'] })
    expect(await menuOf()).toMatchObject({ entries: own, modules_off: ['books'] })
    expect((await t.ask(platform.listMenus, {})).rows.map((r) => r.role_id)).toEqual([null, roles.get('sales')])
    // Who holds another role too does without only what both do without.
    await t.run(platform.assignRoles, { user_id: amy, role_ids: [roles.get('sales')!, roles.get('warehouse')!] })
    expect((await menuOf(amy)).modules_off).toEqual(['books'])
    await t.run(platform.setMenu, { role_id: null, entries: null, modules_off: [] })
    expect((await t.ask(platform.listMenus, {})).rows).toHaveLength(1)
  })

  test('is arranged by who may, well formed, for a role that is there, and goes with its role', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const set = (entries: Entry[] | null, role_id: string | null = null) => ({ role_id, entries, modules_off: [] })
    expect((await t.refused(platform.setMenu, set([]), amy)).code).toBe('platform.notPermitted')
    expect(await t.refused(platform.setMenu, set(null, unknownId))).toEqual({ code: 'platform.roleNotFound', details: { role_id: unknownId } })
    const wrong: Entry[][] = [
      [entry('/sales/orders', 2)],
      [entry('/', 1), entry('/sales/orders', 2)],
      [entry('group.a', 1), entry('/sales/orders', 3)],
      [entry('group.a', 1), entry('group.a', 1)],
      [entry('link.a', 1, { name: 'x', path: '//evil.example' })],
      [entry('link.a', 1, { name: 'x', path: 'javascript:alert(1)' })],
      [entry('link.a', 1, { path: '/sales' })],
      [entry('group.a', 1, { name_en: 'x'.repeat(61) })],
      [entry('/sales/orders', 1, { path: '/items' })],
    ]
    for (const entries of wrong) expect(await t.answer(platform.setMenu, set(entries)), JSON.stringify(entries)).toMatchObject({ kind: 'invalid' })
    const { role_id } = await t.run(platform.createRole, { code: 'temp', name_zh: '临时', name_en: 'Temp' })
    await t.run(platform.setMenu, set([entry('/', 1)], role_id))
    await t.run(platform.removeRole, { role_id })
    expect((await t.ask(platform.listMenus, {})).rows).toEqual([])
  })

  test('takes its usual form from the contract: what the program has by itself can be kept', async () => {
    const t = await testOffice()
    await t.run(platform.setMenu, { role_id: null, entries: [...usualMenu()], modules_off: [] })
  })
})

describe('arranging', () => {
  const menu = [entry('/', 1), entry('group.a', 1), entry('/items', 2), entry('/customers', 2), entry('group.b', 1), entry('/suppliers', 2)]
  const told = (entries: readonly Entry[]): string => entries.map((e) => `${e.level}${e.key.replace(/^(group\.|\/)/, '')}`).join(' ')
  const after = (key: string, ...ways: Move[]): string => told(ways.reduce((m, way) => moved(m, key, way), menu as readonly Entry[]))

  test('moves an entry within its group, on into the next, in and out', () => {
    expect(told(menu)).toBe('1 1a 2items 2customers 1b 2suppliers')
    expect(after('/customers', 'up')).toBe('1 1a 2customers 2items 1b 2suppliers')
    expect(after('/customers', 'down')).toBe('1 1a 2items 1b 2customers 2suppliers')
    expect(after('/customers', 'down', 'up')).toBe(told(menu))
    expect(after('/customers', 'out')).toBe('1 1a 2items 1customers 1b 2suppliers')
    expect(after('/customers', 'out', 'in')).toBe(told(menu))
    expect(after('/', 'up')).toBe(told(menu))
    expect(after('/', 'out')).toBe(told(menu))
    // Nothing lies within a place.
    expect(after('/customers', 'in')).toBe(told(menu))
  })

  test('takes a group with all that lies within it, never deeper than three levels', () => {
    expect(after('group.b', 'up')).toBe('1 1b 2suppliers 1a 2items 2customers')
    expect(after('group.b', 'in')).toBe('1 1a 2items 2customers 2b 3suppliers')
    const deep = [entry('group.c', 1), ...moved(menu, 'group.b', 'in')]
    expect(told(moved(moved(deep, '/', 'down'), 'group.a', 'in'))).toBe(told(moved(deep, '/', 'down')))
    expect(told(dropped(menu, '/suppliers', '/items'))).toBe('1 1a 2suppliers 2items 2customers 1b')
    expect(told(dropped(menu, 'group.a', '/items'))).toBe(told(menu))
    expect(told(without(moved(menu, 'group.b', 'in'), 'group.b'))).toBe('1 1a 2items 2customers 2suppliers')
  })

  test('every move keeps the menu one that the office takes', async () => {
    const t = await testOffice()
    let menu = usualMenu()
    const ways: Move[] = ['in', 'down', 'out', 'up']
    for (let i = 0; i < 400; i++) menu = moved(menu, menu[(i * 7) % menu.length]!.key, ways[(i * 5) % 4]!)
    expect(new Set(menu.map((e) => e.key))).toEqual(new Set(usualMenu().map((e) => e.key)))
    await t.run(platform.setMenu, { role_id: null, entries: [...menu], modules_off: [] })
  })

  test('what the program got since stands in its group; what it no longer has is left out', () => {
    const kept = [entry('group.masters', 1, { name: '档案' }), entry('/customers', 2), entry('/gone', 1), entry('group.own1', 1, { name: '空' })]
    const today = menuToday(kept)
    expect(today.slice(0, 4).map((e) => e.key)).toEqual(['group.masters', '/customers', '/suppliers', '/items'])
    expect(today.some((e) => e.key === '/gone')).toBe(false)
    // Its group is not there: it stands at the end, where it is seen.
    expect(today.find((e) => e.key === '/sales/orders')).toMatchObject({ level: 1 })
    const names = (nodes: readonly Node[]): unknown[] => nodes.map((n) => (n.children.length > 0 ? [n.entry.key, names(n.children)] : n.entry.key))
    const shown = shownTree([...kept.slice(0, 2), entry('group.x', 2), entry('/items', 3, { is_hidden: 1 })], () => true)
    expect(names(shown)).toEqual([['group.masters', ['/customers']]])
  })

  test('a module that is off takes its addresses with it', () => {
    expect(isOffered('/sales/orders', ['quotes'])).toBe(true)
    expect(isOffered('/sales/quotes/1', ['quotes'])).toBe(false)
    expect(isOffered('/sales/orders?choice=late', ['sales'])).toBe(false)
    expect(isOffered('/stockings', ['inventory'])).toBe(true)
    expect(isOffered('/stock', ['inventory'])).toBe(false)
    expect(isOffered('/settings/menus', ['quotes', 'sales', 'inventory', 'purchasing', 'money', 'books'])).toBe(true)
  })
})
