import { Refusal } from '../kernel/refusal.ts'

const guardPattern = /guard:([A-Za-z]+\.[A-Za-z]+)(?: (\{.*\}))?/s

/** How long a writer waits while another program writes to the same books, in ms. */
export const LONGEST_WAIT_MS = 10_000
/** SQLite's and PostgreSQL's word that the wait was too long. */
const busyCode = /^(SQLITE_BUSY|55P03$)/

/**
 * A trigger of the schema speaks as `guard:<refusal code>`, with details in JSON behind it where it knows any, and reaches the caller as that refusal; so does a wait for another program that
 * was too long. Everything else stays as it is.
 */
export function translated(error: unknown): unknown {
  if (busyCode.test((error as { code?: string }).code ?? '')) return new Refusal('platform.booksBusy')
  const message = error instanceof Error ? error.message : ''
  const [, code, details] = guardPattern.exec(message) ?? []
  return code === undefined ? error : new Refusal(code, details === undefined ? {} : (JSON.parse(details) as Record<string, string>))
}
