import * as platform from '../../src-main/modules/platform/contract.ts'
import { testOffice, type TestOffice } from './office.ts'

export const PASSWORD = 'correct horse'

/** Gives the owner a password, so that others may join, and answers the ids of the roles by code. */
export async function openToOthers(t: TestOffice): Promise<Map<string, string>> {
  await t.run(platform.setOwnPassword, { password: PASSWORD })
  return new Map((await t.ask(platform.listRoles, {})).rows.map((r) => [r.code, r.role_id]))
}

/** A new user with one of the built-in roles; gives the id. The owner has a password already. */
export async function addUser(t: TestOffice, { login, role, team_id = null }: { login: string; role: string; team_id?: string | null }): Promise<string> {
  const roles = new Map((await t.ask(platform.listRoles, {})).rows.map((r) => [r.code, r.role_id]))
  const { user_id } = await t.run(platform.createUser, { login, name: login, password: PASSWORD, team_id, role_ids: [roles.get(role)!] })
  return user_id
}

/** An office with two salespeople, who see each their own. */
export async function twoSalespeople(): Promise<{ t: TestOffice; amy: string; bob: string }> {
  const t = await testOffice()
  await openToOthers(t)
  const amy = await addUser(t, { login: 'amy', role: 'sales' })
  const bob = await addUser(t, { login: 'bob', role: 'sales' })
  return { t, amy, bob }
}
