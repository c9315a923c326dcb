import { Refusal } from './refusal.ts'

/** A programming error: rolled back, logged and shown to the user as an incident number, never as a business reason. */
export class Defect extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Defect'
  }
}

/** States what must be true here. Throws Defect with `message` when it is not. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message)
}

/**
 * Narrows the result of exact arithmetic to a number that is still exact. Refuses 'platform.numberTooLarge' beyond
 * ± 2^53 − 1: only somebody's input can lead there, and it deserves a name.
 */
export function safe(n: bigint): number {
  const narrowed = Number(n)
  if (!Number.isSafeInteger(narrowed)) throw new Refusal('platform.numberTooLarge', { value: String(n) })
  return narrowed
}

/** The end of a switch over a closed union: the compiler proves that no case is missing, this catches data that lied. */
export function unreachable(x: never): never {
  throw new Defect(`no case for ${JSON.stringify(x)}`)
}
