import { createHash, randomBytes } from 'node:crypto'
import type { Office } from '../office-types.ts'

/** One browser (or window) that was let in. A session counts only at the office where it was opened. */
export type Ticket = { signedIn?: { readonly office: Office; readonly session: string } }

/** Only hashes are kept, so comparing them tells nothing about the secret by its timing. */
const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
const secret = (): string => randomBytes(32).toString('base64url')
const OUTSTANDING = 8

/** Lets browsers in: a link works once and turns into a cookie; without the cookie nothing is answered. */
export class Gate {
  private readonly tokens = new Set<string>()
  private readonly tickets = new Map<string, Ticket>()
  private keeper: { readonly key: string; readonly newLink: () => string } | undefined

  /** A new one-time token for a link; of those never used only the newest eight stay valid. */
  newToken(): string {
    const token = secret()
    this.tokens.add(digest(token))
    for (const oldest of this.tokens) {
      if (this.tokens.size <= OUTSTANDING) break
      this.tokens.delete(oldest)
    }
    return token
  }

  /** Takes a token, which is dead from then on, and gives the cookie's value; undefined for one that is not valid. */
  admit(token: string): string | undefined {
    if (!this.tokens.delete(digest(token))) return undefined
    const cookie = secret()
    this.tickets.set(digest(cookie), {})
    return cookie
  }

  /** Whoever holds `key` (another start of the program, by a file only this user can read) may ask for a new link. */
  keep(key: string, newLink: () => string): void {
    this.keeper = { key: digest(key), newLink }
  }

  /** A new link for the holder of the key; undefined for anybody else. */
  linkFor(key: string): string | undefined {
    return this.keeper?.key === digest(key) ? this.keeper.newLink() : undefined
  }

  ticket(cookie: string | undefined): Ticket | undefined {
    return cookie === undefined ? undefined : this.tickets.get(digest(cookie))
  }
}
