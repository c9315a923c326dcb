import { hash, verify } from '@node-rs/argon2'
import { createHash, randomBytes } from 'node:crypto'
import { session } from '../../db/schema/platform.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Engine, Reader } from '../storage/db.ts'

const SESSION_MS = 14 * 24 * 3600 * 1000
/** After this many failures for one login each further try waits longer, up to a minute. */
const FREE_FAILURES = 5
const LONGEST_WAIT_MS = 60_000

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Argon2id with the library's parameters (19 MiB, two passes: OWASP's first choice); the text holds salt and parameters. */
export const hashPassword = (password: string): Promise<string> => hash(password)

/** Is this the password from which the hash was made? */
export const passwordFits = (claim: { hash: string; password: string }): Promise<boolean> => verify(claim.hash, claim.password)

/** Sign-in, sign-out and who is behind a token. Tokens are random and kept as hashes only. */
export class Sessions {
  private readonly engine: Engine
  private readonly failures = new Map<string, { count: number; until: number }>()

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Gives a token, or refuses: wrong name and wrong password are the same refusal, repeated failures must wait. */
  async signIn({ login: typed, password, desk, now }: { login: string; password: string; desk: string; now: number }): Promise<string> {
    const login = typed.trim().toLowerCase()
    const failed = this.failures.get(login)
    if (failed && failed.until > now) throw new Refusal('platform.signInTooOften', { wait_seconds: Math.ceil((failed.until - now) / 1000) })
    const row = await this.engine.read((db) =>
      db.get<{ id: string; password_hash: string | null }>('select id, password_hash from platform_user where login = ? and is_active = 1', [login]),
    )
    const isRight = row !== undefined && row.password_hash !== null && (await passwordFits({ hash: row.password_hash, password }))
    if (!row || !isRight) {
      const count = (failed?.count ?? 0) + 1
      const wait = count < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (count - FREE_FAILURES))
      this.failures.set(login, { count, until: now + wait })
      throw new Refusal('platform.signInFailed')
    }
    this.failures.delete(login)
    const token = randomBytes(32).toString('base64url')
    const expires_at = now + SESSION_MS
    await this.engine.write(async (db) => {
      await db.run(session, 'delete from platform_session where expires_at < ?', [now])
      await db.insert(session, { token_hash: hashOf(token), user_id: row.id, desk, created_at: now, expires_at })
    })
    return token
  }

  async signOut(token: string): Promise<void> {
    await this.engine.write((db) => db.removeWhere(session, { token_hash: hashOf(token) }))
  }

  /** The user behind a token, as this snapshot sees it; refuses when it is unknown or out of date. Nothing is kept: another program may end it. */
  async userOf(db: Reader, { token, now }: { token: string; now: number }): Promise<string> {
    const row = await db.get<{ user_id: string; expires_at: number }>('select user_id, expires_at from platform_session where token_hash = ?', [hashOf(token)])
    if (!row || row.expires_at < now) throw new Refusal('platform.notSignedIn')
    return row.user_id
  }
}
