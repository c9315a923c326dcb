import { setTimeout as delay } from 'node:timers/promises'

/** When somebody last called the office (UTC ms), where all its threads see it. */
export type Pulse = BigInt64Array

export const newPulse = (): Pulse => new BigInt64Array(new SharedArrayBuffer(8))

export const heard = (pulse: Pulse): void => void Atomics.store(pulse, 0, BigInt(Date.now()))

/** After so long without a call people are thought to be reading. */
const QUIET_MS = 1_500

/** Somebody may work without a pause; what the program does by itself is not put off for ever. */
const PATIENCE_MS = 30_000

/** Waits until nobody has called for a moment, with patience for each piece of work. */
export const quietOf = (pulse: Pulse) => async (): Promise<void> => {
  for (const began = Date.now(); ; ) {
    const since = Date.now() - Number(Atomics.load(pulse, 0))
    if (since >= QUIET_MS || Date.now() - began >= PATIENCE_MS) return
    await delay(QUIET_MS - since, undefined, { ref: false })
  }
}
