import type { Pace } from '../import-types.ts'

/**
 * Measures one phase from its start. `share` is the part done between 0 and 1 (by bytes while the rows are not counted yet), from
 * which the time left follows; before the first second and the first hundredth it would be a guess, and none is given.
 */
export function paceOf(given: { phase: Pace['phase']; done: number; total: number | null; share: number; elapsedMs: number }): Pace {
  const { phase, done, total, share, elapsedMs } = given
  const seconds = elapsedMs / 1000
  const isKnown = seconds >= 1 && share >= 0.01
  return {
    phase,
    done,
    total,
    rate: seconds === 0 ? 0 : Math.round(done / seconds),
    seconds_left: isKnown ? Math.max(0, Math.ceil((seconds * (1 - share)) / share)) : null,
  }
}
