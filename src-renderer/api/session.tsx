import type { AskOutput } from './operations.ts'
import { createContext, useContext } from 'react'
import type { Locale } from '../../src-main/kernel/text.ts'

/** The company and the person at this desk. */
export type Session = {
  readonly company: {
    readonly name: string
    readonly profile: 'cn-small' | 'international'
    readonly currency: string
    readonly first_day: string
    readonly locale: Locale
    readonly taxpayer: 'small' | 'general' | 'none'
    readonly prices_include_tax: 0 | 1
    readonly is_sample: 0 | 1
  }
  /** `roles` are codes: 'owner', 'sales', … */
  readonly user: { readonly id: string; readonly name: string; readonly roles: readonly string[] }
  readonly today: string
  /** How the navigation is arranged for this person (null: as the program does), and the modules that are done without. */
  readonly menu: AskOutput<'platform.me'>['menu']
  readonly isOnePerson: boolean
  may(permission: string): boolean
}

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext.Provider

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('there is no session outside the shell')
  return session
}
