import type { ReadsByQuery } from './changes.ts'
import { ask, office } from './client.ts'
import type { Session } from './session.tsx'

type Described = { readonly operations: readonly { readonly name: string; readonly reads?: readonly string[] }[] }

/** Who works here, in whose books, and what may be done. */
export async function loadSession(): Promise<Session> {
  const { user, is_owner, grants, is_one_person, today, company } = await ask('platform.me', {})
  const held = new Set(grants.map((g) => g.permission))
  return {
    company,
    user: { id: user.user_id, name: user.name },
    today,
    isOnePerson: is_one_person === 1,
    may: (permission) => is_owner === 1 || held.has(permission),
  }
}

/** Which tables each query reads, as the office describes itself. Where it does not, everything is asked anew after a change. */
export async function loadReads(): Promise<ReadsByQuery> {
  const answer = await office.ask({ name: 'platform.describe', input: {} })
  if (!answer.ok) return new Map()
  const { operations } = answer.output as Described
  return new Map(operations.flatMap(({ name, reads }) => (reads ? [[name, new Set(reads)] as const] : [])))
}
