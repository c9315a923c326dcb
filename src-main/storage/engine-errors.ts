import { Refusal } from '../kernel/refusal.ts'

const guardPattern = /guard:([A-Za-z]+\.[A-Za-z]+)/

/** How long a writer waits while another program writes to the same books, in ms. */
export const LONGEST_WAIT_MS = 10_000
/** SQLite's and PostgreSQL's word that the wait was too long. */
const busyCode = /^(SQLITE_BUSY|55P03$)/

/**
 * A trigger of the schema speaks as `guard:<refusal code>` and reaches the caller as that refusal; so does a wait for another program that
 * was too long. Everything else stays as it is.
 */
export function translated(error: unknown): unknown {
  if (busyCode.test((error as { code?: string }).code ?? '')) return new Refusal('platform.booksBusy')
  const message = error instanceof Error ? error.message : ''
  const code = guardPattern.exec(message)?.[1]
  return code ? new Refusal(code) : error
}
