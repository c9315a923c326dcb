import { Refusal } from '../kernel/refusal.ts'

const guardPattern = /guard:([A-Za-z]+\.[A-Za-z]+)/

/** A trigger of the schema speaks as `guard:<refusal code>`; it reaches the caller as that refusal. Everything else stays as it is. */
export function translated(error: unknown): unknown {
  const message = error instanceof Error ? error.message : ''
  const code = guardPattern.exec(message)?.[1]
  return code ? new Refusal(code) : error
}
