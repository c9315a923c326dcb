import type { ReadsByQuery } from './changes.ts'
import { ask } from './client.ts'
import { readsByName } from './first-asks.ts'
import type { Session } from './session.tsx'

/** Who works here, in whose books, and what may be done. */
export async function loadSession(): Promise<Session> {
  const { user, is_owner, grants, is_one_person, today, company, menu } = await ask('platform.me', {})
  const held = new Set(grants.map((g) => g.permission))
  return {
    company,
    user: { id: user.user_id, name: user.name, roles: user.roles.map((r) => r.code) },
    today,
    menu,
    isOnePerson: is_one_person === 1,
    may: (permission) => is_owner === 1 || held.has(permission),
  }
}

/** Which tables each query reads, as the office describes itself. Where it does not, everything is asked anew after a change. */
export async function loadReads(): Promise<ReadsByQuery> {
  const reads = await readsByName()
  return new Map(Object.entries(reads ?? {}).map(([name, tables]) => [name, new Set(tables)]))
}
