import { describe, expect, test } from 'vitest'
import * as platform from '../../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from '../../support/office.ts'
import { PASSWORD, addUser, openToOthers } from '../../support/people.ts'

const unknownId = '01900000-0000-7000-8000-000000000000'
const refusedAs = async (t: TestOffice, contract: Parameters<TestOffice['refused']>[0], input: object, as?: string): Promise<string> =>
  (await t.refused(contract, input, as)).code

describe('one person and many', () => {
  test('a new company has one owner without a password, who needs no session', async () => {
    const t = await testOffice()
    expect(await t.ask(platform.me, {})).toMatchObject({
      is_owner: 1,
      is_one_person: 1,
      grants: [],
      today: '2026-01-15',
      user: { login: 'owner', name: '老板', roles: [{ code: 'owner' }] },
      company: { name: '测试商行', profile: 'cn-small', currency: 'CNY', is_sample: 0 },
    })
    expect(await t.office.onePerson()).toBe(true)
    expect(await t.office.ask({ name: 'platform.me', input: {} }, { desk: 'PC' })).toMatchObject({ ok: true })
  })

  test('nobody joins before the owner has a password; then everybody signs in', async () => {
    const t = await testOffice()
    const roles = (await t.ask(platform.listRoles, {})).rows
    const clerk = { login: 'Amy', name: 'Amy', password: PASSWORD, role_ids: [roles.find((r) => r.code === 'sales')!.role_id] }
    expect(await refusedAs(t, platform.createUser, clerk)).toBe('platform.ownerNeedsPassword')
    await t.run(platform.setOwnPassword, { password: PASSWORD })
    const { user_id } = await t.run(platform.createUser, clerk)
    expect(await t.office.onePerson()).toBe(false)
    expect(await t.office.ask({ name: 'platform.me', input: {} }, { desk: 'PC' })).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
    expect(await t.office.signIn({ login: 'amy', password: 'wrong', desk: 'PC' })).toMatchObject({ ok: false, code: 'platform.signInFailed' })
    const signedIn = await t.office.signIn({ login: ' AMY', password: PASSWORD, desk: 'PC' })
    if (!signedIn.ok) throw new Error(signedIn.code)
    const { session } = signedIn.output as { session: string }
    const who = await t.office.ask({ name: 'platform.me', input: {} }, { desk: 'PC', session })
    expect(who).toMatchObject({ ok: true, output: { is_owner: 0, user: { user_id, login: 'amy' } } })
    // A new password ends the sessions at once.
    await t.run(platform.setPassword, { user_id, password: 'another one' })
    expect(await t.office.ask({ name: 'platform.me', input: {} }, { desk: 'PC', session })).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
    expect(await t.office.signIn({ login: 'amy', password: 'another one', desk: 'PC' })).toMatchObject({ ok: true })
  })

  test('a password is kept as an Argon2id hash and nowhere else', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const user_id = await addUser(t, { login: 'amy', role: 'viewer' })
    await t.run(platform.setPassword, { user_id, password: 'sesame sesame' })
    const { rows } = await t.ask(platform.listAudit, {})
    const texts = await t.office.engine.read(async (db) => ({
      hashes: await db.all<{ password_hash: string }>('select password_hash from platform_user'),
      audit: await db.all<{ input: string }>('select input, answer from platform_audit'),
      log: await db.all<{ before: string }>('select before from platform_change'),
    }))
    expect(texts.hashes.every((h) => h.password_hash.startsWith('$argon2id$'))).toBe(true)
    for (const secret of [PASSWORD, 'sesame sesame']) expect(JSON.stringify([texts, rows])).not.toContain(secret)
    expect(JSON.stringify([texts.audit, rows])).not.toContain('$argon2id$')
    const history = await t.ask(platform.rowHistory, { tbl: 'platform_user', key: [user_id] })
    expect(history.rows.map((r) => [r.op, r.name])).toEqual([
      ['u', 'platform.setPassword'],
      ['i', 'platform.createUser'],
    ])
    expect(history.rows[0]!.before).toMatchObject({ login: 'amy' })
    expect(history.now).toMatchObject({ login: 'amy' })
    expect(JSON.stringify(history)).not.toContain('$argon2id$')
  })

  test('a repeated command with a password is the same command', async () => {
    const t = await testOffice()
    const owner = (await t.office.bus.people()).ownerId!
    const envelope = { name: 'platform.setOwnPassword', input: { password: PASSWORD }, commandId: '019bbf2a-ae20-7000-8000-5e133770f809' }
    const caller = { desk: 'PC', userId: owner }
    expect(await t.office.run(envelope, caller)).toEqual(await t.office.run(envelope, caller))
    expect((await t.ask(platform.listAudit, { name: 'platform.setOwnPassword' })).total).toBe(1)
  })

  test('a password is changed by who knows the one that holds, and neither is written down', async () => {
    const t = await testOffice()
    await t.run(platform.setOwnPassword, { password: PASSWORD })
    const next = 'battery staple'
    for (const current of [{}, { current_password: '' }, { current_password: next }]) {
      expect(await refusedAs(t, platform.setOwnPassword, { password: next, ...current })).toBe('platform.passwordWrong')
    }
    const envelope = { name: 'platform.setOwnPassword', input: { password: next, current_password: PASSWORD }, commandId: '019bbf2a-ae20-7000-8000-5e133770f80a' }
    const caller = { desk: 'PC', userId: (await t.office.bus.people()).ownerId! }
    const first = await t.office.run(envelope, caller)
    expect(first).toMatchObject({ ok: true })
    // The answer was lost on its way: asked again, the same answer comes, although the password is another one by now.
    expect(await t.office.run(envelope, caller)).toEqual(first)
    expect(await t.office.signIn({ login: 'owner', password: next, desk: 'PC' })).toMatchObject({ ok: true })
    expect(await t.office.signIn({ login: 'owner', password: PASSWORD, desk: 'PC' })).toMatchObject({ code: 'platform.signInFailed' })
    const audit = JSON.stringify(await t.ask(platform.listAudit, {}))
    for (const secret of [PASSWORD, next, 'argon2', 'proven_hash']) expect(audit).not.toContain(secret)
  })

  test('alone again, the password may go', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const user_id = await addUser(t, { login: 'amy', role: 'viewer' })
    const current = { current_password: PASSWORD }
    expect(await refusedAs(t, platform.removeOwnPassword, current)).toBe('platform.passwordNeeded')
    await t.run(platform.deactivateUser, { user_id })
    expect(await refusedAs(t, platform.removeOwnPassword, {})).toBe('platform.passwordWrong')
    expect(await refusedAs(t, platform.removeOwnPassword, { current_password: 'wrong' })).toBe('platform.passwordWrong')
    await t.run(platform.removeOwnPassword, current)
    expect(await t.office.onePerson()).toBe(true)
    expect(await refusedAs(t, platform.reactivateUser, { user_id })).toBe('platform.ownerNeedsPassword')
    await t.run(platform.setOwnPassword, { password: PASSWORD })
    await t.run(platform.reactivateUser, { user_id })
    expect((await t.ask(platform.listUsers, {})).rows.map((u) => [u.login, u.is_active])).toEqual([['owner', 1], ['amy', 1]])
  })
})

describe('users', () => {
  test('written, changed, retired; what cannot be is refused by name', async () => {
    const t = await testOffice()
    const roles = await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    const user = { login: 'bob', name: 'Bob', password: PASSWORD, role_ids: [roles.get('sales')!] }
    expect(await refusedAs(t, platform.createUser, { ...user, login: 'AMY' })).toBe('platform.loginTaken')
    expect(await refusedAs(t, platform.createUser, { ...user, team_id: unknownId })).toBe('platform.teamNotFound')
    expect(await refusedAs(t, platform.createUser, { ...user, role_ids: [unknownId] })).toBe('platform.roleNotFound')
    expect(await t.answer(platform.createUser, { ...user, password: 'short' })).toMatchObject({ ok: false, kind: 'invalid' })
    for (const contract of [platform.updateUser, platform.deactivateUser, platform.reactivateUser]) {
      expect(await refusedAs(t, contract, { user_id: unknownId })).toBe('platform.userNotFound')
    }
    expect(await refusedAs(t, platform.updateUser, { user_id: amy, login: 'owner' })).toBe('platform.loginTaken')
    await t.run(platform.updateUser, { user_id: amy, name: '艾米', locale: 'en' })
    await t.run(platform.setOwnLocale, { locale: 'zh-CN' }, amy)
    expect((await t.ask(platform.listUsers, {})).rows[1]).toMatchObject({ name: '艾米', locale: 'zh-CN', has_password: 1 })
    await t.run(platform.deactivateUser, { user_id: amy })
    expect(await t.answer(platform.me, {}, amy)).toMatchObject({ ok: false, code: 'platform.notSignedIn' })
    expect((await t.ask(platform.listColleagues, {})).rows).toMatchObject([{ name: '老板' }, { name: '艾米', is_active: 0 }])
  })

  test('the last owner stays, by any way of leaving', async () => {
    const t = await testOffice()
    const roles = await openToOthers(t)
    const owner = (await t.office.bus.people()).ownerId!
    const amy = await addUser(t, { login: 'amy', role: 'sales' })
    expect(await refusedAs(t, platform.deactivateUser, { user_id: owner })).toBe('platform.lastOwner')
    expect(await refusedAs(t, platform.assignRoles, { user_id: owner, role_ids: [roles.get('sales')!] })).toBe('platform.lastOwner')
    await t.run(platform.assignRoles, { user_id: amy, role_ids: [roles.get('owner')!] })
    await t.run(platform.assignRoles, { user_id: owner, role_ids: [roles.get('viewer')!] })
    expect(await refusedAs(t, platform.deactivateUser, { user_id: amy }, amy)).toBe('platform.lastOwner')
  })

  test('who may manage users lifts nobody above himself and touches no owner', async () => {
    const t = await testOffice()
    const roles = await openToOthers(t)
    const owner = (await t.office.bus.people()).ownerId!
    const { role_id } = await t.run(platform.createRole, {
      code: 'office',
      name_zh: '行政',
      name_en: 'Office',
      grants: [
        { permission: 'platform.use', scope: 'all' },
        { permission: 'platform.users', scope: 'all' },
        { permission: 'parties.read', scope: 'own' },
        { permission: 'parties.read', scope: 'team' },
      ],
    })
    const { user_id: amy } = await t.run(platform.createUser, { login: 'amy', name: 'Amy', password: PASSWORD, role_ids: [role_id] })
    expect((await t.ask(platform.me, {}, amy)).grants).toContainEqual({ permission: 'parties.read', scope: 'team' })
    expect(await refusedAs(t, platform.assignRoles, { user_id: amy, role_ids: [roles.get('owner')!] }, amy)).toBe('platform.ownersOnly')
    expect(await refusedAs(t, platform.setPassword, { user_id: owner, password: PASSWORD }, amy)).toBe('platform.ownersOnly')
    expect(await refusedAs(t, platform.updateUser, { user_id: owner, name: 'x' }, amy)).toBe('platform.ownersOnly')
    expect(await refusedAs(t, platform.assignRoles, { user_id: amy, role_ids: [roles.get('bookkeeper')!] }, amy)).toBe('platform.grantExceedsOwn')
    const grants = (...list: [string, 'own' | 'team' | 'all'][]) => ({ role_id, grants: list.map(([permission, scope]) => ({ permission, scope })) })
    expect(await refusedAs(t, platform.setGrants, grants(['parties.read', 'all']), amy)).toBe('platform.grantExceedsOwn')
    expect(await refusedAs(t, platform.setGrants, grants(['platform.audit', 'own']), amy)).toBe('platform.grantExceedsOwn')
    await t.run(platform.setGrants, grants(['platform.use', 'all'], ['platform.users', 'all'], ['parties.read', 'own']), amy)
    await t.run(platform.createUser, { login: 'bob', name: 'Bob', password: PASSWORD, role_ids: [role_id] }, amy)
  })
})

describe('roles and teams', () => {
  test('the built-in roles hold what the modules grant; a role is changed, made and removed', async () => {
    const t = await testOffice()
    const { rows, permissions } = await t.ask(platform.listRoles, {})
    expect(rows.map((r) => r.code)).toEqual(['owner', 'sales', 'warehouse', 'bookkeeper', 'viewer'])
    expect(rows[1]!.grants).toContainEqual({ permission: 'parties.read', scope: 'own' })
    expect(permissions).toContain('platform.users')
    const [owner, sales] = rows
    const role = { code: 'intern', name_zh: '实习', name_en: 'Intern' }
    const { role_id } = await t.run(platform.createRole, { ...role, grants: [{ permission: 'platform.use', scope: 'own' }] })
    expect(await refusedAs(t, platform.createRole, role)).toBe('platform.roleCodeTaken')
    expect(await refusedAs(t, platform.setGrants, { role_id, grants: [{ permission: 'no.such', scope: 'all' }] })).toBe('platform.permissionUnknown')
    expect(await refusedAs(t, platform.setGrants, { role_id: owner!.role_id, grants: [] })).toBe('platform.ownerHoldsAll')
    expect(await refusedAs(t, platform.setGrants, { role_id: unknownId, grants: [] })).toBe('platform.roleNotFound')
    expect(await refusedAs(t, platform.removeRole, { role_id: sales!.role_id })).toBe('platform.roleIsBuiltIn')
    await t.run(platform.updateRole, { role_id, name_zh: '见习' })
    await openToOthers(t)
    const amy = await t.run(platform.createUser, { login: 'amy', name: 'Amy', password: PASSWORD, role_ids: [role_id] })
    expect(await t.refused(platform.removeRole, { role_id })).toEqual({ code: 'platform.roleInUse', details: { name: '见习', users: 1 } })
    await t.run(platform.assignRoles, { user_id: amy.user_id, role_ids: [sales!.role_id] })
    await t.run(platform.removeRole, { role_id })
  })

  test('what a role does not hold is refused, also after a change of grants', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const amy = await addUser(t, { login: 'amy', role: 'viewer' })
    expect(await t.refused(platform.listUsers, {}, amy)).toEqual({ code: 'platform.notPermitted', details: { permission: 'platform.users' } })
    const viewer = (await t.ask(platform.listRoles, {})).rows.find((r) => r.code === 'viewer')!
    await t.run(platform.setGrants, { role_id: viewer.role_id, grants: [...viewer.grants, { permission: 'platform.users', scope: 'all' }] })
    expect((await t.ask(platform.listUsers, {}, amy)).rows).toHaveLength(2)
  })

  test('teams form a tree with managers and are emptied before they go', async () => {
    const t = await testOffice()
    await openToOthers(t)
    const owner = (await t.office.bus.people()).ownerId!
    const { team_id } = await t.run(platform.createTeam, { name: '华东', manager_id: owner })
    const inner = await t.run(platform.createTeam, { name: '上海', parent_id: team_id })
    const amy = await addUser(t, { login: 'amy', role: 'sales', team_id: inner.team_id })
    expect(await refusedAs(t, platform.createTeam, { name: '华东' })).toBe('platform.teamNameTaken')
    expect(await refusedAs(t, platform.createTeam, { name: 'x', parent_id: unknownId })).toBe('platform.teamNotFound')
    expect(await refusedAs(t, platform.createTeam, { name: 'x', manager_id: unknownId })).toBe('platform.userNotFound')
    expect(await refusedAs(t, platform.updateTeam, { team_id, parent_id: inner.team_id })).toBe('platform.teamInItself')
    expect(await t.refused(platform.removeTeam, { team_id })).toMatchObject({ code: 'platform.teamInUse', details: { users: 0, teams: 1 } })
    expect(await t.refused(platform.removeTeam, { team_id: inner.team_id })).toMatchObject({ details: { users: 1, teams: 0 } })
    await t.run(platform.updateUser, { user_id: amy, team_id: null })
    await t.run(platform.removeTeam, { team_id: inner.team_id })
    expect((await t.ask(platform.listTeams, {})).rows).toEqual([
      { team_id, name: '华东', manager_id: owner, manager_name: '老板', parent_id: null, user_count: 0 },
    ])
  })
})
